"""What is wrong with a value, said in Chinese: one table by pydantic's kind of error.

A field says its own words beside itself and wins over the table:
`Field(title="建筑面积", json_schema_extra={"says": "填写建筑面积，例如 320"})`, or one sentence for each kind of error:
`json_schema_extra={"says": {"missing": "填写建筑面积，例如 320", "decimal_max_digits": "建筑面积最多写两位小数"}}`.
A validator that raises ValueError with a Chinese sentence is quoted as it stands.
"""

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from portal.kernel.errors import FieldError

GENERAL = "改正{label}"
TABLE: Mapping[str, str] = {
    "missing": "填写{label}",
    "extra_forbidden": "这一页已更新。重新打开后再填写",
    "string_type": "{label}要写成文字",
    "string_too_short": "{label}至少写 {min_length} 个字",
    "string_too_long": "{label}最多写 {max_length} 个字",
    "string_pattern_mismatch": "{label}的格式不对，按提示重新填写",
    "int_parsing": "{label}要写成整数，例如 12",
    "int_type": "{label}要写成整数，例如 12",
    "int_from_float": "{label}要写成整数，例如 12",
    "int_parsing_size": "{label}太大，改小一些",
    "float_parsing": "{label}要写成数字，例如 12.5",
    "float_type": "{label}要写成数字，例如 12.5",
    "finite_number": "{label}要写成数字，例如 12.5",
    "decimal_parsing": "{label}要写成数字，例如 12.5",
    "decimal_type": "{label}要写成数字，例如 12.5",
    "decimal_max_digits": "{label}最多写 {max_digits} 位数字",
    "decimal_max_places": "{label}最多写 {decimal_places} 位小数",
    "decimal_whole_digits": "{label}的整数部分最多 {whole_digits} 位",
    "greater_than": "{label}要大于 {gt}",
    "greater_than_equal": "{label}不能小于 {ge}",
    "less_than": "{label}要小于 {lt}",
    "less_than_equal": "{label}不能大于 {le}",
    "multiple_of": "{label}要是 {multiple_of} 的倍数",
    "bool_parsing": "{label}只能选“是”或“否”",
    "bool_type": "{label}只能选“是”或“否”",
    "literal_error": "选择{label}",
    "enum": "选择{label}",
    "date_from_datetime_parsing": "{label}要填日历上有的日期，例如 2026 年 9 月 1 日",
    "date_parsing": "{label}要填日历上有的日期，例如 2026 年 9 月 1 日",
    "date_type": "{label}要填日历上有的日期，例如 2026 年 9 月 1 日",
    "date_past": "{label}要早于今天",
    "date_future": "{label}要晚于今天",
    "datetime_parsing": "填写存在的日期和时间，例如 2026-09-01 14:00",
    "datetime_from_date_parsing": "填写存在的日期和时间，例如 2026-09-01 14:00",
    "time_parsing": "{label}写成 24 小时制，例如 18:30",
    "too_short": "{label}至少要有 {min_length} 项",
    "too_long": "{label}最多只能有 {max_length} 项",
    "list_type": "{label}要写成列表",
    "tuple_type": "{label}要写成列表",
    "dict_type": "{label}要写成对象",
    "model_type": "{label}要写成对象",
    "model_attributes_type": "{label}要写成对象",
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def in_chinese(failure: ValidationError, model: type[BaseModel], *, separator: str = "-") -> list[FieldError]:
    """Every error of one input: at which field (form names: `rooms-0-area_m2`), and what to do."""
    found: dict[str, FieldError] = {}
    for error in failure.errors(include_url=False, include_input=False):
        location, field = place(model, error["loc"])
        path = separator.join(str(part) for part in location)
        found.setdefault(path or str(error["msg"]), said(error, path, field))
    return list(found.values())


def said(error: Mapping[str, Any], path: str, field: FieldInfo | None) -> FieldError:
    """One error in words: the field's own where it has some, else the table's."""
    kind, context = str(error["type"]), dict(error.get("ctx", {}))
    own = own_words(field, kind)
    if own:
        return FieldError(path, own)
    if kind in {"value_error", "assertion_error"} and CHINESE.search(str(context.get("error", ""))):
        return FieldError(path, str(context["error"]))
    if CHINESE.search(str(error["msg"])):
        return FieldError(path, str(error["msg"]))
    if kind in {"too_long", "too_short"} and context.get("field_type") == "Value":
        kind = f"string_{kind}"  # a text that another step made, counted in letters
    if kind == "missing" and field is not None and is_choice(field.annotation):
        kind = "literal_error"
    label = field.title if field is not None and field.title else "这一项"
    return FieldError(path, TABLE.get(kind, GENERAL).format_map(Words(context, label=label)))


class Words(dict[str, Any]):
    """The values of an error; one that pydantic left out prints as nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def own_words(field: FieldInfo | None, kind: str) -> str:
    """What the field itself says about this kind of error, if anything."""
    if field is None or not isinstance(field.json_schema_extra, dict):
        return ""
    says = field.json_schema_extra.get("says", "")
    return str(says.get(kind, "")) if isinstance(says, dict) else str(says)


def is_choice(annotation: Any) -> bool:
    """The field takes one of a few values, so that it is chosen, not written."""
    if get_origin(annotation) is Literal or annotation is bool:
        return True
    if isinstance(annotation, type):
        return issubclass(annotation, Enum)
    return any(is_choice(part) for part in get_args(annotation) if part is not type(None))


def place(model: type[BaseModel], location: Sequence[int | str]) -> tuple[list[int | str], FieldInfo | None]:
    """Walk from the model to the field that an error names; parts that aren't names or positions are left out."""
    kept: list[int | str] = []
    inner: type[BaseModel] | None = model
    field: FieldInfo | None = None
    for part in location:
        if isinstance(part, int):
            kept.append(part)
        elif inner is not None and part in inner.model_fields:
            field = inner.model_fields[part]
            inner = model_inside(field.annotation)
            kept.append(part)
        elif inner is not None:
            field = None
            kept.append(part)
    return kept, field


def model_inside(annotation: Any) -> type[BaseModel] | None:
    """The model that a field holds, itself or in a list or beside None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in {None, Union} and not get_args(annotation):
        return None
    for part in get_args(annotation):
        found = model_inside(part)
        if found is not None:
            return found
    return None
