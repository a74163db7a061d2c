"""`/metrics`: the counters of this process and what the database holds, for Prometheus and for nobody else.

The application says with `watch` what is to be asked; what the database can't tell just now stays as it was last.
"""

from collections.abc import Awaitable, Callable, Mapping
from ipaddress import ip_address

import prometheus_client
from prometheus_client import Gauge
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from portal.base import clock, db, outbox, sessions
from portal.base.settings import Settings, settings
from portal.kernel.errors import Busy, Missing

CONNECTIONS = Gauge("portal_database_connections_held", "Database connections that are borrowed just now")
JOBS = Gauge("portal_outbox_jobs", "Jobs that are waiting, or dead after their last try", ("state",))
SESSIONS = Gauge("portal_sessions", "Sessions that are open, of people who have signed in")
Question = Callable[[], Awaitable[Mapping[str, int]]]


def watch(application: Starlette, features: Mapping[Gauge, Question]) -> None:
    """From now on ask the application's open database at each look, and the features.

    A question gives the figure of each state. An application without a database asks none.
    """
    application.state.figures = {JOBS: outbox.unfinished, **features}


async def show(request: Request) -> Response:
    """The figures; for anybody who may not read them there is no such page."""
    if not (request.app.state.is_demo or may_read(request, settings())):
        raise Missing
    if questions := getattr(request.app.state, "figures", None):
        await look(questions)
    return Response(prometheus_client.generate_latest(), media_type=prometheus_client.CONTENT_TYPE_LATEST)


def may_read(request: Request, of: Settings) -> bool:
    """Ask whether the request comes from an address that the operator trusts with the figures.

    A forwarded request without a proxy that we trust could come from anywhere, whatever address it has here.
    """
    is_forwarded = "x-forwarded-for" in request.headers or "forwarded" in request.headers
    if request.client is None or (is_forwarded and not of.trusted_proxy):
        return False
    try:
        address = ip_address(request.client.host)
    except ValueError:
        return False
    return any(address in network for network in of.metrics_from)


async def look(questions: Mapping[Gauge, Question]) -> None:
    """Fill the gauges; a database that doesn't answer leaves them as they were last."""
    try:
        CONNECTIONS.set(db.held())
        SESSIONS.set(await sessions.signed_in(clock.now()))
        for gauge, question in questions.items():
            for state, number in (await question()).items():
                gauge.labels(state).set(number)
    except (OSError, Busy, *db.UNREACHABLE):
        return
