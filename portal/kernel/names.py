"""A person's name in the one form in which two spellings of it compare equal."""

import unicodedata

_ONE_MIDDLE_DOT = dict.fromkeys(map(ord, "•・‧･"), "·")


def comparable_name(written: str) -> str:
    """The name after NFKC, without spaces, with every middle dot alike; the case of letters counts."""
    return without_spaces(unicodedata.normalize("NFKC", written)).translate(_ONE_MIDDLE_DOT)


def without_spaces(text: str) -> str:
    """The text without white space of any kind, also inside."""
    return "".join(text.split())
