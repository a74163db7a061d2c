"""A question about a time limit as JSON: the event, how long, and the days on which the clock stood still."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from portal.kernel.calendar import Deadline, Pause, TimeLimit, Unit
from portal.kernel.errors import FieldError
from schemas import strict
from schemas.strict import Day, Strict

LONGEST = 3_660
UNITS: tuple[Unit, ...] = ("working_days", "days", "months")
Count = Annotated[int, Field(ge=1, le=LONGEST)]


class LimitGiven(Strict):
    """How long: exactly one of working days, calendar days, months."""

    working_days: Count | None = None
    days: Count | None = None
    months: Count | None = None


class PauseGiven(Strict):
    """Days on which the clock stands still, both included."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")


class DeadlineQuestion(Strict):
    """When does a limit end that begins with the event?"""

    event: Day
    limit: LimitGiven
    pauses: list[PauseGiven] | None = None

    def time_limit(self) -> TimeLimit:
        """Give the one limit that was asked about."""
        (found,) = ((unit, count) for unit in UNITS if (count := getattr(self.limit, unit)) is not None)
        return TimeLimit(*found)

    def stops(self) -> list[Pause]:
        """Give the days on which the clock stands still."""
        return [Pause(pause.first, pause.last) for pause in self.pauses or ()]


def read(value: object) -> DeadlineQuestion:
    """Read one question, or raise `Invalid` with every place to mend."""
    question = strict.read(DeadlineQuestion, value)
    strict.refuse(_contradictions(question))
    return question


def shown(answer: Deadline) -> dict[str, object]:
    """Give the answer as JSON: the due date, whether it may still move, and every day up to it."""
    days = [{"date": counted.day.isoformat(), "kind": counted.kind} for counted in answer.days]
    return {"due": answer.due.isoformat(), "provisional": answer.provisional, "days": days}


def _contradictions(question: DeadlineQuestion) -> Iterator[FieldError]:
    given = [unit for unit in UNITS if getattr(question.limit, unit) is not None]
    if len(given) != 1:
        yield FieldError("$.limit", "working_days、days、months 只能填一个，也必须填一个")
    for index, pause in enumerate(question.pauses or ()):
        if pause.last < pause.first:
            yield FieldError(f"$.pauses[{index}].to", "暂停的最后一天早于第一天，请改正")
