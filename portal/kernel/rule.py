"""What a rule is, and how facts are judged by the rules in force on a day.

A rule is a pure function of facts and limits, with the article it rests on, the days on which it is in force and its
wording for people. Its numbers are limits: dated policy data, chosen for the day that is judged.
`judge` gives findings (what breaks a rule); `assess` gives one outcome for every rule (passed, failed, unjudged).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic, Literal, TypeVar

from portal.kernel.limits import Limits, PolicyLike, plain

Facts = TypeVar("Facts")
Status = Literal["passed", "failed", "unjudged"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule is broken: by what (`subject`), the measured value beside the limit, and words for the wording.

    `variant` chooses among the wordings of a rule that has several. `clue` is for whoever looks for a lawful way out.
    """

    subject: tuple[object, ...] = ()
    measured: object = None
    limit: object = None
    words: Mapping[str, object] = field(default_factory=dict)
    variant: str = ""
    clue: object = None


@dataclass(frozen=True, slots=True)
class Held:
    """A rule was judged and holds, with the measured value beside the limit."""

    measured: object = None
    limit: object = None
    words: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A rule could not be judged, and why: what is missing and who can supply it. This is never a pass."""

    reason: str
    subject: tuple[object, ...] = ()


Answer = Hit | Held | Unjudged


@dataclass(frozen=True, slots=True)
class Rule(Generic[Facts]):
    """One thing that the law asks, with everything needed to judge it, to explain it and to look it up."""

    id: str
    title: str
    cites: tuple[str, ...]
    since: date
    until: date | None
    pack: str
    needs: tuple[str, ...]
    says: Mapping[str, str]
    holds: str
    verdict: str
    answers: Callable[[Facts, Limits], Iterable[Answer]]

    def is_in_force(self, policy: PolicyLike, on: date) -> bool:
        """Whether the rule itself and its pack are in force on the day."""
        return self.since <= on and (self.until is None or on <= self.until) and policy.has_pack(self.pack, on)


def rule(
    name: str,
    *,
    title: str,
    cites: str | tuple[str, ...],
    since: str,
    says: str | Mapping[str, str],
    holds: str = "",
    until: str | None = None,
    pack: str = "plan",
    needs: tuple[str, ...] = (),
    verdict: str = "blocked",
) -> Callable[[Callable[[Facts, Limits], Iterable[Answer]]], Rule[Facts]]:
    """Make a rule of a function; `cites` are keys of the citations, the first is the one that findings show."""

    def make(function: Callable[[Facts, Limits], Iterable[Answer]]) -> Rule[Facts]:
        return Rule(
            id=name,
            title=title,
            cites=(cites,) if isinstance(cites, str) else cites,
            since=date.fromisoformat(since),
            until=None if until is None else date.fromisoformat(until),
            pack=pack,
            needs=needs,
            says={"": says} if isinstance(says, str) else says,
            holds=holds,
            verdict=verdict,
            answers=function,
        )

    return make


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule (or one that could not be judged: verdict `unjudged`), worded for people, with its article."""

    rule: str
    verdict: str
    subject: tuple[object, ...]
    message: str
    citation: str
    cites: tuple[str, ...]
    measured: object = None
    limit: object = None
    clue: object = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one rule in a list of checks: every rule has one, and `unjudged` never counts as passed."""

    rule: str
    title: str
    status: Status
    messages: tuple[str, ...]
    citation: str
    cites: tuple[str, ...]
    measured: object = None
    limit: object = None


@dataclass(frozen=True, slots=True)
class Standing(Generic[Facts]):
    """A rule as it stands on one day: with that day's limits and article. Make it once, judge many facts by it."""

    rule: Rule[Facts]
    limits: Limits
    missing: tuple[str, ...]
    citation: str

    def findings(self, facts: Facts) -> Iterable[Finding]:
        """Give what breaks this rule, in the order in which the rule found it."""
        if self.missing:
            return
        for answer in self.rule.answers(facts, self.limits):
            if isinstance(answer, Hit):
                yield self.finding(answer)
            elif isinstance(answer, Unjudged):
                yield Finding(self.rule.id, "unjudged", answer.subject, answer.reason, self.citation, self.rule.cites)

    def finding(self, hit: Hit) -> Finding:
        """Word what breaks this rule, with the article of the day."""
        return Finding(
            rule=self.rule.id,
            verdict=self.rule.verdict,
            subject=hit.subject,
            message=worded(self.rule.says[hit.variant], hit),
            citation=self.citation,
            cites=self.rule.cites,
            measured=hit.measured,
            limit=hit.limit,
            clue=hit.clue,
        )

    def outcome(self, facts: Facts) -> Outcome:
        """Say whether this rule holds; a rule that says nothing, or has no value to judge by, is unjudged."""
        if self.missing:
            return self._outcome("unjudged", (f"没有登记“{'、'.join(self.missing)}”的数值，无法判断",))
        answers = list(self.rule.answers(facts, self.limits))
        hits = [answer for answer in answers if isinstance(answer, Hit)]
        if hits:
            messages = tuple(worded(self.rule.says[hit.variant], hit) for hit in hits)
            return self._outcome("failed", messages, hits[0])
        reasons = tuple(answer.reason for answer in answers if isinstance(answer, Unjudged))
        held = [answer for answer in answers if isinstance(answer, Held)]
        if reasons or not held:
            return self._outcome("unjudged", reasons or ("没有可供判断的材料",))
        wording = self.rule.holds or self.rule.title
        return self._outcome("passed", tuple(worded(wording, answer) for answer in held), held[0])

    def _outcome(self, status: Status, messages: tuple[str, ...], answer: Hit | Held | None = None) -> Outcome:
        return Outcome(
            rule=self.rule.id,
            title=self.rule.title,
            status=status,
            messages=messages,
            citation=self.citation,
            cites=self.rule.cites,
            measured=answer.measured if answer else None,
            limit=answer.limit if answer else None,
        )


def in_force(rules: Iterable[Rule[Facts]], policy: PolicyLike, on: date) -> tuple[Standing[Facts], ...]:
    """Give the rules in force on the day, each with the limits and the article of that day."""
    return tuple(_standing(each, policy, on) for each in rules if each.is_in_force(policy, on))


def _standing(each: Rule[Facts], policy: PolicyLike, on: date) -> Standing[Facts]:
    rows = {name: row for name in each.needs if (row := policy.limit(name, on)) is not None}
    missing = tuple(name for name in each.needs if name not in rows)
    return Standing(each, Limits(rows), missing, policy.citation(each.cites[0], on).label)


def judge(rules: Iterable[Rule[Facts]], facts: Facts, policy: PolicyLike, *, on: date) -> list[Finding]:
    """Give what breaks the rules in force on the day. A rule whose limit has no value that day has nothing to say."""
    return [finding for standing in in_force(rules, policy, on) for finding in standing.findings(facts)]


def assess(rules: Iterable[Rule[Facts]], facts: Facts, policy: PolicyLike, *, on: date) -> list[Outcome]:
    """Give one outcome for every rule in force on the day: passed, failed or unjudged, with value, limit, article."""
    return [standing.outcome(facts) for standing in in_force(rules, policy, on)]


def eras(rules: Sequence[Rule[Facts]], policy: PolicyLike, first: date, last: date) -> list[tuple[date, date]]:
    """Cut the days from first to last into stretches on each of which one set of rules and values is in force."""
    starts = policy.changes((name for each in rules for name in each.needs), (each.pack for each in rules))
    starts |= {each.since for each in rules}
    starts |= {each.until + timedelta(days=1) for each in rules if each.until is not None and each.until < date.max}
    cuts = [first, *sorted(day for day in starts if first < day <= last)]
    return [*zip(cuts, (day - timedelta(days=1) for day in cuts[1:]), strict=False), (cuts[-1], last)]


def worded(wording: str, answer: Hit | Held) -> str:
    """Fill a rule's wording with the measured value, the limit and the other words of the answer."""
    words = {"measured": answer.measured, "limit": answer.limit, **answer.words}
    return wording.format(**{name: plain(value) for name, value in words.items()})
