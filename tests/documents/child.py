"""A child process that does what it is told, also the worst."""

import os
import socket
import subprocess
import time

from portal.base.confined import serve
from portal.kernel.errors import Invalid
from tests.documents.test_press import QUICK


def spin():
    while True:
        pass


def refuse():
    raise Invalid({"name": "写姓名"})


WAYS = {
    b"echo": lambda: b"echo",
    b"who": lambda: str(os.getpid()).encode(),
    b"environment": lambda: str("PORTAL_SECRET" in os.environ).encode(),
    b"crash": os.abort,
    b"spin": spin,
    b"grow": lambda: bytes(1 << 30),
    b"connect": lambda: socket.create_connection(("127.0.0.1", 9)),
    b"resolve": lambda: socket.getaddrinfo("localhost", 80),
    b"spawn": lambda: subprocess.run(["true"], check=True),
    b"wait": lambda: time.sleep(60),
    b"refuse": refuse,
}

if __name__ == "__main__":
    serve(lambda: lambda order: WAYS[order](), QUICK)
