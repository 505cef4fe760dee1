"""Every error that a shop can raise, in one tree. Messages carry the value and what to do about it."""

from functions.shop.sentence import Sentence, joined


class ShopError(Exception):
    """The root: catch this to catch all that a shop raises on purpose.

    Its message is English. Where shoppers read it, it is a Sentence, so that they do so in the shop's language.
    """

    @property
    def sentence(self) -> Sentence:
        """The message as it was made; `str` would make a mere text of it."""
        return self.args[0] if self.args and isinstance(self.args[0], Sentence) else joined([str(self)])


class InvalidAmount(ShopError):
    """A text is no amount in the shop's currency."""


class InvalidCart(ShopError):
    """A cart, a line of it, or what was posted to change it makes no sense."""


class InvalidWishlist(ShopError):
    """A wishlist, or what was posted to change it, makes no sense."""


class InvalidEmail(ShopError):
    """A text is no e-mail address. The message never holds the text (R26)."""


class InvalidNote(ShopError):
    """A note is longer than there is room for. The message never holds the note (R26)."""


class InvalidVatId(ShopError):
    """A text is no VAT identification number. The message says what a shopper can do about it."""


class StillOnSale(ShopError):
    """Somebody wants to be told when something is back that can be had now."""


class IllegalTransition(ShopError):
    """One of our own commands does not fit the state the order is in."""


class UnknownOrder(ShopError):
    """No order has this id."""


class Conflict(ShopError):
    """Somebody else wrote the record first; read it again and decide again."""


class InvalidCursor(ShopError):
    """A text is not where a page of a list ended."""


class OutOfStock(ShopError):
    """A stock change would leave `0 ≤ reserved ≤ on hand` (R9)."""

    def __init__(self, sku: str) -> None:
        super().__init__(f"{sku}: not enough in stock")
        self.sku = sku


class InvalidCode(ShopError):
    """A text is no code of a gift card or of points."""


class NotEnough(ShopError):
    """A balance would go below nothing (R14)."""

    def __init__(self, account: str) -> None:
        super().__init__(f"{account}: not enough left")
        self.account = account


class UsedUp(ShopError):
    """A promotion would be used more often than it may be, by all or by one customer (R13)."""

    def __init__(self, promotion: str) -> None:
        super().__init__(f"{promotion}: used as often as it may be")
        self.promotion = promotion


class TooLarge(ShopError):
    """An order has more to it than the database can write at once."""

    def __init__(self) -> None:
        super().__init__(Sentence("That is more than one order can hold. Please order it in two parts."))


class CheckoutRefused(ShopError):
    """The cart cannot be checked out as it was shown; the shopper must look at it again."""


class StoreUnavailable(ShopError):
    """The database did not answer in time. Trying again may help."""


class UnknownCoupon(ShopError):
    """A code that is no coupon of the shop's promotions."""


class NotOffered(ShopError):
    """A coupon that cannot be offered now."""


class NoRelease(ShopError):
    """No built catalogue is in force, so nothing can be priced."""


class PaymentsUnavailable(ShopError):
    """The payment provider did not answer in time or answered with a fault of its own. Trying again may help."""


class PaymentRefused(ShopError):
    """The payment provider understood the request and refused it. Trying the same again will not help."""


class UnknownSession(PaymentRefused):
    """The payment provider knows no such session: it was made under another key, or with another provider."""


class MailFailed(ShopError):
    """A mail was not accepted; it stays in the outbox."""


class EventRefused(ShopError):
    """A webhook that does not come from our payment provider for this shop, or not now (R24)."""


class TokenRefused(ShopError):
    """A link or a form field that this shop did not sign, or signed too long ago."""


class BadSetting(ShopError):
    """A setting is missing or makes no sense, so the function does not start."""
