"""First step of reading: each character as sent becomes plain characters (width, script, invisible signs)."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from portal.advertising.reading.tables import is_syllable, simplified

IGNORED = frozenset({"Cf", "Mn", "Me", "Cc", "Co", "Cn", "Cs", "Sk"})
BREAKS = "。！？!?；;，,、：:\n"
OPENING = "“‘「『《〈（(【[〔"
CLOSING = "”’」』》〉）)】]〕"
QUOTES = {"“": "“", "”": "”", "「": "“", "」": "”", "『": "“", "』": "”", "﹁": "“", "﹂": "”"}
KEPT_SIGNS = frozenset("+=%<>$￥~&@#*/\\|^_`°×÷±→")
FOLDED = str.maketrans(
    {"!": "！", "?": "？", ";": "；", ",": "，", ":": "：", "(": "（", ")": "）", "〜": "~", "～": "~"}
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One plain character, and the characters of the text as sent that it stands for (end exclusive)."""

    char: str
    start: int
    end: int


def signs(text: str) -> list[Sign]:
    """Turn a text as sent into plain characters: half-width, simplified, nothing invisible, no decoration."""
    plain: list[Sign] = []
    for position, char in enumerate(text):
        plain.extend(Sign(each, position, position + 1) for each in _plain(char))
    return plain


PICTURES = {"💯": "百分百", "🏆": "☆", "🈲": "☆", "丅": "T", "丄": "上", "廿": "二十", "卅": "三十"} | dict(
    zip("壹贰貳叁參肆柒捌玖", "一二二三三四七八九", strict=True)
)


@cache
def _plain(char: str) -> str:
    """Give what one character stands for; an ornament becomes the sign `☆`, an invisible one nothing."""
    if char in PICTURES:
        return PICTURES[char]
    if char in "\n\r\u2028\u2029":
        return "\n"
    if char in QUOTES:
        return QUOTES[char]
    folded = unicodedata.normalize("NFKC", char)
    kept = "".join(_one(each) for each in unicodedata.normalize("NFC", _without_marks(folded)))
    return kept.translate(FOLDED)


def _without_marks(text: str) -> str:
    if all(ord(each) < 0x250 or 0x1E00 <= ord(each) < 0x1F00 for each in text):
        return "".join(each for each in unicodedata.normalize("NFD", text) if unicodedata.category(each) != "Mn")
    return text


def _one(char: str) -> str:
    category = unicodedata.category(char)
    if char == "\t" or category == "Zs":
        return " "
    if char == "\u20e3" or category in IGNORED:
        return ""
    if category in {"So", "Sm"} and char not in KEPT_SIGNS:
        return "☆"
    return simplified(char)


def is_word(char: str) -> bool:
    """Whether a character can be part of a word: a Chinese character, a letter or a digit."""
    return char.isalnum()


def is_chinese(char: str) -> bool:
    """Whether a character is a Chinese character."""
    return "\u3400" <= char <= "\u9fff" or char >= "\U00020000"


def joined(plain: list[Sign]) -> list[Sign]:
    """Take out what was put between the characters of a word (spaces, dots, ornaments), keep what parts sentences.

    Decoration is a run of the same kind of separator between short stretches: `必★上★线`, `内 部 名 额`, `择·校`.
    """
    runs = _runs(plain)
    lengths = [end - start if words else 0 for start, end, words in runs]
    kept: list[Sign] = []
    for index, (start, end, words) in enumerate(runs):
        if words:
            kept.extend(plain[start:end])
            continue
        before = lengths[index - 1] if index else 0
        after = lengths[index + 1] if index + 1 < len(runs) else 0
        if _parts_syllables(plain, runs, index):
            continue
        kept.extend(_between(plain, (start, end), (before, after), _repeats(plain, runs, index)))
    return kept


def _parts_syllables(plain: list[Sign], runs: list[tuple[int, int, bool]], index: int) -> bool:
    """Whether a space stands between two syllables of pinyin: `tui jian`."""
    if not 0 < index < len(runs) - 1 or any(sign.char != " " for sign in plain[runs[index][0] : runs[index][1]]):
        return False
    left, right = plain[runs[index - 1][0] : runs[index][0]], plain[runs[index][1] : runs[index + 1][1]]
    last = "".join(sign.char for sign in left[-6:] if sign.char.isascii()).lower()
    first = "".join(sign.char for sign in right[:6] if sign.char.isascii()).lower()
    return is_syllable(last) and is_syllable(first) and left[-1].char.isascii() and right[0].char.isascii()


def _runs(plain: list[Sign]) -> list[tuple[int, int, bool]]:
    """Cut into stretches of word characters and of separators, in turn."""
    cuts = [0]
    cuts.extend(i for i in range(1, len(plain)) if is_word(plain[i].char) != is_word(plain[i - 1].char))
    cuts.append(len(plain))
    return [(a, b, is_word(plain[a].char)) for a, b in pairwise(cuts) if a < b]


def _repeats(plain: list[Sign], runs: list[tuple[int, int, bool]], index: int) -> bool:
    """Whether the same separator stands on the other side of a one-character neighbour: `妈。妈。们`."""
    start, end, _ = runs[index]
    here = [sign.char for sign in plain[start:end]]
    for step in (-1, 1):
        near, far = index + step, index + 2 * step
        if not (0 <= near < len(runs) and 0 <= far < len(runs)):
            continue
        if runs[near][1] - runs[near][0] > 1 and not plain[runs[near][0]].char.isascii():
            continue
        if [sign.char for sign in plain[runs[far][0] : runs[far][1]]] == here:
            return True
    return False


def _between(plain: list[Sign], run: tuple[int, int], lengths: tuple[int, int], repeats: bool) -> list[Sign]:
    """Decide about one stretch of separators: dropped, kept, or turned into a comma."""
    start, end = run
    signs_here = plain[start:end]
    chars = {sign.char for sign in signs_here}
    inside = start > 0 and end < len(plain)
    if not inside or chars & set(OPENING + CLOSING + "\n"):
        return [sign for sign in signs_here if sign.char != "☆"]
    left, right = plain[start - 1].char, plain[end].char
    digits = left.isdigit() and right.isdigit()
    if chars & set(BREAKS + "．."):
        return [] if repeats and not digits else [sign for sign in signs_here if sign.char != "☆"]
    if digits and chars != {" "}:
        return signs_here if "☆" not in chars else []
    if min(lengths) <= 1 or (repeats and max(lengths) <= 2) or (chars <= {" "} and left.isascii() != right.isascii()):
        return _dropped(signs_here, chars, left, right)
    if "☆" in chars or chars <= {" "}:
        first = signs_here[0]
        return [Sign("，", first.start, first.end)] if "☆" in chars else [Sign(" ", first.start, first.end)]
    return signs_here


def _dropped(here: list[Sign], chars: set[str], left: str, right: str) -> list[Sign]:
    """Drop a separator inside a word; signs that carry a meaning between numbers and letters stay."""
    meaning = chars & set("-—–~到+%=×<>/")
    if meaning and (left.isdigit() or right.isdigit()):
        return here
    return []
