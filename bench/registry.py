"""Registry search: over HTTP beside Starlette with `SELECT 1` (its floor), and the query alone over a million licences.

Servers are real uvicorn processes with the same settings; queries rotate, nothing is cached; the two are asked in
turns. The limit on tries is lifted. BENCH_INSTITUTIONS makes the registry smaller.
"""

import asyncio
import contextlib
import os
import random
import statistics
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from time import perf_counter
from urllib.parse import quote

import asyncpg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal.base import clock, db
from portal.base.settings import settings
from portal.institutions.generate import generate
from portal.registry import service
from portal.registry.search import Wanted
from tests import engines
from tests.running import free_port

ROOT = Path(__file__).resolve().parents[1]
INSTITUTIONS = int(os.environ.get("BENCH_INSTITUTIONS", "1000000"))
FEWEST_HITS, ROTATING, MOST_TRIES = 30, 200, 5_000
CONNECTIONS, SECONDS, ROUNDS, ASKED = 20, 3.0, 3, 60
ITEM = {"name": "重庆渝中春芽教育培训有限公司", "address": "重庆市渝中区民生路1号", "number": "150010370000021"}


def floor() -> Starlette:
    """The floor: one `SELECT 1` and a constant answer as long as a page of results."""

    async def answer(request: Request) -> Response:
        await request.app.state.pool.fetchval("SELECT 1")
        return JSONResponse([ITEM] * 20)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        credentials = db.credentials(settings().database_url, settings().pool_size)
        async with asyncpg.create_pool(
            host=credentials["host"], port=credentials["port"], user=credentials["user"],
            database=credentials["database"], min_size=1, max_size=credentials["maxsize"],
        ) as app.state.pool:  # fmt: skip
            yield

    return Starlette(routes=[Route("/floor", answer)], lifespan=lifespan)


def measured() -> Starlette:
    """The whole portal, with tries that are never too many."""
    from portal.app import create
    from portal.base.rates import LIMITS, Rates

    app = create()
    app.state.rates = Rates("", b"bench", dict.fromkeys(LIMITS, "1000000000/second"))
    return app


def run() -> dict[str, float]:
    """Give `search-json` and `search-html` (shares of the floor's speed), and p50/p99 in ms of each kind of query."""
    with engines.installation() as places, engines.running_postgres(places) as databases:
        os.environ["DATABASE_URL"] = databases.copy()
        settings.cache_clear()
        found, words = asyncio.run(_alone())
        with _server("floor") as base, _server("measured") as ours:
            speeds: dict[str, list[float]] = {"floor": [], "json": [], "html": []}
            for _ in range(ROUNDS):
                for name, port, paths in (
                    ("floor", base, ["/floor"]),
                    ("json", ours, [f"/api/v1/registry?q={quote(word)}" for word in words]),
                    ("html", ours, [f"/registry?q={quote(word)}" for word in words]),
                ):
                    speeds[name].append(asyncio.run(_load(port, paths)))
    middle = {name: statistics.median(each) for name, each in speeds.items()}
    return {"search-json": middle["json"] / middle["floor"], "search-html": middle["html"] / middle["floor"], **found}


async def _alone() -> tuple[dict[str, float], list[str]]:
    """Fill the registry; ask it query by query, by class; give the times, and words for the load."""
    await db.connect()
    await generate(INSTITUTIONS, seed=3)
    names = [row["folded"] for row in await db.rows("SELECT folded FROM licence TABLESAMPLE SYSTEM (1) LIMIT 5000")]
    chance, found = random.Random(3), dict[str, float]()
    for label, words in _classes(names, chance).items():
        times = [await _time(word) for word in words]
        found[f"query-{label}-p50-ms"] = statistics.median(times)
        found[f"query-{label}-p99-ms"] = sorted(times)[int(len(times) * 0.99)]
    words = await _telling(names, chance)
    await db.disconnect()
    return found, words


async def _telling(names: list[str], chance: random.Random) -> list[str]:
    """Words of three and four characters as people type them, each with 30 to 1,000 hits."""
    found: set[str] = set()
    for _ in range(MOST_TRIES):
        word = _part(chance.choice(names), chance.choice((3, 4)), chance)
        page = await service.search(Wanted(word), today=clock.today())
        if page.is_exact and page.total >= FEWEST_HITS:
            found.add(word)
        if len(found) == ROTATING:
            break
    return sorted(found)


def _classes(names: list[str], chance: random.Random) -> dict[str, list[str]]:
    """Words of each kind: common, parts of names by length, and what is nowhere."""
    parts = {
        f"{size}-hit": [_part(chance.choice(names), size, chance) for _ in range(ASKED)] for size in (1, 2, 3, 4, 6)
    }
    common = ["教育", "培训", "有限", "公司", "重庆", "中心", "学校", "艺术"]
    return {"common": [chance.choice(common) for _ in range(ASKED)], **parts, "miss": ["鱻龘"] * ASKED}


def _part(name: str, size: int, chance: random.Random) -> str:
    start = chance.randrange(max(1, len(name) - size))
    return name[start : start + size]


async def _time(word: str) -> float:
    start = perf_counter()
    await service.search(Wanted(word), today=clock.today())
    return 1_000 * (perf_counter() - start)


@contextlib.contextmanager
def _server(name: str) -> Iterator[int]:
    """One uvicorn process; gives its port."""
    port = free_port()
    words = ["uvicorn", f"bench.registry:{name}", "--factory", "--port", str(port), "--loop", "uvloop"]
    words += ["--http", "httptools", "--no-access-log", "--log-level", "warning"]
    process = subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        asyncio.run(_answers(port))
        yield port
    finally:
        process.terminate()
        process.wait()


async def _answers(port: int) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            return
        await asyncio.sleep(0.1)
    raise RuntimeError("a server did not start")


async def _load(port: int, paths: list[str]) -> float:
    """Ask over twenty connections; give answers a second."""
    until = perf_counter() + SECONDS
    counts = await asyncio.gather(
        *(_ask(port, paths[start::CONNECTIONS] or paths, until) for start in range(CONNECTIONS))
    )
    return sum(counts) / SECONDS


async def _ask(port: int, paths: list[str], until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    while perf_counter() < until:
        writer.write(f"GET {paths[count % len(paths)]} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.split(b":")[1]))
        count += 1
    writer.close()
    return count


if __name__ == "__main__":
    for name, figure in run().items():
        print(f"{name}: {figure:.3f}")
