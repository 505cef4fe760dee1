"""The whole life of a shop at AWS, on this machine: deployed, published, sold from, its price changed and changed back.

What is real here: the template, made into a stack by `pouch deploy`; the zips as `pouch package` makes them, each run
by itself with what the stack's function says in its environment, in an interpreter that has nothing but the standard
library (so less than AWS's); routes, integrations, aliases and versions of the stack's HTTP API, which is the
emulator's and asks the functions with payload 2.0; the stack's table, buckets, secrets, rules, queue and schedule;
`pouch publish` and `pouch rollback` of the shop in `content/`; Stripe's own library, and by HTTP a payment page and
signed news (the payment stand-in).

What is not: CloudFront (tests/release/cdn.py says what of it is played; the rest is in test_edge.py and
test_template.py), whatever tests/release/emulated.py names in LEFT_OUT (test_template.py), rights, which the emulator
does not ask for (test_rights.py), the API's 400 in the place of a function's 403, and its list of cookies
(test_template.py, test_packages.py), and the clock of the schedule, whose call is made here. Python is the one of the
tests. Functions get two settings that the stack has not: STRIPE_API_BASE and the address of the emulator.
"""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from werkzeug.test import Client

from functions.adapters.kept_release import REFRESH_SECONDS
from functions.adapters.ses_tags import tagged
from functions.shop.message import Fate, Kind
from functions.shop.order import Order
from functions.shop.state import State
from tests.emulator import new_table
from tests.release.live_shop import LiveShop, live_shop
from tests.web.forms import add, cart_form, check_out, visible
from tests.web.paying import pay

pytestmark = pytest.mark.slow
PATIENCE = 20  # seconds, of which functions may take two until they see a new release
NOTHING_DUE = {
    "settled": 0, "refunded": 0, "mailed": 0, "failures": 0, "rebuilt": 0, "troubled": 0, "unsent": 0, "told": 0,
    "held": 0, "differences": 0,
}  # fmt: skip
SAM = "sam@example.com"
TOWEL = "products/tea-towel-gulls"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveShop]:
    """A shop that was deployed, and published for nobody yet."""
    with live_shop(tmp_path_factory.mktemp("live")) as deployed:
        yield deployed


def test_a_shop_is_published_sells_and_changes_a_price(shop: LiveShop) -> None:
    """The story. Each chapter says what is seen after each step."""
    it_opens(shop)
    order = a_mug_for_two_is_bought(shop)
    order = it_is_confirmed_once(shop, order)
    news_of_the_mail_comes_by_the_queue(shop, order)
    its_owner_packs_it_from_home(shop, order)
    a_price_goes_up_and_down_again(shop)
    the_log_has_it_all_and_nobody_in_it(shop)


def test_a_function_has_nothing_but_its_package(shop: LiveShop) -> None:
    """Else what is missing in a zip would be found among the libraries of the tests."""
    libraries = ["boto3", "jinja2", "stripe", "werkzeug", "functions", "plugins", "ministack"]
    code = f"from importlib.util import find_spec\ndef handler(*_): return [x for x in {libraries} if find_spec(x)]\n"
    assert shop.run(code) == []


def test_functions_answer_the_cdn_alone(shop: LiveShop) -> None:
    """Whoever asks the API itself, and could say of himself whatever he likes, is sent to the shop's address."""
    answer = shop.cdn.ask_api("GET", "/cart", {})
    assert (answer.status_code, answer.get_data(as_text=True)) == (421, "Please come by https://shop.example")


def it_opens(shop: LiveShop) -> None:
    """Pages are there at once, and counted things once the schedule has called the reconciler."""
    browser = shop.browser()
    assert browser.get("/").status_code == 404
    assert "20 new products" in shop.type("publish")
    assert "Tern &amp; Gale" in browser.get("/").text
    assert "€16.50" in browser.get("/products/mug-isobars/").text
    assert offered(browser, "MUG-ISOBARS") == "out"
    assert due(shop) == NOTHING_DUE
    assert offered(browser, "MUG-ISOBARS") == "in"
    assert shop.stock("MUG-ISOBARS") == (24, 0)


def a_mug_for_two_is_bought(shop: LiveShop) -> Order:
    """From the product page to the payment page, which is paid; the order as it is written down then."""
    browser = shop.browser()
    assert add(browser, "MUG-ISOBARS", 2).headers["Location"] == "/cart"
    cart = visible(browser.get("/cart"))
    assert "Isobar Mug €16.50 each" in cart
    assert "Subtotal €33.00 Delivery €4.50 Total €37.50 of which VAT 23% €7.01" in cart
    paying = check_out(browser)
    assert (paying.status_code, shop.stock("MUG-ISOBARS")) == (303, (24, 2))
    assert paying.headers["Location"].startswith(f"{shop.standin.url}/pay/")
    assert pay(paying.headers["Location"]) == 303
    assert shop.standin.wait_until_delivered(PATIENCE), shop.standin.deliveries()
    [news] = shop.standin.deliveries()
    assert (news["type"], news["state"], news["answer"]) == ("checkout.session.completed", "delivered", "204")
    order = known(shop, ordered(browser))
    assert (order.state, order.total, order.email, order.invoice) == (State.PAID, 3750, SAM, 1)
    assert shop.stock("MUG-ISOBARS") == (22, 0)
    return order


def it_is_confirmed_once(shop: LiveShop, order: Order) -> Order:
    """The mail, which the webhook leaves to the function for it, leads its reader to the order, on whichever device;
    nothing is left to be done.
    """
    eventually(lambda: bool(shop.mails(SAM)))
    eventually(lambda: known(shop, order).messages[0].sent_at > 0)
    [mail] = shop.mails(SAM)
    assert (mail["Source"], mail["Subject"]) == ("hello@ternandgale.example", f"Your order {order.id} at Tern & Gale")
    [link] = re.findall(r"https://shop\.example(/order/\S+)", mail["BodyText"])
    other = shop.browser()
    opened = other.get(link)
    assert (opened.status_code, opened.headers["Location"]) == (303, f"/order/{order.id}")
    page = visible(other.get(f"/order/{order.id}"))
    assert "Thank you, Sam Your order is paid and we are about to pack it." in page
    assert "Isobar Mug 2 × €16.50 €33.00 Subtotal €33.00 Delivery €4.50 Total €37.50" in page
    assert other.get(f"/order/{order.id}/invoice.pdf").data.startswith(b"%PDF-")
    assert shop.browser().get(f"/order/{order.id}").status_code == 404
    assert due(shop) == NOTHING_DUE
    assert len(shop.mails(SAM)) == 1
    return known(shop, order)


def news_of_the_mail_comes_by_the_queue(shop: LiveShop, order: Order) -> None:
    """What SES tells EventBridge of a mail goes by rule and queue to the function for it, and so to the order."""
    assert [(one.kind, one.fate) for one in order.messages] == [(Kind.CONFIRMATION, None)]
    tags = {one["Name"]: [one["Value"]] for one in tagged({"order": order.id, "message": order.messages[0].name})}
    mail = {"tags": tags | {"ses:configuration-set": [shop.settings("reconcile")["MAIL_SES_CONFIGURATION_SET"]]}}
    shop.tell_aws("aws.ses", "Email Delivered", {"eventType": "Delivery", "mail": mail})
    eventually(lambda: known(shop, order).messages[0].fate is Fate.DELIVERED)
    assert known(shop, order).version == order.version + 1


def its_owner_packs_it_from_home(shop: LiveShop, order: Order) -> None:
    """The commands work on the very shop, with the settings that its functions have, and on a restored table of it."""
    assert order.id in shop.type_to_desk("orders", "--to-ship")
    assert order.id not in shop.type_to_desk("orders", "--to-ship", SHOP_TABLE=new_table())
    shop.type_to_desk("pack", order.id)
    assert known(shop, order).packed_at > 0


def a_price_goes_up_and_down_again(shop: LiveShop) -> None:
    """Page and cart show the same each time, and nobody pays what was not shown."""
    browser = shop.browser()
    add(browser, "TOWEL-GULLS")
    assert "Total €19.50" in visible(browser.get("/cart"))
    cheap = cart_form(browser)
    shop.write(f"{TOWEL}.md", 'price: "15.00"', 'price: "17.50"')
    assert "Herring Gull Tea Towel (TOWEL-GULLS): €15.00 → €17.50" in shop.type("publish")
    assert_price(browser, now="€17.50", before="€15.00", total="€22.00")
    refused(shop, browser, cheap, "the price is now €17.50, it was €15.00. The total is now €22.00, it was €19.50.")
    dear = cart_form(browser)
    assert "Herring Gull Tea Towel (TOWEL-GULLS): €17.50 → €15.00" in shop.type("rollback")
    assert_price(browser, now="€15.00", before="€17.50", total="€19.50")
    refused(shop, browser, dear, "the price is now €15.00, it was €17.50. The total is now €19.50, it was €22.00.")
    assert check_out(browser).status_code == 303
    assert shop.standin.sessions()[0]["amount_total"] == 1950


def the_log_has_it_all_and_nobody_in_it(shop: LiveShop) -> None:
    """R26; and nothing went wrong. Alarms read these very lines."""
    log = shop.log()
    assert [one for one in log if one["level"] not in {"info", "warning"}] == []
    assert sum(one["event"] == "Everything that was due is done" for one in log) == 2
    answered = {(one["method"], one["route"], one["status"]) for one in log if "route" in one}
    assert {("POST", "/checkout", 303), ("POST", "/checkout", 409), ("POST", "/stripe/events", 204)} <= answered
    secrets = [value for name, value in shop.settings("cart").items() if "SECRET" in name and name != "SHOP_SECRETS"]
    for told in (SAM, "Harbour Street", "Sam Shopper", "?t=", "198.51.100.7", "whsec_", "sk_test_", *secrets):
        assert told not in str(log)


def assert_price(browser: Client, *, now: str, before: str, total: str) -> None:
    """The towel's page and a cart with one of it say a price, as soon as functions see the release; each sees it by
    itself, so there is a wait until the one for the checkout does as well, which cannot be asked without buying.
    """
    page = browser.get(f"/{TOWEL}/").text
    assert (now in page, before in page) == (True, False)
    eventually(lambda: f"Herring Gull Tea Towel {now} each" in visible(browser.get("/cart")))
    assert f"Total {total}" in visible(browser.get("/cart"))
    time.sleep(REFRESH_SECONDS)


def refused(shop: LiveShop, browser: Client, form: dict[str, str], why: str) -> None:
    """The pay button of a page that showed another price leads to the cart again, and nothing was asked of Stripe."""
    before = (len(shop.standin.sessions()), shop.stock("TOWEL-GULLS"))
    answer = check_out(browser, form)
    assert answer.status_code == 409
    assert f"Herring Gull Tea Towel: {why}" in visible(answer)
    assert (len(shop.standin.sessions()), shop.stock("TOWEL-GULLS")) == before
    assert shop.stock("TOWEL-GULLS") == (38, 0)


def offered(browser: Client, sku: str) -> str:
    """What the stock function says of a SKU."""
    answer = browser.get(f"/stock?sku={sku}")
    assert answer.json
    return str(answer.json["stock"][sku]["availability"])


def due(shop: LiveShop) -> dict[str, int]:
    """What the reconciler did, without what depends on the day."""
    report = shop.tick()
    return {name: report[name] for name in NOTHING_DUE}


def ordered(browser: Client) -> str:
    """The order that a browser has just been to the payment page for."""
    cookie = browser.get_cookie("__Host-paying")
    assert cookie
    return cookie.value


def known(shop: LiveShop, order: Order | str) -> Order:
    """An order as it is written down."""
    found = shop.store.order(order if isinstance(order, str) else order.id)
    assert found
    return found


def eventually(seen: Callable[[], bool]) -> None:
    """Fail unless it is seen in time."""
    ends = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < ends, "It did not come about."
        time.sleep(0.2)
