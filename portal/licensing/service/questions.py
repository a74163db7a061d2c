"""What pages and other features ask about cases; nothing here changes anything."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from portal.base.access import Subject
from portal.base.actor import Actor
from portal.districts import service as districts
from portal.documents import service as documents
from portal.kernel import calendar
from portal.kernel.errors import FieldError, Missing
from portal.kernel.rule import Outcome, Rule
from portal.licensing import checking, completeness, printing
from portal.licensing import rules as every
from portal.licensing.facts import Application
from portal.licensing.states import State
from portal.licensing.store import answers, cases, clocks, record
from portal.licensing.store.cases import Case, QueueFilter
from schemas.licensing.queue import Queue

PAGE = 20
RECENT, MOST_REMINDERS, MOST_OWN = timedelta(days=3), 5, 200
FOR_ROLE = {
    "examiner": ("submitted", "resubmitted", "accepted", "deemed-accepted", "examining"),
    "approver": ("recommended-grant", "recommended-refuse"),
}


async def subject(case_id: str) -> Subject | None:
    """What permissions ask about a case that a path names."""
    if not case_id.isdecimal() or len(case_id) > 18:
        return None
    try:
        found = await cases.case(int(case_id))
    except Missing:
        return None
    is_draft = found.state == State.DRAFT  # no bureau knows of an application that nobody has handed in
    return Subject(found.state.value, None if is_draft else found.district, found.institution_id, found.examiner_id)


async def material_subject(material_id: str) -> Subject | None:
    """What permissions ask about an uploaded file that a path names."""
    if not material_id.isdecimal() or len(material_id) > 18:
        return None
    found = await answers.material(int(material_id))
    return await subject(str(found[0])) if found else None


async def clock_subject(code: str) -> Subject | None:
    """What permissions ask about a deadline's page."""
    found = await clocks.by_code(code)
    return await subject(str(found.application_id)) if found else None


@dataclass(frozen=True, slots=True)
class File:
    """Everything about a case that its pages show; what the reader may not see was never put in."""

    case: Case
    sections: dict[str, answers.SavedSection]
    uploads: list[answers.Upload]
    events: list[record.Happening]
    clocks: list[clocks.Running]
    gaps: list[record.Lacking]
    verdicts: dict[str, record.Verdict]
    opinions: list[record.Opinion]
    papers: list[documents.Paper]
    checks: list[Outcome]
    checks_kept_on: date | None
    submissions: dict[int, dict[str, object]]
    lacking_sections: list[str]
    lacking_slots: list[str]
    unprintable: dict[str, list[FieldError]]


async def file(actor: Actor, case_id: int, *, today: date) -> File:
    """Gather a case for its pages. Opinions and verdicts are the bureau's: a clerk gets none of them."""
    found = await cases.case_for(actor, case_id)
    saved = await answers.sections(case_id)
    uploads = await answers.materials(case_id)
    content = {name: one.answers for name, one in saved.items()}
    is_bureau = actor.role != "clerk"
    checked = await checking.checked(found, content, uploads, today)
    return File(
        case=found,
        sections=saved,
        uploads=uploads,
        events=await record.events(case_id),
        clocks=await clocks.of_case(case_id),
        gaps=await record.gaps(case_id),
        verdicts=await record.verdicts(case_id, found.round) if is_bureau else {},
        opinions=await record.opinions(case_id) if is_bureau else [],
        papers=await documents.papers(found.subject),
        checks=checked.outcomes,
        checks_kept_on=checked.kept_on,
        submissions=await answers.submissions(case_id),
        lacking_sections=completeness.sections_lacking(content),
        lacking_slots=completeness.slots_lacking(found.kind, (upload.slot for upload in uploads)),
        unprintable=printing.in_the_way(content),
    )


async def of_institution(actor: Actor) -> list[Case]:
    """Give a clerk's own applications."""
    return await cases.of_institution(actor.institution_id) if actor.institution_id is not None else []


async def notices(actor: Actor) -> list[record.Told]:
    """Give a clerk's newest notices."""
    own = await of_institution(actor)
    return await record.notices([found.id for found in own], "applicant")


async def desk(actor: Actor, asked: Queue, today: date) -> tuple[list[Case], dict[str, int]]:
    """Give a page of a queue, and how many cases each tab holds on all its pages."""
    tabs = {tab: _filter(actor, asked, tab, today) for tab in ("mine", "free", "all", "overdue")}
    counts = {tab: await cases.queue_size(wanted) for tab, wanted in tabs.items()}
    chosen = replace(tabs[asked.tab], offset=(asked.page - 1) * PAGE, limit=PAGE)
    return await cases.queue(chosen), counts


def _filter(actor: Actor, asked: Queue, tab: str, today: date) -> QueueFilter:
    """What a tab shows this person: their district's cases, of every district for the city and the auditor."""
    everywhere = actor.role in {"city-admin", "auditor"}
    states = (asked.state,) if asked.state else tuple(FOR_ROLE.get(actor.role, ())) if tab == "mine" else ()
    return QueueFilter(
        district=(asked.district or None) if everywhere else actor.district or "",
        holder_id=actor.account_id if tab == "mine" and actor.role == "examiner" else int(asked.holder or 0) or None,
        is_free=tab == "free",
        states=states,
        overdue_on=today if tab == "overdue" else None,
        words=asked.words,
    )


async def holders(district: str | None) -> dict[int, int]:
    """Count each examiner's open cases, for the district's administrator."""
    return await cases.holders(district) if district else {}


async def reminders(actor: Actor, now: datetime) -> list[tuple[Case, record.Told]]:
    """What a reviewer was told of their own cases in the last days: limits that near their end or were moved."""
    own = await cases.queue(replace(_filter(actor, Queue(tab="mine"), "mine", now.date()), limit=MOST_OWN))
    known = {case.id: case for case in own}
    told = await record.notices(list(known), "bureau")
    return [(known[one.application_id], one) for one in told if one.happened > now - RECENT][:MOST_REMINDERS]


async def told(case_id: int) -> list[record.Told]:
    """What the bureau was told of a case, the newest first."""
    return await record.notices([case_id], "bureau", MOST_REMINDERS)


async def limits(found: list[Case]) -> dict[int, clocks.Running]:
    """Give the limit that runs for each of these cases."""
    return {clock.application_id: clock for clock in await clocks.running_of([case.id for case in found])}


async def tally(found: Case, today: date) -> tuple[int, int]:
    """Count a case's checks that fail and those that nobody could judge."""
    content = {name: one.answers for name, one in (await answers.sections(found.id)).items()}
    outcomes = (await checking.checked(found, content, await answers.materials(found.id), today)).outcomes
    return sum(one.status == "failed" for one in outcomes), sum(one.status == "unjudged" for one in outcomes)


async def case_of(material_id: int) -> int:
    """Which case an uploaded file belongs to."""
    found = await answers.material(material_id)
    if found is None:
        raise Missing
    return found[0]


async def deadline(code: str) -> tuple[Case, clocks.Running, calendar.Deadline]:
    """Give a limit with every day as it was counted: what its page shows."""
    clock = await clocks.by_code(code)
    if clock is None:
        raise Missing
    days = calendar.explain(clock.event_on, clock.limit, await districts.calendar(), clock.stops)
    return await cases.case(clock.application_id), clock, days


async def upload(material_id: int) -> answers.Upload:
    """Find an uploaded file for the handler that serves it."""
    found = await answers.material(material_id)
    if found is None:
        raise Missing
    return found[1]


def every_rule() -> tuple[Rule[Application], ...]:
    """Every check of an application for a licence."""
    return every.RULES
