"""`python -m portal check schedule FILE`: judge a class-schedule filing by the rules for classes."""

import click

from portal.commands.inputs import judging, read_document, read_lines
from portal.commands.outputs import all_or_nothing


@click.command()
@click.argument("file")
def schedule(file: str) -> None:
    """Judge FILE: one JSON document (`-` is standard input), or each line of a file that ends in .jsonl."""
    from portal.base import garbage
    from portal.policy import shipped
    from portal.schedules import what_if
    from schemas import schedules

    garbage.look_rarely()
    policy = shipped.policy()
    is_lines = file.lower().endswith(".jsonl")
    with all_or_nothing() as put:
        for line, value in read_lines(file) if is_lines else [(None, read_document(file))]:
            with judging(file, line):
                request = schedules.read(value, school_required=True)
            put(what_if.check(request, policy))
