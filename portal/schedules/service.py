"""What pages, the API and other features ask about schedules; nothing here is stored."""

import asyncio
from dataclasses import dataclass
from typing import Any

from portal.districts import service as districts
from portal.kernel import strict_json
from portal.kernel.errors import FieldError, Invalid
from portal.kernel.rule import Rule
from portal.kernel.strict_json import NotJson
from portal.schedules import rules as every
from portal.schedules import schools, what_if
from portal.schedules.facts import School, Stretch
from portal.schedules.reading import school as of_request
from schemas import schedules
from schemas.schedules import ScheduleRequest

MOST_ERRORS = 100


@dataclass(frozen=True, slots=True)
class Checked:
    """A filing with what came of it, and the school data by which it was judged."""

    request: ScheduleRequest
    answer: dict[str, Any]
    school: School | None


async def check_json(raw: bytes) -> Checked:
    """Judge a filing in JSON; raises Invalid with each place to mend."""
    return await check(await asyncio.to_thread(_loaded, raw))


async def check(document: object) -> Checked:
    """Judge a filing, in a thread: thousands of classes take seconds, and others are waiting."""
    request = await asyncio.to_thread(_read, document)
    policy = await districts.policy(district=request.district)
    own = schools.of_district(request.district)
    answer = await asyncio.to_thread(what_if.check, request, policy, district_school=own)
    return Checked(request, answer, own if request.school is None else of_request(request.school))


def every_rule() -> tuple[Rule[Stretch], ...]:
    """Every rule about classes."""
    return every.RULES


def at_file(error: FieldError) -> FieldError:
    """An error of a file's content, told at the field by which the file was handed in."""
    if not error.path.startswith(("$", "第")):
        return error
    return FieldError("file", f"{error.path}：{error.message}")


def _loaded(raw: bytes) -> object:
    try:
        return strict_json.loads(raw)
    except NotJson as error:
        raise Invalid([FieldError(error.place, error.message)]) from error


def _read(document: object) -> ScheduleRequest:
    try:
        return schedules.read(document)
    except Invalid as error:
        raise Invalid(error.errors[:MOST_ERRORS]) from None
