"""Which job answers to which topic of the outbox; a guard test compares both sides."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

Body = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class JobKind:
    """A job: its body, how long it may take (seconds), and the queue it runs in."""

    topic: str
    body: Body
    timeout: int
    queue: str


JOBS: dict[str, JobKind] = {}


def job(topic: str, *, timeout: int = 30, queue: str = "quick") -> Callable[[Body], Body]:
    """Register the body of a topic. It takes ids by keyword and may be run any number of times."""

    def register(body: Body) -> Body:
        assert topic not in JOBS, topic
        JOBS[topic] = JobKind(topic, body, timeout, queue)
        return body

    return register


async def perform(kind: JobKind, arguments: dict[str, Any]) -> None:
    """Run a job's body within its time."""
    await asyncio.wait_for(kind.body(**arguments), kind.timeout)
