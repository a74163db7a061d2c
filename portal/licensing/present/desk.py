"""A case as the bureau's case page shows it: claims beside evidence, checks, verdicts, and what may be done."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.base.actor import Actor
from portal.licensing.present import fields, tasks
from portal.licensing.service.examination import no_extension
from portal.licensing.service.questions import File
from portal.licensing.states import MOVES, ON_THE_DESK, OWN_CASE, PROPOSED, TAKEN_ON, UNDECIDED, WORDS, State
from portal.policy.citing import Piece, named
from portal.policy.materials import MaterialKind, materials
from portal.policy.reasons import grounds
from schemas.licensing import orders
from schemas.licensing.sections import SECTIONS, TITLES

EVIDENCE = {
    "institution": ("application-report",),
    "organisers": ("organiser-identity",),
    "legal-representative": ("organiser-identity",),
    "principal": ("qualifications",),
    "premises": ("premises-title", "fire-safety"),
    "capital": ("asset-proof", "donation-agreement"),
    "board": ("board-list", "charter"),
    "teachers": ("qualifications",),
}
VERDICTS = [("in-order", "齐全、符合形式"), ("missing", "缺少"), ("defective", "有缺陷，须补正")]


TURN = {
    State.SUBMITTED: "等审查人员决定是否受理。",
    State.RESUBMITTED: "等审查人员决定是否受理。",
    State.CORRECTION: "等申请人补正。补正后回到经办人这里。",
    State.ACCEPTED: "等审查人员审查。",
    State.DEEMED: "等审查人员审查。",
    State.EXAMINING: "等审查人员提出审查意见。",
    State.FOR_GRANT: "等审批人作出决定。",
    State.FOR_REFUSAL: "等审批人作出决定。",
    State.GRANTED: "证书正在制作，做好后申请人可以下载，不用再操作。",
    State.ISSUED: "这件申请已办结。",
}


@dataclass(frozen=True, slots=True)
class Act:
    """Something that may be done with a case: its name in the address, its words, its order."""

    name: str
    title: str
    order: type[orders.Once]
    events: tuple[str, ...]
    lead: str
    tone: str = "secondary"
    has_letter: bool = True


ACTS = {
    act.name: act
    for act in (
        Act("accept", "受理", orders.Accept, ("accept",), "材料齐全、符合法定形式的，应当受理。", "main"),
        Act("return", "一次性告知补正", orders.Return, ("return",), "写全所有要补正的内容；审查为缺少或有缺陷的材料会自动列入。"),
        Act("not-required", "不需要取得许可", orders.NotRequired, ("not-required",), "事项依法不需要取得许可的，即时告知不受理。"),
        Act("wrong-authority", "不属本机关职权", orders.WrongAuthority, ("wrong-authority",), "即时作出不予受理的决定，并告知向有关机关申请。"),
        Act("examine", "开始审查", orders.Examine, ("examine",), "开始后可以记录现场核查、提出审查意见。", "main",
            has_letter=False),
        Act("visit", "记录现场核查", orders.Visit, ("visit",), "现场核查不停止期限计算。保存前先看核查记录；签发后不能修改，可以再记一次。"),
        Act("pause", "特别程序，暂停计算期限", orders.Pause, ("pause",), "只有听证、专家评审、鉴定、检验检测可以不计入期限，所需时间书面告知申请人。起止日都算在内。"),
        Act("recommend", "提出审查意见", orders.Recommend, ("recommend-grant", "recommend-refuse"), "报审批人决定，由另一人决定。提出后不能修改，审批人退回才能再改。",
            "main", has_letter=False),
        Act("extend", "延长承诺期限", orders.Extend, ("extend",), "只能延长一次，理由告知申请人；法定期限不变。"),
        Act("send-back", "退回继续审查", orders.SendBack, ("send-back",), "退回后由经办人继续审查，期限照常计算。写明要补充审查什么。",
            has_letter=False),
        Act("decide", "作出决定", orders.Decide, ("grant", "refuse"), "准予的，同时编定许可证号并制证。不予的，决定书写明理由和救济途径。下一步先看文书，再确认。", "main"),
    )
}  # fmt: skip


def acts(file: File, actor: Actor) -> list[Act]:
    """What this person may do now, by the table of moves; a case is acted on by its holder alone."""
    if actor.role == "examiner" and file.case.examiner_id != actor.account_id:
        return []
    if actor.role == "approver" and actor.account_id in {file.case.examiner_id, file.case.recommended_by}:
        return []
    events = {event for (source, event), move in MOVES.items() if source == file.case.state and move.by == actor.role}
    return [act for act in ACTS.values() if events & set(act.events)]


def refused(file: File, actor: Actor, chosen: Act, today: date) -> str:
    """Why an act's page can't be used now, said before anybody fills it in."""
    if chosen in acts(file, actor):
        running = [clock for clock in file.clocks if clock.ended_on is None]
        return no_extension(running[-1], file.opinions, today) if chosen.order is orders.Extend and running else ""
    if reason := why_not(file, actor):
        return reason
    if can_take_over(file, actor):
        return "这件申请还没有人经办。先返回案件，点“由我经办”。"
    return f"这件申请现在是“{WORDS[file.case.state]}”，不能办这一步。"


def why_not(file: File, actor: Actor) -> str:
    """Why nothing can be done here by this person, where somebody might expect it."""
    if actor.role == "approver" and file.case.state in PROPOSED and not acts(file, actor):
        return OWN_CASE
    if (
        actor.role == "examiner"
        and file.case.state in UNDECIDED
        and file.case.examiner_id not in {None, actor.account_id}
    ):
        return "这件申请由别人经办。要接手，写明原因。"
    return ""


def waiting(file: File, actor: Actor) -> str:
    """Whose turn it is where this person has nothing to do."""
    if can_take_over(file, actor):
        return "先点“由我经办”，再办理。"
    if actor.role not in {"examiner", "approver"}:
        return "由审查人员和审批人办理，你可以查看。" if file.case.state in UNDECIDED else TURN[State.ISSUED]
    return TURN.get(file.case.state, TURN[State.ISSUED])


def proposal(file: File, names: dict[int, str]) -> dict[str, Any] | None:
    """The recommendation that waits for a decision; none before it was made or once it was decided or sent back."""
    if file.case.state not in PROPOSED:
        return None
    return next((one for one in opinions(file, names) if one["title"] == OPINIONS["recommendation"]), None)


def is_judging(file: File, actor: Actor) -> bool:
    """Materials are judged before acceptance; the findings of checks also afterwards."""
    return can_judge(file, actor) and file.case.state in ON_THE_DESK


def unjudged(file: File) -> list["Slot"]:
    """The materials that must be judged before a correction notice can go out."""
    return [slot for slot in slots(file) if not slot.verdict and not slot.kind.optional]


def can_judge(file: File, actor: Actor) -> bool:
    """Materials and findings are judged by the holder before and during the examination."""
    is_open = file.case.state in (*ON_THE_DESK, *TAKEN_ON)
    return is_open and actor.role == "examiner" and file.case.examiner_id == actor.account_id


def can_take_over(file: File, actor: Actor) -> bool:
    """An examiner may become the holder of any undecided case of the district."""
    return actor.role == "examiner" and file.case.state in UNDECIDED and file.case.examiner_id != actor.account_id


@dataclass(frozen=True, slots=True)
class Claim:
    """A section's claims with the evidence beside them."""

    name: str
    title: str
    lines: list[fields.Line]
    evidence: list[dict[str, Any]]


def claims(file: File) -> list[Claim]:
    """Every section with its evidence."""
    return [
        Claim(name, TITLES[name], fields.summary(model, file.sections[name].answers), _evidence(file, name))
        for name, model in SECTIONS.items()
        if name in file.sections
    ]


def _evidence(file: File, section: str) -> list[dict[str, Any]]:
    return [
        {"id": upload.id, "name": upload.name, "pages": upload.pages, "pictures": len(upload.page_files)}
        for upload in file.uploads
        if upload.slot in EVIDENCE.get(section, ())
    ]


@dataclass(frozen=True, slots=True)
class Slot:
    """A material slot with its files and its verdict."""

    kind: MaterialKind
    uploads: list[Any]
    verdict: str
    words: str
    remark: str


def slots(file: File) -> list[Slot]:
    """Every slot of the list, judged or not."""
    words = dict(VERDICTS)
    found = []
    for kind in materials(file.case.kind):
        own = [upload for upload in file.uploads if upload.slot == kind.slot]
        given = file.verdicts.get(f"material:{kind.slot}")
        verdict = given.verdict if given else ""
        found.append(Slot(kind, own, verdict, words.get(verdict, "未审查"), given.remark if given else ""))
    return found


def findings(file: File) -> list[dict[str, Any]]:
    """Every check with the examiner's verdict on it."""
    rows = tasks.findings(file.checks)
    for row in rows:
        given = file.verdicts.get(f"check:{row['rule']}")
        row["judged"] = f"{'成立' if given.verdict == 'holds' else '不成立'}：{given.remark}" if given else None
        row["holds"] = ("yes" if given.verdict == "holds" else "no") if given else ""
        row["remark"] = given.remark if given else ""
    return rows


def tally(file: File) -> dict[str, int]:
    """How many checks fail, can't be judged, and pass."""
    statuses = [check.status for check in file.checks]
    return {
        "failed": statuses.count("failed"),
        "unknown": statuses.count("unjudged"),
        "passed": statuses.count("passed"),
    }


def ground_articles() -> list[tuple[str, dict[str, list[Piece]]]]:
    """Each reason of the list with its article."""
    return [(one.text, {"pieces": named((one.cite,))}) for one in grounds().values()]


def ground_choices() -> list[tuple[str, str]]:
    """The cited list of reasons, told apart by outcome."""
    return [(one.key, f"{'准予' if one.outcome == 'grant' else '不予'}：{one.text}") for one in grounds().values()]


OUTCOMES = {"grant": "准予许可", "refuse": "不予许可", "yes": "与申报一致", "no": "与申报不一致"}
OPINIONS = {
    "visit": "现场核查",
    "recommendation": "审查意见",
    "extension": "延期",
    "send-back": "退回意见",
    "decision": "决定",
}


def visited(facts: dict[str, Any]) -> list[str]:
    """When a site was visited, by whom, who was there, what was measured."""
    hours = "–".join(hour for hour in (facts.get("began"), facts.get("ended")) if hour)
    area = facts.get("floor_area_m2")
    lines = [
        f"核查时间：{facts['visited_on']} {hours}".strip(),
        f"核查人员：{facts['officers']}",
        f"在场人员：{facts['present']}" if facts.get("present") else "",
        f"实测建筑面积：{area} 平方米" if area is not None else "",
    ]
    return [line for line in lines if line]


def opinions(file: File, names: dict[int, str]) -> list[dict[str, Any]]:
    """What officers wrote, the newest first."""
    known = grounds()
    return [
        {"title": OPINIONS[one.kind], "who": names.get(one.by, ""), "at": one.at,
         "outcome": OUTCOMES.get(one.outcome, ""),
         "facts": visited(one.facts) if one.kind == "visit" else [],
         "reasons": [(known[key].text, {"pieces": named((known[key].cite,))}) for key in one.reasons],
         "text": one.text}
        for one in reversed(file.opinions)
    ]  # fmt: skip
