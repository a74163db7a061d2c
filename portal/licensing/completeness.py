"""Which answers an application still lacks: the questions of each section that must be answered, and the slots."""

from collections.abc import Iterable
from typing import Any

from portal.kernel.errors import FieldError
from portal.policy.materials import materials
from schemas.answers import Answers
from schemas.licensing.sections import SECTIONS


def gaps(answers: Answers, prefix: str = "") -> list[FieldError]:
    """Name every question of a section (and of its rows) that must be answered and isn't."""
    found: list[FieldError] = []
    for name, field in type(answers).model_fields.items():
        value: Any = getattr(answers, name)
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        missing = str(extra.get("missing", ""))
        if missing and value in (None, "", ()):
            found.append(FieldError(f"{prefix}{name}", missing))
        if isinstance(value, tuple):
            for index, row in enumerate(value):
                found.extend(gaps(row, f"{prefix}{name}-{index}-") if isinstance(row, Answers) else [])
    return found + _dependent(answers, prefix)


def _dependent(answers: Answers, prefix: str) -> list[FieldError]:
    """Questions that must be answered only because of another answer."""
    asked = answers.model_dump()
    if asked.get("kind") == "person" and not asked.get("id_number"):
        return [FieldError(f"{prefix}id_number", "填写举办者的 18 位身份证号")]
    if asked.get("kind") == "organisation" and not asked.get("credit_code"):
        return [FieldError(f"{prefix}credit_code", "填写单位的 18 位统一社会信用代码")]
    if asked.get("tenure") == "leased":
        wanted = {"lease_from": "填写租赁起始日", "lease_to": "填写租赁截止日"}
        return [FieldError(f"{prefix}{name}", words) for name, words in wanted.items() if not asked.get(name)]
    return []


def sections_lacking(saved: dict[str, dict[str, Any]]) -> list[str]:
    """Name the sections that are not saved, or saved with gaps."""
    return [name for name, model in SECTIONS.items() if name not in saved or gaps(model.model_validate(saved[name]))]


def slots_lacking(kind: str, filled: Iterable[str]) -> list[str]:
    """Name the slots that must be filled and are empty."""
    there = set(filled)
    return [slot.slot for slot in materials(kind) if not slot.optional and slot.slot not in there]
