"""The policy data that ships with the portal, read from the TOML files beside this module, each once."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from portal.kernel.calendar import TimeLimit, Unit, WorkingCalendar
from portal.kernel.limits import Citation, Limit, Value
from portal.policy.values import LegalTime, Pack, Policy

HERE = Path(__file__).parent


@cache
def policy() -> Policy:
    """Give the shipped policy: what applies where a bureau has entered nothing of its own."""
    times = tuple(time_row(row) for row in read("deadlines")["deadline"])
    numbers = (number for row in times for number in row.numbers())
    return Policy(
        citations=tuple(Citation(**row) for row in read("citations")["citation"]),
        limit_layers=((*(limit_row(row) for row in read("limits")["limit"]), *numbers),),
        time_layers=(times,),
        pack_rows=tuple(Pack(**row) for row in read("packs")["pack"]),
    )


@cache
def calendar() -> WorkingCalendar:
    """Give the published calendars that the portal ships: holidays and make-up days of 2015 to 2026."""
    years: dict[str, dict[str, list[date]]] = read("calendar")
    return WorkingCalendar(
        holidays=frozenset(day for year in years.values() for day in year["holidays"]),
        makeup_days=frozenset(day for year in years.values() for day in year["makeup_days"]),
        years=frozenset(map(int, years)),
    )


def limit_row(row: dict[str, Any]) -> Limit:
    """Make a limit of a row as it is written in TOML (a list of words becomes a tuple)."""
    value: Value | list[str] = row["value"]
    return Limit(**{**row, "value": tuple(value) if isinstance(value, list) else value})


def time_row(row: dict[str, Any]) -> LegalTime:
    """Make a time limit of a row as it is written in TOML."""
    promised = row.get("promised")
    return LegalTime(
        **{**row, "statutory": _time(row["statutory"]), "promised": None if promised is None else _time(promised)}
    )


def _time(row: dict[Unit, int]) -> TimeLimit:
    ((unit, count),) = row.items()
    return TimeLimit(unit, count)


def read(name: str) -> dict[str, Any]:
    """Read one of the shipped files."""
    with (HERE / f"{name}.toml").open("rb") as opened:
        return tomllib.load(opened, parse_float=Decimal)
