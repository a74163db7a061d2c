"""A child process: started with a log of its own, ended with its parent, its log kept small."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from portal.base.engines.places import EngineError, EngineUser

LARGEST_LOG = 10 * 1024 * 1024
START_SECONDS = 60.0
STOP_SECONDS = 20.0
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
C_LIBRARY = ctypes.CDLL(None)


class Child:
    """One program that runs beside us. `is_ready` gets the process's number and tells whether it answers."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        user: EngineUser | None = None,
        environment: Mapping[str, str] | None = None,
        folder: Path = Path("/"),
        stop_signal: signal.Signals = signal.SIGTERM,
        is_ready: Callable[[int], bool] = bool,
    ) -> None:
        self.name, self.command, self.log, self.folder = name, list(command), log, folder
        self.user, self.environment, self.stop_signal, self.is_ready = user, environment, stop_signal, is_ready
        self.process: subprocess.Popen[bytes] | None = None
        self.since = 0.0

    def start(self) -> None:
        """Start the program in a session of its own: Ctrl-C in the terminal reaches only the supervisor."""
        switch: dict[str, Any] = self.user.switch if self.user else {}
        with open_log(self.log, self.user) as log:
            self.process = subprocess.Popen(  # noqa: S603 our own fixed commands
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, env=self.environment,
                start_new_session=True, preexec_fn=lambda: die_with_parent(self.stop_signal), **switch,  # noqa: PLW1509 no thread runs in the supervisor
            )  # fmt: skip
        self.since = time.monotonic()

    def wait_until_ready(self, *, is_over: Callable[[], bool] = lambda: False) -> None:
        """Wait until the program answers; raise EngineError with its last words when it ends or stays silent."""
        while not is_over() and (self.process is None or not self.is_ready(self.process.pid)):
            if not self.is_running or time.monotonic() - self.since > START_SECONDS:
                raise EngineError(f"{self.name} did not start: {self.last_words} (whole log: {self.log})")
            time.sleep(0.03)

    @property
    def is_running(self) -> bool:
        """Tell whether the process lives."""
        return self.process is not None and self.process.poll() is None

    @property
    def last_words(self) -> str:
        """The last line of the log: most often the reason."""
        with self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 4096))
            lines = log.read().decode(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")

    def stop(self) -> None:
        """Ask the program to end, and end it after a while."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def trim_log(self) -> None:
        """Keep at most the last two pieces of the log."""
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            shutil.copyfile(self.log, self.log.with_suffix(".log.1"))
            os.truncate(self.log, 0)


def open_log(path: Path, user: EngineUser | None) -> Any:
    """Open a log for appending, so that it may be cut while the program writes; it belongs to the project's owner."""
    log = path.open("ab")
    path.chmod(0o600)
    if os.getuid() == 0 and user is not None and user.is_owner:
        os.chown(path, user.uid, user.gid)
    return log


def die_with_parent(stop_signal: signal.Signals) -> None:
    """Ask Linux to signal this process when its parent dies; runs after the switch of user, which would clear it."""
    if sys.platform == "linux":
        C_LIBRARY.prctl(DIE_WITH_PARENT, int(stop_signal), 0, 0, 0)
