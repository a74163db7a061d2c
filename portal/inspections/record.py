"""A draw's published record: made from its terms, laid beside a given one, and told where the two part.

The order of the values is the order in which they are published; everybody reads the first difference alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from portal.inspections import draw
from portal.inspections.draw import Inspector, Terms, TooFewInspectors, Visit
from schemas.inspections import DrawGiven, PlanGiven, RecordGiven, VisitGiven

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The half that is published before the entropy is known."""

    terms: Terms
    population_sha256: str
    commitment: str
    plan_sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """A whole draw, published in full."""

    plan: Plan
    nonce: str
    public_entropy: str
    seed: str
    selected: tuple[Visit, ...]


def terms_of(given: PlanGiven) -> Terms:
    """The terms as they came in, in the order in which they came."""
    return Terms(
        district=given.district,
        period=given.period,
        population=given.members(),
        quotas=given.quotas,
        inspectors=[Inspector(one.id, tuple(one.conflicts)) for one in given.inspectors],
        per_visit=given.per_visit,
        entropy_source=given.entropy_source,
    )


def planned(terms: Terms, commitment: str) -> Plan:
    """Bind the terms: the half of the record that is published first."""
    ordered = draw.in_order(terms)
    population = draw.population_sha256(ordered.population)
    return Plan(ordered, population, commitment, draw.plan_sha256(ordered, population, commitment))


def completed(plan: Plan, nonce: str, public_entropy: str) -> Record:
    """Hold the draw when the source has spoken; raises TooFewInspectors, and then nothing is published."""
    seed = draw.seed(plan.plan_sha256, nonce, public_entropy)
    return Record(plan, nonce, public_entropy, seed, tuple(draw.visits(plan.terms, seed)))


def shown_plan(plan: Plan) -> dict[str, Any]:
    """The plan as it is published, its values in the order of the format."""
    terms = plan.terms
    return {
        "version": draw.VERSION,
        "district": terms.district,
        "period": terms.period,
        "population": [{"id": name, "stratum": stratum} for name, stratum in terms.population],
        "quotas": dict(terms.quotas),
        "inspectors": [{"id": one.id, "conflicts": list(one.conflicts)} for one in terms.inspectors],
        "per_visit": terms.per_visit,
        "entropy_source": terms.entropy_source,
        "population_sha256": plan.population_sha256,
        "commitment": plan.commitment,
        "plan_sha256": plan.plan_sha256,
    }


def shown(record: Record) -> dict[str, Any]:
    """The whole record as it is published."""
    visits = [
        {"id": one.id, "stratum": one.stratum, "score": one.score, "inspectors": list(one.inspectors)}
        for one in record.selected
    ]
    later = {"nonce": record.nonce, "public_entropy": record.public_entropy, "seed": record.seed, "selected": visits}
    return shown_plan(record.plan) | later


def plan_difference(given: PlanGiven, plan: Plan) -> Place | None:
    """The first derived value of the plan that was given and is another one than the plan's."""
    for name in ("population_sha256", "commitment", "plan_sha256"):
        if getattr(given, name) not in {None, getattr(plan, name)}:
            return (name,)
    return None


def difference(given: DrawGiven, seed: str, visits: Iterable[Visit]) -> Place | None:
    """The first of seed and visits that was given and is another one than it should be."""
    if given.seed not in {None, seed}:
        return ("seed",)
    return None if given.selected is None else _visits_difference(given.selected, visits)


def first_that_does_not_hold(given: RecordGiven) -> Place | None:
    """Recompute a published record: the place of its first value that doesn't hold, or None where it holds."""
    place = _out_of_order(given)
    if place is not None:
        return place
    plan = planned(terms_of(given), draw.commitment(given.nonce))
    seed = draw.seed(plan.plan_sha256, given.nonce, given.public_entropy)
    return plan_difference(given, plan) or difference(given, seed, draw.visits(plan.terms, seed))


def pointer(place: Place) -> str:
    """A place in the record as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in place)


def _out_of_order(given: PlanGiven) -> Place | None:
    """The first list that is not in code point order."""
    if not _ascends(name for name, _ in given.members()):
        return ("population",)
    if not _ascends(inspector.id for inspector in given.inspectors):
        return ("inspectors",)
    for index, inspector in enumerate(given.inspectors):
        if not _ascends(inspector.conflicts):
            return ("inspectors", index, "conflicts")
    return None


def _ascends(words: Iterable[str]) -> bool:
    return all(before <= after for before, after in pairwise(words))


def _visits_difference(given: Sequence[VisitGiven], visits: Iterable[Visit]) -> Place | None:
    """The first value of the visits that is another one; a visit too few or too many is told where the list parts."""
    index = 0
    try:
        for visit in visits:
            if index == len(given):
                return ("selected",)
            place = _visit_difference(given[index], visit)
            if place is not None:
                return ("selected", index, *place)
            index += 1
    except TooFewInspectors:
        return ("selected", index, "inspectors") if index < len(given) else ("selected",)
    return ("selected", index) if index < len(given) else None


def _visit_difference(given: VisitGiven, visit: Visit) -> Place | None:
    for name in ("id", "stratum", "score"):
        if getattr(given, name) != getattr(visit, name):
            return (name,)
    for index, (said, chosen) in enumerate(zip(given.inspectors, visit.inspectors, strict=False)):
        if said != chosen:
            return ("inspectors", index)
    return None if len(given.inspectors) == len(visit.inspectors) else ("inspectors",)
