"""The schedule check: a filing in, findings with article and lawful way out, and notes (Plan 9).

The days of the filing are cut into stretches on each of which one set of rules and values is in force; each stretch
is judged by its own. Of one rule about one meeting the first finding is told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from portal.kernel.limits import PolicyLike
from portal.kernel.rule import Finding, Standing, eras, in_force
from portal.schedules.facts import Filing, PlannedClass, Stretch
from portal.schedules.rules import OF_A_CLASS, OF_A_MEETING, OF_TWO_MEETINGS, RULES

Key = tuple[str, int, str]
OF_THE_CLASS = -1


@dataclass(frozen=True, slots=True)
class Sitting:
    """A stretch of days with the rules in force on it."""

    stretch: Stretch
    of_a_meeting: tuple[Standing[Stretch], ...]
    of_two_meetings: tuple[Standing[Stretch], ...]
    of_a_class: tuple[Standing[Stretch], ...]


@dataclass(frozen=True)
class Judged:
    """A filing with its sittings: what breaks which rule, one list for each (class, meeting, rule)."""

    filing: Filing
    policy: PolicyLike

    @cached_property
    def sittings(self) -> tuple[Sitting, ...]:
        """Cut the days from the first class's first to the last one's last where the policy changes."""
        if not self.filing.classes:
            return ()
        first = min(planned.first for planned in self.filing.classes)
        last = max(planned.last for planned in self.filing.classes)
        return tuple(
            Sitting(
                Stretch(self.filing, begin, end),
                of_a_meeting=in_force(OF_A_MEETING, self.policy, begin),
                of_two_meetings=in_force(OF_TWO_MEETINGS, self.policy, begin),
                of_a_class=in_force(OF_A_CLASS, self.policy, begin),
            )
            for begin, end in eras(RULES, self.policy, first, last)
        )

    @cached_property
    def findings(self) -> dict[Key, list[Finding]]:
        """Give every finding by class, meeting and rule, sorted so; the earliest of each comes first."""
        found: defaultdict[Key, list[Finding]] = defaultdict(list)
        for sitting in self.sittings:
            standings = (*sitting.of_a_meeting, *sitting.of_two_meetings, *sitting.of_a_class)
            for finding in _findings(standings, sitting.stretch):
                found[key(finding)].append(finding)
        return dict(sorted(found.items()))

    def of_meetings(self, planned: PlannedClass) -> set[Key]:
        """Judge one class's meetings, each by itself: what breaks a rule."""
        return {
            key(finding)
            for sitting in self.sittings
            for finding in _findings(sitting.of_a_meeting, sitting.stretch.only(planned))
        }

    def of_class(self, planned: PlannedClass) -> set[Key]:
        """Judge one class as a whole: what breaks a rule."""
        return {
            key(finding)
            for sitting in self.sittings
            for finding in _findings(sitting.of_a_class, sitting.stretch.only(planned))
        }


def _findings(standings: Iterable[Standing[Stretch]], stretch: Stretch) -> Iterator[Finding]:
    for standing in standings:
        yield from standing.findings(stretch)


def key(finding: Finding) -> Key:
    """Give what a finding is about: class, meeting (the class as a whole comes first), rule."""
    class_id, meeting = (*finding.subject, OF_THE_CLASS)[:2]
    assert isinstance(class_id, str)
    assert isinstance(meeting, int)
    return class_id, meeting, finding.rule
