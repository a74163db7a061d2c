"""Runs every check on an application: gathers what only the records know, then asks the rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.base import crypto
from portal.districts import service as districts
from portal.institutions import service as institutions
from portal.kernel.rule import Outcome, assess
from portal.licensing import completeness
from portal.licensing.facts import Standing, application
from portal.licensing.rules import RULES
from portal.licensing.states import UNDECIDED, State
from portal.licensing.store import answers, outcomes
from portal.licensing.store.answers import Upload
from portal.licensing.store.cases import Case
from schemas.licensing.sections import Organisers


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of every rule; `kept_on` is the day on which a closed case's outcomes were kept for good."""

    outcomes: list[Outcome]
    kept_on: date | None = None


async def checked(
    found: Case, content: dict[str, dict[str, Any]], uploads: Sequence[Upload], today: date
) -> Checked:  # fmt: skip
    """Judge an open case as of today; a closed one stays as it was judged on the day it was closed."""
    kept = None if found.state in (State.DRAFT, *UNDECIDED) else await outcomes.kept(found.id)
    return Checked(*kept) if kept else Checked(await checks(found, content, uploads, today))


async def keep(found: Case, on: date) -> None:
    """Keep how the checks stand on the day a case is closed. Runs inside the caller's transaction."""
    content = {name: one.answers for name, one in (await answers.sections(found.id)).items()}
    await outcomes.keep(found.id, await checks(found, content, await answers.materials(found.id), on), on)


async def checks(
    found: Case, content: dict[str, dict[str, Any]], uploads: Sequence[Upload], today: date
) -> list[Outcome]:  # fmt: skip
    """Give one outcome for every rule in force on a day: the same for the applicant, at submission, for the bureau."""
    facts = application(
        content,
        today,
        await standing(found, content, today),
        lacking=tuple(completeness.slots_lacking(found.kind, (upload.slot for upload in uploads))),
        unreadable=tuple(sorted({upload.slot for upload in uploads if upload.pages < 1})),
    )
    return assess(RULES, facts, await districts.policy(today, found.district), on=today)


async def standing(found: Case, content: dict[str, dict[str, Any]], today: date) -> Standing:
    """Look up what the portal's own records say: schools, names, bans."""
    name = str(content.get("institution", {}).get("name", ""))
    organisers = Organisers.model_validate(content["organisers"]).organisers if "organisers" in content else None
    schools, bans = None, None
    if organisers:
        codes = [row.credit_code for row in organisers if row.credit_code]
        listed = [await districts.is_school(found.district, row.name, codes) for row in organisers if row.name]
        if any(listed) or await districts.has_schools(found.district):  # nobody can be compared with no list at all
            schools = tuple(school.name for school in listed if school)
        reasons = [
            await institutions.banned(row.name, _finder(row.id_number or row.credit_code), today) for row in organisers
        ]
        bans = tuple(reason for reason in reasons if reason)
    in_use = await institutions.name_in_use(found.district, name) if name else None
    return Standing(
        schools=schools,
        licence_with_name=in_use if in_use != found.licence_number else None,
        is_name_searched=bool(name),
        bans=bans,
        district_name=(await districts.district(found.district)).name,
    )


def _finder(number: str) -> str:
    return crypto.keys().find(number, kind="organiser") if number else ""
