"""Fixtures of every test: the real database, the real queue, the real processes, a browser where there is one.

`database`      the shared database, emptied, with the pool open: for most tests (async)
`own_database`  a database of the test alone, no pool open: for other processes, commits seen by several connections
`queue`         the empty queue (a redis client); its address is in the settings
`environment`   pytest's monkeypatch with no setting of the portal set, and a data folder of the test's own
`portal`        web and workers as processes, for a module: `portal.url`, `portal.kill("worker", "quick")`
`chromium`      the path of a Chromium; skips the test with "not run: …" where there is none
"""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import redis

from portal.base import db
from portal.base.engines.places import Places
from portal.base.engines.valkey import Valkey
from portal.base.settings import NAMES, settings
from tests import engines
from tests.running import RunningPortal, running_portal

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "not run: no Chromium on this machine (.ci/run installs Debian's)"


@pytest.fixture(scope="session")
def places() -> Iterator[Places]:
    """Folders of an installation that lasts as long as this test process."""
    with engines.installation() as found:
        yield found


@pytest.fixture(scope="session")
def databases(places: Places) -> Iterator[engines.Databases]:
    """The running PostgreSQL: `copy()` gives a database of one's own."""
    with engines.running_postgres(places) as running:
        yield running


@pytest.fixture(scope="session")
def valkey(places: Places) -> Iterator[Valkey]:
    """The running Valkey."""
    with engines.running_valkey(places) as running:
        yield running


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[pytest.MonkeyPatch]:
    """Settings of this test alone: only what the test sets, with a data folder of its own."""
    for name in NAMES.values():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path / "var"))
    settings.cache_clear()
    yield monkeypatch
    settings.cache_clear()


@pytest.fixture
async def database(databases: engines.Databases, environment: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """The shared database, as the migrations made it, with the pool open; gives its address."""
    url = databases.server.url(engines.SHARED)
    environment.setenv("DATABASE_URL", url)
    settings.cache_clear()
    await db.connect()
    try:
        await db.execute(databases.emptying)
        yield url
    finally:
        await db.disconnect()


@pytest.fixture
def own_database(databases: engines.Databases, environment: pytest.MonkeyPatch) -> Iterator[str]:
    """A database of this test alone, for other processes to use; gives its address, opens no pool."""
    url = databases.copy()
    environment.setenv("DATABASE_URL", url)
    settings.cache_clear()
    yield url
    databases.drop(url)


@pytest.fixture
def queue(valkey: Valkey, environment: pytest.MonkeyPatch) -> Iterator[redis.Redis]:
    """The empty queue; its address is in REDIS_URL."""
    environment.setenv("REDIS_URL", valkey.url)
    settings.cache_clear()
    with valkey.client() as client:
        client.flushdb()
        yield client


@pytest.fixture(scope="module")
def portal(databases: engines.Databases, valkey: Valkey) -> Iterator[RunningPortal]:
    """Web and workers as real processes on a database of this module alone, with the demo's mailbox."""
    url = databases.copy()
    with engines.folder_for_engines() as folder:
        address = f"{valkey.url}?db=1"
        redis.Redis.from_url(address).flushdb()
        with running_portal(folder, DATABASE_URL=url, REDIS_URL=address, PORTAL_DEMO="1") as running:
            yield running
    databases.drop(url)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; tests that need one are not run where there is none, and the summary says so."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(NO_BROWSER)
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests did not run, and why: silence would look like success."""
    reasons = [
        report.longrepr[2] for report in terminalreporter.stats.get("skipped", []) if isinstance(report.longrepr, tuple)
    ]
    for reason in sorted(set(reasons)):
        terminalreporter.write_line(f"{reason.removeprefix('Skipped: ')}: {reasons.count(reason)} tests")
