"""What the owner says about closed days, ways to write, and returns."""

from datetime import date
from pathlib import Path

from functions.shop.settings import Channel, Closure, Hours, Returns, Settings
from plugins.content import load
from tests.plugins.content.sample import SHOP, TODAY, write


def settings_of(root: Path, more: str, today: date = TODAY) -> Settings:
    write(root / "shop/shop.yaml", SHOP + more)
    return load(root, today).shop.settings


def test_a_shop_that_says_nothing_is_never_closed_and_takes_things_back_for_14_days(shop: Path) -> None:
    settings = settings_of(shop, "")
    assert (settings.closures, settings.channels, settings.chat) == ((), (), None)
    assert settings.returns == Returns(14, free=False)
    assert load(shop, TODAY).shop.new_for == 30


def test_closures_come_by_their_days(shop: Path) -> None:
    more = """\
closures:
  - {from: 2027-08-01, until: 2027-08-14, message: We are at sea., orders: no}
  - {from: 2026-12-31, message: Taking stock.}
"""
    assert settings_of(shop, more).closures == (
        Closure("2026-12-31", "2026-12-31", "Taking stock.", orders=True),
        Closure("2027-08-01", "2027-08-14", "We are at sea.", orders=False),
    )


def test_public_holidays_are_closures_for_two_years_from_the_day_of_the_build(shop: Path) -> None:
    closures = settings_of(shop, "holidays: IE\n").closures
    assert closures[0] == Closure("2026-12-25", "2026-12-25", "Christmas Day")
    assert closures[-1] == Closure("2028-10-30", "2028-10-30", "October Bank Holiday")
    assert len(closures) == 20


def test_holidays_follow_the_day_that_is_handed_in(shop: Path) -> None:
    closures = settings_of(shop, "holidays: IE\n", date(2026, 12, 26)).closures
    assert closures[0] == Closure("2026-12-26", "2026-12-26", "Saint Stephen's Day")


def test_the_owners_own_words_hold_on_a_public_holiday(shop: Path) -> None:
    more = "holidays: IE\nclosures: [{from: 2026-12-24, until: 2027-01-02, message: Back on the 4th., orders: no}]\n"
    assert settings_of(shop, more).closures[:2] == (
        Closure("2026-12-24", "2027-01-02", "Back on the 4th.", orders=False),
        Closure("2027-02-01", "2027-02-01", "Saint Brigid's Day"),
    )


def test_parts_of_a_country_have_holidays_of_their_own(shop: Path) -> None:
    days = {closure.first: closure.message for closure in settings_of(shop, "holidays: GB-SCT\n").closures}
    assert days["2026-11-30"] == "Saint Andrew's Day"


def test_holidays_are_called_as_the_shop_speaks(shop: Path) -> None:
    german = SHOP.replace("language: en", "language: de").replace("locale: en_IE", "locale: de_DE")
    write(shop / "shop/shop.yaml", german + "holidays: DE\n")
    assert load(shop, TODAY).shop.settings.closures[0].message == "Erster Weihnachtstag"


def test_ways_to_write_are_read_in_their_order(shop: Path) -> None:
    more = """\
channels:
  - {name: Signal, url: "https://signal.me/#p/+353209123456"}
  - {name: Mail, url: "mailto:owner@small.example?subject=Hello"}
  - {name: Telephone, url: "tel:+353209123456"}
chat: {name: Chat with Orla, url: "https://chat.example/small"}
"""
    settings = settings_of(shop, more)
    assert settings.channels == (
        Channel("Signal", "https://signal.me/#p/+353209123456"),
        Channel("Mail", "mailto:owner@small.example?subject=Hello"),
        Channel("Telephone", "tel:+353209123456"),
    )
    assert settings.chat == Channel("Chat with Orla", "https://chat.example/small")


def test_returns_and_new_things_are_the_owners_to_say(shop: Path) -> None:
    assert settings_of(shop, "returns: {days: 30, free: yes}\nnew_for: 60\n").returns == Returns(30, free=True)
    assert load(shop, TODAY).shop.new_for == 60


def test_nobody_is_asked_for_a_review_unless_the_owner_says_so(shop: Path) -> None:
    assert settings_of(shop, "").review_after == 0
    assert settings_of(shop, "ask_for_review: 10\n").review_after == 10


def test_hours_know_their_days_as_numbers(shop: Path) -> None:
    assert settings_of(shop, "").hours == (
        Hours("Mon–Fri", "09:00", "17:00", first=0, last=4),
        Hours("Sat", "10:00", "14:00", first=5, last=5),
    )


def test_a_break_at_noon_makes_two_of_the_same_days(shop: Path) -> None:
    hours = 'hours: {mon-fri: "09:00-12:30, 13:30-17:00", sat: 10:00–14:00}'
    write(shop / "shop/shop.yaml", SHOP.replace("hours: {mon-fri: 09:00-17:00, sat: 10:00-14:00}", hours))
    assert load(shop, TODAY).shop.settings.hours == (
        Hours("Mon–Fri", "09:00", "12:30", first=0, last=4),
        Hours("", "13:30", "17:00", first=0, last=4),
        Hours("Sat", "10:00", "14:00", first=5, last=5),
    )


def test_holidays_can_be_those_of_one_part_of_a_country(shop: Path) -> None:
    """Epiphany is one in Bavaria, and not in all of Germany."""
    write(shop / "shop/shop.yaml", SHOP + "holidays: DE-BY\n")
    settings = load(shop, TODAY).shop.settings
    assert "2027-01-06" in [closure.first for closure in settings.closures]
    assert settings.holidays is not None
    assert settings.holidays.home == "DE-BY"
    assert "2027-01-06" in settings.holidays.of("DE-BY")
    assert "2027-01-06" not in settings.holidays.of("DE")
