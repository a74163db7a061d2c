"""Schema migrations under a lock, so that several machines may start at once."""

import importlib.util
from pathlib import Path

import asyncpg
from tortoise import Tortoise
from tortoise.migrations.api.migrate import migrate as run_migrations

from portal.base import db
from portal.base.engines.running import with_database
from portal.base.settings import Settings
from portal.kernel.errors import PortalError

LOCK = 0x706F7274616C  # "portal": one lock for migrations, in every installation


async def migrate(of: Settings) -> list[str]:
    """Apply what is missing; return the names of what was applied. Waits while somebody else migrates."""
    applied: list[str] = []

    def note(event: str, app: str, name: str) -> None:
        if event == "apply_done":
            applied.append(f"{app}.{name}")

    held = await connection(of)
    try:
        await refuse_wrong_locale(held)
        await held.execute("SELECT pg_advisory_lock($1)", LOCK)
        await run_migrations(config=db.configuration(with_database(of)), direction="forward", progress=note)
    finally:
        await Tortoise.close_connections()
        await held.close()
    return applied


async def pending() -> list[str]:
    """Name the migrations that the open database lacks: while there are any, the portal isn't ready."""
    known = await db.row("SELECT to_regclass('tortoise_migrations') IS NOT NULL AS made")
    found = await db.rows("SELECT app, name FROM tortoise_migrations") if known and known["made"] else []
    return sorted(shipped() - {f"{entry['app']}.{entry['name']}" for entry in found})


def shipped() -> set[str]:
    """Name every migration that comes with this version."""
    names = set()
    for feature in db.FEATURES:
        package = importlib.util.find_spec(f"portal.migrations.{feature}")
        for folder in (package.submodule_search_locations or []) if package else []:
            names |= {f"{feature}.{file.stem}" for file in Path(folder).glob("[0-9]*.py")}
    return names


class NoAnswer(ConnectionError):
    """PostgreSQL isn't there, or not yet: worth another try, unlike a wrong address or password."""


async def connection(of: Settings) -> asyncpg.Connection:
    """Open a connection of our own: its session holds the lock while Tortoise's pool works."""
    address = db.credentials(with_database(of).database_url, of.pool_size)
    host, user, database = address["host"], address["user"], address["database"]
    wanted = ("host", "port", "user", "password", "database")
    try:
        return await asyncpg.connect(**{name: address[name] for name in wanted})
    except asyncpg.InvalidAuthorizationSpecificationError:  # a wrong password too
        raise PortalError(
            f"DATABASE_URL: PostgreSQL at {host} refuses user {user}: wrong password, or none set"
        ) from None
    except asyncpg.InvalidCatalogNameError:
        raise PortalError(
            f"DATABASE_URL: PostgreSQL at {host} has no database {database}: createdb --owner {user}"
            f" --template template0 --encoding UTF8 --locale C.UTF-8 {database}"
        ) from None
    except (OSError, *db.UNREACHABLE) as error:
        raise NoAnswer(f"PostgreSQL at {host} doesn't answer ({error}): does it run, is DATABASE_URL right?") from None


async def refuse_wrong_locale(held: asyncpg.Connection) -> None:
    """Refuse a database that can't tell Chinese letters from signs: searching names would find nothing."""
    if await held.fetchval("SHOW server_encoding") != "UTF8" or not await held.fetchval("SELECT '民' ~ '[[:alpha:]]'"):
        raise PortalError(
            "The database needs encoding UTF8 and a locale such as C.UTF-8 or zh_CN.UTF-8; make it anew:"
            " createdb --template template0 --encoding UTF8 --locale C.UTF-8"
        )
