"""Each dated case: the rule is broken, or not, by what happens on that day."""

from datetime import date
from typing import Any

import pytest

from portal.policy import shipped
from portal.policy.values import Pack
from tests.schedules.asking import broken
from tests.schedules.dated_cases import CASES

NATIONAL = shipped.policy().overlaid(
    packs=[Pack("national-2021", since=date(2021, 7, 1), cite="bureau-own", checked_on=date(2026, 11, 23))]
)


@pytest.mark.parametrize(
    ("rule", "day", "request_", "breaks"), CASES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_dated_case(rule: str, day: str, request_: dict[str, Any], breaks: bool) -> None:
    assert (rule in broken(request_, NATIONAL)) is breaks


@pytest.mark.parametrize(
    ("rule", "day", "request_", "breaks"), [case for case in CASES if case[0] == "academic-rest-day"]
)
def test_the_national_pack_ships_switched_off(rule: str, day: str, request_: dict[str, Any], breaks: bool) -> None:
    assert rule not in broken(request_)
