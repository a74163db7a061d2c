"""The public registry as others read it: what a search takes, what it answers, a licence, a paper's code."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

LONGEST = 60
LARGEST_PAGE = 100
Status = Literal["in-force", "restricted", "expired", "revoked", "annulled", "withdrawn", "terminated", "deregistered"]
Category = Literal["academic", "non-academic"]
Stage = Literal["preschool", "primary", "junior", "senior"]


def _whole(written: object) -> object:
    """Digits alone make a number: no sign, point or underscore."""
    if isinstance(written, str) and not re.fullmatch(r"[0-9]{1,6}", written):
        raise ValueError("limit 要写成整数，例如 20")
    return written


Limit = Annotated[
    int,
    BeforeValidator(_whole),
    Field(ge=1, le=LARGEST_PAGE, title="limit"),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": 20}),
]


class Search(BaseModel):
    """A search: words and filters, each may be left out."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    q: str = Field("", max_length=LONGEST, title="查询内容",
                   json_schema_extra={"says": f"查询内容最多 {LONGEST} 个字。只写名称或地址里的几个字就能查"})  # fmt: skip
    district: str = Field("", pattern=r"^([0-9]{6})?$", json_schema_extra={"says": "从列表里选择区县"})
    status: Status | Literal[""] = Field("", json_schema_extra={"says": "从列表里选择状态"})
    category: Category | Literal[""] = Field("", json_schema_extra={"says": "从列表里选择类别"})
    stage: Stage | Literal[""] = Field("", json_schema_extra={"says": "从列表里选择学段"})
    cursor: str = Field("", max_length=2_000, json_schema_extra={"says": "翻页的地址不对。从第一页重新查询"})


class ListSearch(Search):
    """A search of the API, page by page."""

    limit: Limit = 20


class ProgrammeShown(BaseModel):
    """What is taught to whom."""

    subject: str
    stage: str


class Listed(BaseModel):
    """A licence in a list."""

    licence_number: str
    name: str
    district: str
    address: str
    status: Status
    valid_from: date
    valid_to: date
    programmes: list[ProgrammeShown]
    is_demo: bool


class Total(BaseModel):
    """How many there are: exact up to a thousand."""

    value: int
    exact: bool


class Page(BaseModel):
    """A page of results; `next` is the cursor of the next one, or null."""

    items: list[Listed]
    next: str | None
    total: Total


class RestrictionShown(BaseModel):
    """Something laid over a licence, with its decision and days."""

    kind: str
    decision: str
    since: date
    until: date | None
    text: str


class Event(BaseModel):
    """A change of a licence."""

    since: date
    act: str


class LicenceShown(Listed):
    """A licence as its certificate names it, with what holds now."""

    organisers: str
    legal_representative: str
    principal: str
    credit_code: str = Field(
        description="Of the organiser; an institution that was just licensed has none of its own yet."
    )
    floor_area_m2: Decimal | None
    issue: int
    ended_on: date | None
    restrictions: list[RestrictionShown]
    history: list[Event]


class PaperShown(BaseModel):
    """What a code stands for now: `replaced` certificates have a newer one; letters have no licence."""

    title: str
    number: str
    dated: datetime
    replaced: datetime | None
    licence: Listed | None
    is_demo: bool
