"""`python -m portal check …`: judge a file by the rules, without server, database or settings."""

import click

from portal.commands.lazy import LazyGroup

CHECKS = {
    "advertisement": "portal.commands.check_advertisement:advertisement",
    "advertisement-score": "portal.commands.check_advertisement_score:score",
    "schedule": "portal.commands.check_schedule:schedule",
    "teachers": "portal.commands.check_teachers:teachers",
}


@click.group(cls=LazyGroup, modules=CHECKS)
def check() -> None:
    """Judge advertisements, class schedules or teachers."""
