"""The database: its connection, the one transaction `tx()`, and raw SQL for what the ORM says badly."""

import asyncio
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg
from tortoise import Tortoise
from tortoise.backends.base.client import NestedTransactionContext, TransactionContext
from tortoise.connection import get_connections
from tortoise.exceptions import DBConnectionError
from tortoise.transactions import in_transaction

from portal.base import reading
from portal.base.settings import Settings, settings

FEATURES = ("base", "accounts", "districts", "institutions", "documents", "licensing")
STATEMENT_SECONDS = 30
UNREACHABLE = (
    *(asyncpg.PostgresConnectionError, asyncpg.InterfaceError, DBConnectionError, TimeoutError),
    # a server that starts, stops or is full says so in words of its own, which are no errors of the connection
    *(asyncpg.CannotConnectNowError, asyncpg.AdminShutdownError, asyncpg.CrashShutdownError),
    asyncpg.TooManyConnectionsError,
)


def configuration(of: Settings) -> dict[str, Any]:
    """Tortoise's configuration: each feature is an app with its models and its own migrations."""
    return {
        "connections": {
            "default": {"engine": "portal.base.postgres", "credentials": credentials(of.database_url, of.pool_size)}
        },
        "apps": {
            feature: {
                "models": [f"portal.{feature}.models"],
                "migrations": f"portal.migrations.{feature}",
                "default_connection": "default",
            }
            for feature in FEATURES
        },
        "use_tz": True,
        "timezone": "Asia/Shanghai",
    }


def credentials(url: str, pool_size: int) -> dict[str, Any]:
    """Take a database address apart; `?host=/folder` names a Unix socket's folder."""
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return {
        "host": query.get("host") or parts.hostname or "127.0.0.1",
        "port": parts.port or 5432,
        "user": unquote(parts.username or "portal"),
        "password": unquote(parts.password) if parts.password else None,
        "database": parts.path.lstrip("/") or "portal",
        "minsize": 1,
        "maxsize": pool_size,
        "command_timeout": STATEMENT_SECONDS,
        "server_settings": {
            "application_name": "portal",
            "idle_in_transaction_session_timeout": "60000",
            "lock_timeout": "10000",
            "jit": "off",
        },
    }


async def connect(of: Settings | None = None) -> None:
    """Open the pool. The fallback is Tortoise's private name: without it handlers find no context (pinned version)."""
    from portal.base.engines.running import with_database

    whole = with_database(of or settings())
    await Tortoise.init(config=configuration(whole), _enable_global_fallback=True)
    await reading.connect(credentials(whole.database_read_url or whole.database_url, whole.pool_size))


async def disconnect() -> None:
    """Give every connection back and close the pools."""
    await reading.disconnect()
    await Tortoise.close_connections()


class tx:  # noqa: N801 it reads as a word of the language: `async with tx():`
    """The one transaction of a use case. Leaks no connection when cancelled while it begins; doesn't nest."""

    def __init__(self) -> None:
        self._context: TransactionContext = in_transaction("default")

    async def __aenter__(self) -> None:
        context: Any = self._context
        if isinstance(context, NestedTransactionContext):
            raise RuntimeError("a transaction is open already: a function that runs inside one opens none")
        try:
            await context.__aenter__()
        except BaseException:
            connection, pool = getattr(context.client, "_connection", None), context.client._parent._pool  # noqa: SLF001 Tortoise has no public way; pinned
            if connection is not None and pool:
                await asyncio.shield(pool.release(connection))
            token = getattr(context, "token", None)
            if token is not None:
                get_connections().reset(token)
            raise

    async def __aexit__(self, *error: object) -> None:
        await self._context.__aexit__(*error)


async def rows(sql: str, *values: Any) -> list[dict[str, Any]]:
    """Run a query (or a statement with RETURNING) with `$1` parameters, inside the open transaction if there is one."""
    return list(await get_connections().get("default").execute_query_dict(sql, list(values)))


async def row(sql: str, *values: Any) -> dict[str, Any] | None:
    """Run a query and return its first record, or nothing."""
    found = await rows(sql, *values)
    return found[0] if found else None


async def execute(sql: str, *values: Any) -> int:
    """Run a statement; return how many rows it touched."""
    async with get_connections().get("default").acquire_connection() as connection:
        status = await connection.execute(sql, *values)
    return int(status.rsplit(" ", 1)[-1]) if status[-1:].isdigit() else 0


async def execute_many(sql: str, values: list[tuple[Any, ...]]) -> None:
    """Run one statement for many sets of values, all or none."""
    await get_connections().get("default").execute_many(sql, [list(entry) for entry in values])


def held() -> int:
    """Count the connections that are borrowed just now: 0 when nothing runs."""
    pool = getattr(get_connections().get("default"), "_pool", None)
    return reading.held() + (pool.held() if pool is not None else 0)


def __getattr__(name: str) -> Any:
    """`TORTOISE` is the configuration by the name that Tortoise's own command line asks for."""
    if name == "TORTOISE":
        return configuration(settings())
    raise AttributeError(name)
