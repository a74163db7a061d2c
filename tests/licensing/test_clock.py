"""Time by itself: deemed acceptance, reminders, pauses over holidays, a changed calendar, the one-time notice."""

from datetime import date, datetime, timedelta

import pytest

from portal.base import db
from portal.base.actor import Actor
from portal.base.clock import SHANGHAI
from portal.districts import service as districts
from portal.districts.service import days
from portal.kernel import calendar
from portal.kernel.calendar import Pause
from portal.kernel.errors import Invalid, NotAllowed
from portal.licensing.service import desk, drafting, examination, ticking
from portal.licensing.states import State
from portal.licensing.store import clocks, record
from schemas.districts import EnterDay
from schemas.licensing import orders
from tests.factories import licensing as make
from tests.factories.licensing import CLERK, EXAMINER, NOON
from tests.licensing.standing import IN, REMARKS, judge_all, order, submitted

CITY = Actor("city-admin", 501, "冯市")


async def running(case_id: int) -> clocks.Running:
    """The limit that runs."""
    [found] = [clock for clock in await clocks.of_case(case_id) if clock.ended_on is None]
    return found


@pytest.mark.parametrize(("day", "lapses"), [(date(2026, 11, 30), 0), (date(2026, 12, 1), 1)])
async def test_silence_for_five_working_days_takes_an_application_on_as_of_its_receipt(
    database: str, day: date, lapses: int
) -> None:
    case_id = await submitted()  # Monday 23 November: the fifth working day after it is Monday the 30th
    assert await ticking.lapse_all(datetime(day.year, day.month, day.day, 0, 5, tzinfo=SHANGHAI)) == lapses
    found = await make.found(case_id)
    assert found.state == (State.DEEMED if lapses else State.SUBMITTED)
    assert found.accepted_on == (date(2026, 11, 23) if lapses else None)
    clock = await running(case_id)
    assert clock.event_on == date(2026, 11, 23)
    assert found.due_on == clock.due_on == (date(2027, 2, 23) if lapses else date(2026, 11, 30))


async def test_an_acceptance_a_minute_before_the_clock_leaves_nothing_to_lapse(database: str) -> None:
    case_id = await submitted()
    await order("accept", case_id, EXAMINER)
    assert await ticking.lapse_all(NOON + timedelta(days=30)) == 0
    assert await make.state(case_id) == State.ACCEPTED


async def test_each_reminder_goes_out_once_and_the_applicant_hears_only_of_the_end(database: str) -> None:
    case_id = await make.an_accepted()
    for day in range(100):
        for _ in range(2):
            await ticking.remind_all(NOON + timedelta(days=day))
    told = await db.rows("SELECT side, text FROM application_notice WHERE kind = 'reminder' ORDER BY id")
    assert [row["side"] for row in told] == ["bureau"] * 4 + ["applicant"]
    assert "一半" in told[0]["text"]
    assert "超过" in told[-1]["text"]
    assert case_id


async def test_a_pause_that_lies_over_a_holiday_moves_the_last_day_by_its_own_days_alone(database: str) -> None:
    case_id = await IN[State.EXAMINING]()
    before = await running(case_id)
    given = orders.Pause(
        ground="expert-review", starts=date(2026, 12, 30), ends=date(2027, 1, 5), **await make.once(case_id)
    )
    await examination.pause(given, actor=EXAMINER, now=NOON)
    after = await running(case_id)
    stops = (Pause(date(2026, 12, 30), date(2027, 1, 5)),)
    expected = calendar.due(before.event_on, before.limit, await districts.calendar(), stops)
    assert after.due_on == expected == before.due_on + timedelta(days=7)
    assert after.promised_on is not None
    assert before.promised_on is not None
    assert after.promised_on > before.promised_on
    assert (await make.found(case_id)).due_on == after.due_on


async def test_a_changed_calendar_counts_open_limits_anew_and_tells_both_sides_once(database: str) -> None:
    case_id = await submitted()
    assert (await running(case_id)).due_on == date(2026, 11, 30)
    seen = await days.version()
    day = EnterDay(day=date(2026, 11, 25), kind="holiday", name="临时放假", cite="市政府通知", version=seen)
    await days.enter_day(day, actor=CITY, now=NOON)
    jobs = await db.rows("SELECT id FROM outbox_job WHERE topic = 'calendar.changed'")
    assert len(jobs) == 1
    assert await ticking.recount_all(NOON) == 1
    assert await ticking.recount_all(NOON) == 0
    assert (await running(case_id)).due_on == (await make.found(case_id)).due_on == date(2026, 12, 1)
    told = await db.rows("SELECT side, text FROM application_notice WHERE kind = 'recount' ORDER BY id")
    assert [row["side"] for row in told] == ["bureau", "applicant"]
    assert all("2026-12-01" in row["text"] for row in told)


async def test_a_notice_goes_out_only_when_every_material_was_judged(database: str) -> None:
    case_id = await make.a_submitted()
    await desk.take_over(
        orders.TakeOver(case_id=case_id, version=await make.version(case_id)), actor=EXAMINER, now=NOON
    )
    with pytest.raises(NotAllowed, match="还有材料没有审查"):
        await order("return", case_id, EXAMINER)
    await judge_all(case_id)
    await order("return", case_id, EXAMINER)
    assert await make.state(case_id) == State.CORRECTION


async def test_a_second_notice_may_ask_for_something_new_only_with_its_reason(database: str) -> None:
    case_id = await IN[State.RESUBMITTED]()
    fresh = (orders.Remark(section="board", text="缺少一名成员的签名。"),)
    given = orders.Return(remarks=fresh, **await make.once(case_id))
    with pytest.raises(Invalid) as refusal:
        await desk.return_for_correction(given, actor=EXAMINER, now=NOON)
    assert [error.path for error in refusal.value.errors] == ["later_reason"]
    again = orders.Return(remarks=REMARKS, **await make.once(case_id))
    await desk.return_for_correction(again, actor=EXAMINER, now=NOON)
    assert [gap.round for gap in await record.gaps(case_id)] == [1, 2]


async def test_a_correction_opens_what_the_notice_names_and_nothing_else(database: str) -> None:
    case_id = await IN[State.CORRECTION]()
    await drafting.writable(CLERK, case_id, "capital")
    for target in ("premises", "material:charter"):
        with pytest.raises(NotAllowed, match="只改通知里列出的内容"):
            await drafting.writable(CLERK, case_id, target)


async def test_who_examined_a_case_never_decides_it(database: str) -> None:
    case_id = await IN[State.FOR_GRANT]()
    both = Actor("approver", EXAMINER.account_id, EXAMINER.name, district="500103")
    for event in ("grant", "refuse", "send-back"):
        with pytest.raises(NotAllowed, match="由你审查过"):
            await order(event, case_id, both)


async def test_a_promise_that_was_moved_stays_moved_when_the_calendar_or_a_pause_changes_its_days(
    database: str,
) -> None:
    case_id = await make.an_accepted()
    one = make.teller(case_id)
    await one.examine(NOON + timedelta(days=1))
    first = await running(case_id)
    await one.extend(NOON + timedelta(days=2))
    moved = await running(case_id)
    days = await districts.calendar()
    assert first.promised_on
    assert moved.promised_on == calendar.due(first.promised_on, calendar.TimeLimit("working_days", 10), days)
    await one.pause(NOON + timedelta(days=3), date(2026, 11, 30), date(2026, 12, 4))
    paused = await running(case_id)
    assert moved.promised_on
    assert paused.promised_on == calendar.due(moved.promised_on, calendar.TimeLimit("working_days", 5), days)
    assert await ticking.recount_all(NOON + timedelta(days=4)) == 0
