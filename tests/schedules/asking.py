"""Asking the check as the command does: JSON text in, findings out."""

import json
from typing import Any

from portal.kernel.limits import PolicyLike
from portal.kernel.strict_json import loads
from portal.policy import shipped
from portal.schedules import what_if
from schemas import schedules

Key = tuple[str, int | None, str]


def answer(request: dict[str, Any], policy: PolicyLike | None = None) -> dict[str, Any]:
    """Give the whole answer for a request."""
    given = schedules.read(loads(json.dumps(request)), school_required=True)
    return what_if.check(given, policy or shipped.policy())


def keys(findings: list[dict[str, Any]]) -> list[Key]:
    """Give what each finding is about."""
    return [(found["class"], found["meeting"], found["rule"]) for found in findings]


def broken(request: dict[str, Any], policy: PolicyLike | None = None) -> list[str]:
    """Give the ids of the rules that a request breaks."""
    return sorted({found["rule"] for found in answer(request, policy)["findings"]})


def edited(request: dict[str, Any], edits: list[dict[str, Any]]) -> dict[str, Any]:
    """Give the request after the edits of an alternative (JSON Pointer, RFC 6901)."""
    changed: Any = json.loads(json.dumps(request))  # no two places share an object, as in a file
    for edit in edits:
        *parents, last = edit["path"].split("/")[1:]
        target = changed
        for part in parents:
            target = target[int(part)] if isinstance(target, list) else target[part]
        target[int(last) if isinstance(target, list) else last] = edit["value"]
    return changed
