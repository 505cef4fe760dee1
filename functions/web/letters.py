"""Letters: the words of a message, from the theme's mail templates."""

from dataclasses import dataclass

from functions.ports import Catalogue, Letter
from functions.shop.message import Kind, Message
from functions.shop.order import Order
from functions.web.page import Pages
from functions.web.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Letters:
    """Writes letters whose links lead to `url`, the shop's configured address (R23)."""

    pages: Pages
    catalogue: Catalogue
    tokens: Tokens
    url: str

    def write(self, order: Order, message: Message) -> Letter:
        """The letter for a message of an order, as text and as HTML. The text's first line is the subject."""
        release = self.catalogue.current()
        context = {
            "order": order,
            "site_url": self.url,
            "order_url": f"{self.url}/order/{order.id}?t={self.tokens.for_order(order.id, order.epoch)}",
        }
        text = self.pages.fragment(release, f"mail/{message.kind}.txt", **context)
        subject, _, body = text.partition("\n")
        to = release.settings.email if message.kind is Kind.HELD else message.to
        return Letter(
            to=to,
            subject=subject.removeprefix("Subject:").strip(),
            text=body.lstrip("\n"),
            html=self.pages.fragment(release, f"mail/{message.kind}.html", **context),
            message_id=f"{order.id}.{message.kind}",
        )
