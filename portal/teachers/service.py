"""What other features ask about teachers."""

from datetime import date

from portal.kernel.ids import id_number
from portal.kernel.programmes import is_academic
from portal.kernel.rule import Finding, Rule, judge
from portal.policy import shipped
from portal.teachers import rules
from portal.teachers.candidate import Candidate
from portal.teachers.screening import is_foreign

OF_THE_ROSTER = (rules.in_service, rules.in_service_possible)
OF_THE_PAPERS = tuple(each for each in rules.RULES if each not in OF_THE_ROSTER)


def papers_findings(
    written_number: str, nationality: str, subject: str, stage: str, certificate: str,
    contract_from: date | None, contract_to: date | None, *, today: date,
) -> list[Finding]:  # fmt: skip
    """What a teacher's own papers break: number, certificate, contract; nobody's register is asked (Plan 8)."""
    candidate = Candidate(
        today=today,
        number=id_number(written_number, today),
        is_foreign=is_foreign(nationality),
        is_in_service=False,
        has_namesake_in_service=False,
        is_academic=is_academic(subject),
        stage=stage,
        certificate=certificate,
        contract_from=contract_from,
        contract_to=contract_to,
    )
    return judge(OF_THE_PAPERS, candidate, shipped.policy(), on=today)


def every_rule() -> tuple[Rule[Candidate], ...]:
    """Every rule about whom an institution may hire."""
    return tuple(rules.RULES)
