"""The demo's institutions differ from each other, and pass every check on the day they apply, whichever day that is."""

from datetime import date

import pytest

from portal.demo import invented
from portal.demo.loading import cast
from portal.kernel.rule import assess
from portal.licensing.facts import Standing, application
from portal.licensing.rules import RULES
from portal.policy import shipped

KNOWN = Standing(schools=(), is_name_searched=True, bans=(), in_service=(), district_name="渝中区")
EVERY = list(enumerate([name for name, district, _ in cast() if district == "500103"], start=1))


def failed(name: str, serial: int, on: date, *, is_small: bool = False) -> set[str]:
    whole = invented.answers("渝中区", name, serial, on, district="500103", is_small=is_small)
    found = assess(RULES, application(whole, on, KNOWN), shipped.policy(), on=on)
    return {one.rule for one in found if one.status != "passed"}


@pytest.mark.parametrize("on", [date(2023, 10, 27), date(2026, 11, 27), date(2031, 2, 28)])
def test_each_passes_every_check_on_the_day_it_applies(on):
    assert [(serial, found) for serial, name in EVERY if (found := failed(name, serial, on))] == []


def test_small_premises_fail_for_their_area_alone():
    assert {frozenset(failed(name, serial, date(2026, 11, 27), is_small=True)) for serial, name in EVERY} == {
        frozenset({"premises-area"})
    }


def test_hardly_two_have_the_same_premises_organiser_or_programmes():
    found = [invented.answers("渝中区", name, serial, date(2026, 11, 27), district="500103") for serial, name in EVERY]
    assert len({one["premises"]["address"] for one in found}) > len(found) * 0.9
    assert len({one["legal-representative"]["name"] for one in found}) > len(found) * 0.9
    assert len({str(one["programmes"]) for one in found}) > len(found) * 0.6
