"""An advertisement to check, as JSON: a line of a file, or a request with the licence to compare with."""

from typing import Annotated

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


def read_line(value: object) -> AdvertisementLine:
    """Read one line of a file, or raise `Invalid` with every place to mend."""
    return strict.read(AdvertisementLine, value)


def read_request(value: object) -> AdvertisementRequest:
    """Read one request, or raise `Invalid` with every place to mend."""
    return strict.read(AdvertisementRequest, value)
