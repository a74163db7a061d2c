"""An advertisement to check, as JSON: a line of a file, or a request with the licence to compare with."""

from typing import Annotated, Literal

from pydantic import Field

from schemas import strict
from schemas.schedules import LicenceGiven
from schemas.strict import Strict

LONGEST_TEXT = 20_000
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]


class AdvertisementLine(Strict):
    """One line of a file: what it is called and what it says."""

    id: str
    text: Text


class AdvertisementRequest(Strict):
    """A text to check, and the licence whose programmes it is compared with, if there is one."""

    text: Text
    licence: LicenceGiven | None = None


class AdvertisementFinding(Strict):
    """A forbidden passage: where it stands in the text as sent (code points from 0), why, and by which article."""

    category: str
    start: int
    end: int
    excerpt: str
    message: str
    citation: str


class AdvertisementNote(Strict):
    """Something to compare with the licence; it never changes the verdict."""

    kind: str
    start: int
    end: int
    message: str


class AdvertisementAnswer(Strict):
    """What came of the check: flagged when there is any finding."""

    verdict: Literal["clear", "flagged"]
    categories: list[str]
    findings: list[AdvertisementFinding]
    notes: list[AdvertisementNote]


def read_line(value: object) -> AdvertisementLine:
    """Read one line of a file, or raise `Invalid` with every place to mend."""
    return strict.read(AdvertisementLine, value)


def read_request(value: object) -> AdvertisementRequest:
    """Read one request, or raise `Invalid` with every place to mend."""
    return strict.read(AdvertisementRequest, value)
