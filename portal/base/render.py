"""Heavy or dangerous work in a child process with hard limits (memory, processor time, time on the clock).

A child that crashes, hangs or grows is ended and the next order gets a fresh one: a crash is a normal, retried outcome.
"""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from types import MappingProxyType

from portal.base.confined import LENGTH, Limits, refused
from portal.base.settings import ROOT

NOTHING: Mapping[str, str] = MappingProxyType({})
HANDED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


class WorkFailed(Exception):
    """A child could not do an order: it crashed, ran out of its limits, or met an error of the named kind."""


class Workshop:
    """One child at a time that runs `python -m MODULE`; orders wait for each other."""

    def __init__(self, module: str, limits: Limits, environment: Mapping[str, str] = NOTHING) -> None:
        self._module = module
        self._limits = limits
        self._environment = environment
        self._child: asyncio.subprocess.Process | None = None
        self._folder = ""
        self._done = 0
        self._turn: asyncio.Lock | None = None

    async def do(self, order: bytes) -> bytes:
        """Hand one order to the child and return its answer; refusals are raised as `Invalid`."""
        self._turn = self._turn or asyncio.Lock()
        async with self._turn:
            try:
                sign, body = await asyncio.wait_for(self._ask(order), self._limits.wall_seconds)
            except TimeoutError:
                await self._end()
                raise WorkFailed(f"{self._module}: longer than {self._limits.wall_seconds:g} s") from None
            except (OSError, asyncio.IncompleteReadError) as error:
                await self._end()
                raise WorkFailed(f"{self._module}: the child ended") from error
            except BaseException:
                await self._end()  # an answer that nobody waits for any more must not meet the next order
                raise
            if self._done >= self._limits.orders:
                await self._end()
        if sign == b"!":
            raise refused(body)
        if sign != b"+":
            raise WorkFailed(f"{self._module}: {body.decode(errors='replace')}")
        return body

    async def close(self) -> None:
        """End the child."""
        await self._end()

    async def _ask(self, order: bytes) -> tuple[bytes, bytes]:
        child = self._child if self._child is not None and self._child.returncode is None else await self._start()
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(LENGTH.pack(len(order)) + order)
        await child.stdin.drain()
        sign = await child.stdout.readexactly(1)
        (length,) = LENGTH.unpack(await child.stdout.readexactly(LENGTH.size))
        body = await child.stdout.readexactly(length)
        self._done += 1
        return sign, body

    async def _start(self) -> asyncio.subprocess.Process:
        """Start a child that knows no secret of ours, with a folder for what it leaves about.

        Of our environment it gets only what it needs to run.
        """
        await self._end()
        self._folder = tempfile.mkdtemp(prefix="portal-child-")
        environment = {name: os.environ[name] for name in HANDED_ON if name in os.environ}
        self._child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", self._module,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            cwd=ROOT, env={**environment, **self._environment, "TMPDIR": self._folder, "PYTHONHASHSEED": "0"},
        )  # fmt: skip
        self._done = 0
        return self._child

    async def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.returncode is None:
            child.kill()
        await child.wait()
        if child.stdin is not None:
            child.stdin.close()
        await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)
