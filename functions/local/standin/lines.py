"""Line items of a session, each with the price and product that were made for it on the spot."""

from decimal import Decimal

from . import errors, money_checks
from .account import Account
from .currencies import LARGEST_AMOUNT
from .identifiers import new_id
from .metadata import cleaned
from .pricing import line_amount
from .session_checks import check_url
from .store import Json

_MOST_IMAGES = 8


def made(account: Account, params: Json) -> list[Json]:
    """The lines of a new session, before any discount. Raises ApiError. All have one currency."""
    wanted = params["line_items"]
    lines = [_line(account, line, f"line_items[{at}]") for at, line in enumerate(wanted)]
    currency = params.get("currency", lines[0]["currency"])
    for at, line in enumerate(lines):
        if line["currency"] != currency:
            param = f"line_items[{at}][price_data][currency]"
            raise errors.invalid(f"All amounts of a session are in one currency, here {currency}.", param=param)
    return lines


def _line(account: Account, line: Json, path: str) -> Json:
    _check_imitated(line, path)
    price = line["price_data"]
    currency = money_checks.currency(price["currency"], f"{path}[price_data][currency]")
    unit_amount = _unit_amount(price, currency, f"{path}[price_data]")
    if line.get("quantity", 0) < 1:
        raise errors.invalid("A line needs a quantity of at least 1.", param=f"{path}[quantity]")
    amount = line_amount(unit_amount, line["quantity"])
    money_checks.amount(amount, currency, path)
    return {
        "id": new_id("li"),
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": currency,
        "description": price["product_data"]["name"],
        "metadata": cleaned(line.get("metadata"), f"{path}[metadata]"),
        "price": _price(account, price, unit_amount, path),
        "quantity": line["quantity"],
    }


def _check_imitated(line: Json, path: str) -> None:
    if "price" in line:
        raise errors.no_such("price", line["price"], f"{path}[price]")
    if "price_data" not in line:
        raise errors.missing(f"{path}[price_data]")
    if line.get("tax_rates"):
        raise errors.no_such("tax rate", line["tax_rates"][0], f"{path}[tax_rates][0]")
    if line.get("adjustable_quantity", {}).get("enabled"):
        raise errors.not_imitated("adjustable quantities", f"{path}[adjustable_quantity][enabled]")
    price = line["price_data"]
    if "product" in price:
        raise errors.no_such("product", price["product"], f"{path}[price_data][product]")
    if "product_data" not in price:
        raise errors.missing(f"{path}[price_data][product_data]")
    if "recurring" in price:
        raise errors.not_imitated("recurring prices", f"{path}[price_data][recurring]")


def _unit_amount(price: Json, currency: str, path: str) -> Decimal:
    if ("unit_amount" in price) == ("unit_amount_decimal" in price):
        raise errors.invalid("Give either unit_amount or unit_amount_decimal.", param=f"{path}[unit_amount]")
    if "unit_amount" in price:
        return Decimal(money_checks.amount(price["unit_amount"], currency, f"{path}[unit_amount]"))
    amount: Decimal = price["unit_amount_decimal"]
    if not 0 <= amount <= LARGEST_AMOUNT:
        message = f"unit_amount_decimal must be from 0 to {LARGEST_AMOUNT}."
        raise errors.invalid(message, param=f"{path}[unit_amount_decimal]")
    return amount


def _price(account: Account, price: Json, unit_amount: Decimal, path: str) -> Json:
    whole = unit_amount == unit_amount.to_integral_value()
    return {
        "id": new_id("price"),
        "object": "price",
        "active": False,
        "billing_scheme": "per_unit",
        "created": account.clock.now(),
        "currency": price["currency"],
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": None,
        "metadata": {},
        "nickname": None,
        "product": _product(account, price["product_data"], f"{path}[price_data][product_data]")["id"],
        "recurring": None,
        "tax_behavior": price.get("tax_behavior", "unspecified"),
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "one_time",
        "unit_amount": int(unit_amount) if whole else None,
        "unit_amount_decimal": str(unit_amount),
    }


def _product(account: Account, product: Json, path: str) -> Json:
    images = product.get("images", [])
    if len(images) > _MOST_IMAGES:
        raise errors.invalid(f"At most {_MOST_IMAGES} images are allowed.", param=f"{path}[images]")
    for at, image in enumerate(images):
        check_url(image, f"{path}[images][{at}]")
    made_product = {
        "id": new_id("prod"),
        "object": "product",
        "active": False,
        "created": account.clock.now(),
        "default_price": None,
        "description": product.get("description"),
        "images": images,
        "livemode": False,
        "marketing_features": [],
        "metadata": cleaned(product.get("metadata"), f"{path}[metadata]"),
        "name": product["name"],
        "package_dimensions": None,
        "shippable": None,
        "statement_descriptor": None,
        "tax_code": product.get("tax_code"),
        "unit_label": product.get("unit_label"),
        "updated": account.clock.now(),
        "url": None,
    }
    return account.store.add("product", made_product)


def discounted(lines: list[Json], discounts: tuple[int, ...]) -> list[Json]:
    """The lines with what the coupon takes off each."""
    return [
        line | {"amount_discount": off, "amount_total": line["amount_subtotal"] - off}
        for line, off in zip(lines, discounts, strict=True)
    ]
