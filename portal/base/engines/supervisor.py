"""`python -m portal up`: engines, migrations, web and worker; restarts what dies, ends all together.

Every child asks Linux for a signal when this process dies, so `kill -9` of the supervisor leaves nothing behind.
"""

import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO

from portal.base.engines.children import Child, die_with_parent
from portal.base.engines.places import EngineError, Places, can_enter, find_places
from portal.base.engines.postgres import Postgres
from portal.base.engines.valkey import Valkey
from portal.base.settings import ROOT, Settings

REFUSED = 2  # a command that refuses to start: trying again changes nothing
QUICK_DEATHS = 6  # in a row; then the reason won't go away by itself
LONG_LIFE_SECONDS = 60.0
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(slots=True)
class Watched:
    """A child that runs for good, and how often it died soon after its start."""

    child: Child
    prepare: Callable[[], None] = field(default=lambda: None)
    quick_deaths: int = 0
    start_at: float = 0.0


class Supervisor:
    """One installation on one machine."""

    def __init__(self, settings: Settings, *, say: Callable[[str], None], is_demo: bool = False) -> None:
        self.settings, self.say, self.is_demo = settings, say, is_demo
        self.places: Places = find_places(settings.data)
        self.environment = dict(os.environ) | {"PORTAL_DATA": str(settings.data), "PORT": str(settings.port)}
        if is_demo:
            self.environment["PORTAL_DEMO"] = "1"
        self.watched: list[Watched] = []
        self.demo: subprocess.Popen[bytes] | None = None
        self.is_over = False

    def run(self) -> int:
        """Run until a signal or a fault that won't go away; raise EngineError for the latter."""
        lock = self.take_lock()
        for number in SIGNALS:
            signal.signal(number, self.end)
        try:
            for step in (self.check_port, self.start_engines, self.migrate, self.start_portal, self.load_demo):
                if not self.is_over:
                    step()
            while not self.is_over:
                self.watch()
                time.sleep(0.3)
        finally:
            for number in SIGNALS:
                signal.signal(number, signal.SIG_IGN)  # make and the terminal both pass Ctrl-C on
            self.stop()
            lock.close()
        return 0

    def end(self, _number: int, _frame: object) -> None:
        """Take note of a signal; the loops look at it."""
        self.is_over = True

    def take_lock(self) -> IO[str]:
        """Refuse a second instance on the same data. The kernel frees the lock when we die: it is never stale."""
        path, user = self.settings.data / "lock", self.places.user
        try:
            lock = path.open("a+")
        except OSError as error:
            raise EngineError(
                f"{path} can't be used: {error.strerror}; give another folder: PORTAL_DATA=/folder"
            ) from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise EngineError(
                f"the portal already runs on {self.settings.data} (process {lock.read().strip()})"
            ) from None
        if user.is_owner and os.getuid() == 0:
            os.chown(path, user.uid, user.gid)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        return lock

    def check_port(self) -> None:
        """Say at once when another program has the port; an earlier portal may need a moment to let it go."""
        until = time.monotonic() + 3
        while True:
            try:
                socket.create_server(("127.0.0.1", self.settings.port)).close()
            except OSError as error:
                if time.monotonic() > until or isinstance(error, PermissionError):
                    number, reason = self.settings.port, os.strerror(error.errno or 0)
                    raise EngineError(
                        f"port {number} can't be used ({reason}); take another: make run PORT={number + 1}"
                    ) from None
                time.sleep(0.2)
            else:
                return

    def start_engines(self) -> None:
        """Start the engines that no address replaces, and tell the other processes where they are."""
        if self.places.engines != self.settings.data:
            self.say(f"The engines can't enter {self.settings.data}: their data is in {self.places.engines}")
        if not self.settings.database_url:
            postgres = Postgres(self.places)
            postgres.prepare()
            postgres.start()
            self.watched.append(Watched(postgres.child, postgres.end_orphan))
            postgres.create_database()
            self.environment["DATABASE_URL"] = postgres.url()
        if not self.settings.redis_url:
            valkey = Valkey(self.places)
            valkey.prepare()
            valkey.start()
            self.watched.append(Watched(valkey.child, valkey.prepare))
            self.environment["REDIS_URL"] = valkey.url

    def migrate(self) -> None:
        """Bring the tables up to date before anybody reads them."""
        migrating = self.command("migrate")
        migrating.start()
        self.watched.append(Watched(migrating))
        while not self.is_over and migrating.is_running:
            time.sleep(0.05)
        if not self.is_over and migrating.process and migrating.process.returncode != 0:
            raise EngineError(
                f"the tables could not be brought up to date: {migrating.last_words} (whole log: {migrating.log})"
            )
        migrating.stop()
        self.watched.pop()

    def start_portal(self) -> None:
        """Start web and worker; wait for the web server alone.

        While the demo tells its history the workers wait: their clock would overtake it.
        """
        web = self.command("serve", is_ready=self.web_answers)
        if not self.is_demo:
            self.start_workers()
        self.watched.append(Watched(web))
        web.start()
        web.wait_until_ready(is_over=lambda: self.is_over)
        if not self.is_over:
            self.say(f"{self.settings.public_url}  (logs in {self.places.logs}; Ctrl-C stops)")

    def start_workers(self) -> None:
        """Start both workers."""
        for queue in ("quick", "documents"):
            child = self.command("worker", queue)
            self.watched.append(Watched(child))
            child.start()

    def load_demo(self) -> None:
        """Load the demo data in the background. The command itself knows what is there; it prints the accounts."""
        if self.is_demo:
            child = self.command("demo")
            self.demo = subprocess.Popen(  # noqa: S603 our own fixed command
                child.command, stdin=subprocess.DEVNULL, cwd=ROOT, env=self.environment, start_new_session=True,
                preexec_fn=lambda: die_with_parent(signal.SIGTERM),  # noqa: PLW1509 no thread runs in the supervisor
                **(child.user.switch if child.user else {}),
            )  # fmt: skip

    def watch(self) -> None:
        """Look after each child once: start it again a little later each time, give up when it keeps dying."""
        if self.demo is not None and self.demo.poll() is not None:
            if self.demo.returncode:
                self.say("The demo data could not be loaded whole; the next start goes on with it.")
            self.demo = None
            self.start_workers()
        for watched in self.watched:
            child, now = watched.child, time.monotonic()
            child.trim_log()
            if child.is_running:
                continue
            if child.process and child.process.returncode == REFUSED:
                raise EngineError(f"{child.name}: {child.last_words}")
            if not watched.start_at:
                watched.quick_deaths = 0 if now - child.since > LONG_LIFE_SECONDS else watched.quick_deaths + 1
                if watched.quick_deaths >= QUICK_DEATHS:
                    raise EngineError(f"{child.name} keeps ending: {child.last_words} (whole log: {child.log})")
                watched.start_at = now + 0.5 * 2**watched.quick_deaths
                self.say(f"{child.name} ended; starting it again")
            elif now >= watched.start_at:
                watched.start_at = 0.0
                watched.prepare()
                child.start()

    def stop(self) -> None:
        """End everything in reverse: those who use the engines go before them."""
        if self.demo is not None and self.demo.poll() is None:
            self.demo.terminate()
            self.demo.wait()
        for watched in reversed(self.watched):
            watched.child.stop()

    def command(self, *words: str, is_ready: Callable[[int], bool] = bool) -> Child:
        """Describe one of the portal's own commands as a child."""
        user = self.places.user if self.places.user.is_owner and can_enter(ROOT, self.places.user) else None
        name = "-".join(words)
        return Child(
            name, [sys.executable, "-m", "portal", *words], log=self.places.logs / f"{name}.log", folder=ROOT,
            user=user, environment=self.environment, is_ready=is_ready,
        )  # fmt: skip

    def web_answers(self, _process: int) -> bool:
        """Tell whether the web server answers, whatever it says."""
        connection = http.client.HTTPConnection("127.0.0.1", self.settings.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        else:
            return True
        finally:
            connection.close()
