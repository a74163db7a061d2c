"""What every use case of a case does alike. Each function runs inside the caller's transaction and opens none."""

from datetime import date, datetime

from portal.base import audit, idempotency
from portal.base.actor import Actor
from portal.districts import service as districts
from portal.documents import service as documents
from portal.kernel import calendar
from portal.kernel.calendar import Pause, TimeLimit, WorkingCalendar
from portal.kernel.errors import FieldError, Invalid
from portal.licensing import checking, states
from portal.licensing.store import cases, clocks, record
from portal.licensing.store.cases import Case
from schemas.answers import Answers
from schemas.documents import Certificate, Letter


async def once(key: str, actor: Actor, route: str, case_id: int) -> bool:
    """Claim a form's key; false when this form has acted already, and then nothing is to be done."""
    return await idempotency.claim(key, actor, route, f"application:{case_id}")


async def allowed(found: Case, event: str, *, version: int, by: Actor) -> states.Move:
    """Give the table's row for an event; a case that changed since the person saw it is a lost race."""
    if found.version != version:
        raise await cases.lost(found.id, by)
    return states.move(found.state, event, by.role)


async def move(found: Case, event: str, *, version: int, by: Actor, at: datetime, **changes: object) -> Case:
    """Move a case by the table: end the clock of the step that is over, keep a closed case's checks, write the timeline."""
    step = await allowed(found, event, version=version, by=by)
    moved = await cases.advance(found, step, version=version, by=by, at=at, **changes)
    if step.source in states.UNDECIDED and step.target not in states.UNDECIDED:
        await checking.keep(found, at.date())
    if step.target != step.source:
        await clocks.stop(found.id, at.date())
        await cases.set_due(found.id, None)
    await record.add_event(found.id, event, by, moved.state.value, at)
    if step.clock:
        await start_clock(moved, step.clock, at.date())
    return moved


async def start_clock(found: Case, step: str, event_on: date) -> clocks.Running:
    """Start the statutory limit of a step, with the shorter promise beside it, from the day of the event."""
    kind = "application" if step in {"correction-notice", "deliver"} else found.kind
    time = (await districts.policy(event_on, found.district)).time(kind, step, event_on)
    days = await districts.calendar()
    statutory = calendar.explain(event_on, time.statutory, days)
    promised = promised_day(event_on, time.promised, statutory.due, days)
    code = await clocks.start(
        found.id, kind, event_on, time, statutory.due, promised, is_provisional=statutory.provisional
    )
    await cases.set_due(found.id, statutory.due)
    started = await clocks.by_code(code)
    assert started is not None
    return started


def promised_day(
    event_on: date, promised: TimeLimit | None, statutory: date, days: WorkingCalendar, stops: tuple[Pause, ...] = ()
) -> date | None:
    """The day that the bureau promised, which is never later than the law's: holidays may stretch working days."""
    return min(calendar.due(event_on, promised, days, stops), statutory) if promised else None


async def issue(found: Case, kind: str, facts: Letter | Certificate, at: datetime) -> None:
    """Promise a paper: number, code and facts are frozen now, the worker makes it."""
    await documents.promise(
        kind, facts, subject=found.subject, district=found.district, institution_id=found.institution_id,
        at=at, is_demo=found.is_demo,
    )  # fmt: skip


async def written(found: Case, event: str, by: Actor, at: datetime, **details: object) -> None:
    """Write the audit entry; the last thing in a transaction, for it holds the chain's lock."""
    await audit.record(by, f"application.{event}", found.subject, at, state=found.state.value, **details)


def demand(order: Answers, *names: str) -> None:
    """Refuse an order in which a question that must be answered is left out, in the question's own words."""
    lacking = []
    for name in names:
        field = type(order).model_fields[name]
        extra = field.json_schema_extra
        missing = str(extra.get("missing", "")) if isinstance(extra, dict) else ""
        if getattr(order, name) in (None, "", ()):
            lacking.append(FieldError(name, missing or f"填写{field.title}"))
    if lacking:
        raise Invalid(lacking)
