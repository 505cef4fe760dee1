"""Where the files that an order has bought are to be had. Mails say so as well, which know nothing of requests."""

from functions.shop.download import downloadable
from functions.shop.order import Order
from functions.web.tokens import Tokens


def links(order: Order, tokens: Tokens, url: str) -> list[tuple[str, str]]:
    """What an order has to download: the name of each thing, and the address of its file."""
    return [(order.lines[at].name, f"{url}/download/{tokens.for_download(order, at)}") for at in downloadable(order)]
