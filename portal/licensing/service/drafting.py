"""What an institution's clerk does: begin, fill in, upload, submit, answer a correction notice, take back."""

from datetime import datetime
from typing import Any

from portal.base import audit, idempotency, outbox
from portal.base.actor import Actor
from portal.base.db import tx
from portal.districts import service as districts
from portal.kernel.errors import Conflict, FieldError, Invalid, Missing, NotAllowed
from portal.licensing import completeness, papers, printing
from portal.licensing.service import steps
from portal.licensing.states import State
from portal.licensing.store import answers, cases, record
from portal.licensing.store.cases import Case
from portal.policy.materials import materials
from schemas.answers import Answers
from schemas.licensing import orders
from schemas.licensing.sections import TITLES

SAVED_ELSEWHERE = (
    "这一项刚在另一个窗口、另一台设备上或由同事保存过，你这次填的还没有保存。打开现在的内容核对，再把要改的填进去。"
)
NOT_NAMED = "补正通知没有要求改这一项，只改通知里列出的内容。"
OPEN_FOR_WRITING = (State.DRAFT, State.CORRECTION)


async def start(order: orders.Start, *, actor: Actor, now: datetime, is_demo: bool = False) -> int:
    """Begin an application for a new licence in the district of the premises (属地化, 减负实施方案 第7项).

    Who came back to the start by the browser's way, or begins at the same moment as a colleague, gets the empty draft
    that is there already.
    """
    if actor.institution_id is None:
        raise Missing
    await districts.district(order.district)
    async with tx():
        if not await idempotency.claim(order.key, actor, "apply.district", ""):
            return await begun(order.key, actor)
        await cases.one_start_at_a_time(actor.institution_id, order.district)
        if (empty := await cases.untouched(actor.institution_id, order.district)) is not None:
            await idempotency.lead(order.key, str(empty))
            return empty
        case_id = await cases.create("new", order.district, actor.institution_id, actor, now, is_demo=is_demo)
        await idempotency.lead(order.key, str(case_id))
        await audit.record(actor, "application.start", f"application:{case_id}", now, district=order.district)
    return case_id


async def begun(key: str, actor: Actor) -> int:
    """Find the application that this form has begun already: its button was pressed twice."""
    case_id = await idempotency.earlier(key, actor, "apply.district")
    if not case_id:
        raise Missing
    return int(case_id)


async def writable(actor: Actor, case_id: int, target: str) -> Case:
    """Find, and hold, a case whose `target` (a section, or `material:slot`) the clerk may change now.

    During a correction only what the notice names is open.
    """
    await cases.locked(case_id)
    found = await cases.case_for(actor, case_id)
    if found.state not in OPEN_FOR_WRITING:
        raise NotAllowed("这件申请已经提交，不能再改。要修改，可以撤回后重新申请，或等补正通知。")
    if found.state == State.CORRECTION and target not in await named(found):
        raise NotAllowed(NOT_NAMED)
    return found


async def writable_slot(actor: Actor, case_id: int, slot: str) -> None:
    """Refuse an upload before its bytes are looked at, where the slot isn't open to this clerk."""
    async with tx():
        await writable(actor, case_id, f"material:{slot}")


async def named(found: Case) -> set[str]:
    """Name what the last correction notice asks for."""
    return {gap.target for gap in await record.gaps(found.id) if gap.round == found.round}


def mark(saved: answers.SavedSection | None) -> str:
    """Which saved state of a section somebody has before them."""
    return saved.saved_at.isoformat() if saved else "new"


async def save(case_id: int, name: str, given: Answers, *, actor: Actor, now: datetime, seen: str = "") -> None:
    """Keep a section's answers, finished or not; what was saved elsewhere meanwhile is never overwritten unseen."""
    async with tx():
        found = await writable(actor, case_id, name)
        content = given.model_dump(mode="json")
        before = await answers.section(found.id, name)
        if seen and seen != mark(before):
            if before and before.answers == content:
                return
            raise Conflict(SAVED_ELSEWHERE)
        await answers.save_section(found.id, name, content, is_complete=not completeness.gaps(given), at=now)
        if name == "institution":
            await cases.rename(found.id, str(content["name"]))
        await audit.record(actor, "application.save", found.subject, now, section=name)


async def attach(
    case_id: int, slot: str, file_id: int, name: str, pages: int, *, key: str, actor: Actor, now: datetime
) -> None:  # fmt: skip
    """Put an uploaded file into its named slot; the worker makes the pictures of its pages."""
    async with tx():
        found = await writable(actor, case_id, f"material:{slot}")
        if not await steps.once(key, actor, "apply.slot", found.id):
            return
        if slot not in {kind.slot for kind in materials(found.kind)}:
            raise Missing
        material_id = await answers.add_material(found.id, slot, file_id, name, pages, found.round, now)
        await outbox.put("material.picture", key=f"picture:{material_id}", material_id=material_id)
        await audit.record(actor, "application.attach", found.subject, now, slot=slot, file=file_id)


async def detach(case_id: int, material_id: int, *, key: str, actor: Actor, now: datetime) -> None:
    """Take a file out of its slot; what was handed in once stays readable in its submission."""
    async with tx():
        if not await steps.once(key, actor, "apply.remove_file", case_id):
            return
        owner = await answers.material(material_id)
        if owner is None or owner[0] != case_id:
            raise Missing
        found = await writable(actor, case_id, f"material:{owner[1].slot}")
        await answers.remove_material(found.id, material_id, now)
        await audit.record(actor, "application.detach", found.subject, now, slot=owner[1].slot, file=owner[1].file_id)


async def submit(order: orders.Submit, *, actor: Actor, now: datetime) -> None:
    """Hand the application in: it gets its number and receipt, and the bureau's five working days begin."""
    async with tx():
        await cases.locked(order.case_id)
        found = await cases.case_for(actor, order.case_id)
        if not await steps.once(order.key, actor, "apply.submit", found.id):
            return
        whole = await ready(found)
        number = found.number or await papers.case_number(found, now)
        moved = await steps.move(
            found, "submit", version=order.version, by=actor, at=now,
            number=number, round=found.round + 1, submitted_at=now,
        )  # fmt: skip
        await answers.keep_submission(found.id, moved.round, whole, now)
        await steps.issue(moved, "receipt", await papers.receipt(moved, now), now)
        await steps.written(moved, "submit", actor, now, round=moved.round)


async def ready(found: Case) -> dict[str, Any]:
    """Give everything that would be handed in, or say which parts are still lacking."""
    sections = {name: saved.answers for name, saved in (await answers.sections(found.id)).items()}
    uploads = await answers.materials(found.id)
    lacking = completeness.sections_lacking(sections)
    empty = completeness.slots_lacking(found.kind, (upload.slot for upload in uploads))
    if lacking or empty:
        raise NotAllowed("还有没填完的内容。回到任务清单，补齐后再提交。")
    open_now = await named(found) if found.state == State.CORRECTION else None
    if errors := [one for each in printing.in_the_way(sections, open_now).items() for one in titled(*each)]:
        raise Invalid(errors)
    files = [{"id": one.id, "slot": one.slot, "file": one.file_id, "name": one.name} for one in uploads]
    return {"sections": sections, "materials": files}


def titled(name: str, errors: list[FieldError]) -> list[FieldError]:
    """Say of a section's errors where they are, for a page that shows every section."""
    return [FieldError("", f"{TITLES[name]}，{error.message}") for error in errors]


async def withdraw(order: orders.Withdraw, *, actor: Actor, now: datetime) -> None:
    """Take the application back, at any time before the decision."""
    async with tx():
        found = await cases.case_for(actor, order.case_id)
        if not await steps.once(order.key, actor, "apply.withdraw", found.id):
            return
        moved = await steps.move(found, "withdraw", version=order.version, by=actor, at=now)
        await steps.issue(moved, "withdrawal", await papers.withdrawal(moved, now), now)
        await steps.written(moved, "withdraw", actor, now)


async def discard(case_id: int, version: int, *, actor: Actor, now: datetime) -> None:
    """Throw a draft away; nothing of it was handed in."""
    async with tx():
        found = await cases.case_for(actor, case_id)
        if found.state != State.DRAFT:
            raise NotAllowed("只有没提交过的草稿可以删除。")
        await cases.remove_draft(found.id, version, actor)
        await audit.record(actor, "application.discard", found.subject, now)
