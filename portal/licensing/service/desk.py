"""What the examiner does before acceptance: take the case, judge every material, then accept, return or turn away."""

from datetime import datetime

from portal.accounts import service as accounts
from portal.base import idempotency
from portal.base.actor import Actor
from portal.base.db import tx
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.licensing import papers
from portal.licensing.service import steps
from portal.licensing.states import ON_THE_DESK, TAKEN_ON, UNDECIDED, WORDS
from portal.licensing.store import answers, cases, record
from portal.licensing.store.cases import Case
from portal.licensing.store.record import Lacking
from portal.policy.materials import materials
from schemas.licensing import orders
from schemas.licensing.sections import TITLES

ARTICLE = "licensing-law-32"


async def take_over(order: orders.TakeOver, *, actor: Actor, now: datetime) -> None:
    """Become the holder; taking a case from somebody needs a reason that the record keeps."""
    async with tx():
        found = await cases.case_for(actor, order.case_id)
        if actor.role != "examiner" or found.state not in UNDECIDED:
            raise NotAllowed(f"这件申请现在是“{WORDS[found.state]}”，不需要经办人。")
        if found.examiner_id not in {None, actor.account_id} and not order.reason:
            raise Invalid({"reason": "这件申请已有经办人。写明接手原因，例如 原经办人休假"})
        moved = await cases.touch(found, version=order.version, by=actor, at=now, examiner_id=actor.account_id)
        await record.add_event(found.id, "take-over", actor, moved.state.value, now, note=order.reason)
        await steps.written(moved, "take-over", actor, now, before=found.examiner_id)


async def assign(order: orders.Assign, *, actor: Actor, now: datetime) -> None:
    """Give a case to another examiner of the district: leave, hand-over, recusal."""
    steps.demand(order, "reason")
    await fit_examiner(order.examiner_id, actor)
    async with tx():
        found = await cases.case_for(actor, order.case_id)
        if actor.role != "district-admin" or found.state not in UNDECIDED:
            raise NotAllowed(f"这件申请现在是“{WORDS[found.state]}”，不需要经办人。")
        moved = await cases.touch(found, version=order.version, by=actor, at=now, examiner_id=order.examiner_id)
        await record.add_event(found.id, "assign", actor, moved.state.value, now, note=order.reason)
        await steps.written(moved, "assign", actor, now, before=found.examiner_id, after=order.examiner_id)


async def fit_examiner(examiner_id: int, actor: Actor) -> None:
    """Refuse whoever is no examiner of the administrator's district today."""
    if examiner_id not in {person.account_id for person in await accounts.staff(actor.district or "", "examiner")}:
        raise Invalid({"examiner_id": "选择本区县的一名审查人员"})


async def to_hand_over(order: orders.AssignAll, *, actor: Actor) -> list[Case]:
    """Name the open cases that would go to a colleague, so that whoever gives them sees them first."""
    steps.demand(order, "reason")
    await fit_examiner(order.examiner_id, actor)
    if order.examiner_id == order.holder_id:
        raise Invalid({"examiner_id": "选择另一名审查人员"})
    return _some(await cases.held_by(actor.district or "", order.holder_id))


def _some(held_now: list[Case]) -> list[Case]:
    """Refuse where there is nothing to hand over."""
    if not held_now:
        raise Conflict("这名审查人员现在没有未办结的案件，不需要调整。")
    return held_now


async def assign_all(order: orders.AssignAll, *, actor: Actor, now: datetime) -> None:
    """Give every open case of one examiner of the district to another: those that were shown, all of them or none."""
    async with tx():
        if not await idempotency.claim(order.key, actor, "review.assign_all", f"examiner:{order.holder_id}"):
            return
        held_now = await to_hand_over(order, actor=actor)
        if order.seen_cases != len(held_now):
            raise Conflict(f"未办结的案件现在是 {len(held_now)} 件，和确认时看到的不一样。回到案件列表，再核对一遍。")
        for found in held_now:
            moved = await cases.touch(found, version=found.version, by=actor, at=now, examiner_id=order.examiner_id)
            await record.add_event(found.id, "assign", actor, moved.state.value, now, note=order.reason)
            await steps.written(moved, "assign", actor, now, before=order.holder_id, after=order.examiner_id)


async def held(actor: Actor, case_id: int) -> Case:
    """Find a case that the examiner holds; one that somebody else holds must be taken over first."""
    found = await cases.case_for(actor, case_id)
    if actor.role == "examiner" and found.examiner_id != actor.account_id:
        raise NotAllowed("这件申请由别人经办，或还没有人经办。先在页面上点“由我经办”，再办理。")
    return found


async def held_still(actor: Actor, case_id: int) -> Case:
    """Find a case that the examiner holds, as it stays until the transaction ends: no move overtakes a verdict."""
    await cases.locked(case_id)
    return await held(actor, case_id)


async def judge_material(order: orders.Judge, *, actor: Actor, now: datetime) -> None:
    """Keep the verdict on one material; anything but "in order" says what is lacking."""
    if order.verdict != "in-order":
        steps.demand(order, "remark")
    async with tx():
        found = await held_still(actor, order.case_id)
        if found.state not in ON_THE_DESK or order.slot not in {kind.slot for kind in materials(found.kind)}:
            raise NotAllowed("现在不能审查这份材料。请刷新页面，查看最新进度。")
        await record.judge(found.id, found.round, f"material:{order.slot}", order.verdict, order.remark, actor, now)
        await steps.written(found, "judge-material", actor, now, slot=order.slot, verdict=order.verdict)


async def judge_check(order: orders.JudgeCheck, *, actor: Actor, now: datetime) -> None:
    """Keep whether a finding of the automatic checks holds, with the reason."""
    steps.demand(order, "reason")
    async with tx():
        found = await held_still(actor, order.case_id)
        if found.state not in (*ON_THE_DESK, *TAKEN_ON):
            raise NotAllowed("现在不能改变对检查结果的判断。请刷新页面，查看最新进度。")
        verdict = "holds" if order.holds == "yes" else "dismissed"
        await record.judge(found.id, found.round, f"check:{order.rule}", verdict, order.reason, actor, now)
        await steps.written(found, "judge-check", actor, now, rule=order.rule, verdict=verdict)


async def unjudged(found: Case) -> list[str]:
    """Name the material slots that nobody has judged in this round: until none is left, no notice can go out."""
    judged = await record.verdicts(found.id, found.round)
    return [kind.slot for kind in materials(found.kind) if f"material:{kind.slot}" not in judged and not kind.optional]


async def return_for_correction(order: orders.Return, *, actor: Actor, now: datetime) -> None:
    """Send the one-time notice: complete by construction, for every material was judged first (行政许可法 32)."""
    async with tx():
        found = await held_still(actor, order.case_id)
        if not await steps.once(order.key, actor, "review.return", found.id):
            return
        lacking = await wanted(found, order)
        moved = await steps.move(found, "return", version=order.version, by=actor, at=now)
        await record.add_gaps(found.id, lacking)
        await steps.issue(moved, "correction", await papers.correction(moved, lacking, now), now)
        await record.notify(f"return:{found.id}:{found.round}", found.id, "applicant", "correction",
                            "需要补正，请查看补正告知书", now)  # fmt: skip
        await steps.written(moved, "return", actor, now, gaps=len(lacking))


async def wanted(found: Case, order: orders.Return) -> list[Lacking]:
    """Gather what a notice names: remarks on sections, and materials judged other than in order."""
    if await unjudged(found):
        raise NotAllowed("还有材料没有审查。一次性告知要列全，先逐份写明审查结论。")
    remarks = [row for row in order.remarks if row.text]
    if any(row.section not in TITLES for row in remarks):
        raise Invalid({"remarks": "选择要补正的部分"})
    verdicts = await record.verdicts(found.id, found.round)
    slots = {about: one.remark for about, one in verdicts.items()
             if about.startswith("material:") and one.verdict != "in-order"}  # fmt: skip
    lacking = [Lacking(found.round, row.section, row.text, ARTICLE) for row in remarks]
    lacking += [Lacking(found.round, about, remark, ARTICLE) for about, remark in slots.items()]
    if not lacking:
        raise NotAllowed("没有需要补正的内容。材料都齐备时，请直接受理。")
    await _guard_later_notice(found, lacking, order.later_reason)
    return lacking


async def _guard_later_notice(found: Case, lacking: list[Lacking], reason: str) -> None:
    """A later notice concerns only what was newly supplied, or gives its reason."""
    earlier = {gap.target for gap in await record.gaps(found.id)}
    fresh = {
        f"material:{upload.slot}" for upload in await answers.materials(found.id) if upload.round >= found.round - 1
    }
    if earlier and any(gap.target not in earlier | fresh for gap in lacking) and not reason:
        raise Invalid({"later_reason": "补正应当一次告知。要求新的内容，须写明第一次没有告知的理由"})


async def accept(order: orders.Accept, *, actor: Actor, now: datetime) -> None:
    """Take a complete application on: its time limit begins (for a new licence 3 months, 民办教育促进法 17)."""
    async with tx():
        found = await held(actor, order.case_id)
        if not await steps.once(order.key, actor, "review.accept", found.id):
            return
        moved = await steps.move(found, "accept", version=order.version, by=actor, at=now, accepted_on=now.date())
        await steps.issue(moved, "acceptance", await papers.acceptance(moved, now, is_deemed=False), now)
        await steps.written(moved, "accept", actor, now)


async def not_required(order: orders.NotRequired, *, actor: Actor, now: datetime) -> None:
    """Say at once that the matter needs no licence (行政许可法 32(1)(1))."""
    steps.demand(order, "reason")
    async with tx():
        found = await held(actor, order.case_id)
        if not await steps.once(order.key, actor, "review.not-required", found.id):
            return
        moved = await steps.move(found, "not-required", version=order.version, by=actor, at=now)
        await steps.issue(moved, "not-required", await papers.not_required(moved, order.reason, now), now)
        await steps.written(moved, "not-required", actor, now)


async def wrong_authority(order: orders.WrongAuthority, *, actor: Actor, now: datetime) -> None:
    """Say at once that another authority decides, and which (行政许可法 32(1)(2))."""
    steps.demand(order, "authority", "reason")
    async with tx():
        found = await held(actor, order.case_id)
        if not await steps.once(order.key, actor, "review.wrong-authority", found.id):
            return
        moved = await steps.move(found, "wrong-authority", version=order.version, by=actor, at=now)
        await steps.issue(moved, "wrong-authority", await papers.wrong_authority(moved, order, now), now)
        await steps.written(moved, "wrong-authority", actor, now)
