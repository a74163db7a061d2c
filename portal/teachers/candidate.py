"""The facts about one teacher that the rules of hiring judge."""

from datetime import date
from typing import NamedTuple

from portal.kernel.programmes import STAGES

STAGE_WORDS = {**STAGES, "preschool": "幼儿园"}  # as teachers' certificates and registers name it


class Candidate(NamedTuple):
    """Whom an institution has on its register, as judged on the day `today`.

    `number` is the valid resident's number, or None. `is_in_service`: somebody with that number teaches at a school
    today. `has_namesake_in_service`: somebody of that name does, and one of the two numbers is not valid.
    """

    today: date
    number: str | None
    is_foreign: bool
    is_in_service: bool
    has_namesake_in_service: bool
    is_academic: bool
    stage: str
    certificate: str
    contract_from: date | None
    contract_to: date | None
