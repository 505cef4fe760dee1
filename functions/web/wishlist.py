"""`/wishlist`: the address is the list. A cookie remembers this browser's own, and only a post changes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from werkzeug.exceptions import BadRequest
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from functions.service.carting import add_all
from functions.service.stocking import on_sale
from functions.shop.cart import parse_sku
from functions.shop.errors import InvalidCart
from functions.shop.sentence import Sentence, joined
from functions.shop.wishlist import Wishlist, decode_wishlist, encode_wishlist
from functions.web.cart_page import CartPage
from functions.web.page import CART_STYLE


@dataclass(frozen=True, slots=True)
class Wishlists:
    """Shows lists and changes this browser's own. `url` is the shop's own address."""

    page: CartPage
    url: str

    def routes(self) -> Mapping[str, Callable[..., Response]]:
        """The views, by method and path."""
        return {"GET /wishlist": self.show, "POST /wishlist": self.change}

    def show(self, request: Request) -> Response:
        """The list that the address holds; without one, the way to this browser's own."""
        own = self.page.cookies.wishlist(request)
        if "s" not in request.args and own.skus:
            return self._led_to(own)
        return self._shown(request, decode_wishlist(request.args.get("s", "")), own)

    def change(self, request: Request) -> Response:
        """Add or remove a SKU, take over a list, or put all of one into the cart. `s` is the list that was shown."""
        action, own = request.form.get("action", ""), self.page.cookies.wishlist(request)
        shown = decode_wishlist(request.form.get("s", ""))
        if action == "cart":
            return self._into_cart(request, shown)
        if action == "add":
            changed = own.adding(self._sold(request))
        elif action == "remove":
            changed = (own if own.skus else shown).without(parse_sku(request.form.get("sku", "")))
        elif action == "keep":
            changed = own.joined(shown)
        else:
            raise BadRequest
        response = self._led_to(changed)
        self.page.cookies.set_wishlist(response, changed)
        return response

    def _sold(self, request: Request) -> str:
        """The posted SKU, if it is sold here."""
        sku = parse_sku(request.form.get("sku", ""))
        if sku not in self.page.catalogue.current().variants([sku]):
            raise InvalidCart(Sentence("{sku} is not on sale here.", sku=sku))
        return sku

    def _into_cart(self, request: Request, wishlist: Wishlist) -> Response:
        """The cart with all that can be had. When something cannot, the cart page says so."""
        page = self.page
        wish = page.wish(request)
        cart, left_out = add_all(
            page.cart(request),
            wishlist.skus,
            release=page.catalogue.current(),
            store=page.store,
            now=page.clock(),
        )
        if left_out:
            return page.show(request, cart, wish, notice=joined(left_out))
        response = redirect("/cart", 303)
        page.remember(request, response, cart, wish)
        return response

    def _led_to(self, wishlist: Wishlist) -> Response:
        text = encode_wishlist(wishlist)
        response = redirect(f"/wishlist?s={text}" if text else "/wishlist", 303)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _shown(self, request: Request, wishlist: Wishlist, own: Wishlist) -> Response:
        """The page. It sets no cookie: looking at somebody's list changes nothing here."""
        page, text = self.page, encode_wishlist(wishlist)
        release = page.catalogue.current()
        offers = on_sale(wishlist.skus, release=release, store=page.store, now=page.clock())
        return page.pages.page(
            request,
            release,
            "functions/wishlist.html",
            title=Sentence("Your wishlist") if wishlist == own else Sentence("A wishlist"),
            count=page.cart(request).count,
            styles=(CART_STYLE, "css/wishlist.css"),
            offers=offers.values(),
            gone=[sku for sku in wishlist.skus if sku not in offers],
            mine=wishlist == own,
            has_own=bool(own.skus),
            text=text,
            address=f"{self.url}/wishlist?s={text}",
        )
