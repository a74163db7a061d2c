"""The public face of districts: what other features ask, and what administrators do."""

from portal.districts.rules import fields_of, missing_year, stage_words
from portal.districts.rules.promises import is_law, is_time
from portal.districts.service.questions import (
    calendar,
    district,
    districts,
    ensure_seed,
    has_schools,
    is_school,
    names,
    office,
    policy,
    remedies,
)
from portal.districts.store.authorities import District
from portal.districts.store.schools import School

__all__ = [
    "District",
    "School",
    "calendar",
    "district",
    "districts",
    "ensure_seed",
    "fields_of",
    "has_schools",
    "is_law",
    "is_school",
    "is_time",
    "missing_year",
    "names",
    "office",
    "policy",
    "remedies",
    "stage_words",
]
