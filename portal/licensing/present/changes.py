"""What a resubmission changed, question by question: both sides read the same list."""

from typing import Any

from portal.licensing.present.fields import summary
from portal.policy.materials import materials
from schemas.licensing.sections import SECTIONS, TITLES


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
    """Every answer and material that differs between two submissions."""
    found: list[dict[str, str]] = []
    for name, model in SECTIONS.items():
        old = {line.key: line.value for line in summary(model, before["sections"].get(name, {}))}
        new = {line.key: line.value for line in summary(model, after["sections"].get(name, {}))}
        found += [
            {"key": f"{TITLES[name]}：{key}", "before": old.get(key, "没有"), "after": new.get(key, "没有")}
            for key in dict.fromkeys([*old, *new])
            if old.get(key) != new.get(key)
        ]
    return found + _materials(before["materials"], after["materials"])


def _materials(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[dict[str, str]]:
    found = []
    for kind in materials("new"):
        old = [row for row in before if row["slot"] == kind.slot]
        new = [row for row in after if row["slot"] == kind.slot]
        if [row["file"] for row in old] != [row["file"] for row in new]:
            names = ["、".join(row["name"] for row in rows) or "没有" for rows in (old, new)]
            found.append({"key": f"材料：{kind.title}", "before": names[0], "after": names[1]})
    return found


def latest(submissions: dict[int, dict[str, Any]]) -> list[dict[str, str]]:
    """What the last submission changed against the one before; nothing after a single one."""
    rounds = sorted(submissions)
    return changes(submissions[rounds[-2]], submissions[rounds[-1]]) if len(rounds) > 1 else []
