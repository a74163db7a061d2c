"""What everything rests on: the one transaction, jobs under lease, numbers without gaps, the audit chain."""

import asyncio
import contextlib
import random
from datetime import datetime, timedelta

import asyncpg
import pytest

from portal.base import audit, clock, db, idempotency, numbers, outbox
from portal.base.actor import Actor
from portal.base.clock import SHANGHAI
from workers import relay
from workers.registry import JOBS, JobKind

NOON = datetime(2026, 11, 23, 12, tzinfo=SHANGHAI)
SOMEBODY = Actor("examiner", 201, "周审", district="500103")
CANCELLED, TAMPERINGS = 300, 40


class RolledBack(Exception):
    """Ends a transaction without its effects."""


async def test_a_transaction_cancelled_300_times_at_any_moment_leaks_no_connection(database: str) -> None:
    chance = random.Random(7)

    async def work() -> None:
        async with db.tx():
            await numbers.following("series")
            await db.execute("SELECT pg_sleep(0.001)")

    for _ in range(CANCELLED):
        running = asyncio.create_task(work())
        for _ in range(chance.randrange(12)):
            await asyncio.sleep(0)
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
    assert db.held() == 0
    async with db.tx():
        assert await numbers.following("after") == 1
    assert db.held() == 0


async def test_a_transaction_inside_another_is_refused(database: str) -> None:
    async with db.tx():
        with pytest.raises(RuntimeError, match="a transaction is open already"):
            async with db.tx():
                pass


async def test_a_number_of_a_transaction_that_is_rolled_back_is_given_again(database: str) -> None:
    with contextlib.suppress(RolledBack):
        async with db.tx():
            await numbers.following("series")
            raise RolledBack
    async with db.tx():
        assert await numbers.following("series") == 1


async def a_job(topic: str = "document.issue", key: str = "one") -> int:
    """A job that waits."""
    async with db.tx():
        await outbox.put(topic, key=key, document_id=1)
    [(job_id, _)] = [found for found in await outbox.due() if found[1] == topic]
    return job_id


async def test_the_same_key_asks_for_the_same_job_once(database: str) -> None:
    await a_job()
    await a_job()
    assert len(await db.rows("SELECT id FROM outbox_job")) == 1


async def test_what_comes_of_a_job_belongs_to_the_moment_that_was_told_of(database: str) -> None:
    told = datetime(2023, 11, 10, 9, tzinfo=SHANGHAI)
    with clock.at(told):
        job_id = await a_job()
    taken = await outbox.take(job_id)
    assert taken is not None
    assert taken.told_at == told
    now = await outbox.take(await a_job(key="another"))
    assert now is not None
    assert now.told_at is None


async def test_ten_workers_reach_for_a_job_and_one_holds_it(database: str) -> None:
    job_id = await a_job()
    found = await asyncio.gather(*(outbox.take(job_id) for _ in range(10)))
    assert sum(job is not None for job in found) == 1
    assert await outbox.due() == []


async def its_lease_runs_out() -> None:
    await db.execute("UPDATE outbox_job SET lease_until = now() - interval '1 second'")


async def its_time_comes() -> None:
    await db.execute("UPDATE outbox_job SET ready_at = now() - interval '1 second'")


async def test_a_lost_workers_job_comes_back_when_its_lease_is_over_and_the_old_holder_can_do_nothing(
    database: str,
) -> None:
    job_id = await a_job()
    lost = await outbox.take(job_id)
    assert lost is not None
    await its_lease_runs_out()
    assert await outbox.put_back_lost() == [(job_id, "document.issue")]
    assert await outbox.take(job_id) is None  # not at once: it may have killed whoever ran it
    await its_time_comes()
    again = await outbox.take(job_id)
    assert again is not None
    assert again.attempts == 2
    assert not await outbox.beat(lost)
    await outbox.done(lost)
    assert (await db.row("SELECT done_at FROM outbox_job")) == {"done_at": None}
    assert await outbox.beat(again)
    await outbox.done(again)
    assert await outbox.take(job_id) is None


async def test_a_job_that_fails_again_and_again_is_dead_and_says_only_the_kind_of_error(database: str) -> None:
    job_id = await a_job()
    for _ in range(outbox.MOST_ATTEMPTS):
        await db.execute("UPDATE outbox_job SET ready_at = now()")
        taken = await outbox.take(job_id)
        assert taken is not None
        await outbox.failed(taken, ValueError("林秋 50010319000101001X"))
    row = await db.row("SELECT last_error, dead_at FROM outbox_job")
    assert row is not None
    assert row["last_error"] == "ValueError"
    assert row["dead_at"] is not None
    assert await outbox.take(job_id) is None


async def test_a_job_whose_every_worker_is_lost_comes_back_later_each_time_and_ends_dead(database: str) -> None:
    job_id, waits = await a_job(), []
    for _ in range(outbox.MOST_ATTEMPTS):
        assert await outbox.take(job_id) is not None
        await its_lease_runs_out()
        assert len(await outbox.put_back_lost()) == 1
        assert await outbox.put_back_lost() == []
        row = await db.row("SELECT extract(epoch FROM ready_at - now())::float8 AS wait FROM outbox_job")
        waits.append(row and row["wait"])
        await its_time_comes()
    assert await outbox.take(job_id) is None
    assert await outbox.unfinished() == {"waiting": 0, "dead": 1}
    assert all(2**tries * 0.4 < wait < 2**tries * 1.6 for tries, wait in enumerate(waits, 1))


async def test_a_job_that_an_earlier_version_ran_without_end_is_dead_at_its_next_lost_lease(database: str) -> None:
    job_id = await a_job()
    await db.execute("UPDATE outbox_job SET attempts = 50000, lease = gen_random_uuid()")
    await its_lease_runs_out()
    assert await outbox.put_back_lost() == [(job_id, "document.issue")]
    assert (await outbox.unfinished())["dead"] == 1


async def row_of(job_id: int) -> tuple[int, bool, str]:
    row = await db.row("SELECT attempts, lease IS NULL AS is_free, last_error FROM outbox_job WHERE id = $1", job_id)
    assert row is not None
    return row["attempts"], row["is_free"], row["last_error"]


async def test_a_stopped_worker_gives_its_job_back_with_the_try_and_a_cancelled_body_does_not(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, is_cancelled_inside = asyncio.Event(), False

    async def body(document_id: int) -> None:
        del document_id
        started.set()
        if is_cancelled_inside:
            raise asyncio.CancelledError
        await asyncio.Event().wait()

    monkeypatch.setitem(JOBS, "test.stop", JobKind("test.stop", body, 60, "quick"))
    job_id = await a_job("test.stop")
    running = asyncio.create_task(relay.run({}, job_id))
    await started.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert await row_of(job_id) == (0, True, "")
    is_cancelled_inside = True
    with pytest.raises(asyncio.CancelledError):
        await relay.run({}, job_id)
    assert await row_of(job_id) == (1, True, "CancelledError")


class Queue:
    """A queue that remembers what it was given, and can lose everything."""

    def __init__(self) -> None:
        self.given: list[int] = []

    async def enqueue_job(self, _name: str, job_id: int, *, _queue_name: str) -> None:
        assert _queue_name.startswith("portal:")
        self.given.append(job_id)


async def test_all_jobs_finish_though_the_queue_lost_everything_midway(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []

    async def body(number: int) -> None:
        done.append(number)

    monkeypatch.setitem(JOBS, "test.count", JobKind("test.count", body, 5, "quick"))
    async with db.tx():
        for number in range(50):
            await outbox.put("test.count", key=f"count:{number}", number=number)
    queue, handed = Queue(), dict[int, float]()
    assert await relay.hand_over(queue, handed) == 50
    for job_id in queue.given[:20]:
        await relay.run({}, job_id)
    queue.given.clear()  # everything that was in the queue is gone
    assert await relay.hand_over(queue, handed) == 0  # handed over a moment ago
    handed.clear()  # that moment is over
    assert await relay.hand_over(queue, handed) == 30
    for job_id in queue.given * 2:
        await relay.run({}, job_id)
    assert sorted(done) == list(range(50))


async def test_each_way_to_tamper_with_the_audit_log_is_noticed(database: str) -> None:
    for number in range(20):
        async with db.tx():
            await audit.record(SOMEBODY, "application.save", f"application:{number}", NOON, section="capital")
    whole = await audit.verify()
    assert (whole.entries, whole.broken) == (20, None)
    rows = await db.rows("SELECT * FROM audit_entry ORDER BY id")
    chance = random.Random(11)
    ways = (
        "UPDATE audit_entry SET actor = 'examiner:999' WHERE id = $1",
        "UPDATE audit_entry SET subject = 'application:999' WHERE id = $1",
        "UPDATE audit_entry SET happened = happened + interval '1 microsecond' WHERE id = $1",
        """UPDATE audit_entry SET details = '{"section": "board"}' WHERE id = $1""",
        "DELETE FROM audit_entry WHERE id = $1",
    )
    for _ in range(TAMPERINGS):
        chosen = chance.choice(rows[:-1])
        with contextlib.suppress(RolledBack):
            async with db.tx():
                await db.execute("SET LOCAL session_replication_role = replica")
                await db.execute(chance.choice(ways), chosen["id"])
                assert (await audit.verify()).broken is not None
                raise RolledBack  # to the whole log
    assert await audit.verify() == whole


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"])
async def test_the_database_itself_refuses_to_change_the_audit_log(database: str, statement: str) -> None:
    async with db.tx():
        await audit.record(SOMEBODY, "application.save", "application:1", NOON)
    with pytest.raises(Exception, match=r"audit|log|append"):
        await db.execute(statement)


async def test_twenty_writers_at_once_make_one_chain(database: str) -> None:
    async def write(number: int) -> None:
        for _ in range(5):
            async with db.tx():
                await audit.record(SOMEBODY, "application.save", f"application:{number}", NOON)

    await asyncio.gather(*(write(number) for number in range(20)))
    found = await audit.verify()
    assert (found.entries, found.broken) == (100, None)


class StumblingQueue:
    """A queue behind a database that is starting: the first job that is handed over meets its refusal."""

    def __init__(self, refusal: Exception) -> None:
        self.refusals = [refusal]
        self.given = asyncio.Event()

    async def enqueue_job(self, *_: object, **__: object) -> None:
        if self.refusals:
            raise self.refusals.pop()
        self.given.set()


@pytest.mark.parametrize("refusal", [asyncpg.CannotConnectNowError("starting up"), RuntimeError("never foreseen")])
async def test_the_relay_goes_on_after_whatever_went_wrong_once(database: str, refusal: Exception) -> None:
    async with db.tx():
        await outbox.put("any", key="any")
    queue, wake = StumblingQueue(refusal), asyncio.Event()
    wake.set()
    relaying = asyncio.create_task(relay.relay(queue, wake))
    try:
        await asyncio.wait_for(queue.given.wait(), 20)
    finally:
        relaying.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await relaying


@pytest.mark.parametrize(
    "said",
    [asyncpg.CannotConnectNowError, asyncpg.AdminShutdownError, asyncpg.CrashShutdownError,
     asyncpg.TooManyConnectionsError, asyncpg.ConnectionDoesNotExistError],
)  # fmt: skip
def test_a_server_that_starts_stops_or_is_full_counts_as_unreachable(said: type[Exception]) -> None:
    assert issubclass(said, db.UNREACHABLE)


async def test_a_forms_key_is_kept_for_a_month_and_then_forgotten(database: str) -> None:
    sent = datetime(2026, 10, 24, 12, tzinfo=SHANGHAI)
    with clock.at(sent):
        async with db.tx():
            assert await idempotency.claim("key", SOMEBODY, "review.accept", "application:1")
    assert await idempotency.sweep(sent + timedelta(days=30)) == 0
    assert await idempotency.earlier("key", SOMEBODY, "review.accept") == "application:1"
    assert await idempotency.sweep(sent + timedelta(days=30, seconds=1)) == 1


OFTEN_ASKED = (
    ("outbox_job_open", "SELECT id FROM outbox_job WHERE topic = 'a' AND dead_at IS NOT NULL AND done_at IS NULL"),
    ("idempotency_key_created", "DELETE FROM idempotency_key WHERE created < now()"),
    (
        "document_unfinished",
        "SELECT state, count(*) FROM document WHERE state IN ('promised', 'stopped') GROUP BY state",
    ),
    ("application_clock_running", "SELECT * FROM application_clock WHERE ended_on IS NULL"),
    ("application_licence", "SELECT count(*) FROM application WHERE licence_number = '150010370000011'"),
    ("licence_by_name", "SELECT number FROM licence WHERE folded = '甲' AND district = '500103' AND name = '甲'"),
)


@pytest.mark.parametrize(("index", "question"), OFTEN_ASKED)
async def test_what_the_clock_and_every_case_page_ask_needs_no_look_at_every_row(
    database: str, index: str, question: str
) -> None:
    async with db.tx():
        await db.execute("SET LOCAL enable_seqscan = off")
        plan = await db.rows(f"EXPLAIN {question}")
    assert any(index in row["QUERY PLAN"] for row in plan)
