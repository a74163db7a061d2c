"""Behind a proxy: whose address counts, at a port and at a Unix socket."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.base.settings import ROOT
from tests.running import until


class OverSocket(http.client.HTTPConnection):
    """A connection to a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("portal.example", timeout=30)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


def status(path: Path, address: str, said_by: str) -> int:
    """Ask for an address as somebody of whom the proxy says where they come from; 0 while nobody listens."""
    connection = OverSocket(path)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", address, headers={"X-Forwarded-For": said_by})
        return connection.getresponse().status
    return 0


@pytest.fixture
def listening(own_database: str, queue: object, tmp_path: Path) -> Iterator[Path]:
    """The web server in production, at a Unix socket."""
    path = tmp_path / "web.sock"
    environment = {**os.environ, "BASE_URL": "https://portal.example", "PORTAL_TRUSTED_PROXY": "unix"}
    command = [sys.executable, "-m", "portal", "serve", "--socket", str(path)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            until(lambda: status(path, "/healthz", "127.0.0.1") == 200 or process.poll() is not None)
            yield path
        finally:
            process.terminate()


def test_at_a_socket_the_proxy_says_who_asks(listening: Path) -> None:
    assert status(listening, "/metrics", "127.0.0.1") == 200
    assert status(listening, "/metrics", "203.0.113.9") == 404
