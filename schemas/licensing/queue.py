"""The filters of a bureau's queue, as they stand in the address."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.answers import Answers


class Queue(Answers):
    """Which cases, which page; what an address says wrongly falls back to the first page of everything."""

    tab: Literal["mine", "free", "all", "overdue"] = "mine"
    state: Annotated[str, Field(max_length=30)] = ""
    words: Annotated[str, Field(max_length=60)] = ""
    district: Annotated[str, Field(max_length=6)] = ""
    holder: Annotated[str, Field(pattern=r"^[0-9]{0,18}$")] = ""
    page: Annotated[int, Field(ge=1, le=5000)] = 1
