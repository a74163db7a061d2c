"""The facts that each paper of a case prints, gathered inside the deciding transaction and frozen with the decision."""

import re
from datetime import date, datetime, time
from typing import Any, TypeVar

from portal.base import numbers
from portal.base.clock import day_of
from portal.districts import service as districts
from portal.kernel.calendar import TimeLimit
from portal.licensing.states import PROCEDURES
from portal.licensing.store import answers, clocks, record
from portal.licensing.store.cases import Case
from portal.policy import shipped
from portal.policy.materials import materials
from portal.policy.reasons import grounds
from schemas import documents as facts
from schemas.answers import Answers
from schemas.licensing import orders
from schemas.licensing import sections as asked

Kind = TypeVar("Kind", bound=Answers)
MATTER = "民办学校（校外培训机构）办学许可（设立）"
UNITS = {"working_days": "个工作日", "days": "日", "months": "个月"}


async def case_number(found: Case, now: datetime) -> str:
    """Mint the number of a case: the district's mark, the year, a serial without gaps."""
    office = await districts.office(found.district)
    serial = await numbers.following(f"case:{found.district}:{now.year}")
    return f"{office.mark}许收〔{now.year}〕{serial}号"


async def common(found: Case, now: datetime) -> dict[str, Any]:
    """What every letter of a case prints."""
    return {
        "office": await districts.office(found.district),
        "addressee": await addressee(found),
        "case_number": found.number or "",
        "matter": MATTER,
        "dated": now.date(),
    }


async def addressee(found: Case) -> str:
    """Name the applicant: the organisers, as the law has them apply (民办教育促进法 15)."""
    section = (await answers.sections(found.id)).get("organisers")
    names = [row["name"] for row in section.answers["organisers"]] if section else []
    return "、".join(name for name in names if name) or found.name


def limit_words(limit: TimeLimit) -> str:
    """Say how long a limit is, as letters do."""
    return f"{limit.count}{UNITS[limit.unit]}"


async def receipt(found: Case, now: datetime) -> facts.Receipt:
    """收件回执: what was received, and the day by which the bureau answers."""
    titles = {kind.slot: kind.title for kind in materials(found.kind)}
    uploads = await answers.materials(found.id)
    rows = [
        facts.Material(name=titles[slot], count=sum(upload.slot == slot for upload in uploads))
        for slot in titles
        if any(upload.slot == slot for upload in uploads)
    ]
    running = (await clocks.of_case(found.id))[-1]
    return facts.Receipt(**await common(found, now), received_at=now, materials=tuple(rows), answer_by=running.due_on)


async def acceptance(found: Case, now: datetime, *, is_deemed: bool) -> facts.Acceptance:
    """受理通知书: the limit that runs from the day of acceptance."""
    running = (await clocks.of_case(found.id))[-1]
    return facts.Acceptance(
        **await common(found, now),
        received_on=received_on(found),
        accepted_on=running.event_on,
        is_deemed=is_deemed,
        decide_by=running.due_on,
        limit=limit_words(running.limit),
        limit_cites=label(running.cite, now.date()),
        promised_by=running.promised_on,
    )


def received_on(found: Case) -> date:
    """The day on which the application was last handed in."""
    assert found.submitted_at is not None
    return day_of(found.submitted_at)


def label(key: str, on: date) -> str:
    """The article's name in the version of the day."""
    return shipped.policy().citation(key, on).label


def reasons(keys: tuple[str, ...], text: str, on: date) -> tuple[facts.Reason, ...]:
    """Write chosen reasons with their articles, and the officer's own words after them."""
    known = grounds()
    rows = [facts.Reason(text=known[key].text, cites=label(known[key].cite, on)) for key in keys]
    return (*rows, facts.Reason(text=text)) if text else tuple(rows)


async def correction(found: Case, lacking: list[record.Lacking], now: datetime) -> facts.Correction:
    """一次性补正告知书: everything that is missing."""
    titles = {f"material:{kind.slot}": kind.title for kind in materials(found.kind)} | asked.TITLES
    rows = tuple(
        facts.Gap(name=titles[one.target], lacking=one.remark, cure="按上述要求补正后重新提交。",
                  cites=label(one.cites, now.date()))
        for one in lacking
    )  # fmt: skip
    return facts.Correction(**await common(found, now), received_on=received_on(found), gaps=rows)


async def not_required(found: Case, reason: str, now: datetime) -> facts.NotRequired:
    """不予受理决定书: the matter needs no licence."""
    why = facts.Reason(text=reason, cites=label("licensing-law-32", now.date()))
    return facts.NotRequired(
        **await common(found, now), received_on=received_on(found), reasons=(why,),
        remedies=await districts.remedies(found.district),
    )  # fmt: skip


async def wrong_authority(found: Case, order: orders.WrongAuthority, now: datetime) -> facts.WrongAuthority:
    """不予受理决定书: another authority decides."""
    why = facts.Reason(text=order.reason, cites=label("licensing-law-32", now.date()))
    return facts.WrongAuthority(
        **await common(found, now), received_on=received_on(found), reasons=(why,),
        remedies=await districts.remedies(found.district), right_authority=order.authority,
    )  # fmt: skip


async def withdrawal(found: Case, now: datetime) -> facts.Withdrawal:
    """撤回申请确认书."""
    return facts.Withdrawal(**await common(found, now), received_on=received_on(found), withdrawn_on=now.date())


async def site_visit(found: Case, order: orders.Visit, now: datetime) -> facts.SiteVisit:
    """现场核查记录."""
    assert order.visited_on is not None
    premises = await section(found.id, "premises", asked.Premises)
    hours = [clock_time(written) for written in (order.began, order.ended)]
    began, ended = (datetime.combine(order.visited_on, hour or time.min, now.tzinfo) for hour in hours)
    # The area is part of what was found: the officers' one verdict covers it.
    area = "" if order.floor_area_m2 is None else f"（实测建筑面积 {order.floor_area_m2} 平方米）"
    seen = facts.Visited(item="核查情况", found=order.found + area, is_in_order=order.agrees == "yes")
    return facts.SiteVisit(
        **await common(found, now), began_at=began, ended_at=ended, place=premises.address,
        visitors=officers(order.officers), present=officers(order.present), items=(seen,),
        conclusion="与申报一致。" if order.agrees == "yes" else "与申报不一致。",
    )  # fmt: skip


def clock_time(written: str) -> time | None:
    """Read a time of day as people write it, 9:30 or 9：30; nothing where there is none."""
    found = re.fullmatch(r"(\d{1,2})[:：](\d{2})", written.strip(), re.ASCII)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def officers(written: str) -> tuple[str, ...]:
    """Read the names of the people of a visit."""
    for mark in ",，;； ":
        written = written.replace(mark, "、")
    return tuple(name for name in written.split("、") if name)


async def extension(found: Case, clock: clocks.Running, now_due: date, added: TimeLimit, reason: str,
                    now: datetime) -> facts.Extension:  # fmt: skip
    """延期告知书: the promised day is moved, with the reason; never past the day that the law sets."""
    assert found.accepted_on is not None
    assert clock.promised_on is not None
    return facts.Extension(
        **await common(found, now), accepted_on=found.accepted_on, was_due=clock.promised_on, now_due=now_due,
        added=limit_words(added), reasons=(facts.Reason(text=reason, cites=label("licensing-law-42", now.date())),),
    )  # fmt: skip


async def special_procedure(
    found: Case, order: orders.Pause, decide_by: date, now: datetime
) -> facts.SpecialProcedure:  # fmt: skip
    """特别程序时限告知书: for how long the limit stands still, and why (行政许可法 45)."""
    assert found.accepted_on is not None
    assert order.starts is not None
    assert order.ends is not None
    return facts.SpecialProcedure(
        **await common(found, now),
        accepted_on=found.accepted_on,
        ground=PROCEDURES[order.ground],
        starts=order.starts,
        ends=order.ends,
        decide_by=decide_by,
    )


async def section(case_id: int, name: str, kind: type[Kind]) -> Kind:
    """Read one section as it was last saved."""
    return kind.model_validate((await answers.sections(case_id))[name].answers)
