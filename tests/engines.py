"""The real engines for tests: one PostgreSQL and one Valkey a test process, started when the first test asks.

The tables are made once, in a template; a test that needs a database of its own gets a copy, the others share one
that is emptied before each test.
"""

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from portal.base import schema
from portal.base.engines.places import Places, find_places
from portal.base.engines.postgres import SAFE_WITHOUT_DISK, Postgres
from portal.base.engines.valkey import Valkey
from portal.base.settings import read

TEMPLATE = "tests_template"
SHARED = "tests_shared"
EVERY_TABLE = """
    SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'seed') AND tablename <> 'tortoise_migrations'
"""


@contextmanager
def folder_for_engines() -> Iterator[Path]:
    """Make a short folder that the engines' user can enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="portal-tests-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_postgres(places: Places, settings: Mapping[str, str] | None = None) -> Iterator["Databases"]:
    """Start a PostgreSQL that forgets everything with the machine, make the tables, and stop it at the end."""
    server = Postgres(places, SAFE_WITHOUT_DISK | dict(settings or {}))
    server.prepare()
    server.start()
    try:
        server.create_database()
        databases = Databases(server)
        databases.make_template()
        yield databases
    finally:
        server.child.stop()


@contextmanager
def running_valkey(places: Places) -> Iterator[Valkey]:
    """Start a Valkey and stop it at the end."""
    server = Valkey(places)
    server.prepare()
    server.start()
    try:
        yield server
    finally:
        server.child.stop()


@contextmanager
def installation() -> Iterator[Places]:
    """Make the folders of an installation that lasts as long as the tests."""
    with folder_for_engines() as folder:
        yield find_places(folder / "var")


class Databases:
    """Databases with all tables: the shared one, and copies."""

    def __init__(self, server: Postgres) -> None:
        self.server = server
        self.numbers = itertools.count(1)
        self.emptying = ""

    def make_template(self) -> None:
        """Make all tables once, and note the rows that migrations bring."""
        asyncio.run(self.statement(f"CREATE DATABASE {TEMPLATE}"))
        asyncio.run(schema.migrate(read({"DATABASE_URL": self.server.url(TEMPLATE)})))
        self.emptying = asyncio.run(self.statements_that_empty())
        asyncio.run(self.statement(f"CREATE DATABASE {SHARED} TEMPLATE {TEMPLATE} STRATEGY wal_log"))

    def copy(self) -> str:
        """Make a new database with all tables; return its address."""
        name = f"copy_{next(self.numbers)}"
        asyncio.run(self.statement(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY wal_log"))
        return self.server.url(name)

    def drop(self, url: str) -> None:
        """Remove a copy."""
        name = url.partition("?")[0].rpartition("/")[2]
        asyncio.run(self.statement(f"DROP DATABASE {name} WITH (FORCE)"))

    async def statement(self, sql: str) -> None:
        """Run one statement that can't be inside a transaction."""
        connection = await self.connect("postgres")
        try:
            await connection.execute(sql)
        finally:
            await connection.close()

    async def connect(self, database: str) -> asyncpg.Connection:
        """Open a connection."""
        return await asyncpg.connect(host=str(self.server.places.sockets), user="portal", database=database)

    async def statements_that_empty(self) -> str:
        """Write the SQL that brings the shared database back to what the migrations made.

        Triggers and foreign keys sleep meanwhile: the audit's own trigger refuses every DELETE.
        """
        connection = await self.connect(TEMPLATE)
        try:
            tables = [found[0] for found in await connection.fetch(EVERY_TABLE)]
            filled = [table for table in tables if await connection.fetchval(f"SELECT EXISTS (SELECT FROM {table})")]
            await connection.execute("CREATE SCHEMA seed")
            kept = {table: f"seed.kept_{number}" for number, table in enumerate(filled)}
            for table, copy in kept.items():
                await connection.execute(f"CREATE TABLE {copy} AS TABLE {table}")
        finally:
            await connection.close()
        return ";".join([
            "BEGIN; SET LOCAL session_replication_role = replica",
            *(f"DELETE FROM {table}" for table in tables),
            *(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE TABLE {copy}" for table, copy in kept.items()),
            "COMMIT",
        ])  # fmt: skip
