"""Who teaches at a school on a day: asked by number and by name, never read out."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, Protocol

from portal.kernel.ids import id_number
from portal.kernel.names import comparable_name


class Service(NamedTuple):
    """One row of a district's register of in-service teachers; no `end` means still in service."""

    name: str
    id_number: str
    start: date
    end: date | None


class InService(Protocol):
    """Those in service on one day. Numbers are valid ones, names comparable ones (kernel/names.py)."""

    def has_number(self, number: str) -> bool:
        """Whether somebody with this number is in service."""

    def has_name(self, name: str) -> bool:
        """Whether somebody of this name is in service."""

    def has_name_without_number(self, name: str) -> bool:
        """Whether somebody of this name is in service whose row has no valid number."""


class Roster:
    """Those in service on the day, from the rows of a register in any order."""

    def __init__(self, services: Iterable[Service], today: date) -> None:
        self._numbers: set[str] = set()
        self._names: set[str] = set()
        self._names_without_number: set[str] = set()
        for name, written, start, end in services:
            if start <= today and (end is None or end >= today):
                self._add(comparable_name(name), id_number(written, today))

    def _add(self, name: str, number: str | None) -> None:
        self._names.add(name)
        if number is None:
            self._names_without_number.add(name)
        else:
            self._numbers.add(number)

    def has_number(self, number: str) -> bool:
        """Whether somebody with this number is in service."""
        return number in self._numbers

    def has_name(self, name: str) -> bool:
        """Whether somebody of this name is in service."""
        return name in self._names

    def has_name_without_number(self, name: str) -> bool:
        """Whether somebody of this name is in service whose row has no valid number."""
        return name in self._names_without_number
