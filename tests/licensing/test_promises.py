"""Which limits a case is given: those in force on the day its limit begins, and they stay with it."""

import json
from datetime import date, datetime, timedelta

import pytest

from portal.base import clock, db
from portal.base.actor import Actor
from portal.base.clock import SHANGHAI
from portal.districts import service as districts
from portal.districts.service import days, values
from portal.kernel.calendar import TimeLimit
from portal.licensing.service import ticking
from portal.licensing.store import clocks
from schemas.districts import EnterDay, EnterValue
from tests.factories import licensing as make
from tests.factories.browsing import an_account, browser
from tests.factories.licensing import EXAMINER, NOON
from tests.licensing.standing import order, submitted

ADMIN = Actor("district-admin", 401, "郑管", district="500103")
CITY = Actor("city-admin", 501, "冯市")
STARTS = date(2026, 11, 26)


async def enter(value: str, *, name: str = "new.decide.promised", actor: Actor = ADMIN, since: date = STARTS,
                cite: str = "licensing-law-42") -> None:  # fmt: skip
    """Enter a number of a time limit."""
    given = EnterValue(name=name, value=value, since=since, cite=cite, reason="渝中教〔2026〕9号",
                       version=await values.version())  # fmt: skip
    await values.enter_value(given, actor=actor, now=NOON)


async def running(case_id: int) -> clocks.Running:
    """The limit that runs."""
    [found] = [one for one in await clocks.of_case(case_id) if one.ended_on is None]
    return found


async def letter(case_id: int) -> dict[str, object]:
    """What the notice of acceptance says."""
    sql = "SELECT facts FROM document WHERE kind = 'acceptance' AND subject = $1"
    row = await db.row(sql, f"application:{case_id}")
    assert row is not None
    found: dict[str, object] = json.loads(row["facts"])["facts"]
    return found


@pytest.mark.parametrize(
    ("day", "count", "promised_on"),
    [(25, 30, date(2027, 1, 6)), (26, 5, date(2026, 12, 3)), (27, 5, date(2026, 12, 4))],
)
async def test_a_case_is_given_the_promise_of_the_day_on_which_its_limit_begins(
    database: str, day: int, count: int, promised_on: date
) -> None:
    case_id = await submitted()
    await enter("5")
    await order("accept", case_id, EXAMINER, datetime(2026, 11, day, 9, tzinfo=SHANGHAI))
    clock_ = await running(case_id)
    assert clock_.limit == TimeLimit("months", 3)
    assert clock_.promised == TimeLimit("working_days", count)
    assert clock_.promised_on == promised_on
    assert (await letter(case_id))["promised_by"] == promised_on.isoformat()


async def test_a_limit_that_runs_keeps_its_promise_also_when_the_calendar_changes(database: str) -> None:
    case_id = await make.an_accepted()
    before = await running(case_id)
    for name, value, actor in (("new.decide.promised", "5", ADMIN), ("new.decide.statutory", "1 个月", CITY)):
        await enter(value, name=name, actor=actor, since=NOON.date())
    assert await running(case_id) == before
    day = EnterDay(
        day=date(2026, 11, 25), kind="holiday", name="临时放假", cite="市政府通知", version=await days.version()
    )
    await days.enter_day(day, actor=CITY, now=NOON)
    assert await ticking.recount_all(NOON + timedelta(days=5)) == 1
    after = await running(case_id)
    assert (after.limit, after.promised, after.due_on) == (before.limit, before.promised, before.due_on)
    assert after.promised_on == date(2027, 1, 5)


async def test_silence_takes_a_case_on_with_the_promise_of_its_receipt_not_of_the_night_it_was_found(
    database: str,
) -> None:
    case_id = await submitted()  # received on 23 November, before the new promise begins
    await enter("5")
    assert await ticking.lapse_all(datetime(2026, 12, 1, 0, 5, tzinfo=SHANGHAI)) == 1
    assert (await running(case_id)).promised == TimeLimit("working_days", 30)


async def test_a_promise_that_a_shorter_law_overtakes_never_ends_after_the_law(database: str) -> None:
    case_id = await submitted()
    await enter("20 天", name="new.decide.statutory", actor=CITY)
    await order("accept", case_id, EXAMINER, datetime(2026, 11, 26, 9, tzinfo=SHANGHAI))
    clock_ = await running(case_id)
    assert clock_.promised_on == clock_.due_on == date(2026, 12, 16)


async def test_the_page_that_explains_a_limit_says_what_was_promised_then_and_on_which_basis(database: str) -> None:
    await districts.ensure_seed()
    await enter("5", since=NOON.date())
    case_id = await make.an_accepted()
    await enter("9", since=NOON.date(), cite="licensing-law-44")
    await enter("1 个月", name="new.decide.statutory", actor=CITY, since=NOON.date(), cite="licensing-law-44")
    examiner = await an_account("examiner", district="500103")
    code = (await running(case_id)).code
    with clock.at(NOON + timedelta(days=1)):
        async with browser(examiner) as someone:
            shown = (await someone.get(f"/deadlines/{code}")).text
    for words in (
        "期限 3个月",
        "承诺 5个工作日",
        "2026 年 11 月 30 日",
        "private-education-law-17",
        "licensing-law-42",
    ):
        assert words in shown, words
    assert "licensing-law-44" not in shown
