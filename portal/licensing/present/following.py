"""The timeline and the clock of a case, the same for both sides."""

from dataclasses import dataclass, replace
from datetime import date

from portal.base.templating import day
from portal.documents.service import Paper
from portal.kernel.calendar import WorkingCalendar
from portal.licensing.service.questions import File
from portal.licensing.states import ENDED, OFFICES, PROCEDURES, WORDS, State
from portal.licensing.store.clocks import Running
from portal.licensing.store.record import Happening
from portal.policy import citing

SAID = {
    "submit": "提交申请",
    "return": "发出一次性补正告知书",
    "accept": "受理",
    "lapse": "逾期没有告知，从收到申请之日起视为受理",
    "not-required": "告知不需要取得许可",
    "wrong-authority": "告知不属本机关职权范围",
    "take-over": "确定经办人",
    "examine": "开始审查",
    "visit": "现场核查",
    "pause": "开始特别程序，期限暂停计算",
    "extend": "延长承诺期限",
    "recommend-grant": "审查完毕，报请决定",
    "recommend-refuse": "审查完毕，报请决定",
    "send-back": "退回继续审查",
    "grant": "准予许可",
    "refuse": "不予许可",
    "issue": "办学许可证制作完成",
    "withdraw": "撤回申请",
    "assign": "调整经办人",
}
NEXT = {
    State.SUBMITTED: ("决定是否受理；缺什么会一次性告知", "审批机关"),
    State.RESUBMITTED: ("决定是否受理", "审批机关"),
    State.CORRECTION: ("按补正告知书补齐后重新提交", "你"),
    State.ACCEPTED: ("审查材料，必要时到现场核查", "审批机关"),
    State.DEEMED: ("审查材料，必要时到现场核查", "审批机关"),
    State.EXAMINING: ("审查材料，必要时到现场核查", "审批机关"),
    State.FOR_GRANT: ("作出决定", "审批机关"),
    State.FOR_REFUSAL: ("作出决定", "审批机关"),
    State.GRANTED: ("制作并送达办学许可证", "审批机关"),
}
TONES = {
    State.DRAFT: "neutral",
    State.CORRECTION: "warning",
    State.NOT_REQUIRED: "stop",
    State.WRONG_AUTHORITY: "stop",
    State.GRANTED: "good",
    State.ISSUED: "good",
    State.REFUSED: "stop",
    State.WITHDRAWN: "neutral",
}
SAID_AGAIN = {"submit": "补正后重新提交"}
DUE = {"correction-notice": "最迟受理或告知补正", "decide": "最迟作出决定", "deliver": "最迟送达证书"}
# What the law makes of a limit that has passed: a new licence is never granted or refused by the clock.
OVERDUE = {
    "correction-notice": "逾期没有告知的，自收到申请之日起视为受理。",
    "decide": "超期不等于准予，也不等于不予，仍要作出决定。",
    "deliver": "决定已经生效，证书仍要送达。",
}
# What the bureau does among itself is no business of the applicant's until it is decided.
INNER = {"take-over", "assign", "recommend-grant", "recommend-refuse", "send-back"}


def state(of: State) -> dict[str, str]:
    """A state's words and tone."""
    return {"words": WORDS[of], "tone": TONES.get(of, "progress")}


@dataclass(frozen=True, slots=True)
class ClockView:
    """The limit that runs: for what, until when, how many working days are left, what stops it."""

    label: str
    due: date
    left: str
    is_overdue: bool
    paused: str
    code: str
    promised: date | None
    promised_left: str
    meaning: str
    is_provisional: bool


def clock(file: File, today: date, days: WorkingCalendar) -> ClockView | None:
    """The limit that runs now, if one does."""
    running = [one for one in file.clocks if one.ended_on is None]
    if not running or file.case.state in ENDED:
        return None
    return view(running[-1], today, days)


def view(running: Running, today: date, days: WorkingCalendar) -> ClockView:
    """One limit as pages show it: how many days are left; once it has ended, when it did."""
    if running.ended_on is not None:
        return plain(
            running, f"这一步已在 {day(running.ended_on)}办完{late_by(running.ended_on, running.due_on, days)}"
        )
    is_late = today > running.due_on
    stopped = next((f"{PROCEDURES[ground]}期间暂停计时，到 {day(pause.last)}" for ground, pause in running.pauses
                    if pause.first <= today <= pause.last), "")  # fmt: skip
    return replace(
        plain(running, left(today, running.due_on, days)),
        is_overdue=is_late,
        paused=stopped,
        promised=running.promised_on,
        promised_left=left(today, running.promised_on, days, passed="已过") if running.promised_on else "",
        meaning=OVERDUE.get(running.step, "") if is_late else "",
    )


def plain(running: Running, words: str) -> ClockView:
    """A limit with these words beside its day, and nothing that runs or presses."""
    return ClockView(
        label=DUE.get(running.step, "最迟"), due=running.due_on, left=words, is_overdue=False, paused="",
        code=running.code, promised=None, promised_left="", meaning="", is_provisional=running.is_provisional,
    )  # fmt: skip


def late_by(ended_on: date, due: date, days: WorkingCalendar) -> str:
    """By how much a step that has ended was late, if it was."""
    return f"，{left(ended_on, due, days, passed='超期')}" if ended_on > due else ""


def left(today: date, due: date, days: WorkingCalendar, *, passed: str = "已超期") -> str:
    """How many working days are left, today not counted; or by how many the day has passed."""
    if today == due:
        return "今天到期"
    first, last = sorted((today, due))
    span = (date.fromordinal(day) for day in range(first.toordinal() + 1, last.toordinal() + 1))
    count = sum(days.is_working(day) for day in span)
    if today > due:
        return f"{passed} {count} 个工作日" if count else passed
    return f"还有 {count} 个工作日"


def timeline(file: File, names: dict[int, str], *, for_bureau: bool) -> list[dict[str, object]]:
    """What happened, what runs now, what comes."""
    done: list[dict[str, object]] = [
        {
            "what": SAID_AGAIN.get(one.event, SAID[one.event]) if is_repeated(file, one) else SAID[one.event],
            "when": "done",
            "who": who(one.role, one.account_id, names, for_bureau=for_bureau),
            "at": one.happened,
            "by": None,
            "text": one.note,
            "links": [],
        }
        for one in file.events
        if for_bureau or one.event not in INNER
    ]
    if file.case.state in NEXT:
        what, by_whom = NEXT[file.case.state]
        now: dict[str, object] = {
            "what": what,
            "when": "now",
            "who": by_whom,
            "at": None,
            "by": file.case.due_on,
            "text": "",
            "links": [],
        }
        return [*done, now]
    return done


def is_repeated(file: File, one: Happening) -> bool:
    """The same happened to this case before."""
    return next(event for event in file.events if event.event == one.event) is not one


def who(role: str, account_id: int | None, names: dict[int, str], *, for_bureau: bool) -> str:
    """Who did it: colleagues see names, applicants see offices."""
    name = names.get(account_id, "") if account_id is not None and for_bureau else ""
    return f"{OFFICES[role]} {name}".strip()


PAPER_STATES = {"promised": "正在制作", "made": "可以下载", "stopped": "暂时没有做成，审批机关会处理"}
MAY_RETRY = frozenset({"examiner", "approver", "district-admin", "city-admin"})


def papers(found: list[Paper], reader: str = "clerk") -> list[dict[str, object]]:
    """The papers of a case, the newest first; why one stopped and what to mend is for the bureau."""
    return [
        {"id": paper.id, "title": paper.title, "number": paper.number, "at": paper.decided_at,
         "is_made": paper.state == "made",
         "words": PAPER_STATES[paper.state] if reader == "clerk" else paper.stopped_reason or PAPER_STATES[paper.state],
         "cites": {"pieces": citing.named(paper.cites)},
         "may_retry": paper.state == "stopped" and reader in MAY_RETRY}
        for paper in reversed(found)
    ]  # fmt: skip


def stopped_papers(found: list[Paper]) -> str:
    """Names the papers that can't be made until somebody mends the cause."""
    return "、".join(paper.title for paper in found if paper.state == "stopped")
