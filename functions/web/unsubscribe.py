"""`/unsubscribe/<token>`: no more mails that nobody needs. A look changes nothing; one POST, from the page or from a
mail program (https://www.rfc-editor.org/rfc/rfc8058), does it.
"""

from collections.abc import Callable, Mapping

from werkzeug.wrappers import Request, Response

from functions.ports import Store
from functions.shop.sentence import Sentence
from functions.web.cart_page import CartPage
from functions.web.tokens import MAILS


def routes(page: CartPage) -> Mapping[str, Callable[..., Response]]:
    """The views, by method and path."""

    def ask(request: Request, token: str) -> Response:
        what, _ = page.tokens.silences(token)
        return _shown(page, request, what, done=False)

    def end(request: Request, token: str) -> Response:
        what, whose = page.tokens.silences(token)
        _end(what, whose, page.store)
        return _shown(page, request, what, done=True)

    return {"GET /unsubscribe/<token>": ask, "POST /unsubscribe/<token>": end}


def _end(what: str, whose: str, store: Store) -> None:
    if what == MAILS:
        store.silence(whose)
    elif notice := store.notice(whose):
        store.forget_waiting(notice.message.to)


def _shown(page: CartPage, request: Request, what: str, *, done: bool) -> Response:
    return page.pages.page(
        request,
        page.catalogue.current(),
        "functions/unsubscribe.html",
        title=Sentence("No more mails"),
        count=page.cart(request).count,
        what=what,
        done=done,
    )
