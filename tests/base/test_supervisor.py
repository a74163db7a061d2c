"""`python -m portal up` as people run it: it restarts what dies, refuses what can't work, leaves nothing behind."""

import asyncio
import contextlib
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from portal.base.engines.places import find_places
from portal.base.engines.postgres import Postgres
from tests.engines import folder_for_engines
from tests.running import ROOT, answers, free_port, until

CHILDREN = {
    "web": "serve",
    "quick": "worker quick",
    "documents": "worker documents",
    "Valkey": "valkey-server",
    "PostgreSQL": "/postgres -D",
}
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="not run: looks for processes in /proc")


class Installation:
    """A portal that runs on its own data and port."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.start()

    def start(self) -> None:
        self.process = self.up()
        try:
            until(lambda: self.is_ready() or self.process.poll() is not None, seconds=90)
            assert self.process.poll() is None
        except AssertionError:
            self.process.terminate()
            raise AssertionError(f"it did not start: {self.process.communicate()[0]}") from None

    def up(self, **settings: str) -> "subprocess.Popen[str]":
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {"PORTAL_DATA": str(self.folder / "var"), "PORT": str(self.port), "BASE_URL": "http://127.0.0.1"}
        environment = keep | own | settings
        return subprocess.Popen(
            [sys.executable, "-m", "portal", "up"], cwd=ROOT, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def is_ready(self) -> bool:
        return answers(self.port, "/readyz")

    def children(self) -> dict[int, str]:
        """The supervisor's children by number, with their commands."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if re.search(r"\) \S (\d+)", (folder / "stat").read_text())[1] == str(self.process.pid):  # type: ignore[index]
                    found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
        return found

    def child(self, name: str) -> int:
        return next(iter(number for number, command in self.children().items() if CHILDREN[name] in command), 0)

    def end(self) -> None:
        self.process.terminate()
        self.process.communicate()


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with folder_for_engines() as folder:
        running = Installation(folder)
        yield running
        running.end()


def refused(process: "subprocess.Popen[str]") -> str:
    """The one line that a refused start says."""
    said, _ = process.communicate()
    assert process.returncode == 3
    assert len(said.splitlines()) == 1
    return said


def test_a_second_instance_on_the_same_data_is_refused_in_one_line(installation: Installation) -> None:
    assert "already runs on" in refused(installation.up())


def test_a_taken_port_is_named_in_one_line(installation: Installation, tmp_path: Path) -> None:
    with folder_for_engines() as folder:
        said = refused(installation.up(PORTAL_DATA=str(folder / "var")))
    assert f"port {installation.port} can't be used" in said


@pytest.mark.parametrize("name", CHILDREN)
def test_what_is_killed_runs_again(installation: Installation, name: str) -> None:
    until(lambda: installation.child(name))
    killed = installation.child(name)
    os.kill(killed, signal.SIGKILL)
    until(lambda: installation.child(name) not in {0, killed})
    until(installation.is_ready)


def test_a_killed_supervisor_leaves_no_process_and_the_next_start_has_the_data(installation: Installation) -> None:
    until(lambda: len(installation.children()) == len(CHILDREN))
    watched = [os.pidfd_open(number) for number in installation.children()]
    installation.process.kill()
    installation.process.communicate()
    for handle in watched:
        assert select.select([handle], [], [], 30)[0]
        os.close(handle)
    made = (installation.folder / "var/pg/PG_VERSION").stat().st_mtime
    installation.start()
    assert (installation.folder / "var/pg/PG_VERSION").stat().st_mtime == made


def test_ctrl_c_twice_ends_everything_cleanly(installation: Installation) -> None:
    children = installation.children()
    installation.process.send_signal(signal.SIGINT)
    installation.process.send_signal(signal.SIGINT)
    said, _ = installation.process.communicate(timeout=60)
    assert installation.process.returncode == 0
    assert "Traceback" not in said
    assert not any(Path(f"/proc/{number}").exists() for number in children)
    assert not (installation.folder / "var/pg/postmaster.pid").exists()
    installation.start()


async def make_demo_account(folder: Path) -> None:
    server = Postgres(find_places(folder / "var"))
    connection = await asyncpg.connect(host=str(server.places.sockets), user="portal", database="portal")
    await connection.execute(
        "INSERT INTO account (login, name, role, is_demo, created) VALUES ('a@demo.example', '甲', 'auditor', true, now())"
    )
    await connection.close()


def test_a_demo_that_is_started_as_production_is_refused_once_and_by_reason() -> None:
    with folder_for_engines() as folder:
        running = Installation(folder)
        asyncio.run(make_demo_account(folder))
        running.end()
        assert "演示账户" in refused(running.up())
