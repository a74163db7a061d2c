"""The kinds of paper, their Chinese names, their numbers and their codes. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from schemas import documents as facts

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: nothing that is misread when typed from paper
CODE_LENGTH = 12
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
TEMPLATES = "v1"  # what new papers are made with; older versions stay in their folders
FONTS = "f1"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: its title, the word in its number, the facts it prints, and its most pages."""

    name: str
    title: str
    mark: str
    facts: type[facts.Facts]
    most_pages: int = 20

    @property
    def is_certificate(self) -> bool:
        """A certificate carries the licence number in place of a number of its own."""
        return issubclass(self.facts, facts.Certificate)


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind("receipt", "收件回执", "收", facts.Receipt),
            Kind("acceptance", "受理通知书", "受", facts.Acceptance),
            Kind("correction", "一次性补正告知书", "补", facts.Correction),
            Kind("not-required", "不予受理决定书", "不受", facts.NotRequired),
            Kind("wrong-authority", "不予受理决定书", "不受", facts.WrongAuthority),
            Kind("extension", "延期告知书", "延", facts.Extension),
            Kind("special-procedure", "特别程序时限告知书", "特", facts.SpecialProcedure),
            Kind("site-visit", "现场核查记录", "核", facts.SiteVisit),
            Kind("grant", "准予行政许可决定书", "准", facts.Grant),
            Kind("refusal", "不予行政许可决定书", "不准", facts.Refusal),
            Kind("withdrawal", "撤回申请确认书", "撤", facts.Withdrawal),
            Kind("certificate", "民办学校办学许可证（正本）", "", facts.Certificate, most_pages=1),
            Kind("duplicate", "民办学校办学许可证（副本）", "", facts.Duplicate, most_pages=4),
        )
    }
)


def number(kind: Kind, office_mark: str, year: int, serial: int) -> str:
    """A letter's number: the bureau's word, the kind's word, the year in hexagonal brackets, the serial."""
    return f"{office_mark}{kind.mark}〔{year}〕{serial}号"


def series(kind: Kind, district: str, year: int) -> str:
    """The row of numbers that a letter's number comes from: one for each bureau, word and year."""
    return f"letter:{district}:{kind.mark}:{year}"


def code_from(random_number: int) -> str:
    """Write a random number as a code that a person can type from paper: groups of four."""
    signs = ""
    for _ in range(CODE_LENGTH):
        random_number, index = divmod(random_number, len(ALPHABET))
        signs += ALPHABET[index]
    return "-".join(signs[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def read_code(typed: str) -> str | None:
    """Read a typed code as a person meant it: small letters, spaces, O for 0; nothing if it can't be one."""
    if len(typed) > 4 * CODE_LENGTH:
        return None
    signs = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(MISREAD)
    if len(signs) != CODE_LENGTH or any(sign not in ALPHABET for sign in signs):
        return None
    return "-".join(signs[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def freeze(kind: Kind, issue: facts.Issue, given: facts.Facts) -> str:
    """Write the facts of a paper as canonical JSON: this text alone decides what is printed."""
    if type(given) is not kind.facts:
        raise TypeError(f"{kind.name} prints {kind.facts.__name__}, not {type(given).__name__}")
    frozen = {"issue": issue.model_dump(mode="json"), "facts": given.model_dump(mode="json")}
    return json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def thaw(kind: Kind, frozen: str) -> tuple[facts.Issue, Any]:
    """Read frozen facts back; what isn't of the kind's form is refused with each field named."""
    found = json.loads(frozen)
    return facts.Issue.model_validate(found["issue"]), kind.facts.model_validate(found["facts"])


def characters(frozen: str) -> frozenset[str]:
    """Every character that a paper's facts can put on the page."""
    found: set[str] = set()

    def collect(value: object) -> None:
        if isinstance(value, str):
            found.update(value)
        elif isinstance(value, dict):
            for inner in value.values():
                collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)

    collect(json.loads(frozen))
    return lines(found)


def lines(text: Iterable[str]) -> frozenset[str]:
    """The characters of a text that need a shape: the end of a line needs none."""
    return frozenset(text) - {"\n"}


def day(value: date) -> str:
    """A day as official letters write it, for example 2026年11月30日."""
    return f"{value.year}年{value.month}月{value.day}日"
