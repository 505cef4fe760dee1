"""The quote: parts that add up, problems in plain sentences, and a digest of all that is charged."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shop.area import Area
from functions.shop.cart import Cart, CartLine
from functions.shop.catalogue import Variant
from functions.shop.destination import Destination
from functions.shop.line import LineItem
from functions.shop.problem import Problem, Trouble
from functions.shop.quote import Quote, make_quote, waiting
from functions.shop.sentence import Sentence
from functions.shop.settings import Closure
from functions.shop.shipping import ShippingChoice
from functions.shop.tax import Relief, Service, Tax, TaxLine, TaxZone
from functions.shop.working_days import Days
from tests.shop.sample import cart, quote
from tests.small_shop import POSTCARD, PRINT_A4, SETTINGS, VARIANTS

USUAL = cart(CARD=2, PRINT_A4=1)
BY_SKU = {variant.sku: variant for variant in VARIANTS}


def troubles(made: Quote) -> list[tuple[str, str, str]]:
    """Each problem as kind, SKU and sentence."""
    return [(problem.trouble.value, problem.sku, problem.message) for problem in made.problems]


def test_a_quote_says_what_everything_costs() -> None:
    made = quote(USUAL)
    standard = ShippingChoice("ie-standard", "Standard", 450, Days(1, 3), cheapest=True)
    assert made == Quote(
        currency="EUR",
        destination=Destination("IE"),
        lines=(
            LineItem("CARD", "Postcard", "", 2, 250, 500, "/products/card/"),
            LineItem("PRINT-A4", "Print", "A4, Oak", 1, 2400, 2400, "/products/print/"),
        ),
        subtotal=2900,
        choices=(standard, ShippingChoice("ie-express", "Express", 950, Days(1, 1), fastest=True)),
        shipping=standard,
        missing_for_free=3100,
        taxes=(TaxLine("VAT", 2300, 2724, 626),),
        total=3350,
        problems=(),
        digest=made.digest,
        reach=(Area("IE"),),
    )
    assert (made.count, made.tax) == (3, 626)
    assert [line.name for line in made.lines] == ["Postcard", "Print, A4, Oak"]


@pytest.mark.parametrize(
    ("country", "shipping_id", "expected"),
    [
        ("", "", ("IE", "ie-standard", 450, 3350)),
        ("IE", "ie-express", ("IE", "ie-express", 950, 3850)),
        ("DE", "", ("DE", "eu-standard", 890, 3790)),
        ("GB", "", ("GB", "gb-free", 0, 2900)),
        ("DE", "ie-express", ("DE", "eu-standard", 890, 3790)),
        ("IE", "nothing", ("IE", "ie-standard", 450, 3350)),
        ("US", "", ("IE", "ie-standard", 450, 3350)),
        ("<b>", "'--", ("IE", "ie-standard", 450, 3350)),
    ],
)
def test_destination_and_choice_decide_the_shipping(
    country: str, shipping_id: str, expected: tuple[str, str, int, int]
) -> None:
    made = quote(USUAL, country=country, shipping_id=shipping_id)
    assert made.shipping is not None
    assert (made.country, made.shipping.id, made.shipping.price, made.total) == expected


def test_enough_goods_ship_free() -> None:
    made = quote(cart(PRINT_A4=2, CARD=5))
    assert made.shipping is not None
    assert (made.subtotal, made.shipping.price, made.total, made.missing_for_free) == (6050, 0, 6050, 0)


def test_an_empty_cart_costs_nothing_and_says_so() -> None:
    made = quote(Cart())
    assert (made.lines, made.subtotal, made.choices, made.shipping, made.total, made.tax) == ((), 0, (), None, 0, 0)
    assert made.missing_for_free == 0
    assert troubles(made) == [("empty", "", "Your cart is empty.")]


def test_what_is_no_longer_sold_is_named_and_not_charged() -> None:
    made = quote(cart(CARD=1, NEVER=3))
    assert (made.subtotal, made.count) == (250, 1)
    assert troubles(made) == [
        ("gone", "NEVER", "Something in your cart (NEVER) is no longer sold. It does not count towards the total."),
    ]


def test_a_cart_with_nothing_that_is_still_sold_says_that_and_not_that_it_is_empty() -> None:
    assert [kind for kind, _, _ in troubles(quote(cart(NEVER=3)))] == ["gone"]


@pytest.mark.parametrize("left", [0, -1])
def test_what_is_sold_out_is_named(left: int) -> None:
    assert troubles(quote(cart(LAST=1), available={"LAST": left})) == [
        ("sold_out", "LAST", "The last one is sold out. Please remove it."),
    ]


def test_what_was_never_counted_is_sold_out() -> None:
    assert [kind for kind, _, _ in troubles(quote(cart(LAST=1), available={}))] == ["sold_out"]


def test_too_few_left_says_how_many_there_are() -> None:
    assert quote(cart(PRINT_A4=3), available={"PRINT-A4": 3}).problems == ()
    assert troubles(quote(cart(PRINT_A4=4), available={"PRINT-A4": 3})) == [
        ("too_few", "PRINT-A4", "Only 3 of Print, A4, Oak left. Please order 3 or fewer."),
    ]


def test_made_to_order_is_never_sold_out_and_has_its_limit() -> None:
    assert quote(cart(TO_ORDER=5), available={}).problems == ()
    assert troubles(quote(cart(TO_ORDER=6), available={})) == [
        ("too_many", "TO-ORDER", "You can order up to 5 of Made to order at a time."),
    ]


def test_where_nothing_can_be_sent_another_destination_is_asked_for() -> None:
    nowhere = replace(
        SETTINGS, shipping=replace(SETTINGS.shipping, zones=(replace(SETTINGS.shipping.zones[0], rates=()),))
    )
    made = make_quote(cart(TO_ORDER=1), variants=BY_SKU, available={}, settings=nowhere)
    assert (made.shipping, made.choices, made.total) == (None, (), 9900)
    assert troubles(made) == [("no_delivery", "", "We do not deliver there. Please choose another destination.")]


@pytest.mark.parametrize(("price", "fine"), [(0, True), (1, False), (49, False), (50, True)])
def test_a_total_between_nothing_and_the_least_charge_never_reaches_stripe(price: int, fine: bool) -> None:
    cheap = replace(POSTCARD, price=price)
    made = quote(cart(CARD=1), country="GB", variants=(cheap,))
    too_little = Problem(
        Trouble.BELOW_MINIMUM, Sentence("The least we can charge is {amount}. Please add something.", amount="€0.50")
    )
    assert made.total == price
    assert made.problems == (() if fine else (too_little,))


def test_every_problem_of_a_cart_is_named_in_the_order_of_its_lines() -> None:
    made = quote(cart(NEVER=1, LAST=1, PRINT_A4=9, TO_ORDER=6, CARD=1), available={"LAST": 0, "PRINT-A4": 3, "CARD": 1})
    assert [(problem.trouble.value, problem.sku) for problem in made.problems] == [
        ("gone", "NEVER"), ("sold_out", "LAST"), ("too_few", "PRINT-A4"), ("too_many", "TO-ORDER"),
    ]  # fmt: skip


# Files

FILE = Variant("FILE", "file", "Wallpaper", 500, "/products/file/", tracked=False, digital=True)


@pytest.mark.parametrize("country", ["", "IE", "DE", "US"])
@pytest.mark.parametrize("shipping_id", ["", "ie-express"])
def test_a_cart_of_files_goes_nowhere_and_needs_no_way_to_be_sent(country: str, shipping_id: str) -> None:
    made = quote(cart(FILE=2), variants=(FILE,), country=country, shipping_id=shipping_id)
    assert (made.country, made.choices, made.shipping, made.problems) == ("", (), None, ())
    assert (made.subtotal, made.total, made.tax, made.missing_for_free) == (1000, 1000, 187, 0)
    assert made.digest == quote(cart(FILE=2), variants=(FILE,)).digest


def test_a_file_beside_something_else_is_just_another_line() -> None:
    made = quote(cart(FILE=1, CARD=1), variants=(FILE, POSTCARD), country="DE")
    assert made.shipping is not None
    assert (made.country, made.shipping.price, made.total, made.problems) == ("DE", 890, 1640, ())


# Countries that something is not sent to

FRAGILE = replace(PRINT_A4, ships_to=("IE", "GB", "US"))


@pytest.mark.parametrize(
    ("ships_to", "only", "advice"),
    [
        (("IE", "GB", "US"), ", only to Ireland and United Kingdom", " or choose another destination"),
        (("FR", "IE", "GB"), ", only to France, Ireland and United Kingdom", " or choose another destination"),
        (("IE",), ", only to Ireland", " or choose another destination"),
        (("US",), "", ""),
    ],
)
def test_where_something_is_not_sent_it_is_named_with_what_to_do(
    ships_to: tuple[str, ...], only: str, advice: str
) -> None:
    message = f"Print, A4, Oak cannot be sent to Germany{only}. Please remove it{advice}."
    made = quote(cart(PRINT_A4=1, CARD=1), variants=(replace(PRINT_A4, ships_to=ships_to), POSTCARD), country="DE")
    assert troubles(made) == [("restricted", "PRINT-A4", message)]
    assert (made.total, made.country) == (3540, "DE")


@pytest.mark.parametrize("country", ["IE", "GB", ""])
def test_where_something_is_sent_nothing_is_said(country: str) -> None:
    assert quote(cart(PRINT_A4=1), variants=(FRAGILE,), country=country).problems == ()


def test_a_file_is_sent_everywhere() -> None:
    file = replace(FILE, ships_to=("GB",))
    assert quote(cart(FILE=1), variants=(file,), country="DE").problems == ()
    assert quote(cart(FILE=1, CARD=1), variants=(file, POSTCARD), country="DE").problems == ()


# Tax

IRELAND, ABROAD = TaxZone("Ireland", {"standard": 2300, "books": 0}, (Area("IE"),)), TaxZone("Exports")
GERMANY = TaxZone("Germany", {"standard": 1900}, (Area("DE"),))
VAT = Tax("VAT", 2300, (IRELAND, GERMANY, ABROAD), home="IE", reverse_charge=True)
WITH_BOOK = (POSTCARD, replace(PRINT_A4, tax="books"))


def taxed(tax: Tax, country: str = "IE", vat_id: str = "") -> Quote:
    """Two postcards and a book, in a shop with this tax."""
    return quote(USUAL, variants=WITH_BOOK, settings=replace(SETTINGS, tax=tax), country=country, vat_id=vat_id)


def test_tax_is_said_rate_by_rate_and_shipping_is_taxed_as_the_goods_are() -> None:
    made = taxed(VAT)
    assert made.taxes == (TaxLine("VAT", 2300, 470, 108), TaxLine("VAT", 0, 2772, 0))
    assert (made.subtotal, made.tax, made.total) == (2900, 108, 3350)


def test_tax_on_top_of_prices_is_in_the_total() -> None:
    made = taxed(replace(VAT, inclusive=False))
    assert made.taxes == (TaxLine("VAT", 2300, 578, 133), TaxLine("VAT", 0, 2772, 0))
    assert (made.subtotal, made.tax, made.total) == (2900, 133, 3483)


def test_an_export_costs_what_was_shown_or_that_without_tax() -> None:
    assert taxed(VAT, "GB").taxes == (TaxLine("VAT", 0, 2900, 0, Relief.EXPORT),)
    assert (taxed(VAT, "GB").total, taxed(replace(VAT, exports_keep_price=False), "GB").total) == (2900, 2807)


def test_a_business_elsewhere_in_the_eu_pays_no_tax_and_its_number_is_kept() -> None:
    made, private = taxed(VAT, "DE", "de 123 456 788"), taxed(VAT, "DE")
    assert (made.vat_id, made.tax, made.total, made.problems) == ("DE123456788", 0, 3185, ())
    assert (private.vat_id, private.tax, private.total) == ("", 605, 3790)


def test_a_business_at_home_pays_as_everybody_does_and_its_number_is_kept_all_the_same() -> None:
    made = taxed(VAT, "IE", "IE1234567T")
    assert (made.vat_id, made.total) == ("IE1234567T", 3350)
    assert made.digest != taxed(VAT).digest
    assert waiting(made, "CARD") == made


def test_a_mistyped_vat_number_is_a_problem_and_counts_for_nothing() -> None:
    made = taxed(VAT, "DE", "DE123456789")
    sentence = "This VAT number has a wrong check digit. Please look for a mistyped or missing sign."
    assert (made.vat_id, made.total, troubles(made)) == ("", 3790, [("vat_id", "", sentence)])


def test_where_stripe_works_the_tax_out_the_quote_is_without_it() -> None:
    made = taxed(replace(VAT, service=Service.STRIPE, inclusive=False))
    assert (made.taxes, made.tax, made.total) == ((), 0, 3350)


# Days without orders

WINTER = Closure("2026-12-24", "2026-12-31", "We are at sea", orders=False)
NEW_YEAR = Closure("2027-01-01", "2027-01-02", "We count.", orders=False)
EASTER = Closure("2027-04-02", "2027-04-02", "Good Friday.")
QUIET = replace(SETTINGS, closures=(EASTER, NEW_YEAR, WINTER))


@pytest.mark.parametrize(
    ("today", "messages"),
    [
        ("2026-12-23", []),
        ("2026-12-24", ["We are at sea. You can order again from 3 January 2027; your cart is kept."]),
        ("2026-12-31", ["We are at sea. You can order again from 3 January 2027; your cart is kept."]),
        ("2027-01-02", ["We count. You can order again from 3 January 2027; your cart is kept."]),
        ("2027-01-03", []),
        ("2027-04-02", []),
        ("", []),
    ],
)
def test_while_the_shop_takes_no_orders_the_cart_says_why_and_until_when(today: str, messages: list[str]) -> None:
    made = quote(cart(CARD=1), settings=QUIET, today=today)
    assert troubles(made) == [("closed", "", message) for message in messages]
    assert made.total == 700


def test_an_empty_cart_in_a_closed_shop_is_just_empty() -> None:
    assert [kind for kind, _, _ in troubles(quote(Cart(), settings=QUIET, today="2026-12-24"))] == ["empty"]


def test_ten_gift_cards_are_the_most_in_one_cart_whatever_they_are_worth() -> None:
    """A store writes them all in one transaction."""
    small = replace(POSTCARD, sku="GIFT-25", gift_card=True, digital=True, tracked=False, limit=10)
    large = replace(small, sku="GIFT-50", price=5000)
    variants = (small, large)
    assert troubles(quote(cart(GIFT_25=6, GIFT_50=4), variants=variants)) == []
    assert troubles(quote(cart(GIFT_25=7, GIFT_50=5), variants=variants)) == [
        ("too_many", "", "You can order up to 10 gift cards at a time. Please take out 2."),
    ]


# The digest


def digest(change: Callable[[dict[str, object]], None] = lambda _: None) -> str:
    """The usual quote's digest after a change to what goes into it."""
    arguments: dict[str, object] = {
        "bought": USUAL, "variants": VARIANTS, "settings": SETTINGS, "country": "IE", "shipping_id": "ie-standard",
    }  # fmt: skip
    change(arguments)
    variants = {variant.sku: variant for variant in arguments["variants"]}  # type: ignore[attr-defined]
    return make_quote(
        arguments["bought"],  # type: ignore[arg-type]
        variants=variants,
        available=dict.fromkeys(variants, 1000),
        settings=arguments["settings"],  # type: ignore[arg-type]
        destination=Destination(str(arguments["country"])),
        shipping_id=str(arguments["shipping_id"]),
    ).digest


def test_the_digest_of_a_quote_never_changes_as_open_pages_rely_on_it() -> None:
    assert digest() == digest()
    assert digest() == "605fba8d665890f12312892979e48232"


PRICED_40_CENT_MORE = (replace(POSTCARD, price=290), PRINT_A4)
DEARER = replace(
    SETTINGS.shipping, zones=(replace(SETTINGS.shipping.zones[0], rates=(
        replace(SETTINGS.shipping.zones[0].rates[0], price=460), SETTINGS.shipping.zones[0].rates[1],
    )),),
)  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"bought": cart(CARD=3, PRINT_A4=1)},
        {"bought": cart(CARD=2)},
        {"bought": cart(CARD=2, PRINT_A4=1, FREE=1)},
        {"bought": cart(CARD=2, LAST=1)},
        {"variants": PRICED_40_CENT_MORE},
        {"country": "DE"},
        {"shipping_id": "ie-express"},
        {"settings": replace(SETTINGS, shipping=DEARER)},
        {"settings": replace(SETTINGS, money=replace(SETTINGS.money, currency="USD"))},
    ],
    ids=["quantity", "line less", "line more", "other sku", "price", "country", "choice", "shipping price", "currency"],
)
def test_the_digest_changes_with_each_thing_that_is_charged(change: dict[str, object]) -> None:
    assert digest(lambda arguments: arguments.update(change)) != digest()


def test_the_digest_tells_apart_two_prices_that_come_to_the_same_total() -> None:
    swapped = (replace(POSTCARD, price=251), replace(PRINT_A4, price=2398))
    assert quote(USUAL, variants=swapped).total == 3350
    assert quote(USUAL, variants=swapped).digest != quote(USUAL).digest


def test_the_digest_stays_when_only_texts_stock_or_pictures_change() -> None:
    reworded = (replace(POSTCARD, title="Card", image="/other.jpg", path="/x/", weight=99), PRINT_A4)
    assert quote(USUAL, variants=reworded).digest == quote(USUAL).digest
    assert quote(USUAL, available={}).digest == quote(USUAL).digest


def test_the_digest_tells_when_something_will_come_later_than_was_shown() -> None:
    patient = (replace(POSTCARD, backorder="2–3 weeks"), PRINT_A4)
    there, short = {"CARD": 9, "PRINT-A4": 9}, {"CARD": 1, "PRINT-A4": 9}
    assert quote(USUAL, variants=patient, available=there).digest == quote(USUAL).digest
    assert quote(USUAL, variants=patient, available=short).digest != quote(USUAL).digest
    longer = (replace(POSTCARD, backorder="2 months"), PRINT_A4)
    assert (
        quote(USUAL, variants=longer, available=short).digest != quote(USUAL, variants=patient, available=short).digest
    )
    early = (replace(POSTCARD, release_date="2027-05-12"), PRINT_A4)
    assert quote(USUAL, variants=early, today="2027-05-11").digest != quote(USUAL).digest
    assert quote(USUAL, variants=early, today="2027-05-12").digest == quote(USUAL).digest


def test_a_quote_whose_stock_was_sold_meanwhile_is_the_one_that_would_be_shown_now() -> None:
    patient = (replace(POSTCARD, backorder="2–3 weeks"), PRINT_A4)
    shown = quote(USUAL, variants=patient)
    now = quote(USUAL, variants=patient, available={"CARD": 1, "PRINT-A4": 9})
    assert waiting(shown, "CARD") == now
    assert waiting(now, "CARD") == now
    assert waiting(shown, "PRINT-A4") == shown


# Sums (R4, R6)

CARTS = st.dictionaries(st.sampled_from([*BY_SKU, "NEVER"]), st.integers(1, 99)).map(
    lambda found: Cart(tuple(CartLine(sku, quantity) for sku, quantity in found.items()))
)
PRICES = st.integers(0, 10_000_000)


@given(
    CARTS,
    st.dictionaries(st.sampled_from([*BY_SKU]), PRICES),
    st.sampled_from(["", "IE", "DE", "GB", "US"]),
    st.sampled_from(["", "ie-express", "eu-standard"]),
    st.dictionaries(st.sampled_from([*BY_SKU]), st.integers(0, 120)),
)
def test_parts_add_up_and_stay_within_limits(
    bought: Cart, prices: dict[str, int], country: str, shipping_id: str, available: dict[str, int]
) -> None:
    variants = tuple(replace(variant, price=prices.get(variant.sku, variant.price)) for variant in VARIANTS)
    made = quote(bought, variants=variants, country=country, shipping_id=shipping_id, available=available)
    assert all(line.total == line.quantity * line.unit_price for line in made.lines)
    assert sum(line.total for line in made.lines) == made.subtotal
    assert made.subtotal + (made.shipping.price if made.shipping else 0) == made.total
    assert 0 <= made.tax <= made.total
    assert sum(line.net + line.tax for line in made.taxes) == made.total
    assert made.shipping is None or made.shipping in made.choices
    if not made.problems:
        assert made.lines
        assert made.total == 0 or made.total >= 50
        assert all(1 <= line.quantity <= line.limit for line in made.lines)
        assert all(line.quantity <= available.get(line.sku, 0) for line in made.lines if line.tracked)
