"""Where the schedule check is: for people and for programs."""

from starlette.routing import Route

from portal.schedules import api, pages
from portal.schedules.api import OPERATIONS

__all__ = ["OPERATIONS", "routes"]

routes: list[Route] = [
    Route("/checks/schedule", pages.ask, name="checks.schedule", methods=["GET"]),
    Route("/checks/schedule", pages.check, name="checks.schedule", methods=["POST"]),
    Route("/checks/schedule/file", pages.ask_for_file, name="checks.schedule_file", methods=["GET"]),
    Route(
        "/checks/schedule/file",
        pages.check_file,
        name="checks.schedule_file",
        methods=["POST"],
        max_body_size=pages.MOST_BYTES + 64 * 1024,
    ),
    Route("/checks/schedule/template.xlsx", pages.template, name="checks.schedule_template", methods=["GET"]),
    Route(
        "/api/v1/checks/schedule",
        api.check_schedule,
        name="api.check_schedule",
        methods=["POST"],
        max_body_size=pages.MOST_BYTES,
    ),
]
