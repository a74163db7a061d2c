"""The embedded engines keep data, refuse what they can't use, and hurt no other process."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from portal.base import db, schema
from portal.base.engines import places as places_module
from portal.base.engines.places import EngineError, EngineUser, Places, find_places, make_folder
from portal.base.engines.postgres import SAFE_WITHOUT_DISK, Postgres
from portal.base.engines.valkey import Valkey
from portal.base.settings import read
from tests.engines import Databases, folder_for_engines


@pytest.fixture
def own_places() -> Iterator[Places]:
    with folder_for_engines() as folder:
        yield find_places(folder / "var")


async def asked(server: Postgres, sql: str) -> object:
    connection = await asyncpg.connect(host=str(server.places.sockets), user="portal", database="postgres")
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


def started(places: Places) -> Postgres:
    server = Postgres(places, SAFE_WITHOUT_DISK)
    server.prepare()
    server.start()
    return server


async def test_a_restart_keeps_what_was_committed(own_places: Places) -> None:
    server = started(own_places)
    await asked(server, "CREATE TABLE kept AS SELECT 7 AS number")
    server.child.stop()
    server = started(own_places)
    assert await asked(server, "SELECT number FROM kept") == 7
    server.child.stop()


async def test_a_killed_server_starts_again_with_its_data(own_places: Places) -> None:
    server = Postgres(own_places)
    server.prepare()
    server.start()
    await asked(server, "CREATE TABLE kept AS SELECT 7 AS number")
    assert server.child.process
    server.child.process.kill()
    server.child.process.wait()
    server.end_orphan()
    server.start()
    assert await asked(server, "SELECT number FROM kept") == 7
    server.child.stop()


async def test_an_orphan_of_an_earlier_run_is_ended_before_the_next_starts(own_places: Places) -> None:
    orphan = started(own_places)
    server = Postgres(own_places, SAFE_WITHOUT_DISK)
    server.prepare()
    assert orphan.child.process
    assert orphan.child.process.wait(5) is not None
    server.start()
    assert await asked(server, "SELECT 1") == 1
    server.child.stop()


def test_a_stale_number_in_the_server_file_hurts_no_other_process(own_places: Places) -> None:
    server = started(own_places)
    lines = server.pid_file()
    server.child.stop()
    other = subprocess.Popen(["/bin/sleep", "60"], **own_places.user.switch)
    (server.folder / "postmaster.pid").write_text("\n".join([str(other.pid), *lines[1:]]))
    server = started(own_places)
    assert other.poll() is None
    other.kill()
    other.wait()
    server.child.stop()


def test_a_half_made_cluster_is_made_anew(own_places: Places) -> None:
    make_folder(own_places.engines / "pg.new", mode=0o700, user=own_places.user)
    (own_places.engines / "pg.new" / "PG_VERSION").write_text("18\n")
    started(own_places).child.stop()
    assert not (own_places.engines / "pg.new").exists()


def test_a_cluster_of_another_major_version_is_refused_in_one_line(own_places: Places) -> None:
    server = started(own_places)
    server.child.stop()
    (server.folder / "PG_VERSION").write_text("15\n")
    with pytest.raises(EngineError, match="was made by PostgreSQL 15"):
        Postgres(own_places).prepare()


def test_a_server_that_does_not_start_says_why(own_places: Places) -> None:
    server = Postgres(own_places, {"shared_buffers": "nonsense"})
    server.prepare()
    server.child.start()
    with pytest.raises(EngineError, match=r"PostgreSQL did not start: .*shared_buffers"):
        server.child.wait_until_ready()


def test_a_deep_project_gets_a_short_socket_folder() -> None:
    with folder_for_engines() as folder:
        deep = folder / ("a" * 60) / ("b" * 60)
        found = find_places(deep / "var")
        assert len(os.fsencode(found.sockets)) <= places_module.LONGEST_SOCKET_FOLDER
        assert found.sockets.stat().st_mode & 0o777 == 0o700
        found.sockets.rmdir()


def test_a_folder_of_somebody_else_is_refused() -> None:
    with folder_for_engines() as folder:
        other = EngineUser(folder.stat().st_uid + 1, 0, is_owner=False)
        with pytest.raises(EngineError, match="belongs to another user"):
            make_folder(folder, mode=0o700, user=other)


@pytest.mark.skipif(os.getuid() != 0, reason="not run: only root meets closed folders above the project")
async def test_root_below_a_closed_home_runs_the_engines_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    with folder_for_engines() as folder, folder_for_engines() as elsewhere:
        monkeypatch.setattr(places_module, "ELSEWHERE", elsewhere)
        (folder / "home").mkdir(mode=0o700)
        found = find_places(folder / "home" / "project" / "var")
        assert found.engines.parent == elsewhere
        server = started(found)
        assert await asked(server, "SELECT 1") == 1
        server.child.stop()
        assert find_places(folder / "home" / "project" / "var").engines == found.engines


@pytest.mark.skipif(os.getuid() != 0, reason="not run: only root may switch users")
def test_root_on_a_users_project_runs_as_that_user() -> None:
    with folder_for_engines() as folder:
        project = folder / "project"
        project.mkdir()
        os.chown(project, 1, 1)
        found = find_places(project / "var")
        assert (found.user.uid, found.user.is_owner) == (1, True)
        assert found.data.stat().st_uid == found.logs.stat().st_uid == 1


async def test_no_name_or_number_from_a_failing_statement_reaches_the_log(own_places: Places) -> None:
    server = started(own_places)
    await asked(server, "CREATE TABLE person (mobile text PRIMARY KEY)")
    await asked(server, "INSERT INTO person VALUES ('13800000000')")
    with pytest.raises(asyncpg.UniqueViolationError):
        await asked(server, "INSERT INTO person VALUES ('13800000000')")
    server.child.stop()
    assert "13800000000" not in server.child.log.read_text()


def test_a_log_is_cut_when_it_grows(own_places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.base.engines.children.LARGEST_LOG", 10)
    server = started(own_places)
    server.child.trim_log()
    assert server.child.log.stat().st_size == 0
    server.child.stop()
    assert server.child.log.stat().st_size > 0


def test_valkey_keeps_the_queue_over_a_kill(own_places: Places) -> None:
    server = Valkey(own_places)
    server.prepare()
    server.start()
    with server.client() as client:
        client.set("kept", "7")
        client.execute_command("WAITAOF", 1, 0, 5000)
    assert server.child.process
    server.child.process.kill()
    server.child.process.wait()
    server.prepare()
    server.start()
    with server.client() as client:
        assert client.get("kept") == b"7"
    server.child.stop()


def test_a_broken_queue_file_is_put_aside(own_places: Places) -> None:
    server = Valkey(own_places)
    server.prepare()
    server.start()
    server.child.stop()
    for file in (server.folder / "appendonlydir").glob("*.manifest"):
        file.write_text("nonsense")
    server.start()
    assert server.answers()
    assert (own_places.engines / "valkey.broken").exists()
    server.child.stop()


def test_an_orphaned_valkey_is_ended_before_the_next_starts(own_places: Places) -> None:
    orphan = Valkey(own_places)
    orphan.prepare()
    orphan.start()
    server = Valkey(own_places)
    server.prepare()
    assert orphan.child.process
    assert orphan.child.process.wait(5) is not None
    server.start()
    assert server.answers()
    server.child.stop()


def test_engines_die_with_their_supervisor(own_places: Places) -> None:
    program = (
        "import pathlib, sys, time\n"
        "from portal.base.engines.places import find_places\n"
        "from portal.base.engines.postgres import Postgres\n"
        "server = Postgres(find_places(pathlib.Path(sys.argv[1]))); server.prepare(); server.start()\n"
        "print(server.child.process.pid, flush=True); time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program, str(own_places.data)]
    supervisor = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert supervisor.stdout
    number = int(supervisor.stdout.readline())
    watched = os.pidfd_open(number)
    supervisor.send_signal(signal.SIGKILL)
    supervisor.wait()
    supervisor.stdout.close()
    assert select.select([watched], [], [], 20)[0]
    os.close(watched)


def test_the_tables_are_made_once_however_many_start(databases: Databases) -> None:
    url = databases.server.url("portal")
    command = [sys.executable, "-m", "portal", "migrate"]
    environment = os.environ | {"DATABASE_URL": url}
    running = [
        subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[2], stdout=subprocess.DEVNULL)
        for _ in range(3)
    ]
    assert [process.wait() for process in running] == [0, 0, 0]


async def test_a_database_that_cannot_read_chinese_is_refused(databases: Databases) -> None:
    await databases.statement("CREATE DATABASE wrong TEMPLATE template0 LOCALE 'C' LOCALE_PROVIDER libc")
    with pytest.raises(Exception, match="UTF8"):
        await schema.migrate(read({"DATABASE_URL": databases.server.url("wrong")}))


async def test_after_the_migrations_nothing_is_pending(database: str) -> None:
    assert await schema.pending() == []
    await db.execute("BEGIN; DELETE FROM tortoise_migrations; COMMIT")
    assert set(await schema.pending()) == schema.shipped()
