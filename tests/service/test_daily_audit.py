"""The daily audit: what does not agree is told once a day, in bounded time, and is left as it is (R10, R11, R13)."""

import logging
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from functions.service.daily_audit import AuditUnfinished, audit_today
from functions.service.reconcile import Report, reconcile
from functions.shop.message import Kind
from tests.service.conftest import CODES, SmallRelease, Till, write

DAY = 86_400
FRIDAY = 1_800_000_000  # 15 January 2027, 8:00 UTC


def plenty() -> float:
    return 840.0


def audited(till: Till, time_left: Callable[[], float] = plenty, timer: Callable[[], float] = float) -> int:
    return audit_today(store=till.store, clock=till.clock, time_left=time_left, timer=timer)


def reconciled(till: Till, time_left: Callable[[], float] = plenty) -> Report:
    return reconcile(
        store=till.store,
        payments=till.payments,
        mail=till.mail,
        clock=till.clock,
        codes=CODES,
        write=write,
        release=SmallRelease(),
        time_left=time_left,
    )


@pytest.fixture
def wrong(till: Till) -> Till:
    """A shop in which somebody has set two reservations by hand."""
    till.clock.now = FRIDAY
    till.order("ORDR-0001-AAAA", "CARD", 4)
    till.order("ORDR-0002-BBBB")
    with closing(sqlite3.connect(till.path)) as db:
        db.execute("UPDATE stock SET reserved = 7 WHERE sku = 'CARD'")
        db.execute("UPDATE stock SET reserved = 0 WHERE sku = 'LAST'")
        db.commit()
    return till


def test_a_shop_whose_books_agree_is_told_nothing(till: Till) -> None:
    till.clock.now = FRIDAY
    till.order("ORDR-0001-AAAA", "CARD", 4)
    assert (audited(till), till.store.notice("audit:2027-01-15")) == (0, None)


def test_what_does_not_agree_is_told_once_a_day_until_it_does(wrong: Till) -> None:
    """In one notice, with the numbers; nothing is set right."""
    assert [audited(wrong) for _ in range(2)] == [2, 0]
    notice = wrong.store.notice("audit:2027-01-15")
    assert notice
    assert (notice.message.kind, notice.message.name) == (Kind.OWNER, "owner:audit")
    assert notice.facts == {
        "day": "2027-01-15",
        "count": "2",
        "findings": "R11 CARD: 7 are reserved, open orders keep 4\nR11 LAST: 0 are reserved, open orders keep 1",
    }
    assert wrong.stock("CARD") == (500, 7)
    wrong.clock.now += DAY
    assert audited(wrong) == 2
    assert wrong.store.notice("audit:2027-01-16")


def test_the_reconciler_compares_the_books_in_one_run_of_a_day_and_mails_what_it_found(wrong: Till) -> None:
    assert [reconciled(wrong).differences for _ in range(2)] == [2, 0]
    assert [letter.subject for letter in wrong.mail.taken] == ["owner of audit:2027-01-15"]


def test_a_run_that_has_no_time_for_it_leaves_the_audit_to_the_next_one(wrong: Till) -> None:
    """As after an outage, when there was much else to do."""
    assert reconciled(wrong, lambda: 89.0).differences == 0
    assert reconciled(wrong, lambda: 90.0).differences == 2


def test_an_audit_that_takes_too_long_is_cut_off_and_tells_so(wrong: Till, caplog: pytest.LogCaptureFixture) -> None:
    """After five minutes at most, and a minute before the function must end; the clock goes on 40 seconds a look."""
    looks = iter(range(0, 10_000, 40))
    with caplog.at_level(logging.INFO), pytest.raises(AuditUnfinished, match="pouch audit takes all that it needs"):
        audited(wrong, lambda: 100.0, lambda: float(next(looks)))
    assert next(looks) == 120  # the start, an order in time, and one too late
    [said] = [one.__dict__["fields"] for one in caplog.records if "to their end" in one.getMessage()]
    assert said == {"count": 0}
    assert audited(wrong) == 0  # it is tried again tomorrow


def test_the_reconciler_goes_on_when_the_audit_is_cut_off(wrong: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says so among what was not done."""
    monkeypatch.setattr("functions.service.daily_audit.LONGEST", 0)
    monkeypatch.setattr("functions.service.daily_audit.LEAST", 0)
    assert reconciled(wrong).failures == (
        "the audit: There was no time to compare all orders. pouch audit takes all that it needs.",
    )


def test_how_many_differences_there_are_is_logged_and_nothing_of_what_they_are(
    wrong: Till, caplog: pytest.LogCaptureFixture
) -> None:
    """For an alarm; figures of a shop are nobody's business in a log."""
    with caplog.at_level(logging.INFO):
        audited(wrong)
    [said] = [one.__dict__["fields"] for one in caplog.records if one.getMessage() == "The books were compared"]
    assert said == {"count": 2}


def test_the_reconciler_starts_without_the_audit() -> None:
    """Its function starts for every mail that is due, and audits once a day."""
    code = "import sys, functions.service.reconcile; sys.exit('functions.service.audit' in sys.modules)"
    root = Path(__file__).parent.parent.parent
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
