"""Every rule of the portal, for everybody."""

from starlette.requests import Request
from starlette.responses import Response

from portal.base import clock
from portal.base.web import page
from portal.districts import service as districts
from portal.figures.listing import groups


async def rules(request: Request) -> Response:
    """List every rule by what it is about; the values are those of the city today."""
    today = clock.today()
    listed = groups(await districts.policy(), today)
    sections = [(group.id, group.words) for group in listed]
    return page(request, "rules/list.html", groups=listed, sections=sections, today=today)
