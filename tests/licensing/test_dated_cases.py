"""Each dated case: an application breaks the check, or not, on that day; what nobody can judge is never a pass."""

from datetime import date
from typing import Any

import pytest

from portal.kernel.rule import assess
from portal.licensing.facts import Application
from portal.licensing.rules import RULES
from portal.policy import shipped
from tests.licensing.dated_cases import CASES, TODAY, facts

IDS = [f"{rule}-{day}-{order}" for order, (rule, day, _, _) in enumerate(CASES)]
EMPTY_SLOTS = {"materials-there", "materials-readable"}  # judged by the slots alone, which a whole set fills


@pytest.mark.parametrize(("rule", "day", "change", "breaks"), CASES, ids=IDS)
def test_a_dated_case(rule: str, day: str, change: dict[str, Any], breaks: bool) -> None:
    on = date.fromisoformat(day)
    found = {one.rule: one.status for one in assess(RULES, facts(day, change), shipped.policy(), on=on)}
    assert found.get(rule, "not in force") in ({"failed"} if breaks else {"passed", "not in force"})


def test_an_application_with_which_all_is_well_passes_every_check() -> None:
    found = assess(RULES, facts(TODAY, {}), shipped.policy(), on=date.fromisoformat(TODAY))
    assert len(found) == len(RULES) == 27
    assert [(one.rule, one.messages) for one in found if one.status != "passed"] == []


def test_an_application_in_which_nothing_is_written_passes_no_check_that_reads_answers() -> None:
    today = date.fromisoformat(TODAY)
    found = assess(RULES, Application(today=today), shipped.policy(), on=today)
    assert {one.rule for one in found if one.status == "passed"} == EMPTY_SLOTS
    assert {one.status for one in found if one.rule not in EMPTY_SLOTS} == {"unjudged"}


def test_every_outcome_shows_its_article_and_words() -> None:
    for rule, day, change, breaks in CASES:
        if breaks:
            found = assess(RULES, facts(day, change), shipped.policy(), on=date.fromisoformat(day))
            one = next(one for one in found if one.rule == rule)
            assert one.citation.startswith("《")
            assert all(message and "{" not in message for message in one.messages)
