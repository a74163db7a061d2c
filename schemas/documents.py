"""The facts that a letter or certificate prints: frozen with the decision, so that the same paper can be made again.

Everything here is text, days, moments and lists. What the law always says stands in the template of the version.
"""

import unicodedata
from datetime import date
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from portal.kernel.errors import FieldError, Invalid

MOST_LINES = 60
LINE_BREAK = "\n"
TITLES = {
    "addressee": "申请人",
    "institution": "机构名称",
    "address": "地址",
    "organisers": "举办者",
    "legal_representative": "法定代表人",
    "principal": "校长",
    "programmes": "办学内容",
    "visitors": "核查人员",
    "place": "核查地点",
    "item": "核查事项",
    "found": "现场情况",
    "conclusion": "核查意见",
    "text": "理由",
    "lacking": "存在的问题",
    "cure": "如何补正",
    "right_authority": "有权机关",
}


def printable(text: str) -> str:
    """Write line breaks and tabs one way; refuse what no paper can show: control characters, marks that turn the reading direction, halves of pairs."""
    text = text.replace("\r\n", LINE_BREAK).replace("\r", LINE_BREAK).replace("\t", " ")
    for character in text:
        if character != LINE_BREAK and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            raise ValueError(f"有一个看不见的字符（U+{ord(character):04X}），删去后再试")
    return text


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), AfterValidator(printable)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(printable)]


class Facts(BaseModel):
    """What a kind of paper prints; frozen, and nothing in it that no template knows."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    @model_validator(mode="wrap")
    @classmethod
    def _say_what_to_mend(cls, given: object, handler: ModelWrapValidatorHandler["Facts"]) -> "Facts":
        """Tell the person who decides, in Chinese, which entry can't be printed: it is no failure of the portal."""
        try:
            return handler(given)
        except ValidationError as error:
            raise Invalid([complaint(one) for one in error.errors(include_url=False, include_input=False)]) from None


def complaint(one: ErrorDetails) -> FieldError:
    """Say in Chinese what to mend in one entry of a paper."""
    path = ".".join(map(str, one["loc"]))
    name = next((TITLES[part] for part in reversed(one["loc"]) if part in TITLES), path)
    limits = one.get("ctx", {})
    said = {
        "string_too_long": f"太长，写在 {limits.get('max_length')} 个字以内",
        "string_too_short": "没有填写",
        "missing": "没有填写",
        "too_short": f"不够，至少要 {limits.get('min_length')} 项",
        "too_long": f"太多，最多 {limits.get('max_length')} 项",
        "value_error": str(limits.get("error", "")),
    }.get(one["type"], "写得不对，请核对")
    return FieldError(path, f"{name}：{said}")


class Office(Facts):
    """The bureau that speaks: its full name, the short word its numbers begin with, where to ask."""

    name: Name
    mark: Name
    telephone: Words = ""
    address: Words = ""


class Issue(Facts):
    """What the portal adds when a paper is promised: its number, its code, its moment."""

    number: Name
    code: Name
    verify_url: Name
    decided_at: AwareDatetime
    is_demo: bool = False


class Reason(Facts):
    """One ground of a decision and the article that it rests on."""

    text: Words
    cites: Words = ""


class Remedies(Facts):
    """Where somebody may appeal: review within 60 days (行政复议法 20), court within 6 months (行政诉讼法 46)."""

    review_authority: Name
    court: Name


class Letter(Facts):
    """What every letter to an applicant has."""

    office: Office
    addressee: Name
    case_number: Name
    matter: Name
    dated: date


class Material(Facts):
    """One paper that was handed in: its name, its form, how many pages or files."""

    name: Name
    form: Words = "电子件"
    count: int = Field(default=1, ge=0, le=9999)


class Receipt(Letter):
    """收件回执: what was received, and by when the bureau answers (行政许可法 32)."""

    received_at: AwareDatetime
    materials: tuple[Material, ...] = Field(max_length=MOST_LINES)
    answer_by: date


class Acceptance(Letter):
    """受理通知书: the case is taken on and its time limit runs (行政许可法 32(1)(5))."""

    received_on: date
    accepted_on: date
    is_deemed: bool = False
    decide_by: date
    limit: Name
    limit_cites: Words
    promised_by: date | None = None


class Gap(Facts):
    """One thing that is missing or not in order: what it is, what is wrong, what to do, who asks for it."""

    name: Name
    lacking: Words
    cure: Words
    cites: Words = ""


class Correction(Letter):
    """一次性补正告知书: everything that is missing, once and completely (行政许可法 32(1)(4))."""

    received_on: date
    gaps: tuple[Gap, ...] = Field(min_length=1, max_length=MOST_LINES)
    answer_by: date | None = None


class NotRequired(Letter):
    """不予受理决定书, because the matter needs no licence (行政许可法 32(1)(1))."""

    received_on: date
    reasons: tuple[Reason, ...] = Field(min_length=1, max_length=MOST_LINES)
    remedies: Remedies


class WrongAuthority(NotRequired):
    """不予受理决定书, because another authority decides it (行政许可法 32(1)(2))."""

    right_authority: Name


class Extension(Letter):
    """延期告知书: the limit is prolonged once, with the reason (行政许可法 42)."""

    accepted_on: date
    was_due: date
    now_due: date
    added: Name
    reasons: tuple[Reason, ...] = Field(min_length=1, max_length=MOST_LINES)


class SpecialProcedure(Letter):
    """特别程序时限告知书: hearing, review by experts, appraisal or testing stop the clock (行政许可法 45)."""

    accepted_on: date
    ground: Name
    starts: date
    ends: date
    decide_by: date


class Visited(Facts):
    """One thing that was looked at on the spot."""

    item: Name
    found: Words
    is_in_order: bool | None = None


class SiteVisit(Letter):
    """现场核查记录: by two officers or more (行政许可法 34)."""

    began_at: AwareDatetime
    ended_at: AwareDatetime
    place: Name
    visitors: tuple[Name, ...] = Field(min_length=2, max_length=10)
    present: tuple[Name, ...] = Field(max_length=10)
    items: tuple[Visited, ...] = Field(min_length=1, max_length=MOST_LINES)
    conclusion: Words = ""


class Grant(Letter):
    """准予行政许可决定书 (行政许可法 38, 44)."""

    accepted_on: date
    institution: Name
    licence_number: Name
    address: Name
    legal_representative: Name
    principal: Name
    programmes: Words
    valid_from: date
    valid_to: date
    deliver_by: date
    reasons: tuple[Reason, ...] = Field(default=(), max_length=MOST_LINES)


class Refusal(Letter):
    """不予行政许可决定书: never without reasons and ways to appeal (行政许可法 38)."""

    accepted_on: date
    reasons: tuple[Reason, ...] = Field(min_length=1, max_length=MOST_LINES)
    remedies: Remedies


class Withdrawal(Letter):
    """撤回申请确认书: the applicant took the application back before the decision."""

    received_on: date
    withdrawn_on: date


class Certificate(Facts):
    """办学许可证, original (正本): what hangs on the wall (民办教育促进法 18)."""

    office: Office
    dated: date
    licence_number: Name
    issue: int = Field(default=1, ge=1, le=999)
    institution: Name
    address: Name
    organisers: Name
    legal_representative: Name
    principal: Name
    school_type: Name = "民办非学历教育培训机构"
    programmes: Words
    competent_department: Name
    credit_code: Words = ""
    valid_from: date
    valid_to: date


class Programme(Facts):
    """One line of the duplicate: subject, stage, and whether it is academic."""

    subject: Name
    stage: Name
    category: Name


class Duplicate(Certificate):
    """办学许可证, duplicate (副本): with each programme and a box for each yearly check."""

    programme_list: tuple[Programme, ...] = Field(min_length=1, max_length=MOST_LINES)
    floor_area_m2: Words = ""
    remarks: Words = ""
    check_years: tuple[int, ...] = Field(max_length=12)
