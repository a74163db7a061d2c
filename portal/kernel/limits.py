"""What the policy says on a day: articles in their version, and limits as dated values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from portal.kernel.calendar import TimeLimit

Value = int | Decimal | time | date | str | tuple[str, ...] | TimeLimit


@dataclass(frozen=True, slots=True)
class Citation:
    """An article that a rule or a limit rests on: which paper, which article, in which version, read where."""

    key: str
    document: str
    article: str
    text: str
    source: str
    since: date
    until: date | None = None
    number: str = ""

    @property
    def label(self) -> str:
        """Name the article as a finding or a letter does."""
        return f"《{self.document}》{self.article}"


@dataclass(frozen=True, slots=True)
class Limit:
    """One value of the policy with the days on which it holds, the article that sets it, and the day it was checked."""

    name: str
    title: str
    value: Value
    unit: str
    since: date
    cite: str
    checked_on: date
    until: date | None = None


class Limits:
    """The limits that a rule asked for, as they stand on one day."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Mapping[str, Limit]) -> None:
        self._rows = rows

    def clock(self, name: str) -> time:
        """Give a limit that is a clock time."""
        value = self._rows[name].value
        assert isinstance(value, time), name
        return value

    def number(self, name: str) -> Decimal:
        """Give a limit that is a number, whole or with a fraction."""
        value = self._rows[name].value
        assert isinstance(value, int | Decimal), name
        return Decimal(value)

    def whole(self, name: str) -> int:
        """Give a limit that is a whole number."""
        value = self._rows[name].value
        assert isinstance(value, int), name
        return value

    def share(self, name: str) -> Fraction:
        """Give a limit that is a share of the whole, for example 2/3."""
        return Fraction(str(self._rows[name].value))

    def words(self, name: str) -> tuple[str, ...]:
        """Give a limit that is a list of words."""
        value = self._rows[name].value
        assert isinstance(value, tuple), name
        return value


class PolicyLike(Protocol):
    """What a rule needs to know of the policy: values, articles and packs, each on a day."""

    def limit(self, name: str, on: date) -> Limit | None:
        """Give the value of a limit in force on the day, or nothing where there is none."""

    def citation(self, key: str, on: date) -> Citation:
        """Give an article in the version of the day."""

    def has_pack(self, pack: str, on: date) -> bool:
        """Whether a pack of rules is switched on on the day."""

    def changes(self, names: Iterable[str], packs: Iterable[str]) -> set[date]:
        """Give every first day on which one of the limits or packs is other than the day before."""


def plain(value: object) -> str:
    """Write a value for people: 20:30, 2026-11-30, 3, 2.5."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, tuple):
        return "、".join(plain(part) for part in value)
    return str(value)


def _decimal(value: Decimal) -> str:
    longest = 15
    if value and not -longest < value.adjusted() < longest:
        return f"{value:.2E}"
    written = f"{value:f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written) or "0"
