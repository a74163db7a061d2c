"""The cited list of reasons for granting and refusing; a recommendation chooses from it."""

from dataclasses import dataclass
from functools import cache

from portal.policy.shipped import read


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason: its words and the article's key."""

    key: str
    outcome: str
    text: str
    cite: str


@cache
def grounds() -> dict[str, Ground]:
    """Give every reason by its key, in the order of the list."""
    return {row["key"]: Ground(**row) for row in read("reasons")["reason"]}
