"""What goes wrong when functions are packed."""

from functions.shop.errors import ShopError


class PackageFailed(ShopError):
    """The functions could not be packed. The message says why and what to do."""
