"""Tortoise's asyncpg client with a bounded wait for a connection.

Without the bound the query after the last free connection waits for ever; with it people read "try again".
"""

from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient

from portal.kernel.errors import Busy

ACQUIRE_SECONDS = 5


class BoundedPool:
    """An asyncpg pool whose `acquire` gives up after a few seconds."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def acquire(self) -> Any:
        """Borrow a connection, or say that the portal is busy."""
        try:
            return await self._pool.acquire(timeout=ACQUIRE_SECONDS)
        except TimeoutError:
            raise Busy("现在使用的人较多，请过一会儿再试。") from None

    def held(self) -> int:
        """Count the connections that somebody has borrowed."""
        return self._pool.get_size() - self._pool.get_idle_size()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pool, name)


class BoundedClient(AsyncpgDBClient):
    """The client that `portal.base.db` configures."""

    async def create_pool(self, **kwargs: Any) -> Any:
        """Make the pool and bound it."""
        return BoundedPool(await super().create_pool(**kwargs))


client_class = BoundedClient
