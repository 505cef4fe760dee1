"""What a function loads before anybody asks it for anything, and what it never does."""

import sys
import tempfile
from functools import cache
from pathlib import Path

import itsdangerous
import pytest

from release.groups import GROUPS
from release.tracing import loaded

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
LIBRARIES = Path(itsdangerous.__file__).parents[1]
STRIPE = {"functions/adapters/stripe_payments.py", "functions/adapters/stripe_calls.py"}


@cache
def started(group: str) -> frozenset[str]:
    """The modules of a group, by their files in the repository or by the library that they are of."""
    with tempfile.TemporaryDirectory() as folder:
        found = loaded(GROUPS[group], Path(sys.executable), ROOT, LIBRARIES, Path(folder, "ready.bin"))
    ours = {path.relative_to(ROOT).as_posix() for path in found if path.is_relative_to(ROOT / "functions")}
    theirs = {path.relative_to(LIBRARIES).parts[0] for path in found if path.is_relative_to(LIBRARIES)}
    return frozenset(ours | theirs)


@pytest.mark.parametrize("group", ["bridge", "mail_events", "reconcile"])
def test_what_nobody_asks_by_the_web_loads_nothing_of_it(group: str) -> None:
    """Neither Werkzeug nor pages of the cart, even for mails."""
    found = started(group)
    assert "functions/app.py" in found
    assert not found & {"werkzeug", "apig_wsgi", "reportlab", "functions/web/part.py", "functions/web/cart_page.py"}


def test_the_cart_loads_neither_payments_nor_mails() -> None:
    """Whoever looks into a cart has not bought anything yet."""
    found = started("cart")
    assert "functions/web/cart_page.py" in found
    assert not found & {*STRIPE, "functions/web/letters.py", "functions/adapters/envelope.py"}


@pytest.mark.parametrize("group", ["stripe", "bridge"])
def test_what_takes_news_of_payments_loads_no_cart_and_writes_no_mail(group: str) -> None:
    """It asks Stripe, and has mails sent by another function."""
    found = started(group)
    assert found >= STRIPE
    assert not found & {"functions/web/cart_page.py", "functions/web/cookies.py", "functions/service/carting.py"}
    assert not found & {"functions/web/letters.py", "functions/service/outbox.py", "functions/adapters/envelope.py"}


@pytest.mark.parametrize("group", GROUPS)
def test_no_function_loads_a_library_for_what_it_says_by_http(group: str) -> None:
    """To AWS it speaks by itself, and Stripe's library speaks over the same lines (functions/adapters/lines.py)."""
    assert not started(group) & {"boto3", "botocore", "requests", "urllib3"}


@pytest.mark.parametrize("group", ["cart", "invoice"])
def test_who_never_asks_stripe_does_not_have_its_library(group: str) -> None:
    """Not even for later."""
    assert "stripe" not in started(group)
