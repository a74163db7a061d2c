"""The advertisement check for programs (the same answer as command and page give)."""

from starlette.requests import Request
from starlette.responses import Response

from portal.advertising import service
from portal.base import csrf, rates
from portal.base.openapi import Operation
from portal.base.web import answer_json
from schemas.advertising import AdvertisementAnswer, AdvertisementRequest


async def check_advertisement(request: Request) -> Response:
    """Find what is forbidden in a text; nothing is stored."""
    csrf.needless(request)
    await rates.limit(request, "check")
    return answer_json(await service.check_json(await request.body()))


OPERATIONS = [
    Operation(
        "api.check_advertisement",
        "Find what is forbidden in an advertisement; nothing is stored.",
        answer=AdvertisementAnswer,
        body=AdvertisementRequest,
        problems=(403, 413, 422, 429, 503),
    ),
]
