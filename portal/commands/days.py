"""A day on the command line: YYYY-MM-DD alone."""

import re
from datetime import date

import click

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Day(click.ParamType[date]):
    """Reads a day of the calendar, and nothing that is only almost one."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Give the day, or stop with what to write instead."""
        if isinstance(value, date):
            return value
        if not _DAY.fullmatch(str(value)):
            self.fail("填写日期，例如 2026-09-01", param, ctx)
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail("没有这一天，请检查年月日", param, ctx)


DAY = Day()
