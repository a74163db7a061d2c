"""Cases at every state, made through the real use cases as people would make them."""

import secrets
from datetime import datetime
from typing import Any

from portal.base import files
from portal.base.actor import CLOCK, Actor
from portal.base.clock import SHANGHAI
from portal.demo.telling import Teller
from portal.districts import service as districts
from portal.licensing import samples
from portal.licensing.service import drafting
from portal.licensing.states import State
from portal.licensing.store import cases
from portal.licensing.store.cases import Case
from portal.policy.materials import materials
from schemas.licensing import orders
from schemas.licensing.sections import SECTIONS

CLERK = Actor("clerk", 101, "林秋", institution_id=1)
EXAMINER = Actor("examiner", 201, "周审", district="500103")
APPROVER = Actor("approver", 301, "吴批", district="500103")
NOON = datetime(2026, 11, 23, 12, tzinfo=SHANGHAI)


def a_key() -> str:
    """A form's key, new each time."""
    return secrets.token_urlsafe(18)


async def a_draft(
    *, clerk: Actor = CLERK, district: str = "500103", now: datetime = NOON, name: str = "", **changes: Any
) -> int:
    """A draft with every answer and material, ready to be handed in."""
    await districts.ensure_seed()
    case_id = await drafting.start(orders.Start(district=district, key=a_key()), actor=clerk, now=now)
    where = (await districts.district(district)).name
    whole = samples.answers(where, name or f"重庆春芽{case_id}艺术培训有限公司", case_id, district=district)
    for section, content in whole.items():
        given = SECTIONS[section].model_validate({**content, **changes.get(section.replace("-", "_"), {})})
        await drafting.save(case_id, section, given, actor=clerk, now=now)
    for kind in materials("new"):
        if not kind.optional:
            file_id = await files.keep(f"{kind.slot} {case_id}".encode(), "application/pdf")
            await drafting.attach(
                case_id, kind.slot, file_id, f"{kind.title}.pdf", 1, key=a_key(), actor=clerk, now=now
            )
    return case_id


async def version(case_id: int) -> int:
    """The version that a page made now would carry."""
    return (await cases.case(case_id)).version


async def once(case_id: int) -> dict[str, Any]:
    """What every form of a case carries."""
    return {"case_id": case_id, "version": await version(case_id), "key": a_key()}


def teller(case_id: int, clerk: Actor = CLERK, examiner: Actor = EXAMINER, approver: Actor = APPROVER) -> Teller:
    """The people of a case that was begun: the demo tells its stories by the same steps."""
    return Teller(clerk, examiner, approver, "500103", "", case_id, case_id=case_id)


async def a_submitted(now: datetime = NOON, **draft: Any) -> int:
    """A case that lies on the bureau's desk."""
    case_id = await a_draft(now=now, **draft)
    await teller(case_id, clerk=draft.get("clerk", CLERK)).submit(now)
    return case_id


async def an_accepted(now: datetime = NOON, examiner: Actor = EXAMINER, **draft: Any) -> int:
    """A case whose limit runs."""
    case_id = await a_submitted(now=now, **draft)
    await teller(case_id, examiner=examiner).accept(now)
    return case_id


async def a_recommended(now: datetime = NOON, outcome: str = "grant", examiner: Actor = EXAMINER, **draft: Any) -> int:
    """A case that waits for the approver."""
    case_id = await an_accepted(now=now, examiner=examiner, **draft)
    people = teller(case_id, examiner=examiner)
    await people.examine(now)
    await people.recommend(now, outcome)
    return case_id


async def a_decided(now: datetime = NOON, outcome: str = "grant", approver: Actor = APPROVER, **draft: Any) -> int:
    """A decided case; its papers are promised, not yet made."""
    case_id = await a_recommended(now=now, outcome=outcome, **draft)
    await teller(case_id, approver=approver).decide(now, outcome)
    return case_id


async def state(case_id: int) -> State:
    """Where a case stands."""
    return (await cases.case(case_id)).state


async def found(case_id: int) -> Case:
    """A case as the clock sees it."""
    return await cases.case_for(CLOCK, case_id)
