"""Texts of pages, collections and the journal: cards of products, the shop's own words, questions."""

from pathlib import Path

import pytest

from plugins.content import ContentFaults, PostSource, Question, Questions, load
from tests.plugins.content.sample import ABOUT, MUG, POST, PRINT, PRINTS, QUESTIONS, SHOP, TODAY, write


def faults_of(root: Path) -> list[str]:
    with pytest.raises(ContentFaults) as raised:
        load(root, TODAY)
    return [str(fault) for fault in raised.value.faults]


def page(root: Path, text: str, head: str = "") -> str:
    """The HTML of a page with this text."""
    write(root / "pages/about.md", ABOUT.replace("order: 1\n", head).replace("## Two people\n", text))
    return str(load(root, TODAY).pages[0].body)


def test_a_post_is_read_with_its_picture_and_the_products_in_it(shop: Path) -> None:
    write(shop / "journal/wet-week.md", POST)
    [post] = load(shop, TODAY).posts
    assert isinstance(post, PostSource)
    assert (post.slug, post.title, post.summary) == ("wet-week", "A wet week", "What we drew when it rained.")
    assert post.date == "2026-11-20"
    assert post.image is not None
    assert post.image.file == Path("content/images/print.jpg")
    assert post.body == "<p>It rained.</p>\n<!--pouch:card PRINT-A4-->\n"
    assert post.embeds == ("PRINT-A4",)


def test_posts_come_newest_first(shop: Path) -> None:
    write(shop / "journal/a.md", POST)
    write(shop / "journal/b.md", POST.replace("11-20", "11-21"))
    write(shop / "journal/c.md", POST)
    assert [post.slug for post in load(shop, TODAY).posts] == ["b", "a", "c"]


def test_a_post_needs_a_day_that_is_one(shop: Path) -> None:
    write(shop / "journal/a.md", POST.replace("date: 2026-11-20\n", ""))
    write(shop / "journal/b.md", POST.replace("2026-11-20", "yesterday"))
    assert faults_of(shop) == [
        "content/journal/a.md:1:1: date: is missing; write date: and the day it is from, like 2026-12-01",
        "content/journal/b.md:4:7: date: 'yesterday' is no day; write year, month and day, like 2026-12-01",
    ]


@pytest.mark.parametrize("status", ["hidden", "draft"])
def test_what_shoppers_do_not_see_stands_in_no_text_and_no_collection(shop: Path, status: str) -> None:
    write(shop / "products/mug.md", MUG.replace("price:", f"status: {status}\nprice:"))
    write(shop / "journal/a.md", POST.replace("PRINT-A4", "MUG"))
    write(shop / "collections/prints.md", PRINTS.replace("order: 2", "products: [mug]"))
    assert faults_of(shop) == [
        f"content/collections/prints.md:5:12: products: 'mug' has the status {status}; name a published product",
        (
            f"content/journal/a.md:9:1: text: 'MUG' belongs to 'mug', whose status is {status}; "
            "publish it, or take this out"
        ),
    ]


def test_a_collection_can_show_products_of_others_and_stay_out_of_the_menu(shop: Path) -> None:
    head = "order: 2\nmenu: no\nproducts: [mug, print]"
    write(shop / "collections/prints.md", PRINTS.replace("order: 2", head).replace("All drawn here.", "[[MUG]]"))
    prints = load(shop, TODAY).collections[1]
    assert prints.products == ("mug", "print")
    assert prints.in_menu is False
    assert prints.body == "<!--pouch:card MUG-->\n"
    assert prints.embeds == ("MUG",)


def test_cards_below_each_other_keep_their_order(shop: Path) -> None:
    assert page(shop, "[[MUG]]\n[[PRINT-A4]]\n\n- a\n") == (
        "<!--pouch:card MUG-->\n<!--pouch:card PRINT-A4-->\n<ul>\n<li>a</li>\n</ul>\n"
    )
    assert load(shop, TODAY).pages[0].embeds == ("MUG", "PRINT-A4")


def test_brackets_in_code_and_behind_a_backslash_are_no_cards(shop: Path) -> None:
    """A product's text may speak of them too."""
    text = "`[[MUG]]`\n\n\\[[MUG]]\n\n    [[CUP]]\n"
    assert page(shop, text) == ("<p><code>[[MUG]]</code></p>\n<p>[[MUG]]</p>\n<pre><code>[[CUP]]\n</code></pre>\n")
    write(shop / "products/print.md", PRINT.replace("Drawn **on the quay**.\n", text))
    assert load(shop, TODAY).pages[0].embeds == ()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{phone}", "+353 20 912 3456"),
        ("{email}", "owner@small.example"),
        ("{name}", "Small Shop"),
        ("{legal_name}", "Small Shop Ltd"),
        ("{address}", "1 Pier Road, Harbour, Co. Mayo, F26 X0X0, Ireland"),
        ("{hours}", "Mon–Fri 09:00–17:00, Sat 10:00–14:00"),
        ("{return_days}", "14"),
        ("{tax}", "23% VAT"),
        ("[us](tel:{phone})", '<a href="tel:+353209123456">us</a>'),
        ("[{email}](mailto:{email})", '<a href="mailto:owner@small.example">owner@small.example</a>'),
        ("`{phone}`", "<code>{phone}</code>"),
        ("\\{phone}", "{phone}"),
        ("`\\{phone}`", "<code>\\{phone}</code>"),
        ("{ phone } {Size: A4} {}", "{ phone } {Size: A4} {}"),
    ],
)
def test_what_the_shop_says_of_itself_is_filled_in(shop: Path, written: str, shown: str) -> None:
    assert page(shop, f"Say {written} here.\n") == f"<p>Say {shown} here.</p>\n"


def test_the_text_of_a_product_is_filled_in_too_as_html_and_as_markdown(shop: Path) -> None:
    text = "Call [{phone}](tel:{phone}), not `{phone}` or \\{phone}."
    write(shop / "products/print.md", PRINT.replace("Drawn **on the quay**.", text))
    (product,) = (product for product in load(shop, TODAY).products if product.slug == "print")
    assert product.body == (
        '<p>Call <a href="tel:+353209123456">+353 20 912 3456</a>, not <code>{phone}</code> or {phone}.</p>\n'
    )
    assert product.text == "Call [+353 20 912 3456](tel:+353209123456), not `{phone}` or \\{phone}."


def test_hours_with_a_break_are_filled_in_without_the_days_again(shop: Path) -> None:
    hours = '{mon-fri: "09:00-12:30, 13:30-17:00"}'
    write(shop / "shop/shop.yaml", SHOP.replace("{mon-fri: 09:00-17:00, sat: 10:00-14:00}", hours))
    assert page(shop, "{hours}\n") == "<p>Mon–Fri 09:00–12:30, 13:30–17:00</p>\n"


def test_both_engines_fill_in_the_same(shop: Path) -> None:
    write(shop / "shop/shop.yaml", SHOP + "markdown: {engine: python-markdown}\n")
    text = "Call [{phone}](tel:{phone}), not `{phone}` or \\{phone}.\n\n[[MUG]]\n"
    assert page(shop, text) == (
        '<p>Call <a href="tel:+353209123456">+353 20 912 3456</a>, not <code>{phone}</code> or {phone}.</p>\n'
        "<!--pouch:card MUG-->\n"
    )


def test_what_is_filled_in_is_text_and_never_html(shop: Path) -> None:
    write(shop / "shop/shop.yaml", SHOP.replace("name: Small Shop\n", 'name: <b>Tern</b> & "Gale"\n'))
    assert page(shop, "{name}\n") == "<p>&lt;b&gt;Tern&lt;/b&gt; &amp; &#34;Gale&#34;</p>\n"


def test_a_shop_without_hours_cannot_name_them(shop: Path) -> None:
    hours = "hours: {mon-fri: 09:00-17:00, sat: 10:00-14:00}\n"
    write(shop / "shop/shop.yaml", SHOP.replace(hours, ""))
    write(shop / "pages/about.md", ABOUT.replace("## Two people", "We answer {hours}."))
    assert faults_of(shop) == [
        "content/pages/about.md:7:11: text: the shop has no hours; write it in shop.yaml, or take this out"
    ]


def test_delivery_is_a_table_of_what_it_costs_and_when_it_arrives(shop: Path) -> None:
    """The days are working days until it arrives: those until it leaves are in them."""
    assert page(shop, "{delivery}\n") == (
        "<table>\n<thead>\n"
        "<tr><th>To</th><th>Service</th><th>Price</th><th>Free from</th><th>Days</th></tr>\n"
        "</thead>\n<tbody>\n"
        "<tr><td>Ireland</td><td>Post</td><td>€4.50</td><td>€60.00 after discounts</td><td>2–5</td></tr>\n"
        "<tr><td>Ireland</td><td>Courier</td><td>€9.50</td><td>–</td><td>2–3</td></tr>\n"
        "<tr><td>Europe</td><td>Post</td><td>€8.90</td><td>–</td><td>4–9</td></tr>\n"
        "</tbody>\n</table>\n"
    )


def test_a_page_of_questions_is_taken_apart(shop: Path) -> None:
    body = page(shop, QUESTIONS, "layout: questions\n")
    [about] = load(shop, TODAY).pages
    assert body == "<p>Ask us anything.</p>\n"
    assert about.embeds == ("MUG",)
    assert about.questions == (
        Questions(
            "Paper & ink",
            (
                Question("is-it-signed", "Is it signed?", about.questions[0].items[0].answer),
                Question("is-it-signed-2", "Is it signed?", about.questions[0].items[1].answer),
            ),
        ),
        Questions("Delivery", (Question("question-when", "When?", about.questions[1].items[0].answer),)),
    )
    assert [question.answer for group in about.questions for question in group.items] == [
        "<p>Yes, by hand. Call +353 20 912 3456.</p>\n",
        "<!--pouch:card MUG-->\n",
        "<p>Soon.</p>\n",
    ]


def test_questions_need_no_heading_above_them(shop: Path) -> None:
    page(shop, "### Who are you?\n\nTwo people.\n", "layout: questions\n")
    [group] = load(shop, TODAY).pages[0].questions
    assert (group.title, [question.text for question in group.items]) == ("", ["Who are you?"])
