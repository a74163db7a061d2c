"""The letter that an act would send, shown before it is confirmed; nothing is minted and nothing is written."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from portal.base.actor import Actor
from portal.districts import service as districts
from portal.documents import service as documents
from portal.kernel import calendar
from portal.licensing import papers
from portal.licensing.service import decision, desk, examination, steps
from portal.licensing.store import record
from portal.licensing.store.cases import Case
from schemas import documents as facts
from schemas.answers import Answers
from schemas.licensing import orders


async def letter(order: Answers, *, actor: Actor, now: datetime) -> Markup | None:
    """Give the letter as a part of a page; nothing for an act that sends none."""
    if isinstance(order, orders.Decide):
        kind = "grant" if order.outcome == "grant" else "refusal"
        return await documents.preview(kind, await decision.preview(order, actor=actor, now=now))
    if not isinstance(order, orders.Once) or type(order) not in LETTERS:
        return None
    found = await desk.held(actor, order.case_id)
    event, kind, make = LETTERS[type(order)]
    await steps.allowed(found, event, version=order.version, by=actor)
    return await documents.preview(kind, await make(found, order, now))


async def _correction(found: Case, order: orders.Return, now: datetime) -> facts.Correction:
    return await papers.correction(found, await desk.wanted(found, order), now)


async def _not_required(found: Case, order: orders.NotRequired, now: datetime) -> facts.NotRequired:
    return await papers.not_required(found, order.reason, now)


async def _acceptance(found: Case, _order: orders.Accept, now: datetime) -> facts.Acceptance:
    """The acceptance as of today: its limit is counted as it would be."""
    policy, days = await districts.policy(now.date(), found.district), await districts.calendar()
    time = policy.time(found.kind, "decide", now.date())
    decide_by = calendar.due(now.date(), time.statutory, days)
    return facts.Acceptance(
        **await papers.common(replace(found, accepted_on=now.date()), now),
        received_on=papers.received_on(found),
        accepted_on=now.date(),
        decide_by=decide_by,
        limit=papers.limit_words(time.statutory),
        limit_cites=papers.label(time.cite, now.date()),
        promised_by=steps.promised_day(now.date(), time.promised, decide_by, days),
    )


async def _site_visit(found: Case, order: orders.Visit, now: datetime) -> facts.SiteVisit:
    steps.demand(order, *examination.VISIT)
    await examination.fit_visit(order, found.district, now.date())
    return await papers.site_visit(found, order, now)


async def _special_procedure(found: Case, order: orders.Pause, now: datetime) -> facts.SpecialProcedure:
    """The notice of a pause, with the limit as the pause would move it."""
    running = await examination.running_decision(found)
    stop = examination.fit_pause(order, running.due_on)
    due = calendar.due(running.event_on, running.limit, await districts.calendar(), (*running.stops, stop))
    return await papers.special_procedure(found, order, due, now)


async def _extension(found: Case, order: orders.Extend, now: datetime) -> facts.Extension:
    steps.demand(order, "reason")
    running = await examination.running_decision(found)
    earlier = await record.opinions(found.id)
    now_due, added = await examination.later_promise(running, earlier, now.date(), found.district)
    return await papers.extension(found, running, now_due, added, order.reason, now)


LETTERS: dict[type[orders.Once], tuple[str, str, Callable[..., Awaitable[facts.Letter]]]] = {
    orders.Return: ("return", "correction", _correction),
    orders.NotRequired: ("not-required", "not-required", _not_required),
    orders.WrongAuthority: ("wrong-authority", "wrong-authority", papers.wrong_authority),
    orders.Accept: ("accept", "acceptance", _acceptance),
    orders.Visit: ("visit", "site-visit", _site_visit),
    orders.Pause: ("pause", "special-procedure", _special_procedure),
    orders.Extend: ("extend", "extension", _extension),
}
