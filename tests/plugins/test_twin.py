"""The Markdown twin of a product, and the list of twins, for those who read text."""

import re
from html import unescape

from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from plugins.content.markdown import inline_html
from plugins.llms import llms, llms_line
from plugins.twin import plain, twin, twin_path
from plugins.views import Crumb, Page
from tests.plugins.rich_shop import RICH, URL, tea

SIGNS = st.text("`*_[]()<>#|~&;\\!-+=1.) abx\"'", min_size=1, max_size=12).filter(str.strip)
TEXT = SIGNS | st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(str.strip)
_LINK = re.compile(r"</?a\b[^>]*>")


def test_a_twin_says_what_the_page_says() -> None:
    assert twin(tea(), RICH, URL) == (
        "# Tea\n\n"
        "About tea.\n\n"
        "Sold by Small Shop at <https://shop.example/products/tea/>.\n\n"
        "## Price and availability\n\n"
        "| Variant | SKU | Price, incl. VAT | Availability |\n"
        "| --- | --- | --- | --- |\n"
        "| Tea, Small, Mint | TEA-S | €4.50 (€18.00 per 1 kg) | in stock |\n"
        "| Tea, Large, Mint | TEA-L | €16.00 (lowest price of the 30 days before 2026-11-20: €20.00) "
        "(€1.60 per 100 g) | only 2 left |\n"
        "| Tea, Huge, Mint | TEA-XL | €60.00 | back-order, 2–3 weeks |\n"
        "| Tea, Small, Nettle | TEA-N | €5.00 | pre-order, available from 2026-12-24 |\n"
        "| Tea, Small, Book | TEA-B | €3.00 | by e-mail |\n"
        "| Tea, Large, Fennel | TEA-F | €5.00 | sold out |\n\n"
        "## Delivery and returns\n\n"
        "Delivery of one to Ireland costs €4.50 and takes 2–5 working days. It can be sent back for 30 days.\n\n"
        "## Details\n\n"
        "- Grown in: Mayo\n"
        "- Material: Paper\n"
        "- Dimensions: 12 × 8 cm\n\n"
        "## What you get\n\n"
        "- One packet\n\n"
        "## Care\n\n"
        "- Keep it dry.\n\n"
        "## Safety\n\n"
        "- Made by Tea Ltd, Harbour\n"
        "- Hot water scalds.\n\n"
        "## About it\n\n"
        "It is *green*.\n\n## How to brew\n\n1. Boil.\n2. Wait.\n"
    )


def test_a_twin_lies_beside_its_page() -> None:
    assert twin_path("tea") == "/products/tea/index.md"


@given(TEXT)
@example("http://.")
@example("[a](http://b.example)")
def test_a_plain_text_is_nothing_but_text_to_markdown(text: str) -> None:
    """Whatever stands in it (R28). An address may become a link to itself, as in every text."""
    assert unescape(_LINK.sub("", inline_html(plain(text)))) == " ".join(text.split())


def test_the_list_names_every_product_with_its_twin_and_every_page() -> None:
    page = Page("about", "About [us]", "Who we are.", Markup(), "/about/")
    lines = [llms_line(tea(), URL)]
    assert llms(RICH, "A small shop.", {Crumb("Hot drinks", "/hot/"): lines}, [page], URL) == (
        "# Small Shop\n\n"
        "> A small shop.\n\n"
        "- Prices are in EUR and include VAT.\n"
        "- Delivery to: Ireland, Germany, France, United Kingdom.\n"
        "- A person answers at +353 20 912 3456 and owner@small.example.\n\n"
        "## Hot drinks\n\n"
        "- [Tea](https://shop.example/products/tea/index.md): About tea.\n\n"
        "## Pages\n\n"
        "- [About \\[us\\]](https://shop.example/about/): Who we are.\n"
    )
