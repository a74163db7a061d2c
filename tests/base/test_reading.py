"""Reads of the public: never a write, from the replica where there is one, an answer when everything is taken."""

import asyncio

import asyncpg
import pytest

from portal.base import db, reading
from portal.base.settings import settings
from portal.kernel.errors import Busy


async def test_a_reading_connection_can_not_write(database):
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await reading.rows("INSERT INTO counter (series, reached) VALUES ('x', 1) RETURNING reached")


async def test_reads_go_to_the_replica_where_one_is_named(database, databases, environment):
    await db.disconnect()
    environment.setenv("DATABASE_READ_URL", databases.server.url("postgres"))
    settings.cache_clear()
    await db.connect()
    [there] = await reading.rows("SELECT current_database() AS name")
    [here] = await db.rows("SELECT current_database() AS name")
    assert there["name"] == "postgres"
    assert here["name"] != "postgres"


async def test_who_gets_no_connection_in_time_reads_that_many_people_are_here(database, environment):
    await db.disconnect()
    environment.setenv("PORTAL_POOL_SIZE", "2")
    settings.cache_clear()
    await db.connect()
    environment.setattr(reading, "ACQUIRE_SECONDS", 0.4)
    asking = [reading.rows("SELECT pg_sleep(1.5)") for _ in range(3)]
    answers = await asyncio.gather(*asking, return_exceptions=True)
    assert [type(one) for one in answers].count(Busy) == 1
    assert reading.held() == 0


async def test_what_was_remembered_of_one_database_is_not_told_of_the_next(database):
    reading.memory["something"] = 1
    await db.disconnect()
    await db.connect()
    assert not reading.memory
