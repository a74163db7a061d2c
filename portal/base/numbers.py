"""Numbers without gaps or repeats: the counter moves in the transaction that uses the number."""

from portal.base import db

PUBLIC = "registry:version"
"""Moves with every change of what the public reads; whatever is kept of it carries this number."""


async def following(series: str, *, first: int = 1) -> int:
    """Give the next number of `series`. A transaction that is rolled back gives it back."""
    found = await db.row(
        "INSERT INTO counter (series, reached) VALUES ($1, $2)"
        " ON CONFLICT (series) DO UPDATE SET reached = counter.reached + 1 RETURNING reached",
        series, first,
    )  # fmt: skip
    assert found is not None
    return int(found["reached"])
