"""What was typed reaches the schema in its shape, and comes back into the fields when something is to be mended."""

from datetime import date
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from starlette.datastructures import FormData

from portal.base.forms import blank, sent


class Room(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(title="名称")
    area_m2: Decimal = Field(title="面积", gt=0)


class Place(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    case_id: int
    address: str = Field(title="地址", json_schema_extra={"says": {"missing": "填写地址，写到门牌号"}})
    rooms: tuple[Room, ...] = Field(title="教室", min_length=1)
    lease_to: date | None = Field(default=None, title="租期")
    kind: Literal["own", "let"] = Field(default="own", title="来源")
    stages: tuple[str, ...] = Field(default=(), title="学段")
    agreed: bool = Field(default=False, title="承诺")
    secret: SecretStr = Field(default=SecretStr(""), title="密码")

    @field_validator("address")
    @classmethod
    def _no_box(cls, value: str) -> str:
        if "信箱" in value:
            raise ValueError("不能写信箱，写实际地址")
        return value


def posted(*pairs, **extra):
    return sent(Place, FormData(list(pairs)), **({"case_id": 7} | extra))


ROOM = (("rooms-0-name", "A101"), ("rooms-0-area_m2", "60"))


def test_a_whole_form_becomes_what_the_schema_asks_for():
    form = posted(
        ("address", " 民权路 28 号 "), *ROOM, ("lease_to-year", "2029"), ("lease_to-month", "8"),
        ("lease_to-day", "31"), ("kind", "let"), ("stages", "primary"), ("stages", "junior"), ("agreed", "yes"),
        ("then", "later"), ("csrf_token", "x"), ("idempotency_key", "key"),
    )  # fmt: skip
    assert not form.errors
    assert form.data.address == "民权路 28 号"
    assert form.data.lease_to == date(2029, 8, 31)
    assert form.data.stages == ("primary", "junior")
    assert form.data.agreed
    assert (form.then, form.key) == ("later", "key")


def test_figures_may_be_full_width_and_grouped():
    assert posted(("address", "x"), ("rooms-0-name", "A"), ("rooms-0-area_m2", "１，２００.5")).data.rooms[
        0
    ].area_m2 == Decimal("1200.5")


def test_rows_may_be_missing_between_and_empty_ones_do_not_count():
    form = posted(
        ("address", "x"),
        ("rooms-0-name", " "),
        ("rooms-3-name", "A"),
        ("rooms-3-area_m2", "1"),
        ("rooms-12-name", "B"),
        ("rooms-12-area_m2", "0"),
    )
    assert [(error.path, error.message) for error in form.errors] == [("rooms-1-area_m2", "面积要大于 0")]
    assert form.value("rooms-1-name") == "B"
    assert form.rows("rooms") == ["rooms-0", "rooms-1"]


def test_every_error_at_once_in_the_fields_own_words():
    form = posted(("lease_to-year", "2026"), ("lease_to-month", "2"), ("lease_to-day", "30"), ("kind", "other"))
    assert {error.path: error.message for error in form.errors} == {
        "address": "填写地址，写到门牌号", "rooms": "填写教室",
        "lease_to": "租期要填日历上有的日期，例如 2026 年 9 月 1 日", "kind": "选择来源",
    }  # fmt: skip
    assert form.anchor("lease_to") == "lease_to-year"
    assert form.value("lease_to-day") == "30"


def test_a_sentence_of_a_validator_is_quoted():
    assert posted(("address", "信箱 5"), *ROOM).error("address") == "不能写信箱，写实际地址"


def test_what_the_path_says_cannot_be_overridden():
    form = posted(("address", "x"), *ROOM, ("case_id", "8"))
    assert [error.path for error in form.errors] == [""]


@pytest.mark.parametrize("name", ["is_admin", "rooms-0-is_admin", "address-x", "rooms-x-name", "rooms"])
def test_a_field_that_the_page_does_not_have_is_refused(name):
    assert posted(("address", "x"), *ROOM, (name, "1")).errors


def test_adding_a_row_keeps_everything_and_judges_nothing():
    form = posted(("address", ""), *ROOM, ("add", "rooms"))
    assert (form.is_reshaped, form.errors, form.rows("rooms")) == (True, [], ["rooms-0", "rooms-1"])
    assert form.value("rooms-0-name") == "A101"


def test_removing_a_row_moves_the_others_up():
    form = posted(*ROOM, ("rooms-1-name", "B"), ("remove", "rooms-0"))
    assert (form.rows("rooms"), form.value("rooms-0-name")) == (["rooms-0"], "B")


def test_what_is_known_fills_the_fields():
    form = blank(
        Place,
        {
            "address": "x",
            "rooms": [{"name": "A", "area_m2": Decimal("60.50")}],
            "lease_to": date(2029, 8, 31),
            "agreed": True,
        },
    )
    assert form.value("rooms-0-area_m2") == "60.50"
    assert (form.value("lease_to-year"), form.value("lease_to-month"), form.is_ticked("agreed")) == ("2029", "8", True)


def test_secrets_are_never_given_back():
    form = posted(("address", "x"), ("secret", "correct horse"))
    assert form.shown() == [("地址", "x")]


@given(st.lists(st.tuples(st.text(alphabet="rooms-0123456789naek", max_size=20), st.text(max_size=10)), max_size=20))
def test_no_form_whatever_breaks_the_reading(pairs):
    form = posted(*pairs)
    assert form.errors or form.is_reshaped or form.data
