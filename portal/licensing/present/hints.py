"""What the limits in force ask of a question, said beside it: a person fills in with the rule before their eyes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from portal.kernel.limits import Limit
from portal.licensing.present.fields import Question
from portal.licensing.rules.people import EXPERIENCED_YEARS
from portal.policy.values import Policy

EXPERIENCED = f"其中不少于 {{}} 有 {EXPERIENCED_YEARS} 年以上教育教学经验。"
SAYS = {
    "floor_area_m2": (("premises-area-m2",), "不少于 {} 平方米。"),
    "floors": (("premises-floors-most",), "最多 {} 层。"),
    "capacity": (("area-per-student-m2",), "教室面积合计除以人数，不少于 {} 平方米。"),
    "rooms": (("teaching-area-share",), "教室面积合计不少于建筑面积的 {}。"),
    "lease_to": (("lease-years",), "自有场所不填。从提交那天起，还要租满 {} 年。"),
    "amount_yuan": (("start-up-capital-fen",), "不少于 {} 元。"),
    "organisers": (("organisers-most",), "最多 {} 名。"),
    "members": (("board-members-least", "board-experienced-share"), f"不少于 {{}} 人，{EXPERIENCED}"),
    "teachers": (("teachers-least",), "不少于 {} 人，每个培训项目都要有教师。"),
}


def with_limits(questions: Iterable[Question], policy: Policy, on: date) -> list[Question]:
    """The questions of a section, each with its limit of the day behind its own hint."""
    return [replace(one, hint=f"{one.hint}{limit_of(one.name, policy, on)}") for one in questions]


def limit_of(name: str, policy: Policy, on: date) -> str:
    """A question's limits in words; nothing where the bureau sets none."""
    names, words = SAYS.get(name, ((), ""))
    limits = [policy.limit(limit, on) for limit in names]
    return words.format(*(amount(one) for one in limits if one)) if all(limits) else ""


def amount(limit: Limit) -> str:
    """A limit's value as people write it: money in yuan."""
    return f"{int(str(limit.value)) // 100:,}" if limit.unit == "fen" else str(limit.value)
