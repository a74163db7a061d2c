"""What comes in by the administrators' forms: authorities, schools, days of the calendar, values of the policy."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from schemas.documents import printable

Stage = Literal["preschool", "primary", "junior", "senior"]
CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
SCHOOL_CODE = re.compile(r"[0-9A-Z]{4,20}")


def plain(written: object) -> str:
    """One line as it is kept: spaces at its ends gone, inside it one at a time, no character that no paper shows."""
    return printable(" ".join(str(written or "").split()))


def plain_code(written: object) -> str:
    """A code as it is kept: half width, without spaces, in capitals."""
    return "".join(unicodedata.normalize("NFKC", str(written or "")).split()).upper()


def plain_credit_code(written: object) -> str:
    """A social credit code's form; whether the check digit is right is told by the feature's rules."""
    code = plain_code(written)
    if code and not CREDIT_CODE.fullmatch(code):
        raise ValueError("统一社会信用代码是 18 位数字和大写字母。没有就留空")
    return code


def plain_school_code(written: object) -> str:
    """A school's number with the ministry, or the district's own."""
    code = plain_code(written)
    if code and not SCHOOL_CODE.fullmatch(code):
        raise ValueError("学校标识码由 4 至 20 位数字或字母组成，例如 2150000123。没有就留空")
    return code


Version = Annotated[int, Field(title="版本", ge=1, le=2**31 - 1)]
SixDigits = Annotated[
    str,
    BeforeValidator(plain_code),
    Field(title="代码", pattern=r"^[0-9]{6}$", json_schema_extra={"says": "代码写成 6 位数字，例如 500904"}),
]


class Order(BaseModel):
    """What somebody asks for: frozen, and nothing beyond the named fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class AuthorityFields(Order):
    """How an authority is called in lists and letters, and where one appeals against it."""

    name: Annotated[
        str,
        Field(
            title="简称",
            min_length=1,
            max_length=40,
            json_schema_extra={"says": {"string_too_short": "填写简称，例如 渝中区"}},
        ),
        BeforeValidator(plain),
    ]
    authority: Annotated[
        str,
        Field(
            title="机关全称",
            min_length=1,
            max_length=60,
            json_schema_extra={"says": {"string_too_short": "填写机关全称，例如 重庆市渝中区教育委员会"}},
        ),
        BeforeValidator(plain),
    ]
    mark: Annotated[
        str,
        BeforeValidator(plain),
        Field(title="文号字头", pattern=r"^[\u4e00-\u9fff]{2,8}$",
              json_schema_extra={"says": "文号字头写 2 至 8 个汉字，例如 渝中教"}),
    ]  # fmt: skip
    telephone: Annotated[
        str,
        BeforeValidator(plain),
        Field(title="咨询电话", max_length=40, pattern=r"^[0-9０-９ +()（）转、-]*$",
              json_schema_extra={"says": "咨询电话只写数字和连字符，例如 023-63000000"}),
    ] = ""  # fmt: skip
    address: Annotated[str, Field(title="办公地址", max_length=120), BeforeValidator(plain)] = ""
    court: Annotated[
        str,
        Field(
            title="可以起诉的法院",
            min_length=1,
            max_length=60,
            json_schema_extra={"says": {"string_too_short": "填写法院，例如 重庆市渝中区人民法院"}},
        ),
        BeforeValidator(plain),
    ]
    review_authority: Annotated[
        str,
        Field(
            title="行政复议机关",
            min_length=1,
            max_length=60,
            json_schema_extra={"says": {"string_too_short": "填写复议机关，例如 重庆市渝中区人民政府"}},
        ),
        BeforeValidator(plain),
    ]


class AddAuthority(AuthorityFields):
    """The city lets an authority decide that has no GB/T 2260 code; its code is the city's own."""

    code: SixDigits


class ChangeAuthority(AuthorityFields):
    """The city writes an authority's names and addresses anew."""

    code: SixDigits
    version: Version


class SchoolFields(Order):
    """A school as it stands on its district's list."""

    name: Annotated[
        str,
        Field(
            title="学校名称",
            min_length=2,
            max_length=80,
            json_schema_extra={"says": {"string_too_short": "填写学校全称，例如 重庆市渝中区人民小学校"}},
        ),
        BeforeValidator(plain),
    ]
    code: Annotated[str, BeforeValidator(plain_school_code), Field(title="学校标识码")] = ""
    credit_code: Annotated[str, BeforeValidator(plain_credit_code), Field(title="统一社会信用代码")] = ""
    premises: Annotated[str, Field(title="地址", max_length=200), BeforeValidator(plain)] = ""
    stages: Annotated[
        tuple[Stage, ...],
        Field(title="学段", min_length=1, max_length=4, json_schema_extra={"says": "至少选一个学段"}),
    ]


class AddSchool(SchoolFields):
    """A district puts a school on its list."""


class ChangeSchool(SchoolFields):
    """A district writes a school of its list anew."""

    school_id: int
    version: Version


class MoveSchool(Order):
    """A district takes a school off its list, or puts it back."""

    school_id: int
    version: Version


class FindSchools(Order):
    """What the list of schools is filtered by."""

    q: Annotated[str, Field(max_length=80), BeforeValidator(plain)] = ""
    state: Literal["", "active", "closed"] = ""
    district: Annotated[str, Field(pattern=r"^([0-9]{6})?$")] = ""
    page: Annotated[int, Field(ge=1, le=10_000)] = 1


class HandIn(Order):
    """A list of schools is handed in as a file."""


CalendarVersion = Annotated[str, Field(title="版本", pattern=r"^[0-9]{1,18}\.[0-9]{1,18}$")]
Notice = Annotated[
    str,
    BeforeValidator(plain),
    Field(title="依据", min_length=4, max_length=200,
          json_schema_extra={"says": "填写依据的文件，例如 国办发明电〔2026〕7号"}),
]  # fmt: skip


class EnterDay(Order):
    """The city says what one day is: a holiday, a make-up day, or an ordinary one."""

    day: Annotated[date, Field(title="日期", ge=date(2015, 1, 1), le=date(2100, 12, 31))]
    kind: Annotated[Literal["holiday", "makeup", "ordinary"], Field(title="这一天怎么算")]
    name: Annotated[str, Field(title="名称", max_length=40), BeforeValidator(plain)] = ""
    cite: Notice
    version: CalendarVersion


class EnterYear(Order):
    """The city enters the whole of a year's holidays, as the State Council's office announced them."""

    year: Annotated[int, Field(title="年份", ge=2015, le=2100)]
    holidays: Annotated[str, Field(title="放假的日子", min_length=1, max_length=4000)]
    makeup_days: Annotated[str, Field(title="上班的周末", max_length=2000)] = ""
    cite: Notice
    version: CalendarVersion


class EnterValue(Order):
    """A bureau enters a value of its own, from a day on."""

    name: Annotated[str, Field(title="项目", max_length=60)]
    value: Annotated[str, Field(title="数值", min_length=1, max_length=400)]
    district: Annotated[str, Field(title="适用范围", pattern=r"^([0-9]{6})?$")] = ""
    since: Annotated[date, Field(title="从哪天起", ge=date(2000, 1, 1), le=date(2100, 12, 31))]
    until: Annotated[date | None, Field(title="到哪天止", le=date(2100, 12, 31))] = None
    cite: Annotated[
        str, Field(title="依据条文", min_length=1, max_length=60, json_schema_extra={"says": "选择依据条文"})
    ]
    reason: Annotated[
        str,
        Field(
            title="说明",
            min_length=4,
            max_length=200,
            json_schema_extra={"says": {"string_too_short": "填写本地文件的名称和文号，至少 4 个字"}},
        ),
        BeforeValidator(plain),
    ]
    version: Annotated[int, Field(title="版本", ge=0)]

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "EnterValue":
        if self.until is not None and self.until < self.since:
            raise ValueError("“到哪天止”不能早于“从哪天起”")
        return self


class FindEntries(Order):
    """What the audit log is filtered by."""

    actor: Annotated[str, Field(max_length=80), BeforeValidator(plain)] = ""
    action: Annotated[str, Field(max_length=80), BeforeValidator(plain)] = ""
    subject: Annotated[str, Field(max_length=120), BeforeValidator(plain)] = ""
    first: Annotated[date | None, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))] = None
    last: Annotated[date | None, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))] = None
    before: Annotated[int, Field(ge=1, le=2**62)] = 2**62
