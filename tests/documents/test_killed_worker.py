"""The worker dies at each step between decision and finished paper: nothing is lost, nothing is made twice."""

import json
import os
import signal
import subprocess
import sys

import pytest

from portal.base import db, outbox
from portal.base.failpoints import VARIABLE
from portal.base.settings import ROOT, settings
from portal.documents import service
from portal.documents.authority import trusted_roots
from portal.documents.making import STEPS
from portal.documents.verification import verify
from tests.factories.documents import NOON, some_facts

ONE_RUN = """
import asyncio, sys
from portal.base import db
from workers.documents import issue
async def run():
    await db.connect()
    await issue(int(sys.argv[1]))
    await db.disconnect()
asyncio.run(run())
"""


def work(document_id, *, dies_at=""):
    return subprocess.run(
        [sys.executable, "-c", ONE_RUN, str(document_id)],
        env={**os.environ, "PYTHONPATH": str(ROOT), VARIABLE: dies_at}, check=False, capture_output=True,
    )  # fmt: skip


@pytest.fixture
async def connected(own_database, environment):
    environment.setenv("PORTAL_DEMO", "1")
    settings.cache_clear()
    await db.connect()
    yield
    await db.disconnect()


async def promised():
    async with db.tx():
        return await service.promise(
            "grant", some_facts("grant"), subject="application:1", district="500103", institution_id=1, at=NOON,
            is_demo=True,
        )  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
async def test_a_worker_killed_at_this_step_loses_nothing_and_doubles_nothing(connected, step):
    paper = await promised()
    assert work(paper.id, dies_at=step).returncode == -signal.SIGKILL
    [found] = await service.papers("application:1")
    assert found.state == "promised"
    assert await outbox.due()
    for _ in range(2):
        assert work(paper.id).returncode == 0
    [found] = await service.papers("application:1")
    assert (found.state, found.number) == ("made", paper.number)
    pdf, _ = await service.paper_file(paper.id)
    assert (await verify(pdf, trusted_roots(settings()))).holds
    made = await db.rows("SELECT details FROM audit_entry WHERE action = 'document.made'")
    assert len(made) == 1
    assert "sha256" in json.dumps(made[0]["details"])


async def test_the_same_bytes_are_made_again_after_a_restart(connected):
    paper = await promised()
    hashes = []
    for step in ("", "document.stored"):
        work(paper.id, dies_at=step)
        row = await db.row("SELECT facts, unsigned_sha256 FROM document WHERE id = $1", paper.id)
        assert row is not None
        hashes.append(row["unsigned_sha256"])
    assert len(set(hashes)) == 1
    assert len(hashes[0]) == 64
