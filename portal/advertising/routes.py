"""Where the advertisement check is: for people and for programs."""

from starlette.routing import Route

from portal.advertising import api, pages
from portal.advertising.api import OPERATIONS
from portal.base import uploads

__all__ = ["OPERATIONS", "routes"]

MOST_BYTES = 1024 * 1024

routes: list[Route] = [
    Route("/checks/advertisement", pages.ask, name="checks.advertisement", methods=["GET"]),
    Route(
        "/checks/advertisement",
        pages.check,
        name="checks.advertisement",
        methods=["POST"],
        max_body_size=uploads.MOST_BYTES + 1024 * 1024,
    ),
    Route(
        "/api/v1/checks/advertisement",
        api.check_advertisement,
        name="api.check_advertisement",
        methods=["POST"],
        max_body_size=MOST_BYTES,
    ),
]
