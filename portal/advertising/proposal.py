"""What the patterns propose, before the learned reader has read it too."""

from dataclasses import dataclass

from portal.advertising.reading.page import Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """A passage that the patterns found; what was computed (times, fees, grades) can't be dismissed."""

    span: Span
    is_computed: bool
