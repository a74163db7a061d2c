"""What a decision prints: the grant with its certificate, or the refusal with its ways to appeal."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.districts import service as districts
from portal.institutions.service import Granted, Licence
from portal.kernel import calendar, ids, programmes
from portal.licensing import papers
from portal.licensing.store import answers, clocks
from portal.licensing.store.cases import Case
from portal.policy.values import Policy
from schemas import documents as facts
from schemas.licensing import sections as asked


@dataclass(frozen=True, slots=True)
class Applied:
    """The answers that a licence is made of."""

    institution: asked.Institution
    organisers: asked.Organisers
    legal_representative: asked.LegalRepresentative
    principal: asked.Principal
    premises: asked.Premises
    programmes: asked.Programmes


async def applied(found: Case) -> Applied:
    """Read the answers of a case as they were last handed in."""
    saved: dict[str, Any] = {name: one.answers for name, one in (await answers.sections(found.id)).items()}
    return Applied(
        asked.Institution.model_validate(saved["institution"]),
        asked.Organisers.model_validate(saved["organisers"]),
        asked.LegalRepresentative.model_validate(saved["legal-representative"]),
        asked.Principal.model_validate(saved["principal"]),
        asked.Premises.model_validate(saved["premises"]),
        asked.Programmes.model_validate(saved["programmes"]),
    )


def valid_to(starts: date, policy: Policy) -> date:
    """The last day of a licence that begins on a day: the years of the district's policy, less a day."""
    years = int(str(policy.value("licence-years", starts).value))
    return calendar.months_later(starts, 12 * years) - calendar.DAY


def granted(found: Case, what: Applied, at: datetime, policy: Policy) -> Granted:
    """What the registry is told of a new licence: nothing that names a person but the licence's own entries."""
    return Granted(
        district=found.district,
        institution_id=found.institution_id,
        name=what.institution.name,
        address=what.premises.address,
        organisers=organiser_names(what),
        legal_representative=what.legal_representative.name,
        principal=what.principal.name,
        programmes=tuple((row.subject, str(row.stage)) for row in what.programmes.programmes),
        floor_area_m2=what.premises.floor_area_m2,
        credit_code=next((row.credit_code for row in what.organisers.organisers if row.credit_code), ""),
        valid_from=at.date(),
        valid_to=valid_to(at.date(), policy),
        is_demo=found.is_demo,
    )


def organiser_names(what: Applied) -> tuple[str, ...]:
    """Name the organisers by share, the largest first; a certificate shows three."""
    ordered = sorted(what.organisers.organisers, key=lambda row: -(row.share or 0))
    return tuple(row.name for row in ordered)


def programme_words(what: Applied) -> str:
    """Say what may be taught: subject and stage of each programme."""
    rows = [
        (programmes.STAGES[str(row.stage)], programmes.subject_words(row.subject)) for row in what.programmes.programmes
    ]
    return "；".join(f"{stage}{subject}" for stage, subject in rows)


async def grant_letter(
    found: Case, what: Applied, licence: Licence, keys: tuple[str, ...], text: str, at: datetime
) -> facts.Grant:  # fmt: skip
    """准予行政许可决定书 (行政许可法 38, 44)."""
    running = [clock for clock in await clocks.of_case(found.id) if clock.step == "deliver"][-1]
    number = ids.licence_title(licence.number)
    return await _grant(found, what, number, (licence.valid_from, licence.valid_to, running.due_on), keys, text, at)


async def grant_preview(found: Case, keys: tuple[str, ...], text: str, at: datetime) -> facts.Grant:
    """Show the letter as it would be sent today; its licence number is minted with the decision alone."""
    policy = await districts.policy(at.date(), found.district)
    time = policy.time("application", "deliver", at.date())
    deliver_by = calendar.due(at.date(), time.statutory, await districts.calendar())
    days = (at.date(), valid_to(at.date(), policy), deliver_by)
    return await _grant(found, await applied(found), "（作出决定时编号）", days, keys, text, at)


async def _grant(
    found: Case, what: Applied, number: str, days: tuple[date, date, date], keys: tuple[str, ...], text: str,
    at: datetime,
) -> facts.Grant:  # fmt: skip
    assert found.accepted_on is not None
    return facts.Grant(
        **await papers.common(found, at),
        accepted_on=found.accepted_on,
        institution=what.institution.name,
        licence_number=number,
        address=what.premises.address,
        legal_representative=what.legal_representative.name,
        principal=what.principal.name,
        programmes=programme_words(what),
        valid_from=days[0],
        valid_to=days[1],
        deliver_by=days[2],
        reasons=papers.reasons(keys, text, at.date()),
    )


async def certificate(found: Case, what: Applied, licence: Licence, at: datetime) -> facts.Certificate:
    """办学许可证正本."""
    return facts.Certificate(**await _face(found, what, licence, at))


async def duplicate(found: Case, what: Applied, licence: Licence, at: datetime) -> facts.Duplicate:
    """办学许可证副本: each programme, and a box for each yearly check."""
    rows = tuple(
        facts.Programme(
            subject=programmes.subject_words(row.subject),
            stage=programmes.STAGES[str(row.stage)],
            category="学科类" if programmes.is_academic(row.subject) else "非学科类",
        )
        for row in what.programmes.programmes
    )
    years = tuple(range(licence.valid_from.year, licence.valid_to.year + 1))
    return facts.Duplicate(
        **await _face(found, what, licence, at),
        programme_list=rows,
        floor_area_m2=f"{what.premises.floor_area_m2}",
        check_years=years,
    )


async def _face(found: Case, what: Applied, licence: Licence, at: datetime) -> dict[str, Any]:
    office = await districts.office(found.district)
    return {
        "office": office,
        "dated": at.date(),
        "licence_number": ids.licence_title(licence.number),
        "institution": what.institution.name,
        "address": what.premises.address,
        "organisers": "、".join(organiser_names(what)[:3]),
        "legal_representative": what.legal_representative.name,
        "principal": what.principal.name,
        "programmes": programme_words(what),
        "competent_department": office.name,
        "credit_code": "",
        "valid_from": licence.valid_from,
        "valid_to": licence.valid_to,
    }


async def refusal(found: Case, keys: tuple[str, ...], text: str, at: datetime) -> facts.Refusal:
    """不予行政许可决定书: reasons, review within 60 days, court within six months (行政许可法 38)."""
    assert found.accepted_on is not None
    return facts.Refusal(
        **await papers.common(found, at),
        accepted_on=found.accepted_on,
        reasons=papers.reasons(keys, text, at.date()),
        remedies=await districts.remedies(found.district),
    )
