"""Finds the articles that a text names, so that each leads to its own text: law is one click away from what cites it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from cn2an import cn2an

from portal.kernel.limits import Citation
from portal.policy.shipped import policy

ADDRESS = "/law/{}"
DOCUMENT = re.compile(r"《([^》]+)》")
NUMBER = re.compile(r"第\d+[条项]")
IN_CHARACTERS = re.compile(r"第([一二三四五六七八九十百零]+)([条项])")
PART = re.compile(r"(?:第[一二三四五六七八九十]+款)?(?:第[一二三四五六七八九十]+项)?")
AND = re.compile(r"以及|[、和及，]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; one that names an article has its key."""

    text: str
    key: str = ""

    @property
    def href(self) -> str:
        """Where the article's own text stands."""
        return ADDRESS.format(self.key) if self.key else ""


@cache
def articles() -> dict[str, dict[str, str]]:
    """Every document with its articles' keys, each article by its whole name and by its bare number."""
    found: dict[str, dict[str, str]] = {}
    for citation in policy().citations:
        number = NUMBER.match(citation.article)
        names = {citation.article, number[0] if number else citation.article}
        found.setdefault(citation.document, {}).update(dict.fromkeys(names, citation.key))
    return found


def pieces(text: str) -> list[Piece]:
    """Cut a text so that each article it names is a piece of its own: 《…》第十二条、第十七条 names two."""
    found: list[Piece] = []
    at = 0
    for start, end, key in _named(text):
        found += [Piece(text[at:start])] if at < start else []
        found.append(Piece(text[start:end], key))
        at = end
    return [*found, Piece(text[at:])] if at < len(text) else found


def keys(text: str) -> list[str]:
    """Name the articles that a text cites, each once, in its order."""
    return list(dict.fromkeys(key for _, _, key in _named(text)))


def beside(label: str, cites: Iterable[str]) -> list[Piece]:
    """Name every article of a rule: the first under the label of the day that was judged, the others as they are."""
    return [Piece(label, next(iter(cites))), *named(cites)[1:]]


def named(cites: Iterable[str]) -> list[Piece]:
    """Name articles by their keys, as each reads in its last version."""
    return [piece for key in cites for piece in (Piece(newest(key).label, key), Piece("；"))][:-1]


@cache
def newest(key: str) -> Citation:
    """An article as it reads in its last version."""
    return max((each for each in policy().citations if each.key == key), key=lambda each: each.since)


def _named(text: str) -> Iterator[tuple[int, int, str]]:
    """Where in a text an article is named, and which; those that follow one another share their document."""
    for document in DOCUMENT.finditer(text):
        start, place = document.start(), document.end()
        while found := _article(text, place, articles().get(document[1], {})):
            end, key = found
            yield start, end, key
            further = AND.match(text, end)
            if further is None:
                break
            start = place = further.end()


def _article(text: str, place: int, known: dict[str, str]) -> tuple[int, str] | None:
    """The article that is named at this place, with the paragraph behind it: where it ends, and its key."""
    in_characters = IN_CHARACTERS.match(text, place)
    if in_characters:
        name, end = f"第{_figures(in_characters[1])}{in_characters[2]}", in_characters.end()
    else:
        name = max((one for one in known if text.startswith(one, place)), key=len, default="")
        end = place + len(name)
    part = PART.match(text, end)
    return (part.end() if part else end, known[name]) if name in known else None


def _figures(characters: str) -> str:
    """A number written in characters, in figures; what is no number stays as it is."""
    try:
        return str(cn2an(characters))
    except ValueError:
        return characters
