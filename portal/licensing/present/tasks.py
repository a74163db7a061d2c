"""The task list of an application, its next step, and what its checks say, as the applicant reads them."""

from dataclasses import dataclass
from datetime import datetime

from portal.kernel.rule import Outcome
from portal.licensing.service.questions import File
from portal.licensing.states import State
from portal.policy import citing
from portal.policy.materials import materials
from schemas.licensing.sections import TITLES

GROUPS = (
    ("机构与人员", ("institution", "organisers", "legal-representative", "principal", "board", "teachers")),
    ("场所与课程", ("premises", "programmes", "capital")),
)
COUNTED = {
    "organisers": "名举办者",
    "members": "名成员",
    "teachers": "名教师",
    "rooms": "间教室",
    "programmes": "个项目",
}
SAME = "（保存过，但内容和上次提交的一样）"
VERDICTS = {"passed": "passed", "failed": "failed", "unjudged": "unknown"}


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list. What breaks a rule stays to be mended, but is filled in: it may be handed in."""

    name: str
    title: str
    state: str
    hint: str = ""
    is_slot: bool = False
    is_filled: bool = False

    @property
    def may_go(self) -> bool:
        """It doesn't keep the application from being handed in."""
        return self.is_filled or self.state == "done"


def wanted(file: File) -> dict[str, str]:
    """What the last correction notice asks for, with its remarks; nothing outside a correction."""
    if file.case.state != State.CORRECTION:
        return {}
    return {gap.target: gap.remark for gap in file.gaps if gap.round == file.case.round}


def section_task(file: File, name: str) -> Task:
    """How far one section is."""
    remark = wanted(file).get(name, "")
    saved = file.sections.get(name)
    if file.case.state == State.CORRECTION:
        is_fresh = saved is not None and file.case.submitted_at is not None and saved.saved_at > file.case.submitted_at
        is_done = is_fresh and name not in file.lacking_sections and name not in file.unprintable
        is_same = is_done and is_as_handed_in(file, name)
        return Task(name, TITLES[name], "done" if is_done else "wrong", remark + SAME if is_same else remark)
    if saved is None:
        return Task(name, TITLES[name], "todo")
    if name in file.unprintable:
        return Task(name, TITLES[name], "wrong", "有字印不出来，打开看是哪一个")
    if name in file.lacking_sections:
        return Task(name, TITLES[name], "started", counted(saved.answers))
    failed = sum(check.status == "failed" for check in checks_of(file.checks, name))
    if failed:
        return Task(name, TITLES[name], "wrong", f"{failed} 处不符合规定，打开看是哪里", is_filled=True)
    return Task(name, TITLES[name], "done", counted(saved.answers))


def is_as_handed_in(file: File, name: str) -> bool:
    """What is saved of a section is what was handed in last: the notice may not be answered yet."""
    sections = file.submissions.get(max(file.submissions, default=0), {}).get("sections")
    return isinstance(sections, dict) and sections.get(name) == file.sections[name].answers


def counted(answers: dict[str, object]) -> str:
    """How many rows a section's list has, and of what."""
    found = [f"{len(rows)} {COUNTED[name]}" for name, rows in answers.items() if isinstance(rows, list)]
    return "".join(found[:1])


def material_tasks(file: File) -> list[Task]:
    """Each slot with how many files lie in it."""
    remarks = wanted(file)
    tasks = []
    for kind in materials(file.case.kind):
        own = [upload for upload in file.uploads if upload.slot == kind.slot]
        remark = remarks.get(f"material:{kind.slot}", "")
        if remark:
            is_fresh = any(upload.round >= file.case.round for upload in own)
            tasks.append(Task(kind.slot, kind.title, "done" if is_fresh else "wrong", remark, is_slot=True))
        else:
            hint = f"{len(own)} 份" if own else ("没有可不交" if kind.optional else "")
            tasks.append(Task(kind.slot, kind.title, "done" if own else "todo", hint, is_slot=True))
    return tasks


def groups(file: File) -> list[tuple[str, list[Task]]]:
    """The whole list; in a correction only what the notice names."""
    named = wanted(file)
    found = [(title, [section_task(file, name) for name in names]) for title, names in GROUPS]
    found.append(("申请材料", material_tasks(file)))
    if not named:
        return found
    kept = [(title, [task for task in tasks if task.name in named or f"material:{task.name}" in named])
            for title, tasks in found]  # fmt: skip
    return [(title, tasks) for title, tasks in kept if tasks]


def done(file: File) -> tuple[int, int]:
    """How many tasks are done, of how many that must be."""
    optional = {kind.slot for kind in materials(file.case.kind) if kind.optional}
    tasks = [task for _, group in groups(file) for task in group if task.name not in optional]
    return sum(task.state == "done" for task in tasks), len(tasks)


def is_ready(file: File) -> bool:
    """Everything that must be filled in is."""
    optional = {kind.slot for kind in materials(file.case.kind) if kind.optional}
    are_filled = all(task.may_go for _, group in groups(file) for task in group if task.name not in optional)
    return are_filled and not file.lacking_sections and not file.lacking_slots


def in_the_way(file: File) -> list[tuple[str, str, str]]:
    """What can't be printed and may be changed now: the section, its title, the sentence that names the character."""
    open_now = wanted(file) or file.unprintable
    return [(name, TITLES[name], error.message) for name, errors in file.unprintable.items() if name in open_now
            for error in errors]  # fmt: skip


def findings(checks: list[Outcome]) -> list[dict[str, object]]:
    """The checks as the findings list shows them: what fails first, then what nobody could judge."""
    order = {"failed": 0, "unjudged": 1, "passed": 2}
    return [finding(check) for check in sorted(checks, key=lambda check: order[check.status])]


def finding(check: Outcome) -> dict[str, object]:
    """One check: its words name the measured value and the limit; each article is one click away."""
    return {
        "id": f"check-{check.rule}",
        "rule": check.rule,
        "title": check.title,
        "verdict": VERDICTS[check.status],
        "message": "；".join(check.messages),
        "citation": {"pieces": citing.beside(check.citation, check.cites)},
    }


RULES_OF = {
    "institution": ("name-",),
    "organisers": ("organiser", "id-numbers"),
    "legal-representative": ("id-numbers",),
    "principal": ("id-numbers",),
    "premises": ("premises-", "teaching-rooms", "area-per-pupil", "lease"),
    "programmes": ("no-new-academic",),
    "capital": ("capital",),
    "board": ("board-", "charter"),
    "teachers": ("teachers-",),
}


def findings_of(checks: list[Outcome], section: str) -> list[dict[str, object]]:
    """The checks that speak of a section and don't pass."""
    return findings([check for check in checks_of(checks, section) if check.status != "passed"])


def checks_of(checks: list[Outcome], section: str) -> list[Outcome]:
    """The checks that speak of a section."""
    return [check for check in checks if check.rule.startswith(RULES_OF[section])]


def place_of(rule: str) -> str:
    """The section in which a check's cause can be mended; none where it is about the materials."""
    return next((section for section, starts in RULES_OF.items() if rule.startswith(starts)), "")


def saved_at(file: File, section: str) -> datetime | None:
    """When a section was last saved."""
    found = file.sections.get(section)
    return found.saved_at if found else None
