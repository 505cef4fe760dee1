"""What one file says about another: collections, related and featured products, and SKUs that must differ."""

from collections.abc import Collection, Iterable, Mapping

from plugins.content.fault import Position, Report
from plugins.content.product import ProductFields, Status
from plugins.content.shop import HomeFields
from plugins.content.suggestion import did_you_mean

Products = Mapping[str, ProductFields | None]
"""Every product file by its slug; None for one that could not be understood."""


def report_shelves(fields: ProductFields, collections: Collection[str]) -> None:
    """Report collections that do not exist, or stand twice."""
    seen: set[tuple[str, str]] = set()
    for name, slug, place in fields.placed_shelves():
        report = fields.report.of(name)
        if slug not in collections:
            report.wrong(place, f"there is no collection {slug!r}; {did_you_mean(slug, collections)}")
        elif (name, slug) in seen:
            report.wrong(place, f"{slug!r} stands twice in this list; delete one")
        seen.add((name, slug))


def report_related(fields: ProductFields, products: Products) -> None:
    """Report related products that do not exist."""
    own = fields.report.path.stem
    for slug, place in fields.placed("related"):
        if slug == own:
            fields.report.of("related").wrong(place, f"{slug!r} is this product itself; name another")
        elif slug not in products:
            sentence = f"there is no product {slug!r}; {did_you_mean(slug, products)}"
            fields.report.of("related").wrong(place, sentence)


def report_featured(home: HomeFields, products: Products) -> None:
    """Report featured products that do not exist, or that shoppers do not see."""
    report = home.report.of("featured")
    for slug, place in home.placed("featured"):
        fields = products.get(slug)
        if slug not in products:
            report.wrong(place, f"there is no product {slug!r}; {did_you_mean(slug, products)}")
        elif fields and fields.status is not Status.PUBLISHED:
            sentence = f"{slug!r} has the status {fields.status.value}; name a published product"
            report.wrong(place, sentence)


def report_skus(products: Iterable[ProductFields]) -> None:
    """Report SKUs that two variants share; capitals make no difference."""
    seen: dict[str, tuple[Report, Position]] = {}
    for fields in products:
        for sku, place in fields.placed_skus():
            if (first := seen.get(sku.casefold())) is not None:
                where = f"{first[0].path.as_posix()}, line {first[1].line}"
                fields.report.of("sku").wrong(place, f"{sku!r} is already the SKU in {where}; choose another")
            seen.setdefault(sku.casefold(), (fields.report, place))
