"""The developers' page `/ui` of the demo: every macro once, with every state of a field."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from portal.base.clock import SHANGHAI
from portal.base.forms import Form, blank
from portal.base.web import ask_again, page, read, see_other


class Room(BaseModel):
    """A row of the sample form."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(title="名称", max_length=20)
    area_m2: Decimal = Field(title="面积", gt=0, json_schema_extra={"says": {"missing": "填写面积，例如 60"}})


class Sample(BaseModel):
    """A form with a field of each kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(title="机构名称", min_length=2, max_length=60)
    seats: int = Field(title="核定人数", gt=0)
    capital: Decimal = Field(title="开办资金", ge=0)
    area_m2: Decimal = Field(title="建筑面积", gt=0, json_schema_extra={"says": {"missing": "填写建筑面积，例如 320"}})
    lease_to: date = Field(title="租期届满日期")
    district: Literal["500103", "500112"] = Field(title="区县")
    owned: bool = Field(title="场所来源")
    stages: tuple[str, ...] = Field(title="学段", min_length=1, json_schema_extra={"says": "选择至少一个学段"})
    fire: Literal["met", "not-met", "not-checked"] = Field(title="消防通道")
    remark: str = Field(default="", title="说明", max_length=200)
    agreed: bool = Field(default=False, title="承诺")
    rooms: tuple[Room, ...] = Field(title="教室", min_length=1)


KNOWN = {"name": "渝中区向阳艺术培训学校", "seats": 120, "rooms": [{"name": "A101", "area_m2": "60"}]}
MOMENT = datetime(2026, 11, 23, 14, 5, tzinfo=SHANGHAI)


async def show(request: Request) -> Response:
    """Show the samples; what is posted is judged and thrown away."""
    if request.method != "POST":
        form: Form[Sample] = blank(Sample, KNOWN)
        return page(request, "ui/samples.html", form=form, day=date(2026, 11, 30), moment=MOMENT)
    form = await read(request, Sample, files=("charter",))
    refused = ask_again(request, "ui/samples.html", form, day=date(2026, 11, 30), moment=MOMENT)
    return refused or see_other(request, "ui", notice="saved")
