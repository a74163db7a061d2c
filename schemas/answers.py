"""Kinds of answers that forms ask for: each may be left blank in a draft, and each says how to mend a wrong one."""

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from portal.kernel import ids

# The planes of rare Han characters: names hold some that are younger than the tables of character kinds.
FIRST_RARE, LAST_RARE = "\U00020000", "\U0003fffd"


class Answers(BaseModel):
    """A form's answers: frozen, and nothing in it that the form doesn't ask."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def blank(value: Any) -> Any:
    """Take an empty answer for no answer, and full-width figures and letters for plain ones."""
    if isinstance(value, str):
        value = value.strip()
        return value or None
    return value


def plain(value: Any) -> Any:
    """Read full-width figures and letters as plain ones."""
    return blank(unicodedata.normalize("NFKC", value)) if isinstance(value, str) else value


def amount(value: Any) -> Any:
    """Read a number as people write it: full-width figures, thousands commas."""
    value = plain(value)
    return value.replace(",", "") if isinstance(value, str) else value


def _id_number(value: str) -> str:
    if value and ids.id_number(value, date.max) is None:
        raise ValueError("身份证号与校验码不符，检查 18 位号码")
    return ids.id_number(value, date.max) or ""


def _credit_code(value: str) -> str:
    if value and ids.credit_code(value) is None:
        raise ValueError("统一社会信用代码与校验码不符，检查 18 位代码")
    return ids.credit_code(value) or ""


def _telephone(value: str) -> str:
    if value and not (7 <= sum(character.isdigit() for character in value) <= 15):
        raise ValueError("填写能打通的电话号码，例如 13800000000")
    return value


def _printable(value: str) -> str:
    for character in value:
        if FIRST_RARE <= character <= LAST_RARE:  # newer than this Python's tables; a paper that can't show it names it
            continue
        if character not in "\n\r\t" and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
            raise ValueError(f"有一个看不见的字符（U+{ord(character):04X}），删去后再试")
    return value


def _empty(value: Any) -> Any:
    return "" if blank(value) is None else value


_Written = Annotated[str, BeforeValidator(_empty), StringConstraints(strip_whitespace=True), AfterValidator(_printable)]
Line = Annotated[_Written, Field(max_length=60)]
Address = Annotated[_Written, Field(max_length=120)]
Paragraph = Annotated[_Written, Field(max_length=2000)]
IdNumber = Annotated[Line, BeforeValidator(lambda value: plain(value) or ""), AfterValidator(_id_number)]
CreditCode = Annotated[Line, BeforeValidator(lambda value: plain(value) or ""), AfterValidator(_credit_code)]
Telephone = Annotated[Line, BeforeValidator(lambda value: plain(value) or ""), AfterValidator(_telephone)]
Day = Annotated[date | None, BeforeValidator(blank)]
# The limits stand on the number, inside: on "a number or nothing" they would be asked of nothing as well, and fail.
Area = Annotated[Annotated[Decimal, Field(ge=0, le=100_000, decimal_places=2)] | None, BeforeValidator(amount)]
Count = Annotated[Annotated[int, Field(ge=0, le=100_000)] | None, BeforeValidator(amount)]
Yuan = Annotated[Annotated[Decimal, Field(ge=0, le=10_000_000_000, decimal_places=2)] | None, BeforeValidator(amount)]
YesNo = Annotated[Literal["yes", "no"] | None, BeforeValidator(blank)]


UNPARSED = ("decimal_parsing", "decimal_type", "int_parsing", "int_type", "int_from_float")


def ask(title: str, missing: str = "", *, default: Any = "", hint: str = "", **more: Any) -> Any:
    """Describe one question: its label, what to do when it is left out (then it must be answered), and a hint.

    A number with its unit typed beside it is refused in the question's own words: the unit stands there already.
    """
    extra = {"missing": missing, "hint": hint, **more}
    if missing and "unit" in more:
        extra["says"] = dict.fromkeys(UNPARSED, f"只写数字，不写单位。{missing}")
    return Field(default=default, title=title, json_schema_extra=extra)
