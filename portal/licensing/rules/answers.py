"""How a rule answers that looks at several things: each broken one, or that all hold."""

from collections.abc import Iterable

from portal.kernel.rule import Answer, Held, Hit


def hits_or_held(hits: Iterable[Hit]) -> list[Answer]:
    """Give every hit; where there is none, the rule holds."""
    found: list[Answer] = list(hits)
    return found or [Held()]
