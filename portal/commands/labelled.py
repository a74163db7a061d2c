"""Labelled advertisement cases (JSON Lines: id, text, verdict, categories, kind) for the commands that score and train."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.commands.inputs import read_lines, shown
from portal.kernel.errors import BadInput


@dataclass(frozen=True, slots=True)
class Case:
    """One advertisement with what the guide says about it."""

    id: str
    text: str
    categories: frozenset[str]
    kind: str


def cases(file: str) -> Iterator[Case]:
    """Read the cases of a file; a line that is none is bad input that names the line."""
    for number, value in read_lines(file):
        match value:
            case {"id": str(name), "text": str(text), "categories": list(categories), **rest}:
                yield Case(name, text, frozenset(map(str, categories)), str(rest.get("kind", "")))
            case _:
                raise BadInput("缺少 id、text 或 categories，请补上", file=shown(file), place=f"第 {number} 行")
