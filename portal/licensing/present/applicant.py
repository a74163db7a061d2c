"""What an applicant is told of their case: never the bureau's inner steps, always what an outcome means for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.licensing.present import following
from portal.licensing.service.questions import File
from portal.licensing.states import ENDED, PROPOSED, State
from portal.licensing.store.cases import Case
from portal.licensing.store.record import Told
from schemas.documents import Remedies

# What was proposed is the bureau's own affair until it is decided: the applicant sees that the examination is over.
EXAMINED = {"words": "审查完毕，待决定", "tone": "progress"}
APPEALABLE = frozenset({State.NOT_REQUIRED, State.WRONG_AUTHORITY, State.REFUSED})
REMEDY_ARTICLES = ("review-law-20", "litigation-law-46")
MAY_BEGIN_AGAIN = frozenset({State.WRONG_AUTHORITY, State.REFUSED, State.WITHDRAWN})
OWN_TURN = {State.DRAFT: "你填完后提交", State.CORRECTION: "你补正后重新提交"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case ended, in a sentence, and the papers that belong to it, the first to be read first."""

    title: str
    text: str
    tone: str
    kinds: tuple[str, ...]


OUTCOMES = {
    State.NOT_REQUIRED: Outcome(
        "这件事不需要办学许可", "审批机关没有受理，理由写在决定书里。", "note", ("not-required",)
    ),
    State.WRONG_AUTHORITY: Outcome(
        "这件事不归这个机关办", "审批机关没有受理。应当向哪个机关申请，写在决定书里。", "note", ("wrong-authority",)
    ),
    State.REFUSED: Outcome(
        "没有准予许可", "理由和依据写在决定书里。原因消除后，可以重新申请。", "warning", ("refusal",)
    ),
    State.GRANTED: Outcome(
        "已准予许可", "办学许可证正在制作，做好后在这一页下载。你现在不用做什么。", "done", ("grant",)
    ),
    State.ISSUED: Outcome(
        "办学许可证已做好", "下载正本和副本。别人可以用证上的核验码查真伪。", "done", ("certificate", "duplicate")
    ),
    State.WITHDRAWN: Outcome("申请已撤回", "审批机关不再办理。要办证，重新申请。", "note", ("withdrawal",)),
}


def state(of: State) -> dict[str, str]:
    """A state's words and tone, as the applicant may know them."""
    return EXAMINED if of in PROPOSED else following.state(of)


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is, and until when."""

    words: str
    due: date | None = None


def turn(case: Case, today: date) -> Turn:
    """Who has to do something now, for the list of one's own applications."""
    if case.state in OWN_TURN:
        return Turn(OWN_TURN[case.state])
    if case.state in ENDED:
        return Turn("已办结")
    is_late = case.due_on is not None and case.due_on < today
    if case.state == State.GRANTED and not is_late:
        return Turn("审批机关，正在制作证书")
    return Turn("审批机关，已超过期限" if is_late else "审批机关，最迟", case.due_on)


def outcome(file: File) -> dict[str, object] | None:
    """How the case ended, with the papers to download; nothing while it runs."""
    found = OUTCOMES.get(file.case.state)
    if found is None:
        return None
    made = {paper.kind: paper for paper in file.papers if paper.state == "made"}
    return {
        "title": found.title,
        "text": found.text,
        "tone": found.tone,
        "papers": [made[kind] for kind in found.kinds if kind in made],
        "may_begin_again": file.case.state in MAY_BEGIN_AGAIN,
    }


def current(told: Sequence[Told], cases: Sequence[Case]) -> list[Told]:
    """The notices that still tell something: those of a step that a case has since left are over."""
    moved = {case.id: case.updated for case in cases}
    return [one for one in told if one.happened >= moved[one.application_id]]


def remedies(of: State, given: Remedies) -> Remedies | None:
    """Where to appeal, where there is something to appeal against."""
    return given if of in APPEALABLE else None
