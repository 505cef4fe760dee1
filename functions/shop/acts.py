"""Acts: what the owner or a customer does to an order. Unlike facts from Stripe, an act can be refused."""

from dataclasses import dataclass
from enum import StrEnum

from functions.shop.message import Fate, Kind
from functions.shop.portion import Portion
from functions.shop.settings import Address
from functions.shop.shipment import Pieces


class Actor(StrEnum):
    """Who acts."""

    OWNER = "owner"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Pack:
    """The owner packs it: from now on the customer can change neither the address nor their mind by a click."""


@dataclass(frozen=True, slots=True)
class Ship:
    """A parcel has left, with these pieces or with all that was left to ship. `carrier` is a name such as `DHL`."""

    carrier: str
    tracking: str
    items: tuple[Pieces, ...] = ()


@dataclass(frozen=True, slots=True)
class Deliver:
    """A parcel has arrived, or all of them. So many days after the last one its customer is asked for a review; never
    when it is 0.
    """

    shipment: str = ""
    review_after: int = 0


@dataclass(frozen=True, slots=True)
class CorrectTracking:
    """The carrier or tracking number of a parcel was typed wrongly. `tell` says whether its customer gets a mail."""

    shipment: str
    carrier: str
    tracking: str
    tell: bool = True


@dataclass(frozen=True, slots=True)
class Cancel:
    """Nothing of it is sent, and all that was paid goes back."""

    by: Actor
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GiveBack:
    """So much (minor units) goes back, for a `portion` of the order or for no pieces in particular. `number` is
    `order.reversals` as it was when this was asked for, so that asking twice gives back once. What the portion says is
    not sent any more goes back on sale; the amount may be nothing then.
    """

    amount: int
    reason: str
    number: int
    portion: Portion | None = None


@dataclass(frozen=True, slots=True)
class ChangeAddress:
    """It shall go somewhere else."""

    address: Address


@dataclass(frozen=True, slots=True)
class AskReturn:
    """A customer wants to send pieces back. `id` is made with the form, so that a double click asks once; `days` is how
    long after its arrival the shop takes things back.
    """

    id: str
    items: tuple[Pieces, ...]
    reason: str
    days: int


@dataclass(frozen=True, slots=True)
class ApproveReturn:
    """The owner agrees; `answer` says how to send the pieces."""

    id: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class RejectReturn:
    """The owner does not agree; `answer` says why."""

    id: str
    answer: str


@dataclass(frozen=True, slots=True)
class ReceiveReturn:
    """The pieces have come; `amount` (minor units) goes back. `restock` says whether they can be sold again, and
    `shipping` whether delivery is in the amount.
    """

    id: str
    amount: int
    restock: bool = True
    shipping: bool = False


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A customer withdraws from the contract. `id` is made with the form, so that a double click says it once."""

    id: str
    name: str
    email: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A customer writes to the shop about it. `id` is made with the form."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Hold:
    """The owner keeps it back."""

    reason: str


@dataclass(frozen=True, slots=True)
class LetGo:
    """The owner has looked at what held it: it may go."""


@dataclass(frozen=True, slots=True)
class CorrectEmail:
    """The address that mails go to was wrong. Links that were mailed before stop working."""

    email: str


@dataclass(frozen=True, slots=True)
class Resend:
    """A mail once more: the confirmation, or a new link to the order."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Warn:
    """The owner tells the customer that it comes later than was promised. `text` is what the owner writes."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class OfferCoupon:
    """The owner sends its customer the code of a coupon, once."""

    code: str


@dataclass(frozen=True, slots=True)
class NoteFate:
    """A mail server says what became of the mail of this name."""

    message: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Erase:
    """A customer wants to be forgotten: what tax law does not ask for goes (R29)."""


Act = (
    Pack | Ship | Deliver | CorrectTracking | Cancel | GiveBack | ChangeAddress | AskReturn | ApproveReturn
    | RejectReturn | ReceiveReturn | Withdraw | Ask | Hold | LetGo | CorrectEmail | Resend | Warn | OfferCoupon
    | NoteFate | Erase
)  # fmt: skip
