"""Strict building blocks for what comes in as JSON: days, clock times, numbers, words; errors in Chinese with a path.

An integer is a JSON integer (`true`, `"3"`, `3.0` are none), a day is `YYYY-MM-DD` alone, a clock time `HH:MM` alone.
"""

import re
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from portal.kernel.errors import FieldError, Invalid
from portal.kernel.strict_json import path

CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"
_CLOCK = re.compile(CLOCK)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHOWN = 40
_OF_A_KEY = "[key]"  # how pydantic ends the place of what is wrong with a key itself

_MESSAGES = {
    "missing": "缺少这一项，请补上",
    "int_type": "填写整数，例如 3",
    "string_type": "填写文字，用引号括起来",
    "bool_type": "填写 true 或 false",
    "list_type": "填写列表，用方括号括起来",
    "model_type": "填写对象，用花括号括起来",
    "dict_type": "填写对象，用花括号括起来",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "literal_error": "只能是 {expected} 之一",
    "string_too_long": "超过 {max_length} 个字，请缩短",
    "too_short": "至少要有 {min_length} 项",
    "too_long": "最多 {max_length} 项",
}
# Days, times, counts and fixed words are shown as given; free text may be personal data and is not.
_ECHOED = {"day", "clock", "int_type", "literal_error", "greater_than_equal", "less_than_equal"}


class Strict(BaseModel):
    """A JSON object whose values keep their JSON types; keys that it doesn't know are left aside."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", populate_by_name=False)


def _day(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("day", "没有这一天，请检查年月日") from None
    raise PydanticCustomError("day", "填写日期，例如 2026-09-01")


def _clock(value: object) -> time:
    if isinstance(value, str) and _CLOCK.fullmatch(value):
        return time.fromisoformat(value)
    raise PydanticCustomError("clock", "填写 00:00 到 23:59 的半角时间，例如 08:30")


def _number(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    raise PydanticCustomError("number", "填写数字，例如 70.5")


def _not_negative(value: Decimal) -> Decimal:
    if value < 0:
        raise PydanticCustomError("negative", "不能小于 0")
    return value


def _not_blank(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("blank", "不能是空白，请填写内容")
    return value


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Clock = Annotated[time, BeforeValidator(_clock), WithJsonSchema({"type": "string", "pattern": f"^{CLOCK}$"})]
Number = Annotated[
    Decimal, BeforeValidator(_number), AfterValidator(_not_negative), WithJsonSchema({"type": "number", "minimum": 0})
]
Word = Annotated[str, AfterValidator(_not_blank), WithJsonSchema({"type": "string", "pattern": r"\S"})]

Model = TypeVar("Model", bound=Strict)


def read(model: type[Model], value: object) -> Model:
    """Make a model of a JSON value, or raise `Invalid` with every place that is not of its form."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise Invalid([_said(each) for each in error.errors(include_url=False, include_context=True)]) from None


def refuse(errors: Iterable[FieldError]) -> None:
    """Raise `Invalid` when there is anything to mend."""
    found = list(errors)
    if found:
        raise Invalid(found)


def _said(error: ErrorDetails) -> FieldError:
    context: dict[str, Any] = dict(error.get("ctx", {}))
    if "expected" in context:
        context["expected"] = context["expected"].replace("' or '", "'、'").replace("', '", "'、'")
    message = _MESSAGES[error["type"]].format(**context) if error["type"] in _MESSAGES else error["msg"]
    if error["type"] in _ECHOED:
        message += f"（现在是 {_shown(error['input'])}）"
    place = error["loc"][:-1] if error["loc"][-1:] == (_OF_A_KEY,) else error["loc"]
    return FieldError(path(place), message)


def _shown(value: object) -> str:
    """Show what was given, shortened, so that a person finds it in the file."""
    if isinstance(value, list | dict):
        return "列表" if isinstance(value, list) else "对象"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    written = f"“{value}”" if isinstance(value, str) else str(value)
    return written if len(written) <= _SHOWN else written[:_SHOWN] + "…"
