"""The questions of the public: search, one licence, what a code stands for, how fresh the answer is."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.documents import service as documents
from portal.kernel import ids
from portal.kernel.errors import Missing
from portal.registry import cursor, store
from portal.registry.search import Wanted
from portal.registry.store import Entry


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results."""

    entries: list[Entry]
    next: str | None
    total: int
    is_exact: bool


async def search(wanted: Wanted, *, today: date, after: str, limit: int) -> Found:
    """Search the registry; `after` is the cursor of the page before, bound to the same search."""
    place = cursor.read(after, wanted) if after else None
    rows = await store.page(wanted, today, place, limit + 1)
    value, is_exact = await store.total(wanted, today)
    more = cursor.write(rows[limit - 1].place, wanted) if len(rows) > limit else None
    return Found(rows[:limit], more, value, is_exact)


async def licence(written: str, today: date) -> tuple[Entry, list[dict[str, object]]]:
    """One licence with its history."""
    number = ids.licence_number(written)
    found = await store.by_number(number, today) if number else None
    if found is None:
        raise Missing
    return found, await store.history(found.id)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a paper's code stands for now: the paper, its licence if it is a certificate, and whether it was replaced."""

    title: str
    number: str
    dated: datetime
    entry: Entry | None
    replaced: datetime | None
    is_demo: bool


async def verify(code: str, today: date) -> Checked:
    """Say what is in force now for the paper with this code."""
    paper = await documents.by_code(code)
    if paper is None:
        raise Missing
    digits = ids.licence_number(paper.number)
    entry = await store.by_number(digits, today) if digits else None
    replaced = await documents.replaced_at(paper.id)
    return Checked(paper.title, paper.number, paper.decided_at, entry, replaced, paper.is_demo)


async def version() -> int:
    """The counter behind every ETag."""
    return await store.version()
