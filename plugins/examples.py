"""Example values: a shop, products in every state, a cart and orders, for the examples at the top of each part.

Every value is made as a build or a function makes it; what they are called here is what an example may write.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from functions.shop.cart import Cart, CartLine
from functions.shop.catalogue import Availability, Part, Variant
from functions.shop.destination import Destination
from functions.shop.money import MoneyFormat
from functions.shop.note import NO_NOTES, Notes
from functions.shop.order import Order
from functions.shop.parcel import Parcel
from functions.shop.payment import Refund
from functions.shop.quote import Quote, make_quote
from functions.shop.settings import Address, Agreement, Channel, Closure, Hours, Policy, PolicyPage, Settings
from functions.shop.shipping import Shipping, ShippingRate, ShippingZone, choices
from functions.shop.state import State
from functions.shop.tax import Tax
from functions.shop.working_days import Days
from plugins.content import Question, Questions, Safety, Status
from plugins.pictures import Picture
from plugins.rendering import Meta
from plugins.views import (
    BundlePart,
    Choice,
    Collection,
    Crumb,
    Delivery,
    Facet,
    Home,
    Listing,
    Offer,
    Page,
    Post,
    Product,
    Reduction,
    UnitPrice,
)

PICTURES = "/_parts/picture-"
"""Where the example pictures are; plugins/parts_page.py draws them."""


class Named(dict[str, Any]):
    """Values by name, to be written as `offers.low` in a template."""

    def __getattr__(self, name: str) -> Any:
        """The value of that name; templates look for attributes first."""
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def examples(today: date) -> dict[str, Any]:
    """Everything that an example may name, on a day."""
    shop = _shop(today)
    product, products = _product(), _products()
    quote, quotes = _quotes(shop)
    listing = _listing()
    return {
        "shop": shop,
        "shops": Named(box=replace(shop, agreement=Agreement.BOX)),
        "delivery": _delivery(shop),
        "product": product,
        "products": products,
        "offer": OFFERS.plenty,
        "offers": OFFERS,
        "image": _picture("A tern over a grey sea.", 1),
        "collection": COLLECTIONS[0],
        "listing": listing,
        "letters": (Choice("A", "#a", count=3), Choice("B", "#b", True, 1), Choice("0–9", "#0-9", count=12)),
        "page": Page("about", "About us", "Two people and a press.", TEXT, "/about/"),
        "faq": _questions(),
        "post": _post(),
        "home": Home("From the pier", TEXT, _picture("A pier at low water.", 2)),
        "quote": quote,
        "quotes": quotes,
        "order": _order(shop, quote),
        "orders": _orders(shop, quote),
        "notes": Named(none=NO_NOTES, both=NOTES),
        "meta": Meta("Tern · Example", "A tern over a grey sea.", canonical="https://shop.example/products/tern/"),
    }


def _picture(alt: str, number: int) -> Picture:
    at = f"{PICTURES}{number}.svg"
    return Picture(alt, 800, 1000, f"{at} 800w", f"{at} 800w", at, at, at)


def _variant(sku: str, price: int = 2400, **fields: Any) -> Variant:
    plain = Variant(sku, "tern", "Tern", price, "/products/tern/", declared=12, image=f"{PICTURES}1.svg", weight=180)
    return replace(plain, **fields)


def _offer(state: Availability = Availability.IN, declared: int = 12, **fields: Any) -> Offer:
    return Offer(_variant(state.value.upper(), declared=declared, **fields), state, declared)


TEXT = Markup(
    "<p>It stood there for an hour, and so did we. What is left of it is <em>the way it turns</em>.</p>"
    "<h2>The paper</h2><ul><li>Cotton rag, 310 g</li><li>Pigment ink</li></ul>"
)
COLLECTIONS = [
    Collection(slug, title, f"Everything about {title.lower()}.", TEXT, f"/{slug}/", _picture(title, number))
    for number, (slug, title) in enumerate((("birds", "Sea birds"), ("tides", "Tides"), ("paper", "Paper")), 1)
]
NOTES = Notes("Happy birthday, Nora!\nMay it turn for you as it turned for us.", "The blue door; please ring twice")
OFFERS = Named(
    plenty=_offer(),
    low=_offer(Availability.LOW, 3),
    out=_offer(Availability.OUT, 0),
    backorder=_offer(Availability.BACKORDER, 0, backorder="2–3 weeks"),
    preorder=_offer(Availability.PREORDER, release_date="2027-03-01"),
    made_to_order=_offer(tracked=False),
    digital=_offer(digital=True, weight=0),
    gift_card=_offer(digital=True, weight=0, gift_card=True),
    slow=_offer(handling=Days(5, 8)),
    reduced=_offer()._replace(reduction=Reduction(3200, "2026-11-02")),
    by_weight=_offer()._replace(unit_price=UnitPrice(9600, "1 kg")),
)


def _shop(today: date) -> Settings:
    closed = [today + timedelta(days) for days in (5, 9, 31)]
    return Settings(
        name="Example",
        tagline="Things from the pier",
        legal_name="Example Prints Ltd",
        address=Address("Example", "1 Pier Road", "", "Harbour", "Co. Mayo", "F26 X0X0", "IE"),
        email="hello@shop.example",
        phone="+353 20 912 3456",
        hours=(Hours("Mon–Fri", "09:00", "17:00", 0, 4), Hours("Sat", "10:00", "14:00", 5, 5)),
        time_zone="Europe/Dublin",
        language="en",
        locale="en-IE",
        money=MoneyFormat("EUR", 2, prefix="€"),
        shipping=Shipping(
            Days(1, 2),
            (
                ShippingZone(
                    "Ireland",
                    ("IE",),
                    (
                        ShippingRate("standard", "Standard", 450, Days(1, 3), free_over=6000),
                        ShippingRate("courier", "Courier", 950, Days(1, 1)),
                    ),
                ),
            ),
        ),
        tax=Tax("VAT", 2300),
        countries={"IE": "Ireland"},
        closures=(
            Closure(closed[0].isoformat(), closed[1].isoformat(), "We are at sea, and send again when we are back."),
            Closure(closed[2].isoformat(), closed[2].isoformat(), "Stocktaking", orders=False),
        ),
        channels=(Channel("Signal", "https://signal.example/pier"), Channel("Post box", "https://box.example/pier")),
        chat=Channel("Chat with us", "https://chat.example/pier"),
        policies=tuple(PolicyPage(one, one.value.title(), f"/{one}/") for one in Policy),
    )


def _delivery(shop: Settings) -> Delivery:
    offered = choices(shop.shipping, Destination("IE"), Parcel())
    return Delivery("Ireland", offered, 6000, shop.shipping.handling + offered[0].days)


def _product(**fields: Any) -> Product:
    """One with two axes, in which every state of stock occurs."""
    sizes, frames = ("A4", "A3"), ("Unframed", "Oak frame")
    stock = (12, 3, 12, 0)
    chosen = [(size, frame) for size in sizes for frame in frames]
    states = (Availability.IN, Availability.LOW, Availability.IN, Availability.OUT)
    offers = tuple(
        Offer(_variant(f"TERN-{at}", 2400 + 1200 * at, options=options, declared=left), state, left)
        for at, (options, left, state) in enumerate(zip(chosen, stock, states, strict=True), 1)
    )
    plain = Product(
        slug="tern",
        title="Tern",
        summary="A tern over a grey sea, turning.",
        path="/products/tern/",
        body=TEXT,
        images=tuple(_picture(f"Picture {number}", number) for number in (1, 2, 3)),
        options={"Size": sizes, "Frame": frames},
        offers=offers,
        specs={"Paper": "Cotton rag, 310 g", "Edition": "200 in each size"},
        care="Hang it out of the sun.",
        included=("One print", "A card"),
        dimensions="21 × 29.7 cm",
        material="Cotton, oak",
        safety=Safety("Example Prints Ltd, 1 Pier Road, Harbour", "", ("Keep the wrapping away from small children.",)),
        status=Status.PUBLISHED,
        collections=(Crumb("Sea birds", "/birds/"),),
    )
    return replace(plain, **fields)


def _single(offer: Offer, **fields: Any) -> Product:
    return _product(options={}, offers=(offer,), **fields)


def _products() -> Named:
    """A product in each state that its card and its page tell apart."""
    parts = (BundlePart("Tern", "/products/tern/", 1, 2400), BundlePart("Mug", "/products/mug/", 2, 3200))
    bundle = OFFERS.plenty._replace(variant=_variant("SET", parts=(Part("TERN-1", 1), Part("MUG", 2))))
    return Named(
        several=_product(),
        one=_single(OFFERS.plenty),
        low=_single(OFFERS.low),
        out=_single(OFFERS.out),
        backorder=_single(OFFERS.backorder),
        preorder=_single(OFFERS.preorder, release_date="2027-03-01"),
        made_to_order=_single(OFFERS.made_to_order),
        digital=_single(OFFERS.digital),
        gift_card=_single(OFFERS.gift_card),
        slow=_single(OFFERS.slow),
        reduced=_single(OFFERS.reduced),
        by_weight=_single(OFFERS.by_weight),
        bundle=_single(bundle, parts=parts),
        new=_single(OFFERS.plenty, is_new=True, added="2026-11-20"),
        only_some_countries=_single(OFFERS.plenty, ships_to=("Ireland", "France")),
        bare=_single(OFFERS.plenty, specs={}, care="", included=(), dimensions="", material="", safety=Safety()),
    )


def _listing() -> Listing:
    pages = (Choice("1", "/birds/"), *(Choice(str(number), f"/birds/{number}/") for number in range(2, 8)))
    sorts = (Choice("Featured", "/birds/", current=True), Choice("Lowest price", "/birds/price-up/"))
    sizes = (Choice("A4", "/birds/size-a4/", count=31), Choice("A3", "/birds/size-a3/", count=27))
    in_stock = Choice("In stock", "/birds/in-stock/", current=True, count=158)
    facets = (Facet("Size", sizes, "size"), Facet("Availability", (in_stock,), "availability"))
    return Listing("/birds/", (), 158, 4, pages, sorts, facets, "In stock", whole=161)


def _questions() -> tuple[Questions, ...]:
    def question(at: str, text: str) -> Question:
        return Question(at, text, Markup("<p>It is, and we say so on <a href='/about/'>this page</a>.</p>"))

    return (
        Questions("Paper", (question("signed", "Is it signed?"), question("fade", "Will the colours fade?"))),
        Questions("", (question("oak", "Is the frame made of oak?"),)),
    )


def _post() -> Post:
    image = _picture("Sheets drying in the loft.", 3)
    return Post("drying", "A day to dry", "Why a print rests.", "2026-11-20", image, TEXT, "/journal/drying/")


def _quotes(shop: Settings) -> tuple[Quote, Named]:
    """A cart that can be ordered; and those that cannot, by what is wrong with them."""
    cart = Cart((CartLine("TERN-A4", 2), CartLine("MUG", 1)))
    tern, mug = _variant("TERN-A4", options=("A4", "Oak frame")), _variant("MUG", 1600, title="Mug")
    variants = {"TERN-A4": tern, "MUG": mug}

    def quoted(**available: int) -> Quote:
        left = {"TERN-A4": 12, "MUG": 12} | available
        return make_quote(cart, variants=variants, available=left, settings=shop)

    empty = make_quote(Cart(), variants={}, available={}, settings=shop)
    return quoted(), Named(too_few=quoted(MUG=0), empty=empty)


def _order(shop: Settings, quote: Quote) -> Order:
    return Order(
        id="7K3M-9QXD-4FTR",
        state=State.PAID,
        version=3,
        release="example",
        digest=quote.digest,
        created_at=1_795_000_000,
        expires_at=1_795_002_100,
        currency=shop.currency,
        country="IE",
        lines=quote.lines,
        subtotal=quote.subtotal,
        shipping=quote.shipping,
        tax=quote.tax,
        total=quote.total,
        email="nora@example.org",
        address=Address("Nora Byrne", "5 Strand Road", "", "Harbour", "Co. Mayo", "F26 X0X1", "IE"),
        paid_at=1_795_000_300,
        notes=NOTES,
    )


def _orders(shop: Settings, quote: Quote) -> Named:
    """An order in each state."""
    order = _order(shop, quote)
    refund = Refund("one", "pi_1", order.total, "sold out", 1_795_003_000)
    return Named({state.value: replace(order, state=state, refunds=(refund,)) for state in State})
