"""The site's addresses that functions answer, by the first segment of their paths; all others are files."""

OF_FUNCTIONS = frozenset(
    "cart checkout download notify order order-link stock stripe unsubscribe wishlist withdraw".split()
)
PRIVATE = OF_FUNCTIONS - {"stock", "stripe"}
"""Those whose answers belong to one shopper, so that no search engine has business there."""
LINKED = frozenset({"/cart", "/notify", "/order-link", "/wishlist", "/withdraw"})
"""What everybody can look at, so that a text may lead there."""
