"""Second step of reading: split characters, pinyin and homophones become the words that they stand for.

A replacement is made only where a word of the lexicon results, so that ordinary text stays as it is.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from portal.advertising.reading.characters import Sign, is_chinese
from portal.advertising.reading.tables import phrases, split_characters, syllable, tone

LONGEST = 6
COMMON = frozenset("一个不上下在的了页必壁各有是和人中大小来到会要还就")
LETTERS = re.compile(r"[a-z]+")


class Sounds(NamedTuple):
    """The lexicon by sound: whole words by their syllables, and by their first syllable's letters."""

    words: dict[tuple[str, ...], tuple[str, ...]]
    syllables: frozenset[str]


def sounds(words: Iterable[str]) -> Sounds:
    """Arrange the words of the lexicon by how they are said."""
    by_sound: dict[tuple[str, ...], list[str]] = {}
    for word in words:
        if 2 <= len(word) <= LONGEST and all(is_chinese(char) for char in word):
            by_sound.setdefault(tuple(syllable(char) for char in word), []).append(word)
    spoken = frozenset(part for key in by_sound for part in key)
    return Sounds({key: tuple(found) for key, found in by_sound.items()}, spoken)


def whole(plain: list[Sign]) -> list[Sign]:
    """Put characters together again that were written as their parts: `亻呆` is 保, `讠果` is 课."""
    table = split_characters()
    result: list[Sign] = []
    for sign in plain:
        pair = result[-1].char + sign.char if result else ""
        if pair in table:
            first = result.pop()
            result.append(Sign(table[pair], first.start, sign.end))
        else:
            result.append(sign)
    return result


def spoken(plain: list[Sign], known: Sounds) -> list[Sign]:
    """Turn pinyin inside a sentence (`bao过`, `ti分`, `zuo业`) into the word of the lexicon that it sounds like."""
    if not any("a" <= sign.char.lower() <= "z" for sign in plain):
        return plain
    units = _units(plain, known.syllables)
    result: list[Sign] = []
    index = 0
    while index < len(units):
        length, word = _match(units, index, known)
        if word:
            result.extend(
                Sign(char, unit[0].start, unit[-1].end)
                for char, unit in zip(word, units[index : index + length], strict=True)
            )
            index += length
        else:
            result.extend(units[index])
            index += 1
    return result


def _units(plain: list[Sign], syllables: frozenset[str]) -> list[list[Sign]]:
    """Cut into characters and, where letters stand, into syllables of the lexicon."""
    units: list[list[Sign]] = []
    index = 0
    while index < len(plain):
        letters = _letters(plain, index)
        if not letters:
            units.append([plain[index]])
            index += 1
            continue
        parts = _syllables("".join(sign.char.lower() for sign in letters), syllables)
        for part in parts:
            units.append(plain[index : index + len(part)])
            index += len(part)
    return units


def _letters(plain: list[Sign], index: int) -> list[Sign]:
    end = index
    while end < len(plain) and "a" <= plain[end].char.lower() <= "z" and end - index < 24:
        end += 1
    return plain[index:end]


@cache
def _syllables(letters: str, syllables: frozenset[str]) -> tuple[str, ...]:
    """Cut letters into syllables, the longest first; letters that are none stay as one piece."""
    if not letters:
        return ()
    for size in range(min(6, len(letters)), 0, -1):
        if letters[:size] in syllables:
            rest = _syllables(letters[size:], syllables)
            if letters[size:] == "" or all(part in syllables for part in rest):
                return (letters[:size], *rest)
    return (letters,)


def _match(units: list[list[Sign]], index: int, known: Sounds) -> tuple[int, str]:
    """Find the longest word of the lexicon that a stretch with at least one spelt syllable sounds like."""
    stretch: list[str] = []
    spelt = False
    best = (0, "")
    for size in range(1, LONGEST + 1):
        if index + size > len(units):
            break
        written = "".join(sign.char for sign in units[index + size - 1]).lower()
        if not (LETTERS.fullmatch(written) or is_chinese(written)):
            break
        spelt = spelt or bool(LETTERS.fullmatch(written))
        stretch.append(written)
        if spelt and size > 1:
            best = _sounding(stretch, known) or best
    return best


def _sounding(stretch: list[str], known: Sounds) -> tuple[int, str] | None:
    key = tuple(part if LETTERS.fullmatch(part) else syllable(part) for part in stretch)
    for word in known.words.get(key, ()):
        if all(LETTERS.fullmatch(part) or part == char for part, char in zip(stretch, word, strict=True)):
            return len(stretch), word
    return None


def heard(plain: list[Sign], known: Sounds) -> list[Sign]:
    """Turn homophones (`提纷`, `语纹`) into the word meant: one character differs, same sound and tone, no real word."""
    result = list(plain)
    for index in range(len(plain) - 1):
        for size in (4, 3, 2):
            part = result[index : index + size]
            if len(part) < size or not all(is_chinese(sign.char) for sign in part):
                continue
            word = _meant("".join(sign.char for sign in part), known)
            if word and not _is_elsewhere(result, index, size, word):
                result[index : index + size] = [
                    Sign(char, sign.start, sign.end) for char, sign in zip(word, part, strict=True)
                ]
                break
    return result


def _is_elsewhere(plain: list[Sign], index: int, size: int, word: str) -> bool:
    """Whether the differing character belongs to an ordinary word with its neighbour outside: 隔壁 in `隔壁中学`."""
    written = [sign.char for sign in plain[index : index + size]]
    if COMMON & {a for a, b in zip(written, word, strict=True) if a != b}:
        return True
    before = plain[index - 1].char + written[0] if index and written[0] != word[0] else ""
    after = written[-1] + plain[index + size].char if index + size < len(plain) and written[-1] != word[-1] else ""
    return before in phrases() or after in phrases()


@cache
def _meant_in(words: tuple[str, ...], written: str) -> str:
    if written in words:
        return ""
    for word in words:
        differing = [(a, b) for a, b in zip(word, written, strict=True) if a != b]
        few = len(differing) == 1 or (len(word) >= 4 and len(differing) == 2)
        if few and (len(word) > 2 or all(tone(a) == tone(b) for a, b in differing)):
            return word
    return ""


def _meant(written: str, known: Sounds) -> str:
    words = known.words.get(tuple(syllable(char) for char in written))
    if not words or written in phrases():
        return ""
    return _meant_in(words, written)
