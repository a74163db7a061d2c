"""The shipped policy is whole, and a bureau's own rows lie over it on the days that they cover."""

import runpy
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from portal.kernel.calendar import TimeLimit
from portal.kernel.errors import Missing
from portal.kernel.limits import Citation, Limit
from portal.policy import shipped
from portal.policy.values import LegalTime, Pack

TODAY = date(2026, 11, 23)
ROOT = Path(__file__).parent.parent.parent
POLICY = shipped.policy()
LIMITS = [pytest.param(row, id=row.name) for row in POLICY.limit_layers[0]]
TIMES = [pytest.param(row, id=f"{row.kind}:{row.step}") for row in POLICY.time_layers[0]]


def own(value: time, since: str, until: str | None = None) -> Limit:
    """Give a bureau's own closing time."""
    last = None if until is None else date.fromisoformat(until)
    return Limit("latest-end", "最晚", value, "clock", date.fromisoformat(since), "bureau-own", TODAY, last)


def closing(rows: list[Limit], on: str) -> object:
    return POLICY.overlaid(rows).value("latest-end", date.fromisoformat(on)).value


@pytest.mark.parametrize("row", [*LIMITS, *TIMES])
def test_every_value_names_its_article_and_when_it_was_checked(row: Limit | LegalTime) -> None:
    assert POLICY.citation(row.cite, TODAY).text
    assert row.title
    assert row.checked_on <= TODAY
    assert row.until is None or row.since <= row.until


@pytest.mark.parametrize("row", TIMES)
def test_a_promise_is_never_longer_than_the_law(row: LegalTime) -> None:
    days = {"working_days": 1.5, "days": 1, "months": 30}
    assert row.lapse in {"alert", "accepted", "renewed", "right-lapses"}
    if row.promised is not None:
        assert row.promised.count * days[row.promised.unit] <= row.statutory.count * days[row.statutory.unit]


@pytest.mark.parametrize("citation", POLICY.citations, ids=lambda citation: citation.key)
def test_every_article_says_where_it_was_read(citation: Citation) -> None:
    assert all((citation.document, citation.article, citation.text, citation.source))
    assert citation.label == f"《{citation.document}》{citation.article}"


def test_the_law_s_own_figures() -> None:
    new, change = POLICY.time("new", "decide", TODAY), POLICY.time("change", "decide", TODAY)
    assert (new.statutory, change.statutory) == (TimeLimit("months", 3), TimeLimit("working_days", 20))
    assert POLICY.time("application", "correction-notice", TODAY).lapse == "accepted"
    assert POLICY.time("renewal", "decide", TODAY).lapse == "renewed"
    assert POLICY.value("latest-end", TODAY).value == time(20, 30)
    assert POLICY.share("teaching-area-share", TODAY) == Fraction(2, 3)
    assert not POLICY.has_pack("national-2021", TODAY)
    assert POLICY.has_pack("plan", date(2018, 12, 28))
    assert not POLICY.has_pack("plan", date(2018, 12, 27))


def test_a_bureau_s_own_value_wins_on_its_days_alone() -> None:
    rows = [own(time(20), "2026-01-01", "2026-06-30"), own(time(19), "2026-03-01", "2026-03-31")]
    for on, value in (
        ("2025-12-31", time(20, 30)),
        ("2026-01-01", time(20)),
        ("2026-03-01", time(19)),
        ("2026-04-01", time(20)),
        ("2026-07-01", time(20, 30)),
    ):
        assert closing(rows, on) == value, on
    assert closing([own(time(20), "2026-01-01"), own(time(18), "2026-01-01")], "2026-05-01") == time(18)


def test_a_later_layer_wins_even_where_its_row_began_earlier() -> None:
    city = POLICY.overlaid([own(time(20), "2026-01-01")])
    district = city.overlaid([own(time(21), "2020-01-01")])
    assert district.value("latest-end", TODAY).value == time(21)


def test_changes_name_every_day_on_which_something_begins_or_has_ended() -> None:
    policy = POLICY.overlaid(
        [own(time(20), "2026-01-01", "2026-06-30")],
        packs=[Pack("national-2021", date(2026, 9, 1), "bureau-own", TODAY, until=date.max)],
    )
    assert policy.changes(["latest-end"], ["plan", "national-2021"]) == {
        date(2018, 12, 28),
        date(2026, 1, 1),
        date(2026, 7, 1),
        date(2026, 9, 1),
    }


def test_what_nobody_has_entered_is_missing() -> None:
    for ask in (
        lambda: POLICY.value("latest-end", date(2018, 12, 27)),
        lambda: POLICY.value("no-such", TODAY),
        lambda: POLICY.time("new", "dance", TODAY),
        lambda: POLICY.citation("no-such", TODAY),
    ):
        with pytest.raises(Missing):
            ask()


def test_an_article_is_read_in_the_version_of_the_day() -> None:
    changed = Citation("plan-9", "新方案", "第9项", "改了", "原文", date(2027, 1, 1))
    policy = POLICY.overlaid(citations=[changed])
    assert policy.citation("plan-9", TODAY).document != "新方案"
    assert policy.citation("plan-9", date(2027, 1, 1)).document == "新方案"
    assert policy.citation("plan-9", date(1999, 1, 1)) == POLICY.citation("plan-9", TODAY)


def test_own_times_and_rows_as_they_are_written() -> None:
    row = {
        "kind": "new",
        "step": "decide",
        "title": "设立",
        "statutory": {"months": 2},
        "lapse": "alert",
        "since": TODAY,
        "cite": "bureau-own",
        "checked_on": TODAY,
    }
    assert POLICY.overlaid(times=[shipped.time_row(row)]).time("new", "decide", TODAY).statutory.count == 2
    words = POLICY.value("name-words-forbidden", TODAY).value
    assert isinstance(words, tuple)
    assert "大学" in words
    assert isinstance(POLICY.value("prepaid-months", TODAY).value, int | Decimal)


def test_the_shipped_calendar_is_what_the_package_gives() -> None:
    made = runpy.run_path(str(ROOT / "tools" / "make_calendar.py"))["calendar"]()
    assert (ROOT / "portal" / "policy" / "calendar.toml").read_text(encoding="utf-8") == made
