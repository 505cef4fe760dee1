"""Refuses amounts and currencies that Stripe refuses."""

from . import currencies, errors


def currency(code: str, param: str) -> str:
    if code not in currencies.SUPPORTED:
        message = f"Invalid currency: {code}. Write a supported one in small letters, such as eur."
        raise errors.invalid(message, param=param)
    return code


def amount(value: int, code: str, param: str, *, least: int = 0) -> int:
    """An amount in minor units of a currency, not below `least`. Raises ApiError."""
    if value < least:
        raise errors.invalid(f"{param} is {value}; it must be at least {least}.", param=param, code=_low(least))
    if value > currencies.LARGEST_AMOUNT:
        message = f"{param} is {value}; at most {currencies.LARGEST_AMOUNT} can be charged."
        raise errors.invalid(message, param=param, code="amount_too_large")
    if value % currencies.step(code):
        message = f"{param} is {value}; in {code} it must be a multiple of {currencies.step(code)}."
        raise errors.invalid(message, param=param)
    return value


def _low(least: int) -> str:
    return "amount_too_small" if least else "parameter_invalid_integer"


def chargeable(total: int, code: str) -> None:
    """Refuses a total that cannot be charged. Zero is fine: nothing is charged then."""
    amount(total, code, "amount_total")
    smallest = currencies.smallest_charge(code)
    if 0 < total < smallest:
        message = f"The total is {currencies.shown(total, code)}; the least is {currencies.shown(smallest, code)}."
        raise errors.invalid(message, code="amount_too_small")
