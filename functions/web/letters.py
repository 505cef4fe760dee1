"""Letters: the words of a message, from the theme's mail templates."""

from dataclasses import dataclass

from functions.ports import Catalogue, Letter
from functions.shop.code import Codes
from functions.shop.email import customer_key
from functions.shop.errors import MailFailed
from functions.shop.message import TO_OWNER, Kind, Message
from functions.shop.order import Order
from functions.web.page import Pages
from functions.web.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Letters:
    """Writes letters whose links lead to `url`, the shop's configured address (R23)."""

    pages: Pages
    catalogue: Catalogue
    tokens: Tokens
    codes: Codes
    url: str

    def write(self, order: Order, message: Message) -> Letter:
        """The letter for a message of an order, as text and as HTML. The text's first line is the subject."""
        release = self.catalogue.current()
        context = {
            "order": order,
            "site_url": self.url,
            "order_url": f"{self.url}/order/{order.id}?t={self.tokens.for_order(order.id, order.epoch)}",
            "cards": self._cards(order) if message.kind is Kind.GIFT_CARD else (),
            "points_code": self._points_code(order),
        }
        text = self.pages.fragment(release, f"mail/{message.kind}.txt", **context)
        subject, _, body = text.partition("\n")
        to = release.settings.email if message.kind in TO_OWNER else message.to
        return Letter(
            to=to,
            subject=subject.removeprefix("Subject:").strip(),
            text=body.lstrip("\n"),
            html=self.pages.fragment(release, f"mail/{message.kind}.html", **context),
            message_id=f"{order.id}.{message.name}",
        )

    def _cards(self, order: Order) -> list[tuple[str, int]]:
        """The codes of the gift cards that it bought, and what each is worth."""
        made = [
            (self.codes.gift_card_of(card.account, order.id, number), card.amount)
            for number, card in enumerate(order.cards)
        ]
        if not all(code for code, _ in made):
            raise MailFailed(
                f"The secret behind the gift cards of order {order.id} is no longer in SHOP_SECRET_KEYS. Put it back."
            )
        return made

    def _points_code(self, order: Order) -> str:
        """The code of whoever earned points by it; empty when nobody did."""
        account = order.earned.account if order.earned else ""
        return self.codes.points_of(account, customer_key(order.email)) if account else ""
