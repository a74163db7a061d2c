"""A case in each state, and each event of the table as a person orders it or the clock does it."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

from portal.base.actor import Actor
from portal.documents import service as documents
from portal.licensing.service import decision, desk, drafting, examination, ticking
from portal.licensing.states import State
from portal.policy.materials import materials
from schemas.licensing import orders
from tests.factories import licensing as make
from tests.factories.licensing import APPROVER, CLERK, EXAMINER, NOON

DISTRICT_ADMIN = Actor("district-admin", 401, "郑管", district="500103")
BY_ROLE = {"clerk": CLERK, "examiner": EXAMINER, "approver": APPROVER, "district-admin": DISTRICT_ADMIN}
LATER = NOON + timedelta(days=1)
REMARKS = (orders.Remark(section="capital", text="资金证明与填报金额不一致。"),)
REFUSED_FOR, GRANTED_FOR = ("premises-lacking",), ("meets-conditions",)

ORDERS: dict[str, Callable[[dict[str, Any]], orders.Once]] = {
    "submit": lambda once: orders.Submit(declares="yes", **once),
    "withdraw": lambda once: orders.Withdraw(**once),
    "return": lambda once: orders.Return(remarks=REMARKS, later_reason="新交的证明与原件不符。", **once),
    "accept": lambda once: orders.Accept(**once),
    "not-required": lambda once: orders.NotRequired(reason="只面向成年人。", **once),
    "wrong-authority": lambda once: orders.WrongAuthority(
        authority="重庆市江北区教育委员会", reason="场所在江北区。", **once
    ),
    "examine": lambda once: orders.Examine(**once),
    "visit": lambda once: orders.Visit(
        visited_on=NOON.date(), began="9:30", ended="10:20", officers="周审、何敏", found="场所与申报一致。", agrees="yes", **once
    ),
    "pause": lambda once: orders.Pause(
        ground="expert-review", starts=date(2026, 12, 1), ends=date(2026, 12, 4), **once
    ),
    "extend": lambda once: orders.Extend(reason="还在等消防部门答复。", **once),
    "recommend-grant": lambda once: orders.Recommend(
        outcome="grant", reasons=GRANTED_FOR, opinion="条件具备。", **once
    ),
    "recommend-refuse": lambda once: orders.Recommend(
        outcome="refuse", reasons=REFUSED_FOR, opinion="面积不够。", **once
    ),
    "send-back": lambda once: orders.SendBack(reason="请补记现场核查。", **once),
    "grant": lambda once: orders.Decide(outcome="grant", reasons=GRANTED_FOR, confirmed="yes", **once),
    "refuse": lambda once: orders.Decide(outcome="refuse", reasons=REFUSED_FOR, confirmed="yes", **once),
}  # fmt: skip
USE_CASES: dict[str, Callable[..., Awaitable[None]]] = {
    "submit": drafting.submit, "withdraw": drafting.withdraw, "return": desk.return_for_correction,
    "accept": desk.accept, "not-required": desk.not_required, "wrong-authority": desk.wrong_authority,
    "examine": examination.examine, "visit": examination.visit, "pause": examination.pause,
    "extend": examination.extend, "recommend-grant": examination.recommend,
    "recommend-refuse": examination.recommend, "send-back": decision.send_back, "grant": decision.decide,
    "refuse": decision.decide,
}  # fmt: skip


async def order(event: str, case_id: int, actor: Actor, now: datetime = LATER) -> None:
    """Send the form of an event, as the page would that was made a moment ago."""
    await USE_CASES[event](ORDERS[event](await make.once(case_id)), actor=actor, now=now)


async def take(case_id: int, examiner: Actor = EXAMINER, reason: str = "") -> None:
    """Let an examiner become the holder."""
    given = orders.TakeOver(case_id=case_id, version=await make.version(case_id), reason=reason)
    await desk.take_over(given, actor=examiner, now=NOON)


async def judge_all(case_id: int, verdict: str = "in-order") -> None:
    """Judge every material alike."""
    for kind in materials("new"):
        remark = "" if verdict == "in-order" else "看不清，重新扫描。"
        given = {"case_id": case_id, "version": await make.version(case_id), "slot": kind.slot}
        judged = orders.Judge.model_validate({**given, "verdict": verdict, "remark": remark})
        await desk.judge_material(judged, actor=EXAMINER, now=NOON)


async def submitted() -> int:
    """On the desk, held and judged."""
    case_id = await make.a_submitted()
    await take(case_id)
    await judge_all(case_id)
    return case_id


async def after(start: Callable[[], Awaitable[int]], *events: str) -> int:
    """A case that somebody's orders have brought further."""
    case_id = await start()
    for event in events:
        actor = next(BY_ROLE[role] for role, known in WHO.items() if event in known)
        await order(event, case_id, actor, now=NOON)
        if event == "submit":
            await judge_all(case_id)
    return case_id


async def deemed() -> int:
    """Taken on because nobody answered."""
    case_id = await submitted()
    await ticking.lapse(case_id, NOON + timedelta(days=9))
    return case_id


async def issued() -> int:
    """Granted, and the certificates are there."""
    case_id = await make.a_decided()
    await ticking.issued(case_id, LATER)
    return case_id


WHO = {
    "clerk": ("submit", "withdraw"),
    "examiner": ("return", "accept", "not-required", "wrong-authority", "examine", "visit", "pause",
                 "recommend-grant", "recommend-refuse"),
    "approver": ("extend", "send-back", "grant", "refuse"),
}  # fmt: skip
IN: dict[State, Callable[[], Awaitable[int]]] = {
    State.DRAFT: make.a_draft,
    State.SUBMITTED: submitted,
    State.CORRECTION: lambda: after(submitted, "return"),
    State.RESUBMITTED: lambda: after(submitted, "return", "submit"),
    State.NOT_REQUIRED: lambda: after(submitted, "not-required"),
    State.WRONG_AUTHORITY: lambda: after(submitted, "wrong-authority"),
    State.ACCEPTED: lambda: after(submitted, "accept"),
    State.DEEMED: deemed,
    State.EXAMINING: lambda: after(submitted, "accept", "examine"),
    State.FOR_GRANT: lambda: after(submitted, "accept", "examine", "recommend-grant"),
    State.FOR_REFUSAL: lambda: after(submitted, "accept", "examine", "recommend-refuse"),
    State.GRANTED: make.a_decided,
    State.REFUSED: lambda: make.a_decided(outcome="refuse"),
    State.ISSUED: issued,
    State.WITHDRAWN: lambda: after(submitted, "withdraw"),
}  # fmt: skip


async def paper_kinds(case_id: int) -> list[str]:
    """Which papers a case has been promised."""
    return sorted(paper.kind for paper in await documents.papers(f"application:{case_id}"))
