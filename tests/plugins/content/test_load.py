"""Reading a whole content folder: all of it, or every fault in it."""

from dataclasses import replace
from pathlib import Path

import pytest
from babel import Locale
from markupsafe import Markup

from functions.shop.catalogue import Variant
from functions.shop.money import MoneyFormat
from functions.shop.settings import Address, Hours, Settings
from functions.shop.shipping import Shipping, ShippingRate, ShippingZone
from functions.shop.tax import Tax
from functions.shop.working_days import Days
from plugins.content import (
    ENGLISH,
    CollectionSource,
    ContentFaults,
    HomeSource,
    ImageSource,
    Menu,
    PageSource,
    ProductSource,
    ShopSource,
    Status,
    load,
)
from plugins.content.day_format import day_format
from plugins.content.fault import Position
from plugins.content.holiday import holidays
from tests.plugins.content.sample import ABOUT, MUG, PRINT, SHOP, TODAY, write

IN_PRINTS = ("prints",)
PRINT_A4 = Variant(
    "PRINT-A4", "print", "Harbour Print", 2400, "/products/print/", ("A4", "None"), 180, declared=40, limit=20,
    collections=IN_PRINTS,
)  # fmt: skip
PRINT_A3 = Variant(
    "PRINT-A3-OAK", "print", "Harbour Print", 9850, "/products/print/", ("A3", "Oak"), 2250, declared=0, limit=20,
    collections=IN_PRINTS,
)  # fmt: skip
MUG_VARIANT = Variant(
    "MUG", "mug", "Isobar Mug", 1650, "/products/mug/", weight=350, tracked=False, limit=20,
    collections=("home", "prints"),
)  # fmt: skip


def faults_of(root: Path) -> list[str]:
    with pytest.raises(ContentFaults) as raised:
        load(root, TODAY)
    return [str(fault) for fault in raised.value.faults]


def test_a_product_is_read_with_its_variants_in_the_order_of_its_options(shop: Path) -> None:
    assert load(shop, TODAY).products[1] == ProductSource(
        path=Path("content/products/print.md"),
        slug="print",
        title="Harbour Print",
        summary="The harbour at low water.",
        collections=("prints",),
        images=(ImageSource(Path("content/images/print.jpg"), "A harbour with three boats."),),
        options={"Size": ("A4", "A3"), "Frame": ("None", "Oak")},
        variants=(PRINT_A4, PRINT_A3),
        specs={"Paper": "Cotton rag, 310 g/m²"},
        care="Keep it out of the sun.",
        included=("One print", "A card"),
        dimensions="",
        status=Status.PUBLISHED,
        compare_at=None,
        variant_images={},
        variant_contents={},
        variant_compare_at={},
        related=("mug",),
        body=Markup("<p>Drawn <strong>on the quay</strong>.</p>\n"),
        text="Drawn **on the quay**.",
    )


def test_options_keep_the_order_in_which_they_were_written(shop: Path) -> None:
    assert list(load(shop, TODAY).products[1].options) == ["Size", "Frame"]


def test_a_product_without_options_has_one_variant_that_is_made_to_order_when_no_stock_is_given(shop: Path) -> None:
    mug = load(shop, TODAY).products[0]
    assert mug.variants == (MUG_VARIANT,)
    assert mug.collections == ("home", "prints")
    assert mug.options == {}


def test_collections_come_by_their_order(shop: Path) -> None:
    picture = ImageSource(Path("content/images/print.jpg"), "Three prints on a wall.")
    path = Path("content/collections")
    assert load(shop, TODAY).collections == (
        CollectionSource(path / "home.md", "home", "Home", "Things for the house.", None, 1, Markup("")),
        CollectionSource(
            path / "prints.md",
            "prints",
            "Prints",
            "Prints from the coast.",
            picture,
            2,
            Markup("<p>All drawn here.</p>\n"),
        ),
    )


def test_a_collection_without_order_comes_last(shop: Path) -> None:
    write(shop / "collections/rest.md", "---\ntitle: Rest\nsummary: Everything.\n---\n")
    assert [collection.slug for collection in load(shop, TODAY).collections] == ["home", "prints", "rest"]


def test_a_page_is_read(shop: Path) -> None:
    about = PageSource(
        Path("content/pages/about.md"), "about", "About", "Who we are.", Menu.HEADER, 1, Markup("<h2>Two people</h2>\n")
    )
    assert load(shop, TODAY).pages == (about,)


def test_the_shop_is_read_with_its_settings(shop: Path) -> None:
    settings = Settings(
        name="Small Shop",
        tagline="Few things",
        legal_name="Small Shop Ltd",
        address=Address("Small Shop", "1 Pier Road", "", "Harbour", "Co. Mayo", "F26 X0X0", "IE"),
        email="owner@small.example",
        phone="+353 20 912 3456",
        hours=(Hours("Mon–Fri", "09:00", "17:00", 0, 4), Hours("Sat", "10:00", "14:00", 5, 5)),
        time_zone="Europe/Dublin",
        language="en",
        money=MoneyFormat("EUR", 2, decimal=".", group=",", prefix="€"),
        shipping=Shipping(
            handling=Days(1, 2),
            zones=(
                ShippingZone(
                    "Ireland",
                    ("IE",),
                    (
                        ShippingRate("ie-standard", "Post", 450, Days(1, 3), free_over=6000),
                        ShippingRate("ie-express", "Courier", 950, Days(1, 1)),
                    ),
                ),
                ShippingZone("Europe", ("DE", "NO"), (ShippingRate("eu-standard", "Post", 890, Days(3, 7)),)),
            ),
        ),
        tax=Tax("VAT", 2300, home="IE"),
        countries={"IE": "Ireland", "DE": "Germany", "NO": "Norway"},
        locale="en-IE",
        holidays=holidays("IE", ("IE", "DE", "NO"), TODAY),
        days=day_format(Locale("en", "IE")),
    )
    hero = ImageSource(Path("content/images/hero.jpg"), "The sea.")
    home = HomeSource("Few things", Markup("Made <em>slowly</em>."), hero, ("print",))
    assert load(shop, TODAY).shop == ShopSource(
        settings, "A shop of two things.", ENGLISH, home, limit=20, rates={
            "ie-standard": Position(6, 9), "ie-express": Position(7, 9), "eu-standard": Position(11, 9),
        }, path=Path("content/shop/shop.yaml"),
    )  # fmt: skip


def test_a_shop_without_legal_name_or_limits_goes_by_its_name_and_what_carts_hold(shop: Path) -> None:
    write(
        shop / "shop/shop.yaml",
        SHOP.replace("legal_name: Small Shop Ltd\n", "").replace("limits: {quantity: 20}\n", ""),
    )
    content = load(shop, TODAY)
    assert content.shop.settings.legal_name == "Small Shop"
    assert content.products[0].variants == (replace(MUG_VARIANT, limit=99),)


def test_another_locale_names_days_and_countries_its_own_way(shop: Path) -> None:
    write(shop / "shop/shop.yaml", SHOP.replace("language: en", "language: de").replace("en_IE", "de-DE"))
    settings = load(shop, TODAY).shop.settings
    assert load(shop, TODAY).shop.lists.two == "{0} und {1}"
    assert [hours.days for hours in settings.hours] == ["Mo.–Fr.", "Sa."]
    assert settings.countries == {"IE": "Irland", "DE": "Deutschland", "NO": "Norwegen"}


def test_every_fault_of_every_file_comes_in_one_run_by_path_line_and_column(shop: Path) -> None:
    write(shop / "shop/shop.yaml", SHOP.replace("Europe/Dublin", "Dublin").replace("Small Shop Ltd", "[]"))
    write(
        shop / "products/print.md",
        PRINT.replace("24.00", "24,00").replace("A3}", "A5}").replace("print.jpg", "prnt.jpg"),
    )
    write(shop / "products/mug.md", MUG.replace("sku: MUG", "sku: M G").replace("[home, prints]", "[prnits, hmoe]"))
    write(shop / "pages/about.md", ABOUT.replace("---\n", "", 1))
    write(shop / "collections/cart.md", "---\ntitle: Cart\n---\n")
    assert faults_of(shop) == [
        "content/collections/cart.md:1:1: file name: /cart/ is needed by the shop itself; give the file another name",
        "content/collections/cart.md:1:1: summary: is missing; write summary: and one sentence about the collection",
        (
            "content/pages/about.md:1:1: front matter: the first line must be ---; write --- above the fields and --- "
            "below them"
        ),
        "content/products/mug.md:4:15: collections: there is no collection 'prnits'; did you mean 'prints'?",
        "content/products/mug.md:4:23: collections: there is no collection 'hmoe'; did you mean 'home'?",
        (
            "content/products/mug.md:8:6: sku: 'M G' is no SKU; use only letters and digits, with hyphens between "
            "them, like PETREL-A4"
        ),
        "content/products/print.md:6:11: file: there is no 'prnt.jpg' in content/images/; did you mean 'print.jpg'?",
        "content/products/print.md:13:12: price: '24,00' is no amount in EUR; write it like 24.00",
        "content/products/print.md:19:33: options: 'A5' is not in the list of Size; write A4 or A3",
        "content/shop/shop.yaml:4:13: legal_name: is a list, but must be a text; write one text after legal_name:",
        "content/shop/shop.yaml:9:12: time_zone: 'Dublin' is no time zone; did you mean 'Europe/Dublin'?",
    ]


def test_a_faulty_item_does_not_hide_the_faults_of_its_neighbours(shop: Path) -> None:
    write(
        shop / "products/mug.md",
        MUG.replace("    alt: A white mug with blue isobars.\n", "  - file: nug.jpg\n    alt: A mug.\n"),
    )
    assert faults_of(shop) == [
        "content/products/mug.md:6:5: alt: is missing; say what the picture shows, for someone who cannot see it",
        "content/products/mug.md:7:11: file: there is no 'nug.jpg' in content/images/; did you mean 'mug.jpg'?",
    ]


def test_prices_are_not_doubted_while_the_currency_is_unknown(shop: Path) -> None:
    write(shop / "shop/shop.yaml", SHOP.replace("currency: EUR", "currency: EURO"))
    assert faults_of(shop) == [
        "content/shop/shop.yaml:10:11: currency: 'EURO' is no currency; write its three letters, like EUR"
    ]


def test_prices_follow_the_currency(shop: Path) -> None:
    write(shop / "shop/shop.yaml", SHOP.replace("EUR", "JPY"))
    assert faults_of(shop) == [
        "content/products/mug.md:9:8: price: '16.50' is no amount in JPY; write it like 24",
        "content/products/print.md:13:12: price: '24.00' is no amount in JPY; write it like 24",
        "content/products/print.md:18:12: price: '98.50' is no amount in JPY; write it like 24",
        "content/shop/shipping.yaml:6:46: price: '4.50' is no amount in JPY; write it like 24",
        "content/shop/shipping.yaml:6:63: free_over: '60.00' is no amount in JPY; write it like 24",
        "content/shop/shipping.yaml:7:48: price: '9.50' is no amount in JPY; write it like 24",
        "content/shop/shipping.yaml:11:46: price: '8.90' is no amount in JPY; write it like 24",
    ]


def test_a_featured_product_must_be_published(shop: Path) -> None:
    write(shop / "products/print.md", PRINT.replace("care:", "status: draft\ncare:"))
    assert faults_of(shop) == [
        "content/shop/shop.yaml:17:14: featured: 'print' has the status draft; name a published product"
    ]


@pytest.mark.parametrize("status", ["draft", "hidden", "published"])
def test_each_status_can_be_given(shop: Path, status: str) -> None:
    write(shop / "products/mug.md", MUG.replace("price:", f"status: {status}\nprice:"))
    assert load(shop, TODAY).products[0].status.value == status


def test_a_price_of_nothing_and_a_higher_price_of_before_are_read(shop: Path) -> None:
    write(shop / "products/mug.md", MUG.replace("price: 16.50", "price: 0\ncompare_at: 16.50"))
    mug = load(shop, TODAY).products[0]
    assert (mug.variants[0].price, mug.compare_at) == (0, 1650)


def test_an_optional_field_with_nothing_after_its_colon_counts_as_left_out(shop: Path) -> None:
    write(shop / "products/mug.md", MUG.replace("weight: 350 g", "weight:\nstock: ~\noptions:\nvariants: null"))
    assert load(shop, TODAY).products[0].variants == (replace(MUG_VARIANT, weight=0),)


def test_a_missing_folder_is_an_empty_one_but_the_shops_files_must_be_there(tmp_path: Path) -> None:
    where = (tmp_path / "nowhere").as_posix()
    assert faults_of(tmp_path / "nowhere") == [
        f"{where}/shop/{name}.yaml:1:1: file: the file is missing; the handbook shows what belongs in it"
        for name in ("shipping", "shop", "tax")
    ]


def test_faults_can_be_printed_one_a_line(shop: Path) -> None:
    write(shop / "shop/tax.yaml", "name: VAT\n")
    with pytest.raises(ContentFaults) as raised:
        load(shop, TODAY)
    assert str(raised.value) == (
        "content/shop/tax.yaml:1:1: prices: is missing; write prices: inclusive\n"
        "content/shop/tax.yaml:1:1: rate: is missing; write rate: and the percentage, like 23"
    )
