"""Each rule of hiring at each edge that the rules name."""

from datetime import date
from typing import Any

import pytest

from portal.kernel.rule import judge
from portal.policy import shipped
from portal.teachers.rules import RULES
from tests.factories.teachers import a_number
from tests.teachers.dated_cases import CASES, TODAY, candidate


def broken(day: str, changes: dict[str, Any]) -> list[str]:
    found = judge(RULES, candidate(day, changes), shipped.policy(), on=date.fromisoformat(day))
    return [finding.rule for finding in found]


@pytest.mark.parametrize(("rule", "day", "changes", "breaks"), CASES)
def test_a_dated_case(rule: str, day: str, changes: dict[str, Any], breaks: bool) -> None:
    assert (rule in broken(day, changes)) is breaks


def test_a_teacher_with_whom_all_is_well_breaks_nothing() -> None:
    assert broken(TODAY, {}) == []


@pytest.mark.parametrize(
    "number", ["2015500033212345", "201550003321234567", "2015500033212345X", "２０１５５０００３３２１２３４５６"]
)
def test_a_certificate_number_has_17_digits(number: str) -> None:
    assert broken(TODAY, {"certificate": number}) == ["certificate-invalid"]


def test_spaces_around_a_certificate_number_do_not_count() -> None:
    assert broken(TODAY, {"certificate": "\u3000 20155000332123456\t"}) == []


@pytest.mark.parametrize(("year", "is_wrong"), [("2026", False), ("2027", True), ("9999", True)])
def test_a_certificate_is_not_of_a_later_year(year: str, is_wrong: bool) -> None:
    assert bool(broken(TODAY, {"certificate": year + "5000332123456"})) is is_wrong


@pytest.mark.parametrize(("year", "is_wrong"), [("2007", True), ("2008", False)])
def test_a_certificate_is_not_older_than_the_holders_eighteenth_year(year: str, is_wrong: bool) -> None:
    changes = {"number": a_number("19901231"), "certificate": year + "5000332123456"}
    assert bool(broken(TODAY, changes)) is is_wrong


def test_without_a_valid_number_nothing_is_known_of_the_holders_age() -> None:
    assert broken(TODAY, {"number": None, "certificate": "19005000332123456"}) == ["id-invalid"]


REACH = {
    "1": {"preschool"},
    "2": {"preschool", "primary"},
    "3": {"preschool", "primary", "junior"},
    "4": {"preschool", "primary", "junior", "senior"},
    "5": {"preschool", "primary", "junior", "senior"},
    "7": {"preschool", "primary", "junior", "senior"},
}


@pytest.mark.parametrize("digit", "0123456789")
@pytest.mark.parametrize("stage", ["preschool", "primary", "junior", "senior"])
def test_the_tenth_digit_says_which_stages_a_certificate_reaches(digit: str, stage: str) -> None:
    found = broken(TODAY, {"stage": stage, "certificate": f"201550003{digit}2123456"})
    assert found == ([] if stage in REACH.get(digit, ()) else ["certificate-invalid"])


def test_the_kind_of_certificate_does_not_bind_who_teaches_no_academic_subject() -> None:
    assert broken(TODAY, {"is_academic": False, "stage": "senior", "certificate": "20155000312123456"}) == []


def test_number_and_certificate_of_foreigners_are_left_to_the_reviewer() -> None:
    changes = {"is_foreign": True, "number": None, "certificate": "x", "contract_from": None}
    assert broken(TODAY, changes) == ["contract-missing", "foreign-documents"]


def test_a_contract_that_ends_before_it_begins_is_judged_and_not_refused() -> None:
    assert broken(TODAY, {"contract_from": date(2030, 1, 1), "contract_to": date(2027, 1, 1)}) == []
