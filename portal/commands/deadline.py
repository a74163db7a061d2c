"""`python -m portal deadline FILE`: when time limits end, each explained day by day (contracts: JSON Lines)."""

import click

from portal.commands.inputs import judging, read_lines
from portal.commands.outputs import all_or_nothing


@click.command()
@click.argument("file")
def deadline(file: str) -> None:
    """Say for each line of FILE (JSON Lines, `-` is standard input) when its time limit ends."""
    from portal.kernel.calendar import explain
    from portal.policy import shipped
    from schemas import deadlines

    calendar = shipped.calendar()
    with all_or_nothing() as put:
        for number, value in read_lines(file):
            with judging(file, number):
                question = deadlines.read(value)
                answer = explain(question.event, question.time_limit(), calendar, question.stops())
            put(deadlines.shown(answer))
