"""What happens between acceptance and decision: examining, site visit, pauses, a later promise, recommendation."""

from datetime import date, datetime, time

from portal.base.actor import Actor
from portal.base.db import tx
from portal.districts import service as districts
from portal.kernel import calendar
from portal.kernel.calendar import Pause, TimeLimit
from portal.kernel.errors import Invalid, NotAllowed
from portal.licensing import papers
from portal.licensing.service import steps
from portal.licensing.service.desk import held
from portal.licensing.store import cases, clocks, record
from portal.licensing.store.cases import Case
from portal.policy.reasons import grounds
from schemas.licensing import orders

LEAST_OFFICERS = "officers-a-visit-least"
VISIT = ("visited_on", "began", "ended", "officers", "found", "agrees")


async def examine(order: orders.Examine, *, actor: Actor, now: datetime) -> None:
    """Begin the examination of an accepted application."""
    async with tx():
        found = await held(actor, order.case_id)
        if not await steps.once(order.key, actor, "review.examine", found.id):
            return
        moved = await stay_in_time(found, "examine", order.version, actor, now)
        await steps.written(moved, "examine", actor, now)


async def stay_in_time(found: Case, event: str, version: int, actor: Actor, now: datetime) -> Case:
    """Move within the time of the decision: the limit that runs goes on."""
    step = await steps.allowed(found, event, version=version, by=actor)
    moved = await cases.advance(found, step, version=version, by=actor, at=now)
    await record.add_event(found.id, event, actor, moved.state.value, now)
    return moved


async def fit_visit(order: orders.Visit, district: str, today: date) -> None:
    """Refuse a visit by fewer officers than the district asks for, or on a day to come."""
    policy = await districts.policy(today, district)
    least = int(str(policy.value(LEAST_OFFICERS, today).value))
    if len(papers.officers(order.officers)) < least:
        raise Invalid({"officers": f"现场核查须有 {least} 名以上人员，用顿号分开写"})
    if order.visited_on and order.visited_on > today:
        raise Invalid({"visited_on": "核查日期不能晚于今天"})
    fit_hours(papers.clock_time(order.began), papers.clock_time(order.ended))


def fit_hours(began: time | None, ended: time | None) -> None:
    """Refuse a time of day that is none, and a visit that ends before it begins: the record prints both."""
    if began is None:
        raise Invalid({"began": "开始时间写成 9:30 这样"})
    if ended is None:
        raise Invalid({"ended": "结束时间写成 10:15 这样"})
    if ended < began:
        raise Invalid({"ended": "结束时间不能早于开始时间"})


async def visit(order: orders.Visit, *, actor: Actor, now: datetime) -> None:
    """Record a site visit by two officers or more (行政许可法 34); it doesn't stop the clock."""
    steps.demand(order, *VISIT)
    async with tx():
        found = await held(actor, order.case_id)
        await fit_visit(order, found.district, now.date())
        if not await steps.once(order.key, actor, "review.visit", found.id):
            return
        moved = await stay_in_time(found, "visit", order.version, actor, now)
        content = order.model_dump(mode="json", exclude={"key", "case_id", "version"})
        await record.add_opinion(
            found.id, "visit", actor, now, outcome=str(order.agrees), text=order.found, facts=content
        )
        await steps.issue(moved, "site-visit", await papers.site_visit(moved, order, now), now)
        await steps.written(moved, "visit", actor, now, agrees=order.agrees)


async def pause(order: orders.Pause, *, actor: Actor, now: datetime) -> None:
    """Let the limit stand still for a ground that the law names, and tell for how long (行政许可法 45)."""
    async with tx():
        found = await held(actor, order.case_id)
        if not await steps.once(order.key, actor, "review.pause", found.id):
            return
        moved = await stay_in_time(found, "pause", order.version, actor, now)
        clock = await running_decision(moved)
        stop = fit_pause(order, clock.due_on)
        await clocks.add_pause(clock.id, order.ground, stop.first, stop.last)
        await recount(clock.code)
        due = (await running_decision(moved)).due_on
        await steps.issue(moved, "special-procedure", await papers.special_procedure(moved, order, due, now), now)
        await steps.written(moved, "pause", actor, now, ground=order.ground)


def fit_pause(order: orders.Pause, due_on: date) -> Pause:
    """Give the days on which the limit stands still; refuse those that are none, or come after it has ended."""
    steps.demand(order, "starts", "ends")
    assert order.starts is not None
    assert order.ends is not None
    if order.ends < order.starts:
        raise Invalid({"ends": "截止日不能早于起始日"})
    if order.starts > due_on:
        raise Invalid({"starts": f"办理期限到 {due_on} 为止，起始日不能晚于这一天"})
    return Pause(order.starts, order.ends)


async def running_decision(found: Case) -> clocks.Running:
    """Give the limit of the decision that runs."""
    running = [clock for clock in await clocks.of_case(found.id) if clock.ended_on is None and clock.step == "decide"]
    if not running:
        raise NotAllowed("现在没有正在计算的审查期限。")
    return running[-1]


async def recount(code: str) -> bool:
    """Set a limit's days anew by the calendar and pauses as they are now; true when the due day moved."""
    clock = await clocks.by_code(code)
    assert clock is not None
    days = await districts.calendar()
    statutory = calendar.explain(clock.event_on, clock.limit, days, clock.stops)
    promised = steps.promised_day(clock.event_on, clock.promised, statutory.due, days, clock.stops)
    if promised and clock.extended:
        promised = steps.promised_day(promised, clock.extended, statutory.due, days, clock.stops)
    await clocks.move(clock, statutory.due, promised, is_provisional=statutory.provisional)
    return (statutory.due, promised) != (clock.due_on, clock.promised_on)


async def extend(order: orders.Extend, *, actor: Actor, now: datetime) -> None:
    """Move the promised day once, with the reason told; the day that the law sets stays (行政许可法 42)."""
    steps.demand(order, "reason")
    async with tx():
        found = await cases.case_for(actor, order.case_id)
        if not await steps.once(order.key, actor, "review.extend", found.id):
            return
        moved = await stay_in_time(found, "extend", order.version, actor, now)
        clock = await running_decision(moved)
        now_due, added = await later_promise(clock, await record.opinions(found.id), now.date(), found.district)
        letter = await papers.extension(moved, clock, now_due, added, order.reason, now)
        await clocks.extend(clock, added, now_due)
        await record.add_opinion(found.id, "extension", actor, now, text=order.reason)
        await steps.issue(moved, "extension", letter, now)
        await steps.written(moved, "extend", actor, now)


def no_extension(clock: clocks.Running, opinions: list[record.Opinion], on: date) -> str:
    """Why the promised day can't be moved: once alone, and before it has passed (行政许可法 42)."""
    if clock.promised_on is None or any(opinion.kind == "extension" for opinion in opinions):
        return "承诺期限只能延长一次。"
    if on > clock.promised_on:
        return f"承诺期限 {clock.promised_on} 已经过了，不能再延长。法定期限到 {clock.due_on}，尽快作出决定。"
    return ""


async def later_promise(
    clock: clocks.Running, opinions: list[record.Opinion], on: date, district: str
) -> tuple[date, TimeLimit]:  # fmt: skip
    """Give the later promised day and what was added; a second extension is refused."""
    if refused := no_extension(clock, opinions, on):
        raise NotAllowed(refused)
    assert clock.promised_on is not None
    added = (await districts.policy(on, district)).time("change", "extend", on).statutory
    later = calendar.due(clock.promised_on, added, await districts.calendar(), clock.stops)
    return min(later, clock.due_on), added


async def recommend(order: orders.Recommend, *, actor: Actor, now: datetime) -> None:
    """Propose to the approver to grant or to refuse, with reasons from the cited list."""
    steps.demand(order, "opinion")
    fitting(order.reasons, order.outcome)
    async with tx():
        found = await held(actor, order.case_id)
        if not await steps.once(order.key, actor, "review.recommend", found.id):
            return
        step = await steps.allowed(found, f"recommend-{order.outcome}", version=order.version, by=actor)
        moved = await cases.advance(
            found, step, version=order.version, by=actor, at=now, recommended_by=actor.account_id
        )
        await record.add_event(found.id, step.event, actor, moved.state.value, now)
        await record.add_opinion(
            found.id, "recommendation", actor, now, outcome=order.outcome, reasons=order.reasons, text=order.opinion
        )
        await steps.written(moved, step.event, actor, now, reasons=list(order.reasons))


def fitting(reasons: tuple[str, ...], outcome: str) -> None:
    """Refuse reasons that aren't on the list, that speak for the other outcome, or none at all."""
    known = grounds()
    if not reasons:
        raise Invalid({"reasons": "至少选择一条理由"})
    if any(key not in known or known[key].outcome != outcome for key in reasons):
        raise Invalid({"reasons": "所选理由与结论不一致，重新选择"})
