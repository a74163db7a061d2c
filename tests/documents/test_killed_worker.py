"""The worker dies at each step between decision and finished paper: nothing is lost, nothing is made twice.

What kills each worker that takes it up ends; what a worker was doing when it was told to stop has lost no try.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import arq
import asyncpg
import pytest
from arq.connections import RedisSettings

from portal.base import clock, db, outbox
from portal.base.actor import Actor
from portal.base.failpoints import VARIABLE
from portal.base.form_keys import new_key
from portal.base.settings import ROOT, settings
from portal.documents import service
from portal.documents.authority import trusted_roots
from portal.documents.making import GIVEN_UP, STEPS
from portal.documents.verification import verify
from tests.factories.documents import NOON, some_facts
from workers import relay, sweep

EXAMINER = Actor("examiner", 201, "周审", district="500103")
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


@contextmanager
def a_worker(**settings):
    """The worker of the documents' queue as it runs in production."""
    running = subprocess.Popen(
        [sys.executable, "-m", "portal", "worker", "documents"], cwd=ROOT,
        env={**os.environ, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield running
    finally:
        running.kill()
        running.wait()


async def hand_over():
    """Do what the relay does each second."""
    from workers.settings import dumps  # it reads the queue's address when it is imported

    pool = await arq.create_pool(RedisSettings.from_dsn(settings().redis_url), job_serializer=dumps)
    await relay.hand_over(pool, {})
    await pool.aclose()


async def the_job():
    [row] = await db.rows("SELECT attempts, lease, dead_at, done_at FROM outbox_job WHERE topic = 'document.issue'")
    return row


async def test_a_paper_that_kills_every_worker_stops_and_can_be_made_again_once_the_cause_is_mended(connected, queue):
    paper = await promised()
    await db.execute("UPDATE outbox_job SET attempts = $1", outbox.MOST_ATTEMPTS - 2)
    for _ in range(2):
        await hand_over()
        with a_worker(**{VARIABLE: "document.rendered"}) as worker:
            assert await asyncio.to_thread(worker.wait, 60) == -signal.SIGKILL
        assert (await the_job())["lease"] is not None
        await db.execute("UPDATE outbox_job SET lease_until = now() - interval '1 second'")
        await hand_over()
        await db.execute("UPDATE outbox_job SET ready_at = now() - interval '1 second'")
    assert (await outbox.unfinished())["dead"] == 1
    await sweep.papers_given_up()
    [found] = await service.papers("application:1")
    assert (found.state, found.stopped_reason) == ("stopped", GIVEN_UP)
    await service.retry(paper.id, key=new_key(), actor=EXAMINER, now=clock.now())
    assert work(paper.id).returncode == 0
    [found] = await service.papers("application:1")
    assert found.state == "made"


async def test_a_worker_that_is_told_to_stop_in_the_middle_of_a_paper_uses_up_no_try(connected, queue, own_database):
    paper = await promised()
    await hand_over()
    other = await asyncpg.connect(own_database)
    await other.execute("BEGIN; LOCK TABLE document")  # so long the paper can't be made
    with a_worker() as worker:
        async with asyncio.timeout(60):
            while (await the_job())["lease"] is None:  # noqa: ASYNC110 another process, that sets no event of ours
                await asyncio.sleep(0.05)
        worker.terminate()
        assert await asyncio.to_thread(worker.wait, 30) == 0
    job = await the_job()
    assert (job["attempts"], job["lease"], job["done_at"]) == (0, None, None)
    await other.close()
    assert await outbox.due()
    assert work(paper.id).returncode == 0
