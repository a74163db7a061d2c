"""Recomputing a published draw: the page's script does it in the visitor's browser, nothing is sent to the server."""

from starlette.requests import Request
from starlette.responses import Response

from portal.base.web import page


async def verify(request: Request) -> Response:
    """Explain the draw, and recompute a record that somebody chooses or pastes."""
    return page(request, "inspections/verify.html")
