"""Which columns of a table are wanted: named without opening any file."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What may stand in a column. A number typed where text belongs has already lost digits or zeros."""

    TEXT = "text"
    CODE = "code"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its English and Chinese header. CODE is text that a whole number cell may also hold, unlike TEXT."""

    name: str
    chinese: str
    kind: Kind = Kind.TEXT

    @property
    def title(self) -> str:
        """Both headers, as messages name the column."""
        return f"{self.name}（{self.chinese}）"
