"""The screening of teachers: the rows of a register in, a verdict with findings for each (方案 8)."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from portal.kernel.ids import id_number
from portal.kernel.limits import PolicyLike
from portal.kernel.names import comparable_name
from portal.kernel.programmes import is_academic
from portal.kernel.rule import Answer, Finding, Hit, Standing, in_force
from portal.teachers.candidate import Candidate
from portal.teachers.roster import InService
from portal.teachers.rules import HOLDS, RULES, SINCE

Verdict = Literal["eligible", "blocked", "review"]
_CHINESE = frozenset({"", "中国", "中华人民共和国", "china", "cn", "chn"})


class Registered(NamedTuple):
    """A teacher as an institution's register has them: subject and stage by code, all else as written."""

    name: str
    id_number: str
    subject: str
    stage: str
    certificate: str
    contract_from: date | None
    contract_to: date | None
    nationality: str


class Screened(NamedTuple):
    """What came of one teacher; findings in the order of the rules."""

    verdict: Verdict
    findings: tuple[Finding, ...]


class Screening:
    """Judges teachers on one day against those in service on it.

    A day before the rules began is judged by the rules of their first day: a hire is clean or not by the law of now,
    whichever day the registers are compared on.
    """

    def __init__(self, in_service: InService, policy: PolicyLike, today: date) -> None:
        self._in_service = in_service
        self._today = today
        standings = in_force(RULES, policy, max(today, date.fromisoformat(SINCE)))
        self._standings = [standing for standing in standings if not standing.missing]
        self._findings: dict[tuple[object, ...], Finding] = {}

    def judge(self, teacher: Registered) -> Screened:
        """Give the verdict on one teacher: blocked outranks review."""
        candidate = self.candidate(teacher)
        findings = tuple(
            self._finding(standing, answers)
            for standing in self._standings
            if (answers := standing.rule.answers(candidate, standing.limits)) is not HOLDS
        )
        if not findings:
            return _ELIGIBLE
        return Screened("blocked" if any(one.verdict == "blocked" for one in findings) else "review", findings)

    def _finding(self, standing: Standing[Candidate], answers: Iterable[Answer]) -> Finding:
        """Word the one hit of a rule; the same hit of thousands of teachers is worded once."""
        (hit,) = answers
        assert isinstance(hit, Hit)
        key = (standing.rule.id, hit.variant, hit.measured, hit.limit)
        found = self._findings.get(key)
        if found is None:
            found = self._findings[key] = standing.finding(hit)
        return found

    def candidate(self, teacher: Registered) -> Candidate:
        """Look one teacher up among those in service, and bring the facts into the form that the rules judge."""
        number = id_number(teacher.id_number, self._today)
        name = comparable_name(teacher.name)
        has_namesake = self._in_service.has_name if number is None else self._in_service.has_name_without_number
        return Candidate(
            self._today,
            number,
            is_foreign(teacher.nationality),
            number is not None and self._in_service.has_number(number),
            has_namesake(name),
            is_academic(teacher.subject),
            teacher.stage,
            teacher.certificate,
            teacher.contract_from,
            teacher.contract_to,
        )


_ELIGIBLE = Screened("eligible", ())


@lru_cache(maxsize=4096)
def is_foreign(nationality: str) -> bool:
    """Whether a nationality as written is another one than Chinese; an empty one is Chinese."""
    return unicodedata.normalize("NFKC", nationality).strip().lower() not in _CHINESE
