"""What the checks of an application judge: the answers so far, the filled slots, and what only records know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schemas.licensing import sections as asked


@dataclass(frozen=True, slots=True)
class Standing:
    """What the portal's own records say; None where nobody has looked, which is never an answer."""

    schools: tuple[str, ...] | None = None
    licence_with_name: str | None = None
    is_name_searched: bool = False
    bans: tuple[str, ...] | None = None
    in_service: tuple[str, ...] | None = None
    district_name: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """An application as far as it is written; a section that nobody saved is None."""

    today: date
    institution: asked.Institution | None = None
    organisers: asked.Organisers | None = None
    legal_representative: asked.LegalRepresentative | None = None
    principal: asked.Principal | None = None
    premises: asked.Premises | None = None
    programmes: asked.Programmes | None = None
    capital: asked.Capital | None = None
    board: asked.Board | None = None
    teachers: asked.Teachers | None = None
    slots_lacking: tuple[str, ...] = ()
    slots_unreadable: tuple[str, ...] = ()
    standing: Standing = field(default_factory=Standing)


def application(
    content: Mapping[str, Mapping[str, Any]], today: date, standing: Standing, *,
    lacking: tuple[str, ...] = (), unreadable: tuple[str, ...] = (),
) -> Application:  # fmt: skip
    """Gather the facts of saved sections."""
    given: dict[str, Any] = {
        name.replace("-", "_"): model.model_validate(content[name])
        for name, model in asked.SECTIONS.items()
        if name in content
    }
    return Application(
        today=today, standing=standing, slots_lacking=lacking, slots_unreadable=unreadable,
        **given,
    )  # fmt: skip
