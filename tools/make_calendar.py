# ruff: noqa: INP001  a script of its own, no package
"""Write portal/policy/calendar.toml from the published calendars that the package chinesecalendar holds.

Run it when a year has been announced and the package knows it: `.venv/bin/python tools/make_calendar.py`.
"""

from datetime import date
from importlib.metadata import version
from pathlib import Path

from chinese_calendar import constants

TARGET = Path(__file__).parent.parent / "portal" / "policy" / "calendar.toml"
YEARS = range(2015, 2027)


def calendar() -> str:
    """Give the text of the file: a table for each year with its holidays and its make-up days."""
    package = f"chinesecalendar {version('chinesecalendar')}"
    parts = [f"# Made by tools/make_calendar.py from {package}, which follows 国务院办公厅关于部分节假日安排的通知."]
    for year in YEARS:
        parts += ["", f"[{year}]", _days("holidays", year, constants.holidays)]
        parts.append(_days("makeup_days", year, constants.workdays))
    return "\n".join(parts) + "\n"


def _days(name: str, year: int, days: dict[date, str]) -> str:
    rows = [f"  {day}," for day in sorted(days) if day.year == year]
    return "\n".join([f"{name} = [", *rows, "]"])


if __name__ == "__main__":
    TARGET.write_text(calendar(), encoding="utf-8")
