"""The policy as a question-and-answer object: values, time limits, articles and packs, each as of a day.

Values come in layers. The shipped layer lies at the bottom; a bureau's own dated values are laid over it with
`overlaid` and win on the days that they cover. Nothing is ever overwritten, so that any past day can be asked about.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from portal.kernel.calendar import TimeLimit
from portal.kernel.errors import Missing
from portal.kernel.limits import Citation, Limit

STATUTORY, PROMISED = "statutory", "promised"
OWN_CHOICE = "bureau-own"


def time_name(kind: str, step: str, which: str) -> str:
    """Name one of the two lengths of a step's time limit among the values: no other value's name has a dot."""
    return f"{kind}.{step}.{which}"


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack of rules that is switched on from a day, by whose decision."""

    name: str
    since: date
    cite: str
    checked_on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class LegalTime:
    """How long a step may take: what the law gives, the shorter promise, and what follows when it has passed."""

    kind: str
    step: str
    title: str
    statutory: TimeLimit
    promised: TimeLimit | None
    lapse: str
    since: date
    cite: str
    checked_on: date
    until: date | None = None
    promised_cite: str = OWN_CHOICE

    def numbers(self) -> tuple[Limit, ...]:
        """Give both lengths as values of the policy, so that a bureau lays its own over them as over any other."""
        given = (
            (STATUTORY, "法定期限", self.statutory, self.cite),
            (PROMISED, "承诺期限", self.promised, self.promised_cite),
        )
        return tuple(
            Limit(
                time_name(self.kind, self.step, which), f"{self.title}：{words}", length,
                length.unit if which == PROMISED else STATUTORY, self.since, cite, self.checked_on, self.until,
            )
            for which, words, length, cite in given if length is not None
        )  # fmt: skip


Row = TypeVar("Row", Citation, Limit, LegalTime)


@dataclass(frozen=True)
class Policy:
    """Everything that is dated policy data. The later layer wins; within one, the row that began last."""

    citations: tuple[Citation, ...]
    limit_layers: tuple[tuple[Limit, ...], ...]
    time_layers: tuple[tuple[LegalTime, ...], ...]
    pack_rows: tuple[Pack, ...]

    def limit(self, name: str, on: date) -> Limit | None:
        """Give the value of a limit in force on the day, or nothing where there is none."""
        for rows in reversed(self._limits_by_name):
            row = _latest(rows.get(name, ()), on)
            if row is not None:
                return row
        return None

    def value(self, name: str, on: date) -> Limit:
        """Give the value of a limit in force on the day; one that nobody has entered is Missing."""
        row = self.limit(name, on)
        if row is None:
            raise Missing(f"没有登记 {on} 的“{name}”，请先登记数值")
        return row

    def share(self, name: str, on: date) -> Fraction:
        """Give a limit written as a share of the whole, for example 2/3."""
        return Fraction(str(self.value(name, on).value))

    def time(self, kind: str, step: str, on: date) -> LegalTime:
        """Give the time limit of a step in force on the day; one that nobody has entered is Missing.

        The law's length and the promised one are values of their own, so that a promise stays where the law changes;
        a promise is never longer than what the law gives on that day.
        """
        for layer in reversed(self.time_layers):
            row = _latest((each for each in layer if (each.kind, each.step) == (kind, step)), on)
            if row is not None:
                return self._with_numbers(row, on)
        raise Missing(f"没有登记 {on} 的“{kind} {step}”期限，请先登记")

    def _with_numbers(self, row: LegalTime, on: date) -> LegalTime:
        law = self.limit(time_name(row.kind, row.step, STATUTORY), on)
        promise = self.limit(time_name(row.kind, row.step, PROMISED), on)
        if law is not None and isinstance(law.value, TimeLimit):
            row = replace(row, statutory=law.value, cite=law.cite, since=law.since, checked_on=law.checked_on)
        if promise is not None and isinstance(promise.value, TimeLimit):
            row = replace(row, promised=_shorter(promise.value, row.statutory), promised_cite=promise.cite)
        return row

    def citation(self, key: str, on: date) -> Citation:
        """Give an article in the version of the day; before its first version, that first version."""
        versions = self._citations_by_key.get(key)
        if not versions:
            raise Missing(f"没有登记条文“{key}”")
        return _latest(versions, on) or versions[0]

    def has_pack(self, pack: str, on: date) -> bool:
        """Whether a pack of rules is switched on on the day."""
        return any(row.name == pack and _covers(row, on) for row in self.pack_rows)

    def changes(self, names: Iterable[str], packs: Iterable[str]) -> set[date]:
        """Give every first day on which one of the limits or packs may be other than the day before."""
        asked, switched = set(names), set(packs)
        rows: list[Limit | Pack] = [row for layer in self.limit_layers for row in layer if row.name in asked]
        rows += [row for row in self.pack_rows if row.name in switched]
        ends = {row.until + timedelta(days=1) for row in rows if row.until is not None and row.until < date.max}
        return {row.since for row in rows} | ends

    def overlaid(
        self,
        limits: Iterable[Limit] = (),
        *,
        times: Iterable[LegalTime] = (),
        packs: Iterable[Pack] = (),
        citations: Iterable[Citation] = (),
    ) -> "Policy":
        """Lay a bureau's own rows over these; packs and articles are added to those that there are."""
        times = tuple(times)
        limits = (*limits, *(number for row in times for number in row.numbers()))
        return replace(
            self,
            citations=(*self.citations, *citations),
            limit_layers=(*self.limit_layers, limits),
            time_layers=(*self.time_layers, times),
            pack_rows=(*self.pack_rows, *packs),
        )

    @cached_property
    def _limits_by_name(self) -> tuple[Mapping[str, list[Limit]], ...]:
        return tuple(_grouped((row.name, row) for row in layer) for layer in self.limit_layers)

    @cached_property
    def _citations_by_key(self) -> Mapping[str, list[Citation]]:
        versions = sorted(self.citations, key=lambda citation: citation.since)
        return _grouped((citation.key, citation) for citation in versions)


def _grouped(pairs: Iterable[tuple[str, Row]]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for key, row in pairs:
        groups.setdefault(key, []).append(row)
    return groups


def _shorter(promised: TimeLimit, statutory: TimeLimit) -> TimeLimit:
    """The promise, or the law's length where that has become shorter in the same unit; others are cut to it by date."""
    is_longer = promised.unit == statutory.unit and promised.count > statutory.count
    return statutory if is_longer else promised


def _covers(row: Citation | Limit | LegalTime | Pack, on: date) -> bool:
    return row.since <= on and (row.until is None or on <= row.until)


def _latest(rows: Iterable[Row], on: date) -> Row | None:
    """Of the rows that hold on the day, the one that began last; of two that began together, the later written."""
    chosen = None
    for row in rows:
        if _covers(row, on) and (chosen is None or row.since >= chosen.since):
            chosen = row
    return chosen
