"""Are the numbers of letters and of cases 1, 2, 3 … in each row of numbers, as many as the counter has given out."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from portal.base import db
from portal.base.clock import SHANGHAI
from portal.documents import rules

WRITTEN = re.compile(r"〔(\d{4})〕(\d+)号$")


async def faults() -> list[str]:
    """Name each row of numbers with a gap, a repeat, or a number that no counter gave."""
    letters = await db.rows("SELECT kind, district, decided_at, number FROM document")
    used: dict[str, list[int]] = defaultdict(list)
    for row in letters:
        kind = rules.KINDS[row["kind"]]
        if not kind.is_certificate:
            year = row["decided_at"].astimezone(SHANGHAI).year
            used[rules.series(kind, row["district"], year)].append(serial(row["number"], year))
    for row in await db.rows("SELECT district, number FROM application WHERE number IS NOT NULL"):
        found = WRITTEN.search(row["number"])
        used[f"case:{row['district']}:{found[1] if found else '?'}"].append(int(found[2]) if found else 0)
    counters = await db.rows("SELECT series, reached FROM counter WHERE series LIKE 'letter:%' OR series LIKE 'case:%'")
    return broken(used, {row["series"]: row["reached"] for row in counters})


def serial(number: str, year: int) -> int:
    """The serial at the end of a number; 0, which no counter gives, where it isn't one of the year."""
    found = WRITTEN.search(number)
    return int(found[2]) if found and int(found[1]) == year else 0


def broken(used: Mapping[str, Iterable[int]], reached: Mapping[str, int]) -> list[str]:
    """Name the rows of numbers that aren't 1 … as far as their counter has reached."""
    every = sorted(set(used) | set(reached))
    return [name for name in every if sorted(used.get(name, ())) != list(range(1, reached.get(name, 0) + 1))]
