"""The city keeps the working calendar: what a day is, which years have been announced. Open deadlines follow."""

from datetime import date, datetime

from portal.base import audit, db, outbox
from portal.base.actor import Actor
from portal.districts import rules
from portal.districts.service.authorities import city
from portal.districts.store import days
from portal.districts.store.days import DayEntry
from portal.kernel.errors import Conflict, Invalid
from portal.policy import shipped
from schemas.districts import EnterDay, EnterYear

CHANGED = "你打开这一页以后，这一天已被改过。看过现在的日历再填"


async def entered(year: int) -> list[DayEntry]:
    """What the city has entered of a year, by day."""
    return await days.entries(date(year, 1, 1), date(year, 12, 31))


async def years() -> dict[int, str]:
    """The years that are announced, shipped or entered, with where that is written."""
    return dict.fromkeys(sorted(shipped.calendar().years), "随平台提供") | await days.years()


async def version() -> str:
    """The calendar's version, for the form that changes it."""
    return await days.version()


async def enter_day(order: EnterDay, *, actor: Actor, now: datetime) -> None:
    """Say what a day is from now on; every open deadline is counted anew (行政许可法 82)."""
    city(actor)
    if fault := rules.day_fault(order.day, order.kind):
        raise Invalid({"kind": fault})
    async with db.tx():
        await days.lock()
        last = next(iter(await days.entries(order.day, order.day)), None)
        if last and (last.kind, last.name, last.cite) == (order.kind, order.name, order.cite):
            return
        if last and last.id > int(order.version.split(".")[0]):
            raise Conflict(CHANGED, winner=f"{order.day} 已改为“{rules.KINDS[last.kind]}”")
        await days.add(order.day, order.kind, order.name, order.cite, now, actor.reference)
        await tell()
        await audit.record(actor, "calendar.day", f"day:{order.day}", now, kind=order.kind)


async def enter_year(order: EnterYear, *, actor: Actor, now: datetime) -> None:
    """Enter a year's holidays and make-up days as announced: its deadlines are provisional no more."""
    city(actor)
    given = judged(order)
    async with db.tx():
        await days.lock()
        known = await days.entries(date(order.year, 1, 1), date(order.year, 12, 31))
        if any(entry.id > int(order.version.split(".")[0]) for entry in known):
            raise Conflict("你打开这一页以后，这一年的日历已被改过。看过现在的日历再填")
        await replace(order, given, known, actor, now)
        await days.add_year(order.year, order.cite, now)
        await tell()
        await audit.record(actor, "calendar.year", f"year:{order.year}", now, days=len(given))


async def replace(
    order: EnterYear, given: dict[date, tuple[str, str]], known: list[DayEntry], actor: Actor, now: datetime
) -> None:
    """Write the year's days; days that were free or worked until now and aren't named become ordinary."""
    before = {entry.day: (entry.kind, entry.name) for entry in known}
    shown = shipped.calendar()
    was = {day for day in shown.holidays | shown.makeup_days if day.year == order.year}
    was |= {day for day, (kind, _) in before.items() if kind != "ordinary"}
    wanted = dict.fromkeys(sorted(was - set(given)), ("ordinary", "")) | given
    for day, (kind, name) in sorted(wanted.items()):
        if before.get(day) != (kind, name):
            await days.add(day, kind, name, order.cite, now, actor.reference)


def judged(order: EnterYear) -> dict[date, tuple[str, str]]:
    """Read both lists of the form, or refuse with every line that can't be right."""
    free, free_faults = rules.days_written(order.holidays, order.year)
    worked, worked_faults = rules.days_written(order.makeup_days, order.year)
    worked_faults += [f"{day} 已列为放假" for day in sorted(set(free) & set(worked))]
    worked_faults += [f"{day} 本来就是工作日，不用写" for day in sorted(worked) if rules.day_fault(day, "makeup")]
    if free_faults or worked_faults:
        faults = {"holidays": "；".join(free_faults), "makeup_days": "；".join(worked_faults)}
        raise Invalid({field: text for field, text in faults.items() if text})
    holidays = {day: ("holiday", name) for day, name in free.items()}
    return holidays | {day: ("makeup", name or "调休上班") for day, name in worked.items()}


async def tell() -> None:
    """Let the open deadlines be counted anew once this change is kept. Inside the caller's transaction."""
    await outbox.put("calendar.changed", key=f"calendar:{await days.version()}")
