"""Who acts: a frozen answer to "may they?", carried from the session into every use case."""

from dataclasses import dataclass
from typing import Literal

Role = Literal[
    "anonymous", "clerk", "examiner", "approver", "inspector", "district-admin", "city-admin", "auditor", "clock"
]


@dataclass(frozen=True, slots=True)
class Actor:
    """An account as it is now. `district` is set for a district's staff, `institution_id` for a clerk."""

    role: Role
    account_id: int | None = None
    name: str = ""
    district: str | None = None
    institution_id: int | None = None

    @property
    def reference(self) -> str:
        """How the audit log names them: by role and number, never by name."""
        return f"{self.role}:{self.account_id}" if self.account_id is not None else self.role


ANONYMOUS = Actor("anonymous")
CLOCK = Actor("clock", name="系统时钟")
