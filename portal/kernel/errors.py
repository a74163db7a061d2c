"""The one small family of errors; the edge (base/problems.py, __main__.py) turns them into answers.

Nothing below the edge knows a status code. Messages are Chinese sentences for the person who reads them;
they name the field and the cure and never hold personal data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class PortalError(Exception):
    """Anything that the portal refuses with a message for people."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class NotSignedIn(PortalError):
    """Somebody must log in first: the log-in page, or 401 for the API."""


class Missing(PortalError):
    """It doesn't exist, or not for this person: both look alike (404)."""


class Forged(PortalError):
    """A form without our token, or from another origin (403)."""


class NotAllowed(PortalError):
    """The state of the thing doesn't allow this step (409)."""


class Conflict(PortalError):
    """Somebody else was faster (409). `winner` says who did what, when it is known."""

    def __init__(self, message: str = "", *, winner: str = "") -> None:
        super().__init__(message)
        self.winner = winner


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing to mend: where (`path`, a form field's name or a JSON path) and what to do (`message`)."""

    path: str
    message: str


class Invalid(PortalError):
    """The input doesn't have the form that is asked for (422). Every error at once."""

    def __init__(self, errors: Sequence[FieldError] | Mapping[str, str]) -> None:
        if isinstance(errors, Mapping):
            errors = [FieldError(path, message) for path, message in errors.items()]
        super().__init__("；".join(error.message for error in errors))
        self.errors = tuple(errors)


class TooLarge(PortalError):
    """More than we take in one piece (413)."""


class TooMany(PortalError):
    """Too many tries in too short a time (429). `retry_after` is in seconds."""

    def __init__(self, message: str = "", *, retry_after: int = 60) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Busy(PortalError):
    """The portal can't answer just now (503). `retry_after` is in seconds."""

    def __init__(self, message: str = "", *, retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class BadInput(PortalError):
    """A file given to a command can't be judged: one line that names file, place and field; exit 2."""

    def __init__(self, message: str, *, file: str = "", place: str = "") -> None:
        super().__init__("：".join(part for part in (file, place, message) if part))
