"""`/notify`: be told when something that is sold out can be had again."""

from collections.abc import Callable, Mapping

from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from functions.service.stocking import on_sale
from functions.service.waiting import ask_for_stock
from functions.shop.cart import parse_sku
from functions.shop.errors import InvalidEmail, StillOnSale
from functions.shop.sentence import Sentence
from functions.web.cart_page import CartPage
from functions.web.page import CART_STYLE


def routes(page: CartPage) -> Mapping[str, Callable[..., Response]]:
    """The views, by method and path."""

    def show(request: Request) -> Response:
        return _shown(page, request, request.args.get("sku", ""), asked="asked" in request.args)

    def ask(request: Request) -> Response:
        sku, email = request.form.get("sku", ""), request.form.get("email", "")
        try:
            ask_for_stock(parse_sku(sku), email, release=page.catalogue.current(), store=page.store, now=page.clock())
        except InvalidEmail as error:
            return _shown(page, request, sku, notice=error.sentence, status=400)
        except StillOnSale:
            return _shown(page, request, sku, status=409)
        return redirect(f"/notify?sku={sku}&asked=yes", 303)  # the same for whoever asks; the address names nobody

    return {"GET /notify": show, "POST /notify": ask}


def _shown(
    page: CartPage, request: Request, sku: str, *, asked: bool = False, notice: str = "", status: int = 200
) -> Response:
    """The form, what happens next, or the news that the thing is there."""
    release = page.catalogue.current()
    offer = on_sale([sku], release=release, store=page.store, now=page.clock()).get(sku)
    if offer is None:
        raise NotFound
    return page.pages.page(
        request,
        release,
        "functions/notify.html",
        title=Sentence("Back in stock"),
        count=page.cart(request).count,
        status=status,
        styles=(CART_STYLE, "css/wishlist.css"),
        offer=offer,
        asked=asked,
        notice=notice,
    )
