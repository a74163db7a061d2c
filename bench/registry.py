"""Registry search: over HTTP beside Starlette with `SELECT 1` (its floor), the query alone, and with certificates made.

Everything is asked of one registry of a million licences (BENCH_INSTITUTIONS makes it smaller). Servers are real
processes, floor and portal are asked in turns, questions rotate and nothing is kept of an answer. Where speed is
compared the limit on tries is lifted; where certificates are made it holds, and the questions come from many visitors.
"""

import asyncio
import contextlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from time import perf_counter
from urllib.parse import quote

import asyncpg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bench.load import speed
from bench.questions import Questions, from_registry, query
from portal.base import clock, db
from portal.base.settings import settings
from portal.districts import service as districts
from portal.documents import service as documents
from portal.institutions.generate import generate
from portal.registry import service
from portal.registry.search import Wanted
from tests import engines
from tests.factories.documents import some_facts
from tests.running import RunningPortal, free_port, running_portal, until

ROOT = Path(__file__).resolve().parents[1]
INSTITUTIONS = int(os.environ.get("BENCH_INSTITUTIONS", "1000000"))
FEWEST_HITS, ROTATING, MOST_TRIES = 30, 200, 5_000
SECONDS, ROUNDS, ASKED = 3.0, 5, 60
RATE, STEADY_SECONDS, STEADY_ROUNDS, PAPERS = 25.0, 15.0, 3, 400
LARGE = {"shared_buffers": "2GB"}  # what a server for a million licences would have
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
    """The whole portal, with tries that nobody counts."""
    from portal.app import create
    from portal.base.rates import Rates

    class Uncounted(Rates):
        async def take(self, kind: str, who: str) -> None:
            pass

    app = create()
    app.state.rates = Uncounted("", b"bench")
    return app


def run() -> dict[str, float]:
    """Give shares of the floor's speed, p50 and p99 in ms of questions, and p99 while certificates are made."""
    with (
        engines.installation() as places, engines.running_postgres(places, LARGE) as databases,
        engines.running_valkey(places) as valkey, tempfile.TemporaryDirectory() as folder,
    ):  # fmt: skip
        os.environ |= {"DATABASE_URL": databases.copy(), "PORTAL_DATA": folder, "PORTAL_DEMO": "1"}
        settings.cache_clear()
        alone, words, mixed = asyncio.run(_alone())
        return {**_beside_floor(words), **alone, **_beside_certificates(Path(folder), valkey.url, mixed)}


async def _alone() -> tuple[dict[str, float], list[str], list[str]]:
    """Fill the registry and ask it without HTTP; give the times, words for the load and addresses for a steady one."""
    await db.connect()
    await districts.ensure_seed()
    await generate(INSTITUTIONS, seed=3)
    questions = await from_registry()
    times = {
        kind: [one for _ in range(ASKED) for one in await _times(make())] for kind, make in questions.kinds.items()
    }
    every = [one for of_kind in times.values() for one in of_kind]
    found = {"query-p50-ms": statistics.median(every), "query-p99-ms": _p99(every), "query-worst-ms": max(every)}
    found |= {f"query {kind} worst-ms": max(of_kind) for kind, of_kind in times.items()}
    words = await _telling(questions)
    mixed = [f"/registry?{query(questions.mixed())}" for _ in range(1_000)]
    await db.disconnect()
    return found, words, mixed


async def _times(wanted: Wanted) -> list[float]:
    """Ask one question and for its next page, if there is one; give the times in ms."""
    times: list[float] = []
    after: str | None = ""
    while after is not None and len(times) < 2:
        start = perf_counter()
        after = (await service.search(wanted, today=clock.today(), after=after)).next
        times.append(1_000 * (perf_counter() - start))
    return times


async def _telling(questions: Questions) -> list[str]:
    """Words of three and four characters as people type them, each with 30 to 1,000 hits."""
    found: set[str] = set()
    for _ in range(MOST_TRIES):
        word = questions.part("folded", (3, 4))
        page = await service.search(Wanted(word), today=clock.today())
        if page.is_exact and page.total >= FEWEST_HITS:
            found.add(word)
        if len(found) == ROTATING:
            break
    return sorted(found)


def _beside_floor(words: list[str]) -> dict[str, float]:
    """Ask floor and portal in turns."""
    shares: dict[str, list[float]] = {"search-json": [], "search-html": []}
    with _server("floor") as base, _server("measured") as ours:
        for _ in range(ROUNDS):
            least = asyncio.run(speed(base, ["/floor"], SECONDS))
            for name, path in (("search-json", "/api/v1/registry"), ("search-html", "/registry")):
                paths = [f"{path}?q={quote(word)}" for word in words]
                shares[name].append(asyncio.run(speed(ours, paths, SECONDS)) / least)
    return {name: statistics.median(of_name) for name, of_name in shares.items()}


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


def _beside_certificates(folder: Path, queue: str, mixed: list[str]) -> dict[str, float]:
    """Ask the portal's own processes steadily, with idle workers and with certificates being made, in turns."""
    place = {"DATABASE_URL": settings().database_url, "REDIS_URL": queue, "PORTAL_DEMO": "1"}
    quiet: list[float] = []
    busy: list[float] = []
    made = 0
    with running_portal(folder, **place, PORTAL_TRUSTED_PROXY="127.0.0.1") as portal:
        _steadily(portal, mixed, 5.0)
        for number in range(STEADY_ROUNDS):
            quiet.append(_p99(_steadily(portal, mixed, STEADY_SECONDS)))
            asyncio.run(_promise(number))
            before = asyncio.run(_unmade())
            until(lambda before=before: asyncio.run(_unmade()) < before)
            before = asyncio.run(_unmade())
            busy.append(_p99(_steadily(portal, mixed, STEADY_SECONDS)))
            left = asyncio.run(_unmade())
            assert left, "there were too few certificates to make"
            made += before - left
            until(lambda: asyncio.run(_unmade()) == 0, seconds=300)
    calm, under = statistics.median(quiet), statistics.median(busy)
    return {
        "search-p99-ms": calm, "search-p99-with-certificates-ms": under, "p99-with-over-without": under / calm,
        "certificates-a-second": made / (STEADY_ROUNDS * STEADY_SECONDS),
    }  # fmt: skip


def _steadily(portal: RunningPortal, paths: list[str], seconds: float) -> list[float]:
    """Load from a process of its own; the questions in another order each time."""
    order = random.sample(paths, len(paths))
    words = [sys.executable, "-m", "bench.load", str(portal.port), str(RATE), str(seconds)]
    done = subprocess.run(words, cwd=ROOT, input="\n".join(order), stdout=subprocess.PIPE, text=True, check=True)
    found: list[float] = json.loads(done.stdout)
    return found


async def _promise(number: int) -> None:
    """Decide so many licences' certificates at once: the workers have their hands full."""
    await db.connect()
    for paper in range(PAPERS):
        async with db.tx():
            await documents.promise(
                "certificate", some_facts("certificate"), subject=f"bench:{number}-{paper}", district="500103",
                institution_id=None, at=clock.now(), is_demo=True,
            )  # fmt: skip
    await db.disconnect()


async def _unmade() -> int:
    """Count the certificates that are promised and not made."""
    connection = await asyncpg.connect(
        host=db.credentials(settings().database_url, 1)["host"], user="portal",
        database=db.credentials(settings().database_url, 1)["database"],
    )  # fmt: skip
    try:
        return int(await connection.fetchval("SELECT count(*) FROM document WHERE made_at IS NULL"))
    finally:
        await connection.close()


def _p99(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


if __name__ == "__main__":
    for name, figure in run().items():
        print(f"{name}: {figure:.3f}")
