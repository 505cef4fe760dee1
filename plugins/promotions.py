"""Promotions as functions need them: with what the goods are called, and with what collections have picked by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from functions.shop.promotion import BundlePart, Promotion, Selection
from plugins.content import CollectionSource
from plugins.profile import Profile

FEW = 4  # names that are still worth telling one by one


@dataclass(frozen=True, slots=True)
class Goods:
    """What there is in the shop: titles of collections, of products and of what SKUs belong to, and picks by slug."""

    collections: Mapping[str, str]
    picked: Mapping[str, tuple[str, ...]]
    products: Mapping[str, str]
    skus: Mapping[str, str]


def goods_of(collections: Iterable[CollectionSource], profiles: Iterable[Profile]) -> Goods:
    """All that promotions can name."""
    shelves, known = tuple(collections), tuple(profiles)
    return Goods(
        {source.slug: source.title for source in shelves},
        {source.slug: source.products for source in shelves},
        {profile.slug: profile.title for profile in known},
        {sku: profile.title for profile in known for sku in profile.skus},
    )


def completed(promotions: Iterable[Promotion], goods: Goods) -> tuple[Promotion, ...]:
    """The promotions with all that their selections mean."""
    return tuple(_completed(promotion, goods) for promotion in promotions)


def _completed(promotion: Promotion, goods: Goods) -> Promotion:
    return replace(
        promotion,
        goods=_meant(promotion.goods, goods),
        reward=_meant(promotion.reward, goods) if promotion.reward else None,
        parts=tuple(BundlePart(_meant(part.goods, goods), part.quantity) for part in promotion.parts),
    )


def _meant(selection: Selection, goods: Goods) -> Selection:
    picked = [slug for collection in selection.collections for slug in goods.picked[collection]]
    names = [goods.collections[slug] for slug in selection.collections]
    names += [goods.products[slug] for slug in selection.products]
    names += [goods.skus[sku] for sku in selection.skus]
    told = tuple(dict.fromkeys(names))
    products = tuple(dict.fromkeys([*selection.products, *picked]))
    return replace(selection, products=products, names=told if len(told) <= FEW else ())
