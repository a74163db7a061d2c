"""The questions of a section as a page shows them, made from the section's schema: one source for form and summary."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from portal.kernel import ids
from portal.kernel.errors import FieldError
from portal.kernel.programmes import ACADEMIC, NON_ACADEMIC, STAGES, subject_words
from portal.licensing.states import PROCEDURES
from schemas.answers import Answers
from schemas.licensing.sections import TITLES
from schemas.messages import model_inside

SUBJECTS = [*NON_ACADEMIC.items(), *((key, f"{words}（学科类）") for key, words in ACADEMIC.items())]
YES_NO = [("yes", "是"), ("no", "否")]
CHOICES: dict[str, list[tuple[str, str]]] = {
    "subject": SUBJECTS,
    "stage": list(STAGES.items()),
    "use": [("commercial", "商业、办公"), ("education", "教育、科研"), ("dwelling", "住宅"),
            ("basement", "地下室或半地下室"), ("other", "其他")],
    "tenure": [("owned", "自有"), ("leased", "租赁")],
    "kind": [("person", "个人"), ("organisation", "单位")],
    "outcome": [("grant", "准予许可"), ("refuse", "不予许可")],
    "ground": list(PROCEDURES.items()),
    "section": [(name, words) for name, words in TITLES.items() if name != "materials"],
}  # fmt: skip
ONE = {"organisers": "第 {} 名举办者", "rooms": "第 {} 间教室", "programmes": "第 {} 个项目",
       "members": "第 {} 名成员", "teachers": "第 {} 名教师",
       "remarks": "第 {} 处"}  # fmt: skip
ADD = {
    "organisers": "再加一名",
    "rooms": "再加一间",
    "programmes": "再加一个",
    "members": "再加一名",
    "teachers": "再加一名",
    "remarks": "再加一处",
}
PARAGRAPHS = {"purpose", "opinion", "reason", "found", "text", "later_reason"}
OURS = {"case_id", "version", "key", "confirmed"}
TELEPHONES = {"telephone", "contact_telephone"}


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what kind of field it is, and its words."""

    name: str
    kind: str
    title: str
    hint: str
    unit: str
    choices: tuple[tuple[str, str], ...]
    inner: tuple["Question", ...] = ()
    one: str = ""
    add: str = ""


def questions(model: type[BaseModel]) -> tuple[Question, ...]:
    """Every question of a section, in the order of its schema."""
    return tuple(_question(name, field) for name, field in model.model_fields.items() if name not in OURS)


def _question(name: str, field: Any) -> Question:
    extra = field.json_schema_extra or {}
    inner = model_inside(field.annotation)
    kind = "rows" if inner is not None else _kind(name, str(field.annotation), extra)
    return Question(
        name=name,
        kind=kind,
        title=str(field.title),
        hint=str(extra.get("hint", "")),
        unit=str(extra.get("unit", "")),
        choices=tuple(YES_NO if kind == "yesno" else CHOICES.get(name, [])),
        inner=questions(inner) if inner is not None else (),
        one=ONE.get(name, ""),
        add=ADD.get(name, ""),
    )


def _kind(name: str, annotation: str, extra: dict[str, Any]) -> str:
    if name == "reasons":
        return "grounds"
    if name in CHOICES:
        return "select" if len(CHOICES[name]) > 5 or name == "stage" else "radios"
    if "'yes'" in annotation:
        return "yesno"
    if "date" in annotation:
        return "day"
    if extra.get("unit"):
        return "number"
    if name in PARAGRAPHS:
        return "paragraph"
    return "telephone" if name in TELEPHONES else "text"


def placed(model: type[BaseModel], errors: Iterable[FieldError]) -> list[FieldError]:
    """A section's errors in the order of its page; those in a list say in which row they are."""
    return [FieldError(error.path, f"{row_of(error.path)}{error.message}")
            for error in sorted(errors, key=lambda error: position(model, error.path))]  # fmt: skip


def position(model: type[BaseModel], path: str) -> tuple[int, ...]:
    """Where on the page a field stands; what belongs to no field comes first."""
    found: list[int] = []
    inner: type[BaseModel] | None = model
    for part in path.split("-"):
        if part.isdigit():
            found.append(int(part))
        elif inner is not None and part in inner.model_fields:
            found.append(list(inner.model_fields).index(part))
            inner = model_inside(inner.model_fields[part].annotation)
    return tuple(found)


def row_of(path: str) -> str:
    """Name the row that a field of a list stands in."""
    name, _, rest = path.partition("-")
    number, _, inner = rest.partition("-")
    return f"{ONE[name].format(int(number) + 1)}：" if name in ONE and number.isdigit() and inner else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its answer in words, for a summary; one row of a list also has its answers one by one."""

    key: str
    value: str
    facts: tuple[tuple[str, str], ...] = ()


def summary(model: type[Answers], saved: dict[str, Any], *, masked: bool = True) -> list[Line]:
    """A section's answers in words; numbers of people are masked."""
    return _lines(questions(model), saved, "", masked=masked)


def _lines(asked: tuple[Question, ...], saved: dict[str, Any], before: str, *, masked: bool) -> list[Line]:
    lines: list[Line] = []
    for question in asked:
        value = saved.get(question.name)
        if question.kind == "rows":
            for index, row in enumerate(value or ()):
                facts = row_facts(question, row, masked=masked)
                lines.append(Line(question.one.format(index + 1), row_words(facts), facts))
            if not value:
                lines.append(Line(f"{before}{question.title}", "未填写"))
        elif not (value in (None, "") and question.name in {"lease_from", "lease_to"}):
            lines.append(Line(f"{before}{question.title}", words(question, value, masked=masked)))
    return lines


def row_facts(question: Question, row: dict[str, Any], *, masked: bool) -> tuple[tuple[str, str], ...]:
    """The answers that were given in one row of a list, each with its question."""
    return tuple(
        (inner.title, words(inner, row.get(inner.name), masked=masked))
        for inner in question.inner
        if row.get(inner.name) not in (None, "")
    )


def row_words(facts: tuple[tuple[str, str], ...]) -> str:
    """One row of a list in a sentence."""
    return "，".join(f"{title} {answer}" for title, answer in facts) or "未填写"


def words(question: Question, value: Any, *, masked: bool) -> str:
    """One answer in words."""
    if value in (None, ""):
        return "未填写"
    text = str(value)
    if question.name == "subject":
        return subject_words(text)
    if question.name == "id_number":
        return ids.masked_id_number(text) if masked else text
    if question.unit == "元":
        return f"{Decimal(text):,} 元"
    chosen = dict(question.choices).get(text)
    return chosen or (f"{text} {question.unit}" if question.unit else text)
