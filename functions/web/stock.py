"""`/stock`: what is left of some SKUs, for pages that were built a while ago."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.wrappers import Request, Response

from functions.ports import Catalogue, Store
from functions.service.carting import available
from functions.shop.cart import MAX_LINES, SKU
from functions.shop.catalogue import Variant, availability
from functions.shop.errors import InvalidCart

SECONDS = 5  # that an answer may be kept by a cache


def routes(catalogue: Catalogue, store: Store) -> Mapping[str, Callable[..., Response]]:
    """The views, by method and path."""

    def show(request: Request) -> Response:
        skus = _skus(request)
        left = available(skus, store)
        found = catalogue.current().variants(skus)
        response = Response(
            json.dumps({sku: _availability(variant, left.get(sku, 0)) for sku, variant in found.items()}),
            mimetype="application/json",
        )
        response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
        return response

    return {"GET /stock": show}


def _skus(request: Request) -> list[str]:
    skus = list(dict.fromkeys(request.args.getlist("sku")))
    if len(skus) > MAX_LINES or not all(SKU.fullmatch(sku) for sku in skus):
        raise InvalidCart(f"Ask for up to {MAX_LINES} SKUs, as in /stock?sku=MUG-1&sku=MUG-2.")
    return skus


def _availability(variant: Variant, left: int) -> Mapping[str, Any]:
    word = availability(variant, left)
    return {"availability": word} | ({"left": left} if word == "low" else {})
