"""Whether the portal can do its work: `/readyz` is for load balancers and for scripts that wait."""

from redis.asyncio import Redis
from redis.exceptions import RedisError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal.base import db, schema
from portal.base.settings import settings

DEMO_SERIES = "demo:loaded"


async def lacking() -> list[str]:
    """Name what isn't ready: database, migrations, queue, demo data."""
    try:
        if await schema.pending():
            return ["migrations"]
        is_loaded = await db.row("SELECT 1 AS one FROM counter WHERE series = $1", DEMO_SERIES)
    except (OSError, *db.UNREACHABLE):
        return ["database"]
    found = [] if await queue_answers() else ["queue"]
    return [*found, "demo"] if settings().demo and is_loaded is None else found


async def queue_answers() -> bool:
    """Ask the queue for a sign of life; where none is set there is none."""
    if not settings().redis_url:
        return False
    client = Redis.from_url(settings().redis_url, socket_timeout=2, socket_connect_timeout=2)
    try:
        return bool(await client.ping())
    except (RedisError, OSError):
        return False
    finally:
        await client.aclose()


async def ready(_request: Request) -> Response:
    """200 only when everything is there; else 503 with the names of what lacks."""
    missing = await lacking()
    return JSONResponse({"ready": not missing, "lacking": missing}, status_code=503 if missing else 200)


ROUTES = [Route("/readyz", ready, name="readyz")]
