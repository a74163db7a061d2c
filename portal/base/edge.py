"""The edge: every request of the portal comes in and goes out here."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Lifespan

from portal.base import gauges, problems, samples
from portal.base.csrf import Csrf
from portal.base.middleware import Answered, Headed, Watched
from portal.base.notices import NOTICES
from portal.base.templating import STATIC, file_hash
from portal.kernel.errors import Missing, PortalError

LONGEST_NAME = 200
MOST_BYTES = 2 * 1024 * 1024
YEAR = "public, max-age=31536000, immutable"
log = structlog.get_logger("portal")


def edge(
    routes: Sequence[BaseRoute],
    *,
    hosts: Sequence[str],
    is_https: bool,
    is_demo: bool,
    secret: bytes,
    visits: Middleware | None = None,
    notices: Mapping[str, str] | None = None,
    lifespan: Lifespan[Any] | None = None,
) -> Starlette:
    """The whole application around `routes`. `visits` finds who is asking; `notices` are the features' own.

    A route that takes uploads says so: `Route(…, max_body_size=…)`; all others take 2 MiB.
    """
    known = {PortalError: problems.answer, HTTPException: problems.answer}
    app = Starlette(
        routes=[*OWN, *(SAMPLES if is_demo else ()), *routes],
        middleware=[
            Middleware(Watched),
            Middleware(Headed, is_https=is_https),
            Middleware(Answered, known=problems.answer, unforeseen=problems.unforeseen),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
            Middleware(RequestBodyLimitMiddleware, max_body_size=MOST_BYTES),
            *([visits] if visits else ()),
            Middleware(Csrf, secret=secret, is_https=is_https),
        ],
        exception_handlers=known,
        lifespan=lifespan,
    )
    app.state.is_https, app.state.is_demo = is_https, is_demo
    app.state.notices = {**NOTICES, **(notices or {})}
    app.router.redirect_slashes = False
    return app


async def static(request: Request) -> Response:
    """A file of the look; under the hash of its bytes it never changes."""
    name = PurePosixPath(request.path_params["name"])
    path = (STATIC / name).resolve()
    if len(str(name)) > LONGEST_NAME:  # more than a file system takes
        raise Missing
    if not path.is_relative_to(STATIC) or not path.is_file():
        raise Missing
    is_current = request.path_params["hash"] == file_hash(path)
    return FileResponse(path, headers={"cache-control": YEAR if is_current else "no-cache"})


async def alive(_request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok")


async def reported(request: Request) -> Response:
    """A browser says that a page broke our content policy; counted, its content isn't kept."""
    await request.body()
    log.warning("content-policy-report")
    return Response(status_code=204)


OWN = (
    Route("/static/{hash}/{name:path}", static, name="static"),
    Route("/healthz", alive, name="healthz"),
    Route("/metrics", gauges.show, name="metrics"),
    Route("/csp-reports", reported, methods=["POST"], name="csp-reports", max_body_size=64 * 1024),
)
SAMPLES = (Route("/ui", samples.show, methods=["GET", "POST"], name="ui"),)
