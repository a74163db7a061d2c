"""The schedule check: a filing in, findings with article and lawful way out, and notes (Plan 9).

The days of the filing are cut into stretches on each of which one set of rules and values is in force; each stretch
is judged by its own. Of one rule about one meeting the first finding is told.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from portal.kernel.limits import PolicyLike
from portal.kernel.rule import Finding, Rule, Standing, eras, in_force
from portal.schedules.facts import Filing, PlannedClass, Stretch
from portal.schedules.rules import OF_A_CLASS, OF_A_MEETING, RULES

Key = tuple[str, int, str]
OF_THE_CLASS = -1


@dataclass(frozen=True, slots=True)
class Sitting:
    """A stretch of days with the rules in force on it."""

    stretch: Stretch
    standings: tuple[Standing[Stretch], ...]

    def findings(self, rules: Iterable[Rule[Stretch]], stretch: Stretch) -> Iterable[Finding]:
        """Judge by those of the rules that are in force."""
        asked = {rule.id for rule in rules}
        for standing in self.standings:
            if standing.rule.id in asked:
                yield from standing.findings(stretch)


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
            Sitting(Stretch(self.filing, begin, end), in_force(RULES, self.policy, begin))
            for begin, end in eras(RULES, self.policy, first, last)
        )

    @cached_property
    def findings(self) -> dict[Key, list[Finding]]:
        """Give every finding by class, meeting and rule, sorted so; the earliest of each comes first."""
        found: defaultdict[Key, list[Finding]] = defaultdict(list)
        for sitting in self.sittings:
            for finding in sitting.findings(RULES, sitting.stretch):
                found[key(finding)].append(finding)
        return dict(sorted(found.items()))

    def of_meetings(self, planned: PlannedClass) -> set[Key]:
        """Judge one class's meetings, each by itself: what breaks a rule."""
        return self._only(OF_A_MEETING, planned)

    def of_class(self, planned: PlannedClass) -> set[Key]:
        """Judge one class as a whole: what breaks a rule."""
        return self._only(OF_A_CLASS, planned)

    def _only(self, rules: tuple[Rule[Stretch], ...], planned: PlannedClass) -> set[Key]:
        return {
            key(finding)
            for sitting in self.sittings
            for finding in sitting.findings(rules, sitting.stretch.only(planned))
        }


def key(finding: Finding) -> Key:
    """Give what a finding is about: class, meeting (the class as a whole comes first), rule."""
    class_id, meeting = (*finding.subject, OF_THE_CLASS)[:2]
    assert isinstance(class_id, str)
    assert isinstance(meeting, int)
    return class_id, meeting, finding.rule
