"""Every group of rules, for the page and for the generated document: both list the same."""

from datetime import date

from portal.advertising import service as advertising
from portal.figures.present import Group, of_categories, of_rules
from portal.licensing.service import questions as licensing
from portal.policy.values import Policy
from portal.schedules import service as schedules
from portal.teachers import service as teachers


def groups(policy: Policy, today: date) -> list[Group]:
    """List every rule by what it is about, with the values of the day."""
    return [
        Group("classes", "课程安排", of_rules(schedules.every_rule(), policy, today)),
        Group("teachers", "教师聘用", of_rules(teachers.every_rule(), policy, today)),
        Group("licences", "办学许可", of_rules(licensing.every_rule(), policy, today)),
        Group("advertisements", "通告广告", of_categories(advertising.categories(), policy, today)),
    ]


def document(policy: Policy, today: date) -> str:
    """Write the list as the document `docs/rules.md`."""
    lines = ["# 规则一览", "", "由 `python tools/make_rules_document.py` 生成，数值为随平台发布的默认值。", ""]
    for group in groups(policy, today):
        lines += [f"## {group.words}", "", "| 规则 | 内容 | 依据 | 数值 | 起始 | 规则包 |", "|---|---|---|---|---|---|"]
        for one in group.rules:
            cites = "；".join(label for _, label in one.articles)
            values = "；".join(f"{title} {value}" for title, value in one.limits) or "无"
            until = f" 至 {one.until}" if one.until else ""
            pack = one.pack if one.is_on else f"{one.pack}（未启用）"
            lines.append(f"| `{one.id}` | {one.title} | {cites} | {values} | {one.since}{until} | {pack} |")
        lines.append("")
    return "\n".join(lines)
