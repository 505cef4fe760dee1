"""Signed texts: what lets a customer see an order, and a form name an order that is yet to be made."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer

from functions.shop.errors import BadSetting, TokenRefused
from functions.shop.order import Order
from functions.shop.quote import Quote

LINK_AGE = 180 * 86_400  # seconds a mailed link works: the time in which most questions about an order come
SHORTEST_KEY = 16
CHECKOUT_AGE = 86_400  # seconds a cart page may lie open before it is shown afresh


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cart page showed: the id of the order it would make, the quote's digest and its total."""

    order_id: str
    digest: str
    total: int


class Tokens:
    """Signs and checks. `keys` are secrets, the newest last; older ones still open what they once signed."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys or any(len(key) < SHORTEST_KEY for key in keys):
            raise BadSetting(
                f"SHOP_SECRET_KEYS must hold at least one secret, and each {SHORTEST_KEY} characters or more."
            )
        self._keys = list(keys)

    def for_order(self, order_id: str, epoch: int = 0) -> str:
        """The token that opens an order. It stops working when the order's epoch rises."""
        return self._signer("order").dumps([order_id, epoch])

    def opens(self, token: str, order: Order) -> bool:
        """Whether a token opens this very order (R25, R27)."""
        try:
            return bool(self._signer("order").loads(token, max_age=LINK_AGE) == [order.id, order.epoch])
        except BadData:
            return False

    def for_checkout(self, order_id: str, quote: Quote) -> str:
        """The form field that names the order to be made, and says what the shopper was shown."""
        return self._signer("checkout").dumps([order_id, quote.digest, quote.total])

    def checkout(self, token: str) -> Shown:
        """What a form field says. Raises TokenRefused when it is forged or too old."""
        try:
            return Shown(*self._signer("checkout").loads(token, max_age=CHECKOUT_AGE))
        except BadData as error:
            raise TokenRefused("This page has been open for long. Please check your cart and order again.") from error

    def _signer(self, purpose: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(
            self._keys, salt=f"pouch.{purpose}", signer_kwargs={"digest_method": hashlib.sha256}
        )
