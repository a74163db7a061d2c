"""The life of an application: one table of moves. A move that is no row doesn't exist.

Limits named here are steps of policy/deadlines.toml; papers are kinds of portal/documents.
"""

from dataclasses import dataclass
from enum import StrEnum

from portal.kernel.errors import NotAllowed


class State(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CORRECTION = "correction-requested"
    RESUBMITTED = "resubmitted"
    NOT_REQUIRED = "not-required"
    WRONG_AUTHORITY = "wrong-authority"
    ACCEPTED = "accepted"
    DEEMED = "deemed-accepted"
    EXAMINING = "examining"
    FOR_GRANT = "recommended-grant"
    FOR_REFUSAL = "recommended-refuse"
    GRANTED = "granted"
    REFUSED = "refused"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Move:
    """From a state, by an event of a role, to a state; the clock that starts and the paper that is issued."""

    source: State
    event: str
    target: State
    by: str
    clock: str = ""
    issues: tuple[str, ...] = ()


S = State
ON_THE_DESK = (S.SUBMITTED, S.RESUBMITTED)
TAKEN_ON = (S.ACCEPTED, S.DEEMED, S.EXAMINING)
PROPOSED = (S.FOR_GRANT, S.FOR_REFUSAL)
UNDECIDED = (S.SUBMITTED, S.CORRECTION, S.RESUBMITTED, *TAKEN_ON, *PROPOSED)
ENDED = (S.NOT_REQUIRED, S.WRONG_AUTHORITY, S.REFUSED, S.ISSUED, S.WITHDRAWN)

_ROWS = (
    Move(S.DRAFT, "submit", S.SUBMITTED, by="clerk", clock="correction-notice", issues=("receipt",)),
    Move(S.CORRECTION, "submit", S.RESUBMITTED, by="clerk", clock="correction-notice", issues=("receipt",)),
    *(Move(s, "return", S.CORRECTION, by="examiner", issues=("correction",)) for s in ON_THE_DESK),
    *(Move(s, "accept", S.ACCEPTED, by="examiner", clock="decide", issues=("acceptance",)) for s in ON_THE_DESK),
    *(Move(s, "lapse", S.DEEMED, by="clock", clock="decide", issues=("acceptance",)) for s in ON_THE_DESK),
    *(Move(s, "not-required", S.NOT_REQUIRED, by="examiner", issues=("not-required",)) for s in ON_THE_DESK),
    *(Move(s, "wrong-authority", S.WRONG_AUTHORITY, by="examiner", issues=("wrong-authority",)) for s in ON_THE_DESK),
    Move(S.ACCEPTED, "examine", S.EXAMINING, by="examiner"),
    Move(S.DEEMED, "examine", S.EXAMINING, by="examiner"),
    Move(S.EXAMINING, "visit", S.EXAMINING, by="examiner", issues=("site-visit",)),
    Move(S.EXAMINING, "pause", S.EXAMINING, by="examiner", issues=("special-procedure",)),
    Move(S.EXAMINING, "extend", S.EXAMINING, by="approver", issues=("extension",)),
    Move(S.EXAMINING, "recommend-grant", S.FOR_GRANT, by="examiner"),
    Move(S.EXAMINING, "recommend-refuse", S.FOR_REFUSAL, by="examiner"),
    *(Move(s, "send-back", S.EXAMINING, by="approver") for s in PROPOSED),
    *(
        Move(s, "grant", S.GRANTED, by="approver", clock="deliver", issues=("grant", "certificate", "duplicate"))
        for s in PROPOSED
    ),
    *(Move(s, "refuse", S.REFUSED, by="approver", issues=("refusal",)) for s in PROPOSED),
    Move(S.GRANTED, "issue", S.ISSUED, by="clock"),
    *(Move(s, "withdraw", S.WITHDRAWN, by="clerk", issues=("withdrawal",)) for s in UNDECIDED),
)
MOVES: dict[tuple[State, str], Move] = {(row.source, row.event): row for row in _ROWS}
EVENTS = tuple(dict.fromkeys(row.event for row in _ROWS))
ROLES = ("clerk", "examiner", "approver", "clock")

WORDS = {
    S.DRAFT: "填写中",
    S.SUBMITTED: "待受理",
    S.CORRECTION: "待补正",
    S.RESUBMITTED: "已补正，待受理",
    S.NOT_REQUIRED: "不需要许可",
    S.WRONG_AUTHORITY: "不属本机关职权",
    S.ACCEPTED: "已受理",
    S.DEEMED: "视为受理",
    S.EXAMINING: "审查中",
    S.FOR_GRANT: "拟准予，待决定",
    S.FOR_REFUSAL: "拟不予，待决定",
    S.GRANTED: "准予许可，制证中",
    S.REFUSED: "不予许可",
    S.ISSUED: "已发证",
    S.WITHDRAWN: "已撤回",
}

OFFICES = {
    "clerk": "申请人",
    "examiner": "审查人员",
    "approver": "审批人",
    "clock": "系统",
    "district-admin": "区县管理员",
}

# The special procedures for which a limit stands still, and no other reason (行政许可法 45).
PROCEDURES = {"hearing": "听证", "expert-review": "专家评审", "appraisal": "鉴定", "testing": "检验、检测"}

OWN_CASE = (
    "这件申请由你审查过，不能由你决定：审查和决定要由两个人。它也在另一位审批人的“待我办”里；"
    "没有另一位时，请区县管理员开通账户。"
)


def move(state: str, event: str, role: str) -> Move:
    """Give the row for an event, or refuse it in the words of the state."""
    found = MOVES.get((State(state), event))
    if found is None or found.by != role:
        raise NotAllowed(f"这件申请现在是“{WORDS[State(state)]}”，不能这样办理。请刷新页面，查看最新进度。")
    return found
