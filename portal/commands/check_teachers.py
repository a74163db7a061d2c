"""`python -m portal check teachers`: screen an institution's register against those in service at schools."""

import json
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import click

from portal.commands.days import DAY
from portal.commands.outputs import all_or_no_lines
from portal.commands.sheets import opened_sheet

if TYPE_CHECKING:
    from portal.kernel.rule import Finding
    from portal.teachers.roster import Roster
    from portal.teachers.screening import Screened


@click.command()
@click.option("--in-service", "roster_file", required=True, metavar="ROSTER", help="Who teaches at schools.")
@click.option("--register", "register_file", required=True, metavar="TEACHERS", help="Whom institutions employ.")
@click.option("--today", type=DAY, default=None, help="The day to judge by (YYYY-MM-DD); today in Asia/Shanghai.")
def teachers(roster_file: str, register_file: str, today: date | None) -> None:
    """Judge every teacher of a register (CSV or XLSX): eligible, blocked or for review."""
    from portal.base import clock
    from portal.policy import shipped
    from portal.teachers.screening import Screening
    from portal.teachers.sheets import registered

    if roster_file == register_file == "-":
        raise click.UsageError("标准输入只能给一个文件：--in-service 和 --register 不能都是 -")
    day = today or clock.today()
    screening = Screening(_roster(roster_file, day), shipped.policy(), day)
    written = _writer()
    with all_or_no_lines() as put, opened_sheet(register_file) as opened:
        for row, teacher in enumerate(registered(opened), start=1):
            put(written(row, teacher.name, screening.judge(teacher)))


def _roster(file: str, day: date) -> "Roster":
    from portal.teachers.roster import Roster
    from portal.teachers.sheets import services

    with opened_sheet(file) as opened:
        return Roster(services(opened), day)


def _writer() -> Callable[[int, str, "Screened"], str]:
    """Make what writes a result as one line of JSON; a finding that thousands share is written out once."""
    quoted = json.encoder.encode_basestring
    known: dict[tuple[str, str], str] = {}

    def shown(finding: "Finding") -> str:
        key = (finding.rule, finding.message)
        if key not in known:
            parts = {"rule": finding.rule, "message": finding.message, "citation": finding.citation}
            known[key] = json.dumps(parts, ensure_ascii=False)
        return known[key]

    def line(row: int, name: str, screened: "Screened") -> str:
        findings = ", ".join(map(shown, screened.findings))
        return f'{{"row": {row}, "name": {quoted(name)}, "verdict": "{screened.verdict}", "findings": [{findings}]}}\n'

    return line
