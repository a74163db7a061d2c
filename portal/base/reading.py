"""Reads that the public asks for: a pool of connections that can't write, on the replica where there is one.

It knows nothing of an open transaction. Statements are planned once a connection and not once a question, because the
choice between plans is made in our code; and nothing needs to be reset when a connection is given back.
"""

from collections.abc import Mapping
from typing import Any

import asyncpg

from portal.kernel.errors import Busy

ACQUIRE_SECONDS = 5
LONGEST_SECONDS = 8
SETTINGS = {
    "application_name": "portal-reading",
    "default_transaction_read_only": "on",
    "statement_timeout": "10000",
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "max_parallel_workers_per_gather": "0",
    "work_mem": "16MB",
    "jit": "off",
}
_pools: list[asyncpg.Pool] = []
memory: dict[str, Any] = {}
"""What this process remembers of the database, each thing with the version it holds for; forgotten with the pool."""


class Reader(asyncpg.Connection):
    """A connection whose session never changes: no setting, no listening, no lock, no cursor held."""

    __slots__ = ()

    def get_reset_query(self) -> str:
        """Nothing to undo; asking anyway would double the questions."""
        return ""


async def connect(credentials: dict[str, Any]) -> None:
    """Make the pool; it opens its connections when somebody asks."""
    known = {name: credentials[name] for name in ("host", "port", "user", "password", "database")}
    made = asyncpg.create_pool(
        **known,
        min_size=0,
        max_size=credentials["maxsize"],
        command_timeout=LONGEST_SECONDS,
        connection_class=Reader,
        server_settings=SETTINGS,
    )
    _pools.append(await made)


async def disconnect() -> None:
    """Close every connection."""
    memory.clear()
    while _pools:
        await _pools.pop().close()


async def rows(sql: str, *values: Any) -> list[Mapping[str, Any]]:
    """Run a query with `$1` parameters, TimeoutError where it takes too long.

    It waits a few seconds for a connection, then says that the portal is busy.
    """
    [pool] = _pools
    try:
        connection = await pool.acquire(timeout=None if pool.get_idle_size() else ACQUIRE_SECONDS)
    except TimeoutError:
        raise Busy("现在使用的人较多，请过一会儿再试。") from None
    try:
        found: list[Any] = await connection.fetch(sql, *values)
    finally:
        await pool.release(connection)
    return found


async def row(sql: str, *values: Any) -> Mapping[str, Any] | None:
    """Run a query and return its first record, or nothing."""
    found = await rows(sql, *values)
    return found[0] if found else None


def held() -> int:
    """Count the connections that are borrowed just now."""
    return sum(pool.get_size() - pool.get_idle_size() for pool in _pools)
