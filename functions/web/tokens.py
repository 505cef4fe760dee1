"""Signed texts: what lets a customer see an order, and a form name an order that is yet to be made."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from itsdangerous import BadData, URLSafeSerializer

from functions.ports import Clock
from functions.shop.changes import Summary, packed, unpacked
from functions.shop.errors import BadSetting, TokenRefused
from functions.shop.message import Kind
from functions.shop.order import Order
from functions.shop.sentence import Sentence

LINK_AGE = 180 * 86_400  # seconds that an order's link works: the time in which most questions come
SHORTEST_KEY = 16
OLD_PAGE = Sentence("This page has been open for long. Please check your cart and order again.")
MAILS, WAITING = "mails", "waiting"
_NO_LINK = Sentence("This link is not whole. Please copy all of it from the mail.")
OLD_FORM = Sentence("This page has been open for long. Please check what you entered and send it again.")
CHECKOUT_AGE = 86_400  # seconds a cart page may lie open before it is shown afresh
FORM_AGE = 86_400  # seconds any other form may lie open


class Purpose(StrEnum):
    """What a signed form is for. A token for one purpose is worth nothing for another (R25)."""

    CANCEL = "cancel"
    ADDRESS = "address"
    RETURN = "return"
    QUESTION = "question"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cart page showed: the id of the order it would make, the quote's digest, when, and all of its sums."""

    order_id: str
    digest: str
    at: int
    summary: Summary


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser was shown last, and a short name for the cart and the wishes that it was an answer to."""

    asked: str
    summary: Summary


class Tokens:
    """Signs and checks. `keys` are secrets, the newest last; older ones still open what they once signed."""

    def __init__(self, keys: Sequence[str], clock: Clock) -> None:
        if not keys or any(len(key) < SHORTEST_KEY for key in keys):
            raise BadSetting(
                f"SHOP_SECRET_KEYS must hold at least one secret, and each {SHORTEST_KEY} characters or more."
            )
        self._keys, self._clock = list(keys), clock

    def for_order(self, order_id: str, epoch: int = 0) -> str:
        """The token that opens an order. It stops working when the order's epoch rises, or grows too old.

        It holds no time and so is always the same: asking Stripe again for a payment page is the same request.
        """
        return str(self._order_signer.dumps([order_id, epoch]))

    def opens(self, token: str, order: Order) -> bool:
        """Whether a token opens this very order (R25, R27)."""
        try:
            genuine = self._order_signer.loads(token) == [order.id, order.epoch]
        except BadData:
            return False
        return genuine and self._clock() <= _linked_at(order) + LINK_AGE

    def for_checkout(self, order_id: str, digest: str, summary: Summary) -> str:
        """The form field that names the order to be made, and says what the shopper was shown."""
        return str(self._checkout_signer.dumps([order_id, digest, self._clock(), packed(summary)]))

    def checkout(self, token: str) -> Shown:
        """What a form field says. Raises TokenRefused when it is forged or too old."""
        try:
            order_id, digest, at, summary = self._checkout_signer.loads(token)
        except BadData as error:
            raise TokenRefused(OLD_PAGE) from error
        if self._clock() > at + CHECKOUT_AGE:
            raise TokenRefused(OLD_PAGE)
        return Shown(order_id, digest, at, unpacked(summary))

    def for_seen(self, seen: Seen) -> str:
        """The text by which a browser remembers what it was shown. It is signed, so that no old price is made up."""
        return str(self._seen_signer.dumps([seen.asked, packed(seen.summary)]))

    def seen(self, text: str) -> Seen | None:
        """What a browser was shown last; None when it says nothing that we signed."""
        try:
            asked, summary = self._seen_signer.loads(text)
        except BadData:
            return None
        return Seen(asked, unpacked(summary))

    def for_entered(self, text: str) -> str:
        """What a shopper has entered, as a cookie keeps it. It is signed, so that codes are tried in the form alone."""
        return str(self._signer("entered").dumps(text)) if text else ""

    def entered(self, text: str) -> str:
        """What a cookie keeps of it; nothing when it was not us who signed it."""
        try:
            return str(self._signer("entered").loads(text))
        except BadData:
            return ""

    def hidden(self, text: str) -> str:
        """A name for a text, from which only who has the newest key can tell that it is this one (R26)."""
        return hmac.new(self._keys[-1].encode(), text.encode(), hashlib.sha256).hexdigest()[:32]

    def for_download(self, order: Order, line: int) -> str:
        """The token that downloads the file of one line of an order. It stops working when the order's link does."""
        return str(self._download_signer.dumps([order.id, order.epoch, line]))

    def download(self, token: str) -> tuple[str, int, int]:
        """Of which order, epoch and line a download is. Raises TokenRefused when it is forged."""
        try:
            order_id, epoch, line = self._download_signer.loads(token)
        except (BadData, TypeError, ValueError) as error:
            raise TokenRefused(_NO_LINK) from error
        return order_id, epoch, line

    def for_silence(self, what: str, whose: str) -> str:
        """The token in a mail that ends mails such as it: all of MAILS to a customer (their `customer_key`), or what
        the address waits for that a notice of WAITING (its id) went to. It works for ever.
        """
        return str(self._silence_signer.dumps([what, whose]))

    def silences(self, token: str) -> tuple[str, str]:
        """What such a token ends, and for whom. Raises TokenRefused when it is forged."""
        try:
            what, whose = self._silence_signer.loads(token)
        except (BadData, TypeError, ValueError) as error:
            raise TokenRefused(_NO_LINK) from error
        return what, whose

    @property
    def _download_signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self._keys, salt="pouch.download", signer_kwargs=_SHA256)

    @property
    def _silence_signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self._keys, salt="pouch.silence", signer_kwargs=_SHA256)

    def for_form(self, purpose: Purpose, form_id: str, order: Order) -> str:
        """The field of a form about an order. Its id makes what is sent happen once, however often it is sent."""
        return self.sign(purpose, [form_id, order.id, order.epoch])

    def form_id(self, purpose: Purpose, token: str, order: Order) -> str:
        """The id of a form. Raises TokenRefused when it is forged, too old, or about another order (R25)."""
        form_id, *about = self.signed(purpose, token)
        if about != [order.id, order.epoch]:
            raise TokenRefused(OLD_FORM)
        return str(form_id)

    def sign(self, purpose: Purpose, values: Sequence[str | int]) -> str:
        """Texts and numbers, signed, with the moment."""
        return str(self._signer(purpose).dumps([*values, self._clock()]))

    def signed(self, purpose: Purpose, token: str) -> list[str | int]:
        """What was signed for this purpose. Raises TokenRefused when it was not, or too long ago."""
        try:
            *values, at = self._signer(purpose).loads(token)
        except BadData as error:
            raise TokenRefused(OLD_FORM) from error
        if self._clock() > at + FORM_AGE:
            raise TokenRefused(OLD_FORM)
        return list(values)

    @property
    def _order_signer(self) -> URLSafeSerializer:
        return self._signer("order")

    @property
    def _checkout_signer(self) -> URLSafeSerializer:
        return self._signer("checkout.2")

    @property
    def _seen_signer(self) -> URLSafeSerializer:
        return self._signer("seen")

    def _signer(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._keys, salt=f"pouch.{purpose}", signer_kwargs=_SHA256)


def _linked_at(order: Order) -> int:
    """When its link was given out last: with the order, or again since."""
    return max(order.created_at, *(one.due_at for one in order.messages if one.kind is Kind.LINK), 0)


# The number in a salt rises when what is signed takes another form; what was signed in the old one is too old then.
_SHA256 = {"digest_method": hashlib.sha256}
