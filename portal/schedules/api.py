"""The schedule check for programs (the same answer as command and page give)."""

from starlette.requests import Request
from starlette.responses import Response

from portal.base import csrf, rates
from portal.base.openapi import Operation
from portal.base.web import answer_json
from portal.schedules import service
from schemas.schedules import ScheduleAnswer, ScheduleRequest


async def check_schedule(request: Request) -> Response:
    """Judge a filing by the rules for classes; nothing is stored."""
    csrf.needless(request)
    await rates.limit(request, "check")
    checked = await service.check_json(await request.body())
    return answer_json(checked.answer)


OPERATIONS = [
    Operation(
        "api.check_schedule",
        "Judge a class schedule by the rules in force on its dates; nothing is stored.",
        answer=ScheduleAnswer,
        body=ScheduleRequest,
        problems=(403, 413, 422, 429, 503),
    ),
]
