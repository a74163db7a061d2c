"""The public list of materials by kind of application: the named slots of the form."""

from dataclasses import dataclass
from functools import cache

from portal.policy.shipped import read


@dataclass(frozen=True, slots=True)
class MaterialKind:
    """A slot: what goes in, for which kinds of application, by which article."""

    slot: str
    title: str
    kinds: tuple[str, ...]
    says: str
    cite: str
    optional: bool = False


@cache
def materials(kind: str) -> tuple[MaterialKind, ...]:
    """Give the slots of a kind of application, in the order of the list."""
    rows = (MaterialKind(**{**row, "kinds": tuple(row["kinds"])}) for row in read("materials")["material"])
    return tuple(row for row in rows if kind in row.kinds)
