"""`pouch coupon`: who gets the code, who does not and why, and what is wrong with a code."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from functions.local.standin import Shopper
from functions.shop.acts import Erase
from functions.shop.decision import ClaimChange
from functions.shop.discount import Claim
from functions.shop.email import customer_key
from functions.shop.order import Order
from functions.shop.promotion import Conditions, Kind, Promotion
from tests.cli.conftest import ADA, BEN, WESTPORT, Counter
from tests.shop.sample import placed
from tests.small_shop import SETTINGS, write_release

BOB = Shopper("bob@example.org", "Bob Nolan", WESTPORT | {"postal_code": "F28 X001"})
CAL = "7K9C-0000-0002"
TERN = Promotion("tern", "Welcome back", Kind.AMOUNT, code="TERN-5", amount=500)
RULES = {
    "SOON": Conditions(starts="2027-01-15T08:01"),
    "OVER": Conditions(ends="2027-01-15T08:00"),
    "FIRST": Conditions(first_order=True),
    "GONE": Conditions(uses=1),
    "ONCE": Conditions(uses_per_customer=1),
}
COUPONS = (TERN, *(replace(TERN, id=code.lower(), code=code, conditions=rules) for code, rules in RULES.items()))


@pytest.fixture
def counter(counter: Counter, tmp_path: Path) -> Counter:
    """The shop with its coupons."""
    write_release(tmp_path, settings=replace(SETTINGS, promotions=COUPONS))
    return counter


def coupons(order: Order) -> Sequence[tuple[str, str]]:
    """The mails about coupons that an order owes: name and address."""
    return [(message.name, message.to) for message in order.messages if message.kind.value == "coupon"]


def test_a_code_goes_to_the_customer_of_each_order_once(counter: Counter) -> None:
    """However it is typed, and however often."""
    counter.buy()
    counter.buy(BEN, shopper=BOB, CARD=1)
    result = counter.run("coupon", "tern 5", ADA, BEN, typed="y\n")
    assert result.stderr == "Mail TERN-5 (Welcome back) to 2 customers? [y/N]: y\n"
    assert result.stdout == f"{ADA}: Ada Byrne gets it.\n{BEN}: Bob Nolan gets it.\n"
    orders = counter.now(), counter.now(BEN)
    assert [coupons(order) for order in orders] == [
        [("coupon:tern5", "ada@example.org")],
        [("coupon:tern5", "bob@example.org")],
    ]
    assert counter.done("coupon", "TERN-5", ADA) == f"{ADA}: Ada Byrne has got it for this order already.\n"
    assert (counter.now(), counter.now(BEN)) == orders


def test_who_wants_no_such_mails_is_left_out_and_named(counter: Counter) -> None:
    """The others get it all the same."""
    silent = counter.buy()
    counter.buy(BEN, shopper=BOB, CARD=1)
    counter.app.store.silence(customer_key("ada@example.org"))
    assert counter.done("coupon", "TERN-5", ADA, BEN, "--yes") == (
        f"{ADA}: Ada Byrne wants no such mails.\n{BEN}: Bob Nolan gets it.\n"
    )
    assert counter.now() == silent
    assert counter.facts("coupon", "TERN-5", ADA, BEN) == [
        {"number": ADA, "answer": "silenced"},
        {"number": BEN, "answer": "known"},
    ]


def test_a_customer_of_two_orders_gets_one_mail(counter: Counter) -> None:
    counter.buy()
    counter.buy(BEN, CARD=1)
    said = counter.done("coupon", "TERN-5", ADA, BEN, ADA, "--yes")
    assert said == f"{ADA}: Ada Byrne gets it.\n{BEN}: Ada Byrne gets it once, for another one of these orders.\n"
    assert coupons(counter.now(BEN)) == []


def test_who_never_paid_or_is_forgotten_gets_none(counter: Counter) -> None:
    unpaid, forgotten = counter.place(CAL, CARD=1), counter.buy()
    counter.done("ship", ADA, "--carrier", "DHL")
    forgotten = counter.ask(Erase())
    assert counter.done("coupon", "TERN-5", CAL, ADA) == (
        f"{CAL}: – has never paid this order.\n{ADA}: Ada Byrne has no e-mail address.\n"
    )
    assert (counter.now(CAL), counter.now()) == (unpaid, forgotten)


def use(counter: Counter, coupon: str, customer: str = "") -> None:
    """Somebody uses a coupon of which there is one."""
    claim = Claim(coupon, None, 1, customer_key(customer)) if customer else Claim(coupon, 1, None)
    counter.app.store.save(placed(f"USED-{coupon}"), claims=[ClaimChange(claim, 1)])


def test_who_has_used_it_up_gets_none(counter: Counter) -> None:
    """Another customer has not."""
    counter.buy()
    counter.buy(BEN, shopper=BOB, CARD=1)
    use(counter, "once", "ada@example.org")
    assert counter.done("coupon", "ONCE", ADA, BEN, "--yes") == (
        f"{ADA}: Ada Byrne has used it as often as allowed.\n{BEN}: Bob Nolan gets it.\n"
    )


def test_a_coupon_of_which_none_is_left_is_refused(counter: Counter) -> None:
    order = counter.buy()
    use(counter, "gone")
    said = "Error: GONE has been used as often as it may be."
    assert counter.refused("coupon", "GONE", ADA, "--yes") == (1, said)
    assert counter.now() == order


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("TERN-6", "Error: 'TERN-6' is no coupon of promotions.yaml. Did you mean 'TERN-5'?"),
        ("SOON", "Error: SOON is not valid before 2027-01-15 08:01."),
        ("OVER", "Error: OVER was valid until 2027-01-15 08:00."),
        ("FIRST", "Error: FIRST is for first orders only, and these customers have ordered before."),
    ],
)
def test_a_code_that_is_no_coupon_now_is_refused_and_nobody_gets_it(counter: Counter, code: str, says: str) -> None:
    order = counter.buy()
    assert counter.refused("coupon", code, ADA, "--yes") == (1, says)
    assert counter.now() == order


def test_a_wrong_number_among_them_sends_nothing(counter: Counter) -> None:
    order = counter.buy()
    code, said = counter.refused("coupon", "TERN-5", ADA, "9999-9999-9999", "--yes")
    assert (code, said.startswith("Error: There is no order 9999-9999-9999.")) == (1, True)
    assert counter.now() == order


def test_nobody_is_mailed_without_being_asked(counter: Counter) -> None:
    order = counter.buy()
    assert counter.refused("coupon", "TERN-5", ADA, typed="n\n") == (1, "Error: Nothing was changed.")
    counter.somebody = False
    assert counter.run("coupon", "TERN-5", ADA).exit_code == 2
    assert counter.now() == order
