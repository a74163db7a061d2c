"""`python -m portal check advertisement FILE`: what is forbidden in advertisements (contracts §3, JSON Lines)."""

import click

from portal.commands.inputs import judging, read_lines
from portal.commands.outputs import all_or_nothing


@click.command()
@click.argument("file")
def advertisement(file: str) -> None:
    """Check each line of FILE, {"id", "text"} (`-` is standard input)."""
    from portal.advertising.rules import check
    from schemas import advertising

    with all_or_nothing() as put:
        for number, value in read_lines(file):
            with judging(file, number):
                line = advertising.read_line(value)
            found = check(line.text)
            put({"id": line.id, **{key: found[key] for key in ("verdict", "categories", "findings")}})
