"""Recognising: an order by what its customer knows of it, when they do not have its link."""

from hmac import compare_digest

from functions.ports import Store
from functions.shop.email import parse_email
from functions.shop.errors import InvalidEmail
from functions.shop.order import Order
from functions.shop.order_number import spellings


def recognise(number: str, email: str, store: Store) -> Order | None:
    """The order of this number, if it was ordered with this address; capitals, spaces and dashes make no difference.

    The addresses are compared in a time that says nothing about them, also for a number that there is not.
    """
    order = numbered(number, store)
    try:
        given = parse_email(email)
    except InvalidEmail:
        return None
    theirs = order.email.strip().lower() if order else ""
    return order if compare_digest(theirs.encode(), given.encode()) else None


def numbered(number: str, store: Store) -> Order | None:
    """The order of a whole number, however it is typed."""
    found = (store.order(spelling) for spelling in spellings(number) if spelling)
    return next((order for order in found if order), None)
