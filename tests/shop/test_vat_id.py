"""VAT numbers: the form and the check digits of each country. All numbers are made up from 1234567…"""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shop.errors import InvalidVatId
from functions.shop.tax import EU
from functions.shop.vat_id import checked_vat_id, country_of

SOUND = """
ATU12345675
BE0123456749 BE1123456770
BG123456786 BG7501011230 BG1234567892 BG1234567893
CY98765432A
CZ12345679 CZ123456789 CZ612345645 CZ1234567830
DE123456788
DK12345674
EE123456780
EL123456783
ESA12345674 ES12345678Z ESX1234567L ESP1234567D ESK1234567L
FI12345671
FR11123456782 FRA0123456782 FR6A123456782 FR34000123456
GB123456727 GB123456782 GB123456782001 GBGD123 GBHA567
HR12345678903
HU12345676
IE1234567T IE1234567FA IE1234567TW IE7A12345J
IT12345670017
LT123456715 LT123456789112
LU12345613
LV41234567891 LV01019012349 LV32123456789
MT12345634
NL123456782B01 NL123456789B13
PL1234567802
PT123456789
RO12345674 RO19 RO1234567897
SE123456789701
SI12345679
SK1234567895 SK2023456787
XI123456782
""".split()
WRONG_DIGITS = """
ATU12345676
BE0123456748 BE1123456771
BG123456787 BG1234567895
CY98765432B
CZ12345678 CZ612345646 CZ1234567831
DE123456789
DK12345678
EE123456789
EL123456789
ESA12345675 ES12345678A ESX1234567Z ESP1234567J ESK1234567M
FI12345678
FR12123456782 FR11123456789 FRA1123456782 FR5A123456782
GB123456789 GBGD500 GBHA499
HR12345678901
HU12345678
IE1234567A IE1234567FB IE1234567FW IE7A12345K
IT12345670018 IT12345671014 IT00000000018
LT123456717 LT123456725 LT123456789113
LU12345678
LV41234567890 LV01019012348
MT12345678
NL123456789B01
PL1234567890
PT123456788
RO12345678 RO18
SE123456789001
SI12345678
SK1234567890
XI123456789
""".split()
MISSHAPEN = """
AT12345675 BE2123456770 BG12345678 CY12345678F CY98765432 CZ1234567 DE12345678 DE023456788 DK02345674 EE12345678
EL12345678 ES12345678 ESI12345674 FI1234567 FR1112345678 FRI0123456782 GB12345678 GBAB123 HR1234567890 HU1234567
IE123456 IE1234567TX IT1234567001 LT12345671 LU1234561 LV1234567891 MT02345634 NL123456782 NL123456782B00 PL123456780
PT023456789 RO1 RO01 SE1234567897 SE123456789700 SI02345679 SK1214567890 XI12345678
""".split()


@pytest.mark.parametrize("number", SOUND)
def test_a_number_whose_check_digits_are_right_passes_as_it_is(number: str) -> None:
    assert checked_vat_id(number) == number


@pytest.mark.parametrize("number", WRONG_DIGITS)
def test_a_number_with_a_wrong_check_digit_is_refused(number: str) -> None:
    with pytest.raises(InvalidVatId, match=r"This VAT number has a wrong check digit\."):
        checked_vat_id(number)


@pytest.mark.parametrize("number", MISSHAPEN)
def test_a_number_of_another_form_is_refused(number: str) -> None:
    with pytest.raises(InvalidVatId, match=r"This is no VAT number of that country; they look like"):
        checked_vat_id(number)


def test_every_country_of_the_eu_great_britain_and_northern_ireland_is_known() -> None:
    for numbers in (SOUND, WRONG_DIGITS, MISSHAPEN):
        assert {number[:2] for number in numbers} == (EU - {"GR"}) | {"EL", "GB", "XI"}


@pytest.mark.parametrize(
    ("typed", "number"),
    [("ie 1234567 t", "IE1234567T"), ("DE-123.456.788", "DE123456788"), (" GR123456783\n", "EL123456783")],
)
def test_gaps_small_letters_and_greeces_other_name_are_understood(typed: str, number: str) -> None:
    assert checked_vat_id(typed) == number


@pytest.mark.parametrize("typed", ["123456788", "", "US123456789", "CHE123456788", "١٢٣", "IE"])
def test_what_is_wrong_is_said_with_what_to_do(typed: str) -> None:
    with pytest.raises(InvalidVatId) as raised:
        checked_vat_id(typed)
    assert str(raised.value) == (
        "This is no VAT number of that country; they look like IE1234567A."
        if typed == "IE"
        else "A VAT number begins with the two letters of its country, like IE or DE. Please add them."
    )


def test_other_digits_than_these_ten_are_none() -> None:
    with pytest.raises(InvalidVatId):
        checked_vat_id("DE١٢٣٤٥٦٧٨٨")


@pytest.mark.parametrize(
    ("number", "country"),
    [("IE1234567T", "IE"), ("EL123456783", "GR"), ("XI123456782", "GB"), ("GB123456782", "GB"), ("", "")],
)
def test_a_number_says_its_country(number: str, country: str) -> None:
    assert country_of(number) == country


ONE_RULE = [number for number in SOUND if number[:2] in {"AT", "DE", "EE", "EL", "FI", "HR", "HU", "IT", "MT", "SE"}]


@given(st.sampled_from(ONE_RULE), st.integers(0, 6), st.integers(1, 9))
def test_any_one_mistyped_digit_is_found(number: str, at: int, more: int) -> None:
    place = 3 + at
    mistyped = f"{number[:place]}{(int(number[place]) + more) % 10}{number[place + 1 :]}"
    with pytest.raises(InvalidVatId):
        checked_vat_id(mistyped)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_answered(typed: str) -> None:
    with suppress(InvalidVatId):
        assert checked_vat_id(typed).isascii()
