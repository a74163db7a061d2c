"""`python -m portal draw plan|compute|verify FILE`: hold a spot-check draw, or recompute a published one."""

import click

from portal.commands.inputs import judging, read_document, shown
from portal.commands.outputs import all_or_nothing
from portal.kernel.errors import BadInput

LIMIT = 512 * 1024 * 1024
"""A record of a million institutions, written with spaces and line breaks, stays below this."""


@click.group()
def draw() -> None:
    """Draw institutions and inspectors at random, so that anyone can recompute it."""


@draw.command()
@click.argument("file")
def plan(file: str) -> None:
    """Print the half of a record that is published before the entropy is known."""
    from portal.inspections import draw as engine
    from portal.inspections import record
    from schemas import inspections

    document = read_document(file, limit=LIMIT)
    with judging(file):
        given = inspections.read(inspections.PlanGiven, document)
    commitment = engine.commitment(given.nonce) if given.nonce else given.commitment
    made = record.planned(record.terms_of(given), commitment or "")
    _refuse_difference(file, record.plan_difference(given, made))
    with all_or_nothing() as put:
        put(record.shown_plan(made))


@draw.command()
@click.argument("file")
def compute(file: str) -> None:
    """Print the whole record that follows from the inputs in FILE."""
    from portal.inspections import draw as engine
    from portal.inspections import record
    from schemas import inspections

    document = read_document(file, limit=LIMIT)
    with judging(file):
        given = inspections.read(inspections.DrawGiven, document)
    made = record.planned(record.terms_of(given), engine.commitment(given.nonce))
    _refuse_difference(file, record.plan_difference(given, made))
    try:
        whole = record.completed(made, given.nonce, given.public_entropy)
    except engine.TooFewInspectors as error:
        raise BadInput(error.message, file=shown(file), place="$.inspectors") from None
    _refuse_difference(file, record.difference(given, whole.seed, whole.selected))
    with all_or_nothing() as put:
        put(record.shown(whole))


@draw.command()
@click.argument("file")
@click.pass_context
def verify(context: click.Context, file: str) -> None:
    """Recompute the published record in FILE; exit 0 where it holds, 1 where it doesn't."""
    from portal.inspections import record
    from schemas import inspections

    document = read_document(file, limit=LIMIT)
    with judging(file):
        given = inspections.read(inspections.RecordGiven, document)
    place = record.first_that_does_not_hold(given)
    with all_or_nothing() as put:
        put({"holds": place is None, "first": None if place is None else record.pointer(place)})
    context.exit(0 if place is None else 1)


def _refuse_difference(file: str, place: tuple[str | int, ...] | None) -> None:
    """Stop at a derived value that was given and is not what the inputs lead to."""
    from portal.kernel.strict_json import path

    if place is not None:
        raise BadInput("与由输入算出的值不同，请改正或删去", file=shown(file), place=path(place))
