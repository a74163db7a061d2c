"""Which answers stand on a paper, and whether our fonts can print them: said before anything is handed in."""

from collections.abc import Collection
from typing import Any

from portal.documents import service as documents
from portal.kernel.errors import FieldError
from schemas.answers import Answers
from schemas.licensing.sections import SECTIONS

CURE = "核对是不是写错了字；确实是这个字的，先保存草稿，再请审批机关补充字体。"


def unprintable(answers: Answers, prefix: str = "") -> list[FieldError]:
    """Name every answer that a paper prints and our fonts can't: the field, the character, what to do."""
    found: list[FieldError] = []
    for name, field in type(answers).model_fields.items():
        value: Any = getattr(answers, name)
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        if extra.get("is_printed") and (complaint := documents.complaint(value, CURE)):
            found.append(FieldError(f"{prefix}{name}", f"{field.title}：{complaint}"))
        if isinstance(value, tuple):
            for index, row in enumerate(value):
                found.extend(unprintable(row, f"{prefix}{name}-{index}-") if isinstance(row, Answers) else [])
    return found


def in_the_way(
    saved: dict[str, dict[str, Any]], only: Collection[str] | None = None
) -> dict[str, list[FieldError]]:  # fmt: skip
    """Give what can't be printed, by section; `only` are the sections that may be changed now, if not every one."""
    wanted = {name: SECTIONS[name].model_validate(content) for name, content in saved.items()
              if only is None or name in only}  # fmt: skip
    return {name: errors for name, answers in wanted.items() if (errors := unprintable(answers))}
