"""A spot-check draw as JSON: the inputs of a plan, of a whole draw, and a published record."""

import re
from collections.abc import Hashable, Iterable, Iterator
from itertools import islice
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from portal.kernel.errors import FieldError, Invalid
from portal.kernel.strict_json import path
from schemas import strict
from schemas.strict import Strict

VERSION = "draw/1"
SHOWN_ERRORS = 100
HEXADECIMAL = "填写 64 位小写十六进制数字"
_HEX_64 = re.compile(r"[0-9a-f]{64}")
_ROW_BREAK = re.compile(r"[\t\n]")
_LINE_BREAK = re.compile("[\n\r\v\f\x85\u2028\u2029]")


def _of_one_row(value: str) -> str:
    if _ROW_BREAK.search(value):
        raise PydanticCustomError("row", "不能含制表符或换行，请删掉")
    return value


def _of_one_line(value: str) -> str:
    if _LINE_BREAK.search(value):
        raise PydanticCustomError("line", "不能含换行，请写成一行")
    return value


def _hexadecimal(value: str) -> str:
    if not _HEX_64.fullmatch(value):
        raise PydanticCustomError("hexadecimal", HEXADECIMAL)
    return value


Identifier = Annotated[str, AfterValidator(_of_one_row)]
Hexadecimal = Annotated[str, AfterValidator(_hexadecimal)]
Entropy = Annotated[str, AfterValidator(_of_one_line)]


class MemberGiven(Strict):
    """One institution that may be drawn, in its stratum."""

    id: Identifier
    stratum: Identifier


class InspectorGiven(Strict):
    """An inspector, and the institutions that a conflict of interest keeps them from."""

    id: Identifier
    conflicts: list[Identifier]


class VisitGiven(Strict):
    """One institution that a published record says was drawn."""

    id: str
    stratum: str
    score: str
    inspectors: list[str]


class PlanGiven(Strict):
    """What is bound before the entropy is known; the nonce itself, or the commitment to it.

    The population stays as it was parsed: a million rows would cost more as models than the whole draw does.
    """

    version: Literal["draw/1"]
    district: str
    period: str
    population: list[Any]
    quotas: dict[Identifier, Annotated[int, Field(ge=0)]]
    inspectors: list[InspectorGiven]
    per_visit: Annotated[int, Field(ge=1)]
    entropy_source: str
    population_sha256: str | None = None
    commitment: str | None = None
    plan_sha256: str | None = None
    nonce: Hexadecimal | None = None

    def members(self) -> list[tuple[str, str]]:
        """Give the population as pairs of id and stratum, which is all that a million rows need."""
        return [(row["id"], row["stratum"]) for row in self.population]


class DrawGiven(PlanGiven):
    """The inputs of a draw; derived values may stand beside them."""

    nonce: Hexadecimal
    public_entropy: Entropy
    seed: str | None = None
    selected: list[VisitGiven] | None = None


class RecordGiven(DrawGiven):
    """A whole record as it was published."""

    population_sha256: str
    commitment: str
    plan_sha256: str
    seed: str
    selected: list[VisitGiven]


Given = TypeVar("Given", bound=PlanGiven)


def read(model: type[Given], value: object) -> Given:
    """Read a draw of that form from JSON, or raise `Invalid` with each place to mend."""
    given = strict.read(model, value)
    strict.refuse(_errors(given))
    return given


def _errors(given: PlanGiven) -> Iterator[FieldError]:
    yield from islice(_member_errors(given.population), SHOWN_ERRORS)
    yield from _twice(((inspector.id, ("inspectors", index, "id")) for index, inspector in enumerate(given.inspectors)))
    for index, inspector in enumerate(given.inspectors):
        yield from _twice((name, ("inspectors", index, "conflicts", at)) for at, name in enumerate(inspector.conflicts))
    if given.nonce is None:
        yield from _commitment_errors(given.commitment)


def _commitment_errors(commitment: str | None) -> Iterator[FieldError]:
    """Name what is no commitment where it stands alone: nothing can show later that it was kept."""
    if commitment is None:
        yield FieldError(path(("nonce",)), "缺少这一项：填写 nonce，或只填写它的 commitment")
    elif not _HEX_64.fullmatch(commitment):
        yield FieldError(path(("commitment",)), HEXADECIMAL)


def _member_errors(rows: list[Any]) -> Iterator[FieldError]:
    """Name each institution that has no id and stratum in one row, or an id that stood before."""
    seen: set[str] = set()
    for index, row in enumerate(rows):
        if not _is_member(row):
            yield from _why_no_member(row, index)
        elif row["id"] in seen:
            yield FieldError(path(("population", index, "id")), "这个编号出现了两次，只保留一个")
        else:
            seen.add(row["id"])


def _is_member(row: object) -> bool:
    if type(row) is not dict:
        return False
    name, stratum = row.get("id"), row.get("stratum")
    if type(name) is not str or type(stratum) is not str:
        return False
    return not ("\t" in name or "\n" in name or "\t" in stratum or "\n" in stratum)


def _why_no_member(row: object, index: int) -> Iterator[FieldError]:
    try:
        strict.read(MemberGiven, row)
    except Invalid as error:
        for each in error.errors:
            yield FieldError(path(("population", index)) + each.path.removeprefix("$"), each.message)


def _twice(ids: Iterable[tuple[Hashable, tuple[str | int, ...]]]) -> Iterator[FieldError]:
    seen: set[Hashable] = set()
    for name, place in ids:
        if name in seen:
            yield FieldError(path(place), "这个编号出现了两次，只保留一个")
        seen.add(name)
