"""From rows to what the pages of administrators and of articles print. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal.base.actor import Actor
from portal.districts import rules
from portal.districts.present.dated import value_words
from portal.districts.store.days import DayEntry
from portal.districts.store.imports import Plan
from portal.districts.store.schools import School
from portal.kernel.calendar import WorkingCalendar
from portal.kernel.limits import Citation
from portal.kernel.programmes import STAGES
from portal.policy.values import Policy

STAGE_CHOICES = tuple(STAGES.items())
STATE_CHOICES = (("active", "在名单上"), ("closed", "已停用"))
KIND_CHOICES = tuple(rules.KINDS.items())
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that this administrator keeps."""

    words: str
    route: str
    text: str


TASKS: Sequence[tuple[frozenset[str], Task]] = (
    (frozenset({"district-admin"}), Task("学校名单", "admin.schools", "举办者核对、在职教师核对都用这份名单。")),
    (frozenset({"city-admin", "auditor"}), Task("各区县学校名单", "admin.schools", "查看每个区县的学校。")),
    (
        frozenset({"city-admin", "auditor"}),
        Task("区县和审批机关", "admin.districts", "名称、文号、电话、复议机关和法院。"),
    ),
    (
        frozenset({"district-admin", "city-admin"}),
        Task("用户", "accounts.users", "开通账户，调整角色，重置第二步验证。"),
    ),
    (
        frozenset({"district-admin", "city-admin", "auditor"}),
        Task("工作日历", "admin.calendar", "放假和调休的日子。改动后，未办结案件的期限自动重算。"),
    ),
    (
        frozenset({"district-admin", "city-admin", "auditor"}),
        Task("标准和数值", "admin.policy", "面积、年限、收费等数值，每个都有依据和起止日期。"),
    ),
    (
        frozenset({"district-admin", "city-admin", "auditor"}),
        Task("引用的条文", "law.index", "检查结果和文书引用的每一条。"),
    ),
    (frozenset({"city-admin", "auditor"}), Task("操作记录", "admin.audit", "谁在什么时候做了什么；只能看，不能改。")),
)


def tasks(actor: Actor) -> list[Task]:
    """What this administrator keeps."""
    return [task for roles, task in TASKS if actor.role in roles]


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row that are the same."""

    name: str
    kind: str
    first: date
    last: date
    is_own: bool
    cite: str

    @property
    def count(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def spans(calendar: WorkingCalendar, entries: Iterable[DayEntry], year: int) -> list[Span]:
    """A year's holidays and make-up days, days in a row taken together."""
    own = {entry.day: entry for entry in entries}
    special = dict.fromkeys(calendar.holidays, "holiday") | dict.fromkeys(calendar.makeup_days, "makeup")
    special |= {day: "ordinary" for day, entry in own.items() if entry.kind == "ordinary"}
    found: list[Span] = []
    for day in sorted(day for day in special if day.year == year):
        entry = own.get(day)
        name, cite = (entry.name, entry.cite) if entry else ("", "")
        next_one = Span(name, special[day], day, day, entry is not None, cite)
        last = found[-1] if found else None
        if last and (last.kind, last.name, last.cite, last.last) == (
            next_one.kind,
            name,
            cite,
            day - timedelta(days=1),
        ):
            found[-1] = Span(name, last.kind, last.first, day, last.is_own, cite)
        else:
            found.append(next_one)
    return found


def day_values(school: School) -> dict[str, object]:
    """A school's fields for the form that changes it."""
    names = ("name", "code", "credit_code", "premises", "stages", "version")
    return {name: getattr(school, name) for name in names}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a handed-in list would change, row by row, as far as a page shows it."""

    added: int
    changed: int
    same: int
    faults: list[tuple[int, str]]
    rows: list[tuple[str, str, str]]
    more: int


def preview(plan: Plan) -> Preview:
    """What a handed-in list would change."""
    rows = [("新增", given.name, given.code) for given in plan.added]
    rows += [("更新", given.name, given.code) for _, given in plan.changed]
    return Preview(
        len(plan.added), len(plan.changed), len(plan.same), plan.faults[:MOST_SHOWN], rows[:MOST_SHOWN],
        max(len(rows) - MOST_SHOWN, 0),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """An article in one version, with what rests on it."""

    key: str
    label: str
    document: str
    article: str
    number: str
    lines: tuple[str, ...]
    kind: str
    source: str
    since: date
    until: date | None


def article(found: Citation) -> Article:
    """One version of an article; its source begins with what kind of text it is: 原文, 要点, 本系统默认."""
    kind, _, source = found.source.partition("，")
    lines = tuple(part for part in found.text.splitlines() if part.strip())
    return Article(
        found.key, found.label, found.document, found.article, found.number, lines, kind, source, found.since,
        found.until,
    )  # fmt: skip


def documents(policy: Policy, on: date, words: str) -> list[tuple[str, list[Article]]]:
    """The articles in their version of the day by document; those that hold the words, where some are given."""
    keys = dict.fromkeys(citation.key for citation in policy.citations)
    grouped: dict[str, list[Article]] = {}
    for found in (policy.citation(key, on) for key in keys):
        if words in f"{found.label}{found.text}{found.number}":
            grouped.setdefault(found.document, []).append(article(found))
    return list(grouped.items())


def versions(policy: Policy, key: str) -> list[Article]:
    """Every version of an article, the newest first."""
    found = [citation for citation in policy.citations if citation.key == key]
    return [article(citation) for citation in sorted(found, key=lambda citation: citation.since, reverse=True)]


def resting(policy: Policy, key: str, on: date) -> list[tuple[str, str]]:
    """What rests on an article: values and time limits in force on the day."""
    names = dict.fromkeys(row.name for layer in policy.limit_layers for row in layer)
    found = [row for row in (policy.limit(name, on) for name in names) if row is not None and row.cite == key]
    return [(row.title, value_words(row)) for row in found]
