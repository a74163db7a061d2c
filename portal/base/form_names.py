"""The names of a form's fields and the shape of a schema: `rooms-0-area_m2` and `{"rooms": [{"area_m2": …}]}`."""

import re
import types
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, SecretBytes, SecretStr

from schemas.messages import model_inside


def positions(typed: Mapping[str, Sequence[str]], name: str) -> set[int]:
    """Which rows of a list were sent."""
    start = len(name) + 1
    parts = (key[start:].split("-", 1)[0] for key in typed if key.startswith(f"{name}-"))
    return {int(part) for part in parts if re.fullmatch(r"\d{1,4}", part)}


def renumbered(typed: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Close the gaps that empty or removed rows leave: each list counts 0, 1, 2 … in the order sent."""
    filled = {
        prefix for name, values in typed.items() if any(value.strip() for value in values) for prefix in rows_of(name)
    }
    renamed: dict[str, str] = {}
    counts: dict[str, int] = {}
    ordered = sorted(filled, key=lambda row: [int(part) if part.isdigit() else -1 for part in row.split("-")])
    for row in ordered:
        head, _, _ = row.rpartition("-")
        head = renamed_prefix(head, renamed)
        renamed[row] = f"{head}-{counts.get(head, 0)}"
        counts[head] = counts.get(head, 0) + 1
    return {
        renamed_prefix(name, renamed): list(values)
        for name, values in typed.items()
        if all(row in filled for row in rows_of(name))
    }


def rows_of(name: str) -> list[str]:
    """The rows that a name stands in, outermost first: `rooms-0-area_m2` stands in `rooms-0`."""
    parts = name.split("-")
    return ["-".join(parts[: index + 1]) for index in range(1, len(parts)) if parts[index].isdigit()]


def renamed_prefix(name: str, renamed: Mapping[str, str]) -> str:
    """A name with its row's new number."""
    for row in reversed(rows_of(name)):
        if row in renamed:
            return renamed[row] + name[len(row) :]
    return name


def nested(typed: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """`rooms-0-area_m2` as `{"rooms": {"0": {"area_m2": […]}}}`."""
    tree: dict[str, Any] = {}
    for name, values in typed.items():
        *outer, last = name.split("-")
        inner = tree
        for part in outer:
            step = inner.setdefault(part, {})
            inner = step if isinstance(step, dict) else inner.setdefault(name, {})
        inner[last] = list(values)
    return tree


def shaped(model: type[BaseModel], tree: Mapping[str, Any]) -> dict[str, Any]:
    """What the schema can judge: rows as lists, three fields as a day, empty values left out or none."""
    found: dict[str, Any] = {}
    for name, value in tree.items():
        field = model.model_fields.get(name)
        if field is None:
            found[name] = value
            continue
        kinds = kinds_of(field.annotation)
        shape = shaped_value(field.annotation, kinds, value)
        if shape is None and type(None) not in kinds:
            continue
        found[name] = shape
    return found


def shaped_value(annotation: Any, kinds: set[Any], value: Any) -> Any:
    """One field's value, by the kind that the schema asks for."""
    inner = model_inside(annotation)
    is_list = bool(kinds & {list, tuple, set, frozenset, Sequence})
    if inner is not None and isinstance(value, dict):
        if not is_list:
            return shaped(inner, value)
        rows = [row for key, row in value.items() if key.isdigit() and isinstance(row, dict)]
        return [shaped(inner, row) for row in rows] if len(rows) == len(value) else value
    if isinstance(value, dict):
        return one_day(value) if date in kinds else value
    kept = [plain(part, kinds) for part in value]
    kept = [part for part in kept if part != ""]
    if is_list:
        return kept
    return kept[-1] if kept else None


def plain(value: str, kinds: set[Any]) -> str:
    """A value without its outer spaces; figures also without their groups and full width."""
    if kinds & {SecretStr, SecretBytes}:
        return value
    if kinds & {int, float, Decimal, date, datetime}:
        return re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", value))
    return value.strip()


def one_day(parts: Mapping[str, Any]) -> str | None:
    """Year, month and day as one; none where all three are empty."""
    year, month, day = (plain((parts.get(part) or [""])[-1], {int}) for part in ("year", "month", "day"))
    if not (year or month or day):
        return None
    return f"{year:0>4}-{month:0>2}-{day:0>2}"


def kinds_of(annotation: Any) -> set[Any]:
    """The types that a field takes, outermost first, without Annotated and Optional."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return kinds_of(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        return {kind for part in get_args(annotation) for kind in kinds_of(part)}
    if origin is not None and isinstance(origin, type):
        return {Sequence if origin.__name__ == "Sequence" else origin}
    return {annotation}


def flat(values: Mapping[str, Any], before: str = "") -> list[tuple[str, list[str]]]:
    """Known values as the fields' texts: the way back from a schema to its form."""
    found: list[tuple[str, list[str]]] = []
    for name, value in values.items():
        path = f"{before}{name}"
        if isinstance(value, BaseModel):
            found += flat(value.model_dump(), f"{path}-")
        elif isinstance(value, Mapping):
            found += flat(value, f"{path}-")
        elif isinstance(value, (list, tuple)) and any(isinstance(part, (Mapping, BaseModel)) for part in value):
            found += flat({str(index): part for index, part in enumerate(value)}, f"{path}-")
        elif isinstance(value, (list, tuple, set, frozenset)):
            found.append((path, [text_of(part) for part in value]))
        elif isinstance(value, date) and not isinstance(value, datetime):
            found += [(f"{path}-{part}", [str(getattr(value, part))]) for part in ("year", "month", "day")]
        elif value is not None:
            found.append((path, [text_of(value)]))
    return found


def text_of(value: Any) -> str:
    """A value as its field shows it."""
    if isinstance(value, bool):
        return "yes" if value else ""
    return format(value, "f") if isinstance(value, Decimal) else str(getattr(value, "value", value))


def field_at(model: type[BaseModel], path: str) -> Any:
    """The schema's field that a form's name stands for, or None."""
    field, inner = None, model
    for part in path.split("-"):
        if part.isdigit() or part == "":
            continue
        if inner is None or part not in inner.model_fields:
            return field if part in {"year", "month", "day"} else None
        field = inner.model_fields[part]
        inner = model_inside(field.annotation)  # type: ignore[assignment]
    return field


def model_at(model: type[BaseModel], path: str) -> type[BaseModel] | None:
    """The schema of a list's rows."""
    field = field_at(model, path)
    return model_inside(field.annotation) if field is not None else None


def is_day(model: type[BaseModel], path: str) -> bool:
    """The field is a day, shown as three."""
    field = field_at(model, path)
    return field is not None and date in kinds_of(field.annotation)


def is_secret(model: type[BaseModel], name: str) -> bool:
    """What must never be printed again."""
    field = field_at(model, name)
    return field is None or bool(kinds_of(field.annotation) & {SecretStr, SecretBytes})


def title(model: type[BaseModel], name: str) -> str:
    """The field's title, with the row's number where it stands in a list."""
    field = field_at(model, name)
    words = field.title if field is not None and field.title else name
    numbers = [int(part) + 1 for part in name.split("-") if part.isdigit()]
    return f"{words}（第 {numbers[-1]} 行）" if numbers else words
