"""The embedded PostgreSQL: reachable by a Unix socket in a closed folder alone, so it needs no password."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from portal.base.engines.children import Child
from portal.base.engines.places import EngineError, Places, make_folder

SAFE_WITHOUT_DISK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # for tests alone
QUIET = {
    "log_min_messages": "log",  # the text of an error can hold somebody's data; the portal reports errors itself
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


class Postgres:
    """One cluster in `places.engines/pg` with a database `portal` of the role `portal`."""

    def __init__(self, places: Places, settings: Mapping[str, str] | None = None) -> None:
        self.places, self.folder = places, places.engines / "pg"
        options = {"listen_addresses": "", "unix_socket_permissions": "0700"} | QUIET | dict(settings or {})
        command = [str(places.postgres_programs / "postgres"), "-D", str(self.folder), "-k", str(places.sockets)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        self.child = Child(
            "PostgreSQL", command, log=places.logs / "postgres.log", user=places.user,
            stop_signal=signal.SIGINT, is_ready=self.is_ready,
        )  # fmt: skip

    def url(self, database: str = "portal") -> str:
        """The address for DATABASE_URL."""
        return f"postgres://portal@/{database}?host={self.places.sockets}"

    def prepare(self) -> None:
        """Make the cluster when there is none; end an orphan; refuse a cluster of another major version."""
        if not (self.folder / "PG_VERSION").exists():
            self.create()
        made_by = (self.folder / "PG_VERSION").read_text().strip()
        if made_by != str(self.major):
            raise EngineError(
                f"{self.folder} was made by PostgreSQL {made_by}, and {self.places.postgres_programs} is {self.major};"
                " dump and restore it, or set PORTAL_PG_BIN"
            )
        self.end_orphan()

    def create(self) -> None:
        """Run initdb beside the final folder and move it there when it is whole: a kill leaves nothing half-made."""
        unfinished = self.places.engines / "pg.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        make_folder(unfinished, mode=0o700, user=self.places.user)
        provider = ["--locale-provider=builtin"] if self.major >= 17 else []
        made = self.run("initdb", "-D", str(unfinished), "-U", "portal", "-A", "trust", "-E", "UTF8", *provider,
                        "--locale=C.UTF-8", "--no-instructions")  # fmt: skip
        if made.returncode != 0:
            lines = made.stderr.decode(errors="replace").strip().splitlines() or ["it said nothing"]
            raise EngineError(f"PostgreSQL could not make {self.folder}: {lines[-1]}")
        unfinished.rename(self.folder)

    def start(self) -> None:
        """Start the server; a killed one leaves processes that need a moment to go, so try for a while."""
        for attempt in range(5):
            self.child.start()
            try:
                self.child.wait_until_ready()
            except EngineError:
                if attempt == 4:
                    raise
                time.sleep(1)
            else:
                return

    def create_database(self) -> None:
        """Make the database `portal` unless it is there."""
        asked = self.run(
            "psql", *self.at, "-d", "postgres", "-Atc", "SELECT 1 FROM pg_database WHERE datname = 'portal'"
        )
        if asked.stdout.strip() != b"1" and self.run("createdb", *self.at, "portal").returncode != 0:
            raise EngineError(f"PostgreSQL could not make the database (whole log: {self.child.log})")

    def is_ready(self, process: int) -> bool:
        """Read from the server's own file whether it takes connections; `pg_ctl` waits in the same way."""
        lines = self.pid_file()
        return len(lines) > 7 and lines[0] == str(process) and lines[7].strip() == "ready"

    def pid_file(self) -> list[str]:
        """The lines of postmaster.pid: process number, folder, …, state."""
        try:
            return (self.folder / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def end_orphan(self) -> None:
        """End a server that outlived its supervisor: we hold the installation's lock, so nobody uses it.

        After a restart of the machine the number in the file may be any process's, which must live.
        """
        number = next(iter(self.pid_file()), "")
        if not number.isdigit():
            return
        if not is_server_of(int(number), self.folder):
            (self.folder / "postmaster.pid").unlink(missing_ok=True)
            return
        for stop_signal in (signal.SIGINT, signal.SIGQUIT):
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(number), stop_signal)
            until = time.monotonic() + 15
            while time.monotonic() < until:
                if not is_server_of(int(number), self.folder):
                    return
                time.sleep(0.05)
        raise EngineError(f"an older PostgreSQL (process {number}) still uses {self.folder} and doesn't end")

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Run one of PostgreSQL's own programs as the engines' user."""
        command = [str(self.places.postgres_programs / program), *arguments]
        try:
            return subprocess.run(  # noqa: S603 our own fixed commands
                command, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, check=False, **self.places.user.switch
            )
        except OSError as error:
            raise EngineError(f"{command[0]} can't be run ({error.strerror}); check PORTAL_PG_BIN") from None

    @property
    def at(self) -> tuple[str, ...]:
        """Arguments that lead PostgreSQL's programs to this server."""
        return ("-h", str(self.places.sockets), "-U", "portal")

    @property
    def major(self) -> int:
        """The major version of the programs."""
        said = self.run("postgres", "-V").stdout.decode().split()
        if len(said) < 3:
            raise EngineError(f"{self.places.postgres_programs}/postgres doesn't run here; check PORTAL_PG_BIN")
        return int(said[2].split(".")[0])


def is_server_of(process: int, folder: Path) -> bool:
    """Tell whether a process is a PostgreSQL server of this folder (a server's working folder is its data's)."""
    try:
        if Path("/proc/self").exists():
            return Path(f"/proc/{process}/cwd").resolve(strict=True) == folder.resolve()
        listed = subprocess.run(["/bin/ps", "-o", "command=", "-p", str(process)], capture_output=True, check=False)  # noqa: S603 fixed command
    except OSError:
        return False
    return str(folder) in listed.stdout.decode(errors="replace")
