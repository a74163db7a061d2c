"""What the clock and the worker do: deemed acceptance, reminders, a changed calendar, the certificate that is ready."""

from datetime import date, datetime

from portal.base.actor import CLOCK
from portal.base.db import tx
from portal.kernel.errors import Conflict, NotAllowed
from portal.licensing import papers, states
from portal.licensing.service import steps
from portal.licensing.service.examination import recount
from portal.licensing.states import ON_THE_DESK, State
from portal.licensing.store import cases, clocks, record
from portal.licensing.store.clocks import Running

MARKS = ("", "50", "80", "last-day", "overdue")
REMINDERS = {
    "50": "办理期限已过一半，最迟 {due} 办结",
    "80": "办理期限已过八成，最迟 {due} 办结",
    "last-day": "明天到期，最迟 {due} 办结",
    "overdue": "已超过办理期限 {due}",
}


async def lapse_all(now: datetime) -> int:
    """Take on every application that nobody answered in time; return how many (行政许可法 32(1)(4))."""
    count = 0
    for clock in await clocks.running():
        if clock.step == "correction-notice" and clock.due_on < now.date():
            count += await lapse(clock.application_id, now)
    return count


async def lapse(case_id: int, now: datetime) -> bool:
    """Take one application on as of its receipt, because no full notice went out; false when somebody was faster."""
    try:
        async with tx():
            found = await cases.case_for(CLOCK, case_id)
            if found.state not in ON_THE_DESK:
                return False
            received = papers.received_on(found)
            moved = await cases.advance(
                found, states.move(found.state, "lapse", "clock"), version=found.version, by=CLOCK, at=now,
                accepted_on=received,
            )  # fmt: skip
            await clocks.stop(found.id, now.date())
            await record.add_event(found.id, "lapse", CLOCK, moved.state.value, now)
            await steps.start_clock(moved, "decide", received)
            await steps.issue(moved, "acceptance", await papers.acceptance(moved, now, is_deemed=True), now)
            await steps.written(moved, "lapse", CLOCK, now, accepted_on=received.isoformat())
    except (Conflict, NotAllowed):
        return False
    return True


def reminder(clock: Running, today: date) -> str:
    """Say which reminder is due: at 50 % and 80 % of the time, on the day before the last, and when it is over."""
    if today > clock.due_on:
        return "overdue"
    if (clock.due_on - today).days <= 1:
        return "last-day"
    spent = (today - clock.event_on).days / max((clock.due_on - clock.event_on).days, 1)
    return "80" if spent >= 0.8 else "50" if spent >= 0.5 else ""


async def remind_all(now: datetime) -> int:
    """Leave every reminder that is due, each once; return how many."""
    count = 0
    for clock in await clocks.running():
        mark = reminder(clock, now.date())
        if MARKS.index(mark) > MARKS.index(clock.reminded):
            count += await remind(clock, mark, now)
    return count


async def remind(clock: Running, mark: str, now: datetime) -> bool:
    """Tell the bureau, and when the time is over the applicant too."""
    text = REMINDERS[mark].format(due=f"{clock.due_on:%Y-%m-%d}")
    async with tx():
        if not await clocks.mark_reminded(clock.id, clock.reminded, mark):
            return False
        for side in ("bureau", "applicant") if mark == "overdue" else ("bureau",):
            await record.notify(f"{mark}:{clock.id}:{side}", clock.application_id, side, "reminder", text, now)
    return True


async def recount_all(now: datetime) -> int:
    """Count every running limit anew after the city changed its calendar, and tell both sides what moved."""
    count = 0
    for clock in await clocks.running():
        async with tx():
            count += await recount_one(clock, now)
    return count


async def recount_one(clock: Running, now: datetime) -> bool:
    """Count one limit anew, unless its step is over by now; false when it stays. Runs inside the caller's transaction."""
    await cases.locked(clock.application_id)
    before = await clocks.by_code(clock.code)
    if before is None or before.ended_on is not None or not await recount(clock.code):
        return False
    after = await clocks.by_code(clock.code)
    assert after is not None
    text = f"工作日历有变动，办理期限由 {before.due_on:%Y-%m-%d} 改为 {after.due_on:%Y-%m-%d}"
    for side in ("bureau", "applicant"):
        key = f"recount:{clock.id}:{after.due_on}:{now:%Y%m%d%H%M%S}:{side}"
        await record.notify(key, clock.application_id, side, "recount", text, now)
    found = await cases.case(clock.application_id)
    await steps.written(found, "recount", CLOCK, now, before=str(before.due_on), after=str(after.due_on))
    return True


async def issued(case_id: int, now: datetime) -> None:
    """Close a granted case once both certificates are made; running it twice changes nothing."""
    async with tx():
        await cases.locked(case_id)
        found = await cases.case_for(CLOCK, case_id)
        if found.state != State.GRANTED:
            return
        moved = await steps.move(found, "issue", version=found.version, by=CLOCK, at=now)
        await record.notify(
            f"issued:{case_id}", case_id, "applicant", "certificate", "办学许可证已制作完成，可以下载", now
        )
        await steps.written(moved, "issue", CLOCK, now)
