"""The one place that knows every feature: their routes, who may use them, what starts and ends with the process."""

import contextlib
from collections.abc import AsyncIterator

from prometheus_client import Gauge
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from portal.accounts import routes as accounts
from portal.accounts import service as accounts_service
from portal.advertising import routes as advertising
from portal.base import crypto, db, garbage, gauges, logs, readiness, uploads
from portal.base.access import Loader
from portal.base.edge import edge
from portal.base.guard import guarded
from portal.base.openapi import Operation
from portal.base.rates import DEMO_LIMITS, LIMITS, Rates
from portal.base.sessions import Visits
from portal.base.settings import Settings, settings
from portal.districts import routes as districts
from portal.districts import service as districts_service
from portal.documents import service as documents_service
from portal.figures import routes as figures
from portal.inspections import routes as inspections
from portal.licensing import routes as licensing
from portal.registry import routes as registry
from portal.schedules import routes as schedules

# The public's come first: a request is compared with one route after the other.
ROUTES: list[Route] = [
    *registry.routes, *readiness.ROUTES, *accounts.routes, *districts.routes, *licensing.routes, *schedules.routes,
    *advertising.routes, *inspections.routes, *figures.routes,
]  # fmt: skip
SUBJECTS: dict[str, Loader] = {**accounts.SUBJECTS, **districts.SUBJECTS, **licensing.SUBJECTS}
OPERATIONS: list[Operation] = [*registry.OPERATIONS, *schedules.OPERATIONS, *advertising.OPERATIONS]
NOTICES: dict[str, str] = {**accounts.NOTICES, **districts.NOTICES, **licensing.NOTICES}
PAPERS = Gauge("portal_documents", "Papers that are promised and not made yet, or stopped", ("state",))


@contextlib.asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """Open the database, and close it at the end."""
    await db.connect()
    accounts_service.know_districts(districts_service.names)
    gauges.watch(app, {PAPERS: documents_service.unfinished})
    garbage.look_rarely()
    yield
    await uploads.close()
    await app.state.rates.close()
    await db.disconnect()


def create(of: Settings | None = None) -> Starlette:
    """Put the application together."""
    of = of or settings()
    logs.configure()
    application = edge(
        guarded(ROUTES, SUBJECTS),
        hosts=of.hosts,
        is_https=of.is_https,
        is_demo=of.demo,
        secret=crypto.secret(),
        visits=Middleware(Visits, who=accounts_service.actor),
        notices=NOTICES,
        lifespan=lifespan,
    )
    application.state.operations = OPERATIONS
    application.state.rates = Rates(of.redis_url, crypto.secret(), DEMO_LIMITS if of.demo else LIMITS)
    return application


def __getattr__(name: str) -> Starlette:
    """`app` is made when a server asks for it, so that importing this module reads no settings."""
    if name == "app":
        return create()
    raise AttributeError(name)
