"""`/stock`: what is left of some SKUs, for pages that were built a while ago."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from functions.ports import Catalogue, Clock, Store
from functions.service.stocking import OnSale, on_sale
from functions.shop.cart import MAX_LINES, SKU
from functions.shop.catalogue import Availability
from functions.shop.errors import InvalidCart

SECONDS = 5  # that an answer may be kept by a browser or at the edge
STALE_SECONDS = 30  # for which the edge may go on with an old answer while it asks for a new one


def routes(catalogue: Catalogue, store: Store, clock: Clock) -> Mapping[str, Callable[..., Response]]:
    """The views, by method and path."""

    def show(request: Request) -> Response:
        skus = _skus(request)
        query = urlencode([("sku", sku) for sku in skus])
        if request.query_string.decode("latin-1") != query:
            return _kept(
                redirect(f"/stock?{query}", 308)
            )  # one address for one question, so that a cache needs one answer
        now = clock()
        found = on_sale(skus, release=catalogue.current(), store=store, now=now)
        answer = {"at": now, "stock": {sku: _said(offer) for sku, offer in found.items()}}
        return _kept(Response(json.dumps(answer), mimetype="application/json"))

    return {"GET /stock": show}


def _skus(request: Request) -> list[str]:
    skus = sorted(set(request.args.getlist("sku")))
    if len(skus) > MAX_LINES or not all(SKU.fullmatch(sku) for sku in skus):
        raise InvalidCart(f"Ask for up to {MAX_LINES} SKUs, as in /stock?sku=MUG-1&sku=MUG-2.")
    return skus


def _said(offer: OnSale) -> Mapping[str, Any]:
    """The word, and how many there are where that is worth telling."""
    low = {"left": offer.left} if offer.availability is Availability.LOW else {}
    return {"availability": offer.availability.value} | low


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = (
        f"public, max-age={SECONDS}, s-maxage={SECONDS}, stale-while-revalidate={STALE_SECONDS}"
    )
    return response
