"""What people ask a registry, in the shares in which they might: words, pinyin, initials, numbers, with filters."""

import random
from collections.abc import Callable
from urllib.parse import urlencode

from portal.base import db
from portal.registry.search import Wanted

COMMON = ("教育", "培训", "有限", "公司", "重庆", "中心", "学校", "艺术")
STATUSES = ("in-force", "restricted", "expired", "terminated", "revoked")
DISTRICTS, CATEGORIES = ("500103", "500112", "500101"), ("academic", "non-academic")
STAGES = ("preschool", "primary", "junior", "senior")
FILTERED = {"words-and-filters": "4 characters", "pinyin-and-filters": "pinyin", "initials-and-filters": "initials"}


class Questions:
    """Questions about a registry that is there, of one kind or mixed; the same for the same seed."""

    def __init__(self, rows: list[dict[str, str]], seed: int = 5) -> None:
        self.rows = rows
        self.chance = random.Random(seed)
        parts: dict[str, tuple[str, tuple[int, ...]]] = {
            "1 character": ("folded", (1,)), "2 characters": ("folded", (2,)), "3 characters": ("folded", (3,)),
            "4 characters": ("folded", (4,)), "6 characters": ("folded", (6,)), "address": ("place", (3, 4, 5, 8)),
            "pinyin": ("sound", (5, 8, 12)), "initials": ("initials", (2, 3, 4, 6)),
        }  # fmt: skip
        self.kinds: dict[str, Callable[[], Wanted]] = {
            "common": lambda: Wanted(self.chance.choice(COMMON)),
            "number": lambda: Wanted(self.chance.choice(self.rows)["number"][: self.chance.choice((8, 12, 15))]),
            "nowhere": lambda: Wanted("鱻龘"),
            "everything": Wanted,
            "filters": lambda: self.filtered(""),
        }
        for kind, (column, sizes) in parts.items():
            self.kinds[kind] = lambda column=column, sizes=sizes: Wanted(self.part(column, sizes))
        for kind, of in FILTERED.items():
            self.kinds[kind] = lambda of=of: self.filtered(self.kinds[of]().q)

    def part(self, column: str, sizes: tuple[int, ...]) -> str:
        """A piece of what a licence is found by, from anywhere in it."""
        text, size = self.chance.choice(self.rows)[column], self.chance.choice(sizes)
        start = self.chance.randrange(max(1, len(text) - size + 1))
        return text[start : start + size]

    def filtered(self, words: str) -> Wanted:
        """Words with one, several or no filters."""
        return Wanted(words, *(self.chance.choice(("", *of)) for of in (DISTRICTS, STATUSES, CATEGORIES, STAGES)))

    def mixed(self) -> Wanted:
        """A question of any kind."""
        return self.kinds[self.chance.choice(list(self.kinds))]()


async def from_registry() -> Questions:
    """Questions whose words stand in the registry."""
    sql = "SELECT folded, place, sound, initials, number FROM licence TABLESAMPLE SYSTEM (1) LIMIT 8000"
    return Questions(await db.rows(sql))


def query(wanted: Wanted) -> str:
    """A question as the end of an address."""
    return urlencode({name: value for name, value in vars(wanted).items() if value and name != "kind"})
