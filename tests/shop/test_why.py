"""Why a quote is what it is: literal lines that an owner can read."""

from dataclasses import replace

from functions.shop.area import Area
from functions.shop.calendar import Holidays
from functions.shop.cart import CartLine
from functions.shop.parcel import Measure
from functions.shop.promise import Dispatch
from functions.shop.promotion import Conditions, Kind, Promotion, Selection, Tier
from functions.shop.rate import Band, Limits, Pickup, ShippingRate
from functions.shop.settings import Closure
from functions.shop.shipping import Shipping, ShippingZone
from functions.shop.shopper import Shopper
from functions.shop.tax import Service, Tax, TaxZone
from functions.shop.why import why
from functions.shop.working_days import Days
from tests.shop.promoted import promotion
from tests.shop.sample import cart, noon, quote
from tests.small_shop import POSTCARD, PRINT_A4, SETTINGS

FRAMED = replace(PRINT_A4, size=(320, 240, 40), surcharge=200)
FILE = replace(POSTCARD, sku="FILE", title="Wallpaper", digital=True, tracked=False)
VARIANTS = (FRAMED, POSTCARD, FILE)
BANDS = (Band(450, 500), Band(900, 2000), Band(1500))
SHIPPING = Shipping(
    Days(1, 2),
    (
        ShippingZone(
            "Ireland",
            ("IE",),
            (
                ShippingRate("post", "Post", 0, Days(1, 3), free_over=6000, by=Measure.WEIGHT, bands=BANDS),
                ShippingRate("each", "Van", 300, Days(1, 1), per_item=50),
                ShippingRate("letter", "Letter", 150, Days(1, 3), limits=Limits(weight=100)),
                ShippingRate("round", "Round", 200, Days(1, 1), within=Area("IE", postcodes=("F26", "F28"))),
                ShippingRate("harbour", "Collect", 0, Days(0, 0), pickup=Pickup("1 Pier Road", "Sat 10–14")),
            ),
        ),
        ShippingZone("Spain", ("ES",), (ShippingRate("es", "Post", 900, Days(3, 7)),)),
        ShippingZone(
            "Islands", (), (ShippingRate("islands", "Post", 1900, Days(3, 7)),),
            (Area("ES", postcodes=("35", "38000-38999")),), limits=Limits(weight=300),
        ),
    ),
    packing=120,
)  # fmt: skip
PLENTY = {variant.sku: 1000 for variant in VARIANTS}
SHOP = replace(SETTINGS, shipping=SHIPPING, countries={"IE": "Ireland", "ES": "Spain"})


def explained(country: str = "", postcode: str = "", **skus: int) -> list[str]:
    """The explanation of a cart."""
    made = quote(cart(**skus), country=country, postcode=postcode, variants=VARIANTS, settings=SHOP)
    return list(why(made, SHOP, variants={variant.sku: variant for variant in VARIANTS}, available=PLENTY))


def test_every_rate_says_what_it_costs_or_why_it_is_not_offered() -> None:
    assert explained(PRINT_A4=2, CARD=1) == [
        "2 × Print, A4, Oak (PRINT-A4): €24.00 each, €48.00; 180 g each",
        "1 × Postcard (CARD): €2.50 each, €2.50; 10 g each",
        "Parcel: 3 pieces, 490 g, 120 g of it packing; 32 cm long, 64 cm around",
        "To: Ireland",
        "Zone: Ireland, because it has all of Ireland",
        "post (chosen): €8.50 = €4.50 (weight up to 500 g) + €4.00 surcharge",
        "each: €8.50 = €3.00 + 3 × €0.50 + €4.00 surcharge",
        "letter: not offered, because the weight of 490 g is more than 100 g",
        "round: not offered, because it goes to F26, F28 only",
        "harbour: €0.00 = €0.00",
        "No days are promised",
        "Tax: one rate everywhere; prices contain it",
        "VAT 23%: €11.03 on €47.97 of PRINT-A4 (standard), CARD (standard), with their part of delivery",
        "Total: €59.00",
    ]


def test_free_delivery_says_from_which_value_on() -> None:
    lines = explained("IE", "F26X0X0", CARD=24)
    assert lines[4:] == [
        "post (chosen): €0.00 = nothing from €60.00 of goods after discounts on",
        "each: €15.00 = €3.00 + 24 × €0.50",
        "letter: not offered, because the weight of 360 g is more than 100 g",
        "round: €2.00 = €2.00",
        "harbour: €0.00 = €0.00",
        "No days are promised",
        "Tax: one rate everywhere; prices contain it",
        "VAT 23%: €11.22 on €48.78 of CARD (standard)",
        "Total: €60.00",
    ]


def test_a_part_of_a_country_says_which_postcodes_decide() -> None:
    assert explained("ES", "38111", CARD=1)[2:] == [
        "To: 38111 in Spain",
        "Zone: Islands, because it names 38000-38999 of Spain",
        "islands (chosen): €19.00 = €19.00",
        "No days are promised",
        "Tax: one rate everywhere; prices contain it",
        "VAT 23%: €4.02 on €17.48 of CARD (standard), with their part of delivery",
        "Total: €21.50",
    ]
    assert explained("ES", "28001", CARD=1)[3] == "Zone: Spain, because it has all of Spain that no other zone names"


def test_what_cannot_be_delivered_says_so() -> None:
    assert explained("ES", "35001", PRINT_A4=2)[3:] == [
        "Zone: Islands, because it names 35 of Spain",
        "islands: not offered, because the weight of 480 g is more than 300 g in this zone",
        "Tax: one rate everywhere; prices contain it",
        "VAT 23%: €8.98 on €39.02 of PRINT-A4 (standard)",
        "Total: €48.00",
        (
            "But: Packed, your cart weighs 480 g, and we send up to 300 g to 35001 in Spain at a time. "
            "Please take something out, or make two orders of it."
        ),
    ]
    assert explained("ES", CARD=1)[2:] == [
        "To: Spain",
        "Zone: none",
        "Tax: one rate everywhere; prices contain it",
        "VAT 23%: €0.47 on €2.03 of CARD (standard)",
        "Total: €2.50",
        "But: Please tell us the postcode: how we deliver to Spain depends on it.",
    ]


def test_files_go_nowhere() -> None:
    assert explained(FILE=1) == [
        "1 × Wallpaper (FILE): €2.50 each, €2.50; a file",
        "Nothing to send: all of it is files",
        "Tax: one rate everywhere; prices contain it",
        "VAT 23%: €0.47 on €2.03 of FILE (standard)",
        "Total: €2.50",
    ]


BY_THE_DOZEN = promotion(Kind.TIERS, "dozen", tiers=(Tier(12, percent=1000),), goods=Selection(skus=("CARD",)))
WELCOME = promotion(Kind.AMOUNT, "welcome", amount=500, code="HELLO", conditions=Conditions(min_goods=4000))
GIFT = promotion(Kind.GIFT, "thanks", gift=CartLine("CARD", 1), conditions=Conditions(min_goods=9000))
POSTAGE = promotion(Kind.FREE_SHIPPING, "postage", rates=("post",), conditions=Conditions(starts="2027-01-01T00:00"))
ALONE = promotion(Kind.PERCENT, "alone", percent=100, combines=False)
RULES = (BY_THE_DOZEN, WELCOME, GIFT, POSTAGE, ALONE)


def promoted(*rules: Promotion, codes: tuple[str, ...] = (), today: str = "2026-12-01", **skus: int) -> list[str]:
    """What is said of promotions for a cart."""
    shop, shopper, now = replace(SHOP, promotions=rules), Shopper(codes), noon(today)
    made = quote(cart(**skus), variants=VARIANTS, settings=shop, shopper=shopper, now=now)
    known = {variant.sku: variant for variant in VARIANTS}
    lines = why(made, shop, variants=known, available=PLENTY, shopper=shopper, now=now)
    start = len(made.lines)
    return [*lines[start : next(at for at, line in enumerate(lines) if line.startswith("Parcel:"))]]


def test_every_promotion_says_what_it_does_or_what_stands_in_its_way() -> None:
    assert promoted(*RULES, codes=("hello", "NONE"), PRINT_A4=1, CARD=12) == [
        "dozen (Dozen): €3.00 off CARD",
        "welcome (Welcome, code HELLO): €2.35 off PRINT-A4, €2.65 off CARD",
        "thanks (Thanks): not applied, because it takes €36.00 more of its goods",
        "postage (Postage): not applied, because it begins at 2027-01-01 00:00",
        "alone (Alone): not applied, because it does not combine with dozen, welcome, which saves as much or more",
        "Said of NONE: There is no code “NONE”. Please check how it is written.",
    ]


def test_a_code_that_nobody_entered_and_pieces_that_lack_are_said() -> None:
    assert promoted(BY_THE_DOZEN, WELCOME, CARD=9) == [
        "dozen (Dozen): not applied, because it takes 3 more pieces of its goods",
        "welcome (Welcome, code HELLO): not applied, because its code was not entered",
    ]


def test_gifts_and_free_ways_of_sending_are_named() -> None:
    assert promoted(GIFT, POSTAGE, today="2027-01-01", PRINT_A4=4) == [
        "thanks (Thanks): gives 1 × CARD",
        "postage (Postage): frees post",
    ]


ZONED = Tax(
    "VAT",
    2300,
    (
        TaxZone("Canary Islands", {}, (Area("ES", postcodes=("35", "38")),)),
        TaxZone("Ireland", {"standard": 2300, "books": 900}, (Area("IE"),)),
        TaxZone("Spain", {"standard": 2100}, (Area("ES"),)),
    ),
    home="IE",
    reverse_charge=True,
)
BOOK = replace(POSTCARD, sku="BOOK", tax="books", weight=10)


def taxed(country: str, postcode: str = "", *, shipping_id: str = "", tax: Tax = ZONED, vat_id: str = "") -> list[str]:
    """What is said of the tax on a card and a book at 2.50 each."""
    shop = replace(SHOP, tax=tax)
    made = quote(
        cart(CARD=1, BOOK=1), country=country, postcode=postcode, shipping_id=shipping_id,
        variants=(POSTCARD, BOOK), settings=shop, vat_id=vat_id,
    )  # fmt: skip
    lines = why(made, shop, variants={"CARD": POSTCARD, "BOOK": BOOK}, available={"CARD": 9, "BOOK": 9})
    return [*lines[next(at for at, line in enumerate(lines) if line.startswith("Tax:")) : -1]]


def test_tax_says_whose_it_is_and_what_bears_which_rate() -> None:
    assert taxed("IE") == [
        "Tax: zone Ireland, because it goes to Ireland; prices contain it",
        "VAT 23%: €0.84 on €3.66 of CARD (standard), with their part of delivery",
        "VAT 9%: €0.37 on €4.13 of BOOK (books), with their part of delivery",
    ]
    assert taxed("ES", "28001", tax=replace(ZONED, inclusive=False)) == [
        "Tax: zone Spain, because it goes to 28001 in Spain; it comes on top of prices",
        (
            "VAT 21%: €2.94 on €14.00 of CARD (standard), BOOK (books, which has no rate there), "
            "with their part of delivery"
        ),
    ]
    assert taxed("IE", shipping_id="harbour")[0] == (
        "Tax: zone Ireland, because what is collected is taxed where the shop is; prices contain it"
    )


def test_where_no_tax_is_due_the_reason_is_said() -> None:
    assert taxed("ES", "35001") == [
        "Tax: zone Canary Islands, because it goes to 35001 in Spain; prices contain it",
        "Export: nothing is due on €24.00, and prices that contain tax stay the same",
    ]
    assert taxed("ES", "28001", vat_id="ESB58378431")[1] == (
        "Reverse charge: nothing is due on €11.57, because ESB58378431 declares it in another country of the EU"
    )
    assert taxed("IE", tax=replace(ZONED, service=Service.STRIPE)) == ["Tax: Stripe works it out on the payment page"]


def test_a_promise_is_told_step_by_step() -> None:
    holidays = Holidays({"IE": {"2026": "1225 1226"}, "ES": {"2026": "1208"}}, "2028-12-31", "IE")
    fair = Closure("2026-12-02", "2026-12-03", "Away")
    shop = replace(SHOP, dispatch=Dispatch("14:00", (0, 1, 2, 3)), holidays=holidays, closures=(fair,))
    made = quote(cart(CARD=1), country="ES", postcode="28001", variants=VARIANTS, settings=shop, now=noon("2026-12-01"))
    lines = why(made, shop, variants={"CARD": POSTCARD}, available=PLENTY, now=noon("2026-12-01"))
    assert [*lines[5:10]] == [
        "Ordered: 2026-12-01 12:00 by the shop's clock; what comes before 14:00 counts that day",
        "Packed: from 2026-12-01 on, 1–2 days of Mon, Tue, Wed, Thu",
        "Leaves: 2026-12-08 at the latest",
        "Arrives: 2026-12-11 to 2026-12-17, after 3–7 days of Mon, Tue, Wed, Thu, Fri",
        "Left out: 2026-12-02 to 2026-12-03 (closed), 2026-12-08 (a holiday)",
    ]
