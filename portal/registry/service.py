"""The questions of the public: search, one licence, what a code stands for, how fresh the answer is."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.base import reading
from portal.districts import service as districts
from portal.documents import service as documents
from portal.kernel import ids
from portal.kernel.errors import Busy, Invalid
from portal.registry import cursor, present, store
from portal.registry.entries import Entry, Facts
from portal.registry.search import COUNTED, Wanted, plan
from schemas.registry import Search

LIMIT = 20


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results."""

    entries: list[Entry]
    next: str | None
    total: int
    is_exact: bool
    version: int


async def wanted(asked: Search) -> Wanted:
    """Take a search as it was asked; a district that the city doesn't have is refused."""
    if asked.district and asked.district not in await district_names():
        raise Invalid({"district": present.NO_DISTRICT})
    return words_of(asked)


def words_of(asked: Search) -> Wanted:
    """Take a search whose district is known to be one of the city's."""
    return Wanted(asked.q.strip(), asked.district, asked.status, asked.category, asked.stage)


async def search(of: Wanted, *, today: date, after: str = "", limit: int = LIMIT) -> Found:
    """Search the registry; `after` is the cursor of the page before, bound to the same search."""
    place = cursor.read(after, of) if after else None
    try:
        answer = None
        if plan(of, await store.holders()) == "walk":
            answer = await store.walk(of, today, place, limit + 1)
        answer = answer or await store.narrow(of, today, place, limit + 1)
    except TimeoutError:
        raise Busy("这次查询太慢，已停止。把名称写得更完整，或加上区县再查。") from None
    rows = answer.entries
    more = cursor.write(rows[limit - 1].place, of) if len(rows) > limit else None
    return Found(rows[:limit], more, min(answer.size, COUNTED), answer.size <= COUNTED, answer.version)


async def licence(written: str, today: date) -> tuple[Entry, Facts, list[dict[str, object]]] | None:
    """One licence with its history, or nothing where nobody has this number."""
    number = ids.licence_number(written[:COUNTED])
    found = await store.by_number(number, today) if number else None
    return (*found, await store.history(found[0].id)) if found else None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a paper's code stands for now: the paper, its licence if it is a certificate, and whether it was replaced."""

    title: str
    number: str
    dated: datetime
    entry: Entry | None
    facts: Facts | None
    replaced: datetime | None
    is_demo: bool


async def verify(code: str, today: date) -> Checked | None:
    """Say what is in force now for the paper with this code, or nothing where we gave no such code."""
    paper = await documents.by_code(code)
    if paper is None:
        return None
    digits = ids.licence_number(paper.number)
    entry, facts = (await store.by_number(digits, today) if digits else None) or (None, None)
    replaced = await documents.replaced_at(paper.id)
    return Checked(paper.title, paper.number, paper.decided_at, entry, facts, replaced, paper.is_demo)


async def version() -> int:
    """The counter behind every ETag."""
    return await store.version()


async def district_names(version: int | None = None) -> dict[str, str]:
    """The city's districts, by code, as of the registry's version; read again when that has moved."""
    version = await store.version() if version is None else version
    kept, of = reading.memory.get("districts", ({}, None))
    if of != version:
        kept = await districts.names()
        reading.memory["districts"] = (kept, version)
    return dict(kept)
