"""The portal as real processes (web and workers) on a database of their own, for browsers and for faults."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
EVERYTHING = (("serve",), ("worker", "quick"), ("worker", "documents"))


def until(holds: Callable[[], object], seconds: float = 60) -> None:
    """Wait for something that another process does; fail when it doesn't come."""
    end, pause = time.monotonic() + seconds, threading.Event()
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        pause.wait(0.05)


def free_port() -> int:
    """Choose a port that nobody has just now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def answers(port: int, path: str) -> bool:
    """Tell whether the web server at this port says 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", path)
        return connection.getresponse().status == 200
    return False


class RunningPortal:
    """Web and workers. `settings` are theirs; `start` and `kill` take the words of a command: ("worker", "quick")."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.settings = settings | {"PORTAL_DATA": str(folder / "var"), "PORT": str(self.port)}
        self.environment = keep | self.settings
        self.running: dict[tuple[str, ...], subprocess.Popen[bytes]] = {}

    def start(self, *words: str, **settings: str) -> None:
        """Start one process; `settings` are added for it alone (a failpoint, say)."""
        with (self.folder / f"{'-'.join(words)}.log").open("ab") as log:
            self.running[words] = subprocess.Popen(
                [sys.executable, "-m", "portal", *words], cwd=ROOT, env=self.environment | settings,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        if words == ("serve",):
            until(lambda: answers(self.port, "/healthz") or self.running[words].poll() is not None)
            assert self.running[words].poll() is None, self.said(*words)

    def said(self, *words: str) -> str:
        """What a process wrote."""
        return (self.folder / f"{'-'.join(words)}.log").read_text(errors="replace")

    def kill(self, *words: str) -> None:
        """Kill one process as hard as a machine that loses power."""
        process = self.running.pop(words)
        process.kill()
        process.wait()

    def end(self) -> None:
        """End everything."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait()
        self.running.clear()


@contextmanager
def running_portal(folder: Path, **settings: str) -> Iterator[RunningPortal]:
    """Start web and workers, and end them."""
    portal = RunningPortal(folder, **settings)
    try:
        for words in EVERYTHING:
            portal.start(*words)
        yield portal
    finally:
        portal.end()
