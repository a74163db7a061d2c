"""Numbers of people, organisations, licences and certificates: one written form each, or none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel import ids
from portal.kernel.names import comparable_name
from tests.factories.teachers import a_number

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("50010319000101001X", "50010319000101001X"),
        ("50010319000101001x", "50010319000101001X"),
        ("５００１０３１９０００１０１００１Ｘ", "50010319000101001X"),
        (" 500103 19000101\u3000001x\n", "50010319000101001X"),
        ("500103-1900\u20100101\u2011001\u2013\u2014X", "50010319000101001X"),
        ("500103000101001", "50010319000101001X"),
        ("500103-000101-001", "50010319000101001X"),
    ],
)
def test_a_number_is_read_in_every_way_people_write_it(written: str, number: str) -> None:
    assert ids.id_number(written, TODAY) == number


@pytest.mark.parametrize(
    "written",
    [
        *("", "x", "500103190001010010", "5001031900010100X1", "50010319000101001", "50010319000101001XX"),
        *("50010300010100X", "٥٠٠١٠٣١٩٠٠٠١٠١٠٠١X", "500103\u200b19000101001X", "500103_19000101001X"),
        *(a_number("19000229"), a_number("20251301"), a_number("00000101"), a_number("20250229")),
    ],
)
def test_whatever_has_another_form_is_no_number(written: str) -> None:
    assert ids.id_number(written, TODAY) is None


def test_a_birthday_may_be_today_but_not_tomorrow() -> None:
    assert ids.id_number(a_number("20261123"), TODAY)
    assert ids.id_number(a_number("20261124"), TODAY) is None
    assert ids.id_number(a_number("20240229"), TODAY)


def test_the_place_is_not_judged() -> None:
    assert ids.id_number(a_number("19900101", place="999999"), TODAY)


@given(st.text())
def test_any_text_is_a_number_or_none(written: str) -> None:
    number = ids.id_number(written, TODAY)
    assert number is None or ids.id_number(number, TODAY) == number


def test_a_page_shows_place_and_last_four_characters_alone() -> None:
    assert ids.masked_id_number("50010319000101001X") == "500103********001X"


def test_a_number_tells_the_day_of_birth() -> None:
    assert ids.birth_date("50010319000101001X") == date(1900, 1, 1)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("52500112MJ0000000B", "52500112MJ0000000B"),
        ("52500112 mj000000-0b", "52500112MJ0000000B"),
        ("52500112MJ0000000A", None),
        ("5250011", None),
        ("", None),
    ],
)
def test_a_credit_code_has_its_check_character(written: str, code: str | None) -> None:
    assert ids.credit_code(written) == code


@pytest.mark.parametrize(
    "written", ["150010370000021", "教民150010370000021号", " 教民 １５００１０３７０００００２１ 号"]
)
def test_a_licence_number_is_its_fifteen_digits(written: str) -> None:
    assert ids.licence_number(written) == "150010370000021"


@pytest.mark.parametrize("written", ["", "15001037000002", "1500103700000210", "教民15001037000002X号"])
def test_a_licence_number_has_fifteen_digits(written: str) -> None:
    assert ids.licence_number(written) is None


def test_a_new_licence_number_is_made_of_district_and_serial() -> None:
    assert ids.new_licence_number("500103", 2) == "150010370000021"
    assert ids.licence_title("150010370000021") == "教民150010370000021号"


@pytest.mark.parametrize(("district", "serial"), [("50010", 1), ("50010x", 1), ("500103", 0), ("500103", 1_000_000)])
def test_there_is_no_licence_number_outside_a_districts_range(district: str, serial: int) -> None:
    with pytest.raises(ValueError, match="district"):
        ids.new_licence_number(district, serial)


@pytest.mark.parametrize("dot", "·•・‧･")
def test_every_middle_dot_in_a_name_is_alike(dot: str) -> None:
    assert comparable_name(f"阿依{dot}古丽") == comparable_name("阿依 · 古丽")


def test_the_case_of_letters_in_a_name_counts_and_spaces_do_not() -> None:
    assert comparable_name("Ａnn\u3000Lee") == "AnnLee"
    assert comparable_name("ANN Lee") != comparable_name("Ann Lee")
