"""Asks every question and gathers what contradicts itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from portal.base import audit, db
from portal.consistency import keeping, numbering, sealing
from portal.consistency.questions import QUESTIONS

MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one question: what was found to contradict it, at most twenty by name."""

    name: str
    title: str
    count: int
    named: tuple[str, ...]


async def chain() -> list[str]:
    """Name the first entry of the audit log that doesn't follow from the one before."""
    found = await audit.verify()
    return [] if found.broken is None else [f"audit:{found.broken}"]


OTHERS: tuple[tuple[str, str, Callable[[], Awaitable[list[str]]]], ...] = (
    ("letter-numbers", "文书号、收件号从 1 起连续，没有空号重号", numbering.faults),
    ("files", "每个文件都在，内容没有变", keeping.changed),
    ("sealed", "加密的内容都能用现在的密钥读出", sealing.unreadable),
    ("orphan-files", "文件夹里没有来历不明的文件", keeping.orphans),
    ("audit-chain", "审计记录首尾相接", chain),
)


async def check() -> list[Answer]:
    """Ask everything; nothing is changed."""
    answers = []
    for question in QUESTIONS:
        found = [str(row["what"]) for row in await db.rows(question.sql)]
        answers.append(Answer(question.name, question.title, len(found), tuple(sorted(set(found))[:MOST_NAMED])))
    for name, title, ask in OTHERS:
        found = await ask()
        answers.append(Answer(name, title, len(found), tuple(found[:MOST_NAMED])))
    return answers


async def waiting() -> list[tuple[str, int]]:
    """Count the jobs that are still to be done, by topic: no fault, but named."""
    sql = "SELECT topic, count(*) AS count FROM outbox_job WHERE done_at IS NULL AND dead_at IS NULL GROUP BY topic"
    return sorted((row["topic"], row["count"]) for row in await db.rows(sql))
