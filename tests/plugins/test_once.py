"""What is made once for a shop is never shown in another."""

from dataclasses import replace

from functions.shop.settings import Settings
from plugins.merchant_feed import merchant_items
from plugins.once import amounts, once, worked_out
from plugins.structured_data import product_data
from plugins.twin import twin
from tests.plugins.rich_shop import URL, tea
from tests.small_shop import SETTINGS

OTHER = replace(SETTINGS, name="Other Shop", money=replace(SETTINGS.money, currency="CHF", prefix="CHF "))


def test_it_is_made_again_for_other_settings_and_another_address_only() -> None:
    asked = []

    @once
    def made(settings: Settings, url: str) -> str:
        asked.append((settings.name, url))
        return f"{settings.name} at {url}"

    found = [made(SETTINGS, "a"), made(SETTINGS, "a"), made(OTHER, "a"), made(OTHER, "b"), made(SETTINGS, "a")]
    assert found == ["Small Shop at a", "Small Shop at a", "Other Shop at a", "Other Shop at b", "Small Shop at a"]
    assert asked == [("Small Shop", "a"), ("Other Shop", "a"), ("Other Shop", "b"), ("Small Shop", "a")]


def test_a_property_is_worked_out_when_it_is_first_asked_for_and_kept_by_each_thing() -> None:
    """One that nobody asks for costs nothing, and each thing has its own."""

    class Thing:
        def __init__(self, sides: list[int]) -> None:
            self.sides = sides

        @worked_out
        def around(self) -> int:
            """The way around it."""
            return sum(self.sides)

    one, other = Thing([3, 4]), Thing([5])
    assert "around" not in vars(one)
    assert (one.around, other.around) == (7, 5)
    one.sides.append(6)
    assert (one.around, vars(one)["around"]) == (7, 7)
    assert Thing.around.__doc__ == "The way around it."


def test_amounts_are_written_as_each_shop_writes_them() -> None:
    assert (amounts(SETTINGS)(2400), amounts(OTHER)(2400)) == ("€24.00", "CHF 24.00")


def test_two_shops_that_take_turns_say_the_same_as_each_alone() -> None:
    """With their own names and currencies."""
    for settings, name, currency in [(SETTINGS, "Small Shop", "EUR"), (OTHER, "Other Shop", "CHF")] * 2:
        told = (twin(tea(), settings, URL), merchant_items(tea(), settings, URL), *product_data(tea(), settings, URL))
        assert all(name in text for text in told[:3])
        assert f"4.50 {currency}" in told[1]
        assert f'"price":"4.50","priceCurrency":"{currency}"' in told[2]
