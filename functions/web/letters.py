"""Letters: the words of a message, from the theme's mail templates."""

import re
from dataclasses import dataclass
from typing import Any

from functions.ports import Catalogue, Letter, Stream
from functions.shop.code import Codes
from functions.shop.coupon import offer_of
from functions.shop.email import customer_key, parse_email
from functions.shop.errors import InvalidEmail, MailFailed
from functions.shop.message import MARKETING, TO_OWNER, Kind, Message
from functions.shop.notice import Notice
from functions.shop.order import Order
from functions.shop.settings import Settings
from functions.web.download_links import links
from functions.web.matter import matter_noticed, matter_of
from functions.web.owner_news import news_noticed, news_of
from functions.web.page import Pages
from functions.web.tokens import MAILS, WAITING, Tokens
from functions.web.wording import harmless, wrapped

_ODD = re.compile(r"[^A-Za-z0-9._-]+")


def message_id(owner: str, name: str) -> str:
    """The id of a mail, the same for every try: of what it belongs to, and its name there."""
    return _ODD.sub(".", f"{owner}.{name}")[:120]


@dataclass(frozen=True, slots=True)
class Letters:
    """Writes letters whose links lead to `url`, the shop's configured address (R23)."""

    pages: Pages
    catalogue: Catalogue
    tokens: Tokens
    codes: Codes
    url: str

    def write(self, of: Order | Notice, message: Message) -> Letter:
        """The letter for a message of an order, or of a notice, as text and as HTML. The text's first line is the
        subject. Raises MailFailed when what it is about cannot be told.
        """
        release = self.catalogue.current()
        context = self._context(of, message, release.settings)
        text = harmless(self.pages.fragment(release, f"mail/{message.kind}.txt", **context))
        subject, _, body = text.partition("\n")
        return Letter(
            to=release.settings.email if message.kind in TO_OWNER else message.to,
            subject=subject.removeprefix("Subject:").strip(),
            text=wrapped(body.lstrip("\n")),
            html=harmless(self.pages.fragment(release, f"mail/{message.kind}.html", **context)),
            message_id=message_id(of.id, message.name),
            stream=Stream.MARKETING if message.kind in MARKETING else Stream.ORDERS,
            unsubscribe=context["unsubscribe_url"],
            tags={"notice": of.id} if isinstance(of, Notice) else {"order": of.id, "message": message.name},
            reply_to=_plain(context["news"].reply_to) if context["news"] else "",
        )

    def _context(self, of: Order | Notice, message: Message, settings: Settings) -> dict[str, Any]:
        """What the templates need: all that is said of a notice, or of an order."""
        if isinstance(of, Notice):
            about = {"order": None, "order_url": "", **matter_noticed(of)}
            news = news_noticed(of, settings) if message.kind is Kind.OWNER else None
        else:
            about = {**self._order(of, message), **matter_of(of, message)}
            if message.kind is Kind.COUPON:
                about["offer"] = offer_of(message.about, settings.promotions, settings.days)
            news = news_of(of, message, settings) if message.kind is Kind.OWNER else None
        way_out = self._way_out(of, message)
        return {"site_url": self.url, "news": news, "unsubscribe_url": way_out, **about}

    def _way_out(self, of: Order | Notice, message: Message) -> str:
        """Where one click ends mails such as this one; empty for mails that an order needs."""
        if message.kind is Kind.BACK_IN_STOCK:
            return f"{self.url}/unsubscribe/{self.tokens.for_silence(WAITING, of.id)}"
        if message.kind in MARKETING:
            return f"{self.url}/unsubscribe/{self.tokens.for_silence(MAILS, customer_key(message.to))}"
        return ""

    def _order(self, order: Order, message: Message) -> dict[str, Any]:
        return {
            "order": order,
            "order_url": f"{self.url}/order/{order.id}?t={self.tokens.for_order(order.id, order.epoch)}",
            "withdraw_url": f"{self.url}/withdraw?order={order.id}",
            "downloads": self._downloads(order) if message.kind is Kind.DOWNLOAD else (),
            "cards": self._cards(order) if message.kind is Kind.GIFT_CARD else (),
            "points_code": self._points_code(order) if order.email else "",
        }

    def _downloads(self, order: Order) -> list[tuple[str, str]]:
        """What there is to download, and where."""
        found = links(order, self.tokens, self.url)
        if not found:
            raise MailFailed(f"Nothing of order {order.id} may be downloaded now: it is held or has ended.")
        return found

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


def _plain(address: str) -> str:
    """An address to which an answer can go; empty for an odd one, which must not keep a mail from the owner."""
    try:
        return parse_email(address)
    except InvalidEmail:
        return ""
