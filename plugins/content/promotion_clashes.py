"""What is wrong between the fields of promotions, each of which is right by itself."""

from collections.abc import Collection, Iterable

from functions.shop.promotion import Kind, code_key
from plugins.content.facts import Facts
from plugins.content.promotion_fields import (
    GOODS,
    BundlePriceFields,
    PromotionFields,
    TierFields,
    ends_at,
    starts_at,
)
from plugins.content.suggestion import did_you_mean, one_of

KINDS = tuple(Kind)
_ONLY_BESIDE = {"rates": "free_shipping", "together": "tiers"}
_NOT_BESIDE = {
    "tiers": {"min_pieces": "is what the first tier says; delete this line"},
    "bundle": dict.fromkeys(GOODS, "stands beside bundle, whose parts say what belongs to it; delete this line"),
}


def report_promotion(fields: PromotionFields, facts: Facts, rates: Collection[str]) -> None:
    """Report every field of a promotion that cannot stand beside another one, or misses another one."""
    _report_kind(fields)
    _report_company(fields)
    _report_nothing(fields)
    _report_days(fields)
    _report_limits(fields)
    _report_customers(fields)
    _report_tiers(fields)
    _report_bundle(fields)
    _report_pieces(fields)
    _report_names(fields, facts.destinations, "countries", "the shop does not deliver to {name!r}")
    _report_names(fields, rates, "rates", "there is no shipping rate {name!r}")


def report_twice(written: Iterable[PromotionFields]) -> None:
    """Report ids and codes that two promotions share."""
    ids: dict[str, int] = {}
    codes: dict[str, tuple[str, int]] = {}
    for fields in written:
        if fields.has("id"):
            if fields.id in ids:
                fields.wrong("id", f"{fields.id!r} is already the id in line {ids[fields.id]}; choose another")
            ids.setdefault(fields.id, fields.place("id").line)
        if fields.has("code"):
            key = code_key(fields.code)
            if key in codes:
                first, line = codes[key]
                sentence = f"is the same as {first!r} in line {line}, as capitals, spaces and hyphens do not count"
                fields.wrong("code", f"{fields.code!r} {sentence}; choose another")
            codes.setdefault(key, (fields.code, fields.place("code").line))


def _report_kind(fields: PromotionFields) -> None:
    given = [kind.value for kind in KINDS if kind.value in fields.entries]
    if not given:
        names = one_of([f"{kind.value}:" for kind in KINDS])
        fields.wrong("percent", f"is missing; write what the promotion gives, which is {names}")
    for name in given[1:]:
        fields.wrong_name(name, f"stands beside {given[0]}; keep one of the two, or make two promotions of it")


def _report_company(fields: PromotionFields) -> None:
    for name, other in _ONLY_BESIDE.items():
        if name in fields.entries and other not in fields.entries:
            fields.wrong_name(name, f"says nothing without {other}; write {other}: too, or delete this line")
    for other, sentences in _NOT_BESIDE.items():
        for name, sentence in sentences.items():
            if other in fields.entries and name in fields.entries:
                fields.wrong_name(name, sentence)


def _report_nothing(fields: PromotionFields) -> None:
    if fields.has("free_shipping") and not fields.free_shipping:
        fields.wrong("free_shipping", "gives nothing; write yes, or delete this line")
    if fields.report.currency and fields.has("amount") and fields.amount == 0:
        fields.wrong("amount", "takes nothing off; write an amount above 0")
    if "fixed_price" in fields.entries and not _names_goods(fields):
        sentence = "would be the price of everything in the shop; write products:, skus: or collections: too"
        fields.wrong_name("fixed_price", sentence)


def _names_goods(fields: PromotionFields) -> bool:
    return any(name in fields.entries for name in GOODS)


def _report_days(fields: PromotionFields) -> None:
    if fields.has("from", "until") and ends_at(fields.until) <= starts_at(fields.from_):
        until, start = (written.replace("T", " ") for written in (fields.until, fields.from_))
        fields.wrong("until", f"{until} is before {start}; write when it is over, or delete this line")


def _report_limits(fields: PromotionFields) -> None:
    for least, most in (("min_goods", "max_goods"), ("min_pieces", "max_pieces")):
        if fields.has(least, most) and getattr(fields, most) < getattr(fields, least):
            fields.wrong(most, f"is below {least}, so the promotion never applies; write more, or delete this line")


def _report_customers(fields: PromotionFields) -> None:
    if fields.first_order and "uses_per_customer" in fields.entries:
        sentence = "stands beside first_order, and there is only one of those; delete this line"
        fields.wrong_name("uses_per_customer", sentence)
    if fields.has("uses", "uses_per_customer") and (fields.uses_per_customer or 0) > (fields.uses or 0):
        fields.wrong("uses_per_customer", f"is above uses, which is {fields.uses} for all; write fewer")


def _report_tiers(fields: PromotionFields) -> None:
    before: TierFields | None = None
    for tier in fields.tiers:
        if ("price" in tier.entries) == ("percent" in tier.entries):
            tier.wrong("price", "or percent, one of the two says what a tier gives; write price: 2.20 or percent: 10")
        if before and tier.has("from") and before.has("from") and tier.from_ <= before.from_:
            tier.wrong("from", f"does not come after {before.from_}; let the tiers rise")
        elif before and _gives_no_more(tier, before):
            name = "price" if tier.has("price") else "percent"
            tier.wrong(name, "gives no more than the tier before; make it better, or delete this tier")
        before = tier


def _gives_no_more(tier: TierFields, before: TierFields) -> bool:
    if tier.price is not None and before.price is not None and tier.report.currency:
        return tier.price >= before.price
    return tier.percent is not None and before.percent is not None and tier.percent <= before.percent


def _report_bundle(fields: PromotionFields) -> None:
    bundle: BundlePriceFields | None = fields.bundle
    parts = (bundle.parts or ()) if bundle else ()
    for part in parts:
        if not any(name in part.entries for name in GOODS):
            part.wrong("products", "is missing; write products:, skus: or collections: and what belongs to the bundle")
    if bundle and bundle.has("parts") and sum(part.quantity for part in parts) == 1:
        bundle.wrong("parts", "hold one piece; write quantity: 2 or another part, or use fixed_price instead")


def _report_pieces(fields: PromotionFields) -> None:
    if not fields.has("max_pieces") or fields.max_pieces is None:
        return
    needs = _pieces_needed(fields)
    if needs > fields.max_pieces:
        sentence = f"is too few, as it takes {needs} pieces; write at least {needs}, or delete this line"
        fields.wrong("max_pieces", sentence)


def _pieces_needed(fields: PromotionFields) -> int:
    """How many pieces it takes for something to come off at all."""
    if fields.has("buy_get") and fields.buy_get:
        others = any(name in fields.buy_get.entries for name in GOODS)
        return fields.buy_get.buy + (0 if others else fields.buy_get.get)
    if fields.has("bundle") and fields.bundle:
        return sum(part.quantity for part in fields.bundle.parts)
    return min((tier.from_ for tier in fields.tiers), default=0) if fields.has("tiers") else 0


def _report_names(fields: PromotionFields, known: Collection[str], field: str, sentence: str) -> None:
    """Report names in a list that are not among those that are known, if any are, or stand in it twice."""
    seen: set[str] = set()
    for named in fields.references(field):
        if known and named.name not in known:
            advice = did_you_mean(named.name, known)
            fields.report.of(field).wrong(named, f"{sentence.format(name=named.name)}; {advice}")
        elif named.name in seen:
            fields.report.of(field).wrong(named, f"{named.name!r} stands twice in this list; delete one")
        seen.add(named.name)
