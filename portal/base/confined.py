"""The inside of a child process that does dangerous or heavy work: it limits itself before it reads the first order.

One order is a length and bytes on standard input; one answer is a sign, a length and bytes on standard output:
`+` done, `!` refused with a message for people, `-` failed (the kind of error alone: a message could hold a name).
"""

import ctypes
import json
import os
import resource
import signal
import struct
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from portal.kernel.errors import FieldError, Invalid, PortalError

NEW_NETWORK, NEW_USERS = 0x40000000, 0x10000000
LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much memory and time a child may take, and after how many orders it makes room for a fresh one."""

    memory_bytes: int = 1 << 30
    cpu_seconds: int = 30
    wall_seconds: float = 60.0
    orders: int = 200


def serve(prepare: Callable[[], Callable[[bytes], bytes]], limits: Limits) -> None:
    """Limit this process, prepare once, then answer orders until the parent closes the pipe.

    Who stops the service may signal the whole group: the order then fails or not as the parent decides, not by chance.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    orders, answers = _own_pipes()
    _leave_the_network()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    os.nice(10)
    warnings.simplefilter("ignore")
    work = prepare()
    while (head := orders.read(LENGTH.size)) and len(head) == LENGTH.size:
        _allow_seconds(limits.cpu_seconds)
        sign, body = _answer(work, orders.read(LENGTH.unpack(head)[0]))
        answers.write(sign + LENGTH.pack(len(body)) + body)
        answers.flush()


def refused(body: bytes) -> Invalid:
    """Read the child's refusal back as the error that it was."""
    return Invalid([FieldError(path, message) for path, message in json.loads(body)])


def _answer(work: Callable[[bytes], bytes], order: bytes) -> tuple[bytes, bytes]:
    try:
        return b"+", work(order)
    except Invalid as error:
        return b"!", json.dumps([(one.path, one.message) for one in error.errors]).encode()
    except PortalError as error:
        return b"!", json.dumps([("", error.message)]).encode()
    except Exception as error:  # noqa: BLE001 whatever went wrong, the parent must learn its kind and decide
        return b"-", type(error).__name__.encode()


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipe for answers to ourselves: what a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, answers


def _allow_seconds(seconds: int) -> None:
    """Let the next order use so much processor time beyond what is used already; more ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _leave_the_network() -> None:
    """Have no network: by a namespace of our own where the system lets us, and in Python in any case."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(NEW_NETWORK) != 0:
        libc.unshare(NEW_USERS | NEW_NETWORK)

    def forbid(event: str, _: tuple[object, ...]) -> None:
        if event in {"socket.connect", "socket.getaddrinfo", "socket.bind", "subprocess.Popen", "os.system"}:
            raise PermissionError(event)

    sys.addaudithook(forbid)
