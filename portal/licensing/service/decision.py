"""What the approver does, who is never the one who examined: send back, grant, refuse."""

from datetime import datetime

from portal.base.actor import Actor
from portal.base.db import tx
from portal.districts import service as districts
from portal.institutions import service as institutions
from portal.kernel.errors import NotAllowed
from portal.licensing import granting
from portal.licensing.service import steps
from portal.licensing.service.examination import fitting, stay_in_time
from portal.licensing.states import OWN_CASE
from portal.licensing.store import cases, record
from portal.licensing.store.cases import Case
from schemas import documents as facts
from schemas.licensing import orders


async def undecided(actor: Actor, case_id: int) -> Case:
    """Find a case that this approver may decide: never one that they examined themselves."""
    found = await cases.case_for(actor, case_id)
    if actor.account_id in {found.examiner_id, found.recommended_by}:
        raise NotAllowed(OWN_CASE)
    return found


async def send_back(order: orders.SendBack, *, actor: Actor, now: datetime) -> None:
    """Give the case back to the examiner with the reason."""
    steps.demand(order, "reason")
    async with tx():
        found = await undecided(actor, order.case_id)
        if not await steps.once(order.key, actor, "review.send-back", found.id):
            return
        moved = await stay_in_time(found, "send-back", order.version, actor, now)
        await record.add_opinion(found.id, "send-back", actor, now, text=order.reason)
        await steps.written(moved, "send-back", actor, now)


async def decide(order: orders.Decide, *, actor: Actor, now: datetime) -> None:
    """Grant or refuse; a grant mints the licence number and asks for letter and certificate at once."""
    fitting(order.reasons, order.outcome)
    async with tx():
        found = await undecided(actor, order.case_id)
        if not await steps.once(order.key, actor, "review.decide", found.id):
            return
        await steps.allowed(found, order.outcome, version=order.version, by=actor)
        moved = await (grant if order.outcome == "grant" else refuse)(found, order, actor, now)
        await record.add_opinion(
            found.id, "decision", actor, now, outcome=order.outcome, reasons=order.reasons, text=order.opinion
        )
        await record.notify(f"decide:{found.id}", found.id, "applicant", "decision", "申请已作出决定，请查看文书", now)
        await steps.written(moved, order.outcome, actor, now, licence=moved.licence_number)


async def grant(found: Case, order: orders.Decide, actor: Actor, now: datetime) -> Case:
    """Mint the licence and promise its papers (行政许可法 38, 44). Runs inside the caller's transaction."""
    what = await granting.applied(found)
    moved = await steps.move(
        found, "grant", version=order.version, by=actor, at=now, decided_by=actor.account_id, decided_at=now
    )
    policy = await districts.policy(now.date(), found.district)
    licence = await institutions.grant(granting.granted(found, what, now, policy), at=now)
    moved = await cases.with_licence(moved, licence.number)
    letter = await granting.grant_letter(moved, what, licence, order.reasons, order.opinion, now)
    await steps.issue(moved, "grant", letter, now)
    await steps.issue(moved, "certificate", await granting.certificate(moved, what, licence, now), now)
    await steps.issue(moved, "duplicate", await granting.duplicate(moved, what, licence, now), now)
    return moved


async def refuse(found: Case, order: orders.Decide, actor: Actor, now: datetime) -> Case:
    """Refuse with reasons and ways to appeal. Runs inside the caller's transaction."""
    letter = await granting.refusal(found, order.reasons, order.opinion, now)
    moved = await steps.move(
        found, "refuse", version=order.version, by=actor, at=now, decided_by=actor.account_id, decided_at=now
    )
    await steps.issue(moved, "refusal", letter, now)
    return moved


async def preview(order: orders.Decide, *, actor: Actor, now: datetime) -> facts.Letter:
    """Give the letter that a decision would send, with nothing minted: shown before it is confirmed."""
    fitting(order.reasons, order.outcome)
    found = await undecided(actor, order.case_id)
    await steps.allowed(found, order.outcome, version=order.version, by=actor)
    if order.outcome == "refuse":
        return await granting.refusal(found, order.reasons, order.opinion, now)
    return await granting.grant_preview(found, order.reasons, order.opinion, now)
