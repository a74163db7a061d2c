"""What clerks and reviewers order: each is one form of one page, with the version of the case that they saw."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from schemas.accounts import SixDigits
from schemas.answers import Answers, Area, Line, Paragraph, ask, blank

Colleague = Annotated[int, Field(title="改由谁经办", json_schema_extra={"says": "选择改由谁经办"})]
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{16,64}$")]


ReasonToReveal = Literal["original", "registers", "complaint", "remedy"]
REASONS_TO_REVEAL: dict[ReasonToReveal, str] = {
    "original": "核对证件原件",
    "registers": "与公安、民政或市场监管的登记信息比对",
    "complaint": "处理信访、投诉或举报",
    "remedy": "复议、诉讼或监督机关要求",
}


class Order(Answers):
    """An act on a case as somebody saw it: `version` is the case's when the page was made."""

    case_id: int
    version: int


class Once(Order):
    """An act that must happen once, however often the form is sent."""

    key: Key


class Start(Answers):
    """Begin an application in a district, after the questions that stop a hopeless one."""

    district: Annotated[str, Field(pattern=r"^[0-9]{6}$", json_schema_extra={"says": "选择场所所在的区县"})]
    key: Key


class Answer(Answers):
    """The answer to a question of the start page."""

    answer: Annotated[Literal["yes", "no"], Field(title="回答")]


class NewFile(Answers):
    """A file for a slot; the file itself comes beside."""


class Discard(Answers):
    """Throw a draft away."""

    version: int


class Submit(Once):
    """Hand the application in, with the declaration that it is true (行政许可法 31)."""

    declares: Annotated[
        Literal["yes"], Field(title="声明", json_schema_extra={"says": "确认内容真实后，勾选这一项再提交"})
    ]


class Withdraw(Once):
    """Take the application back before it is decided."""

    reason: Paragraph = ask("撤回原因")


class TakeOver(Order):
    """Become the holder of a case; taking it from somebody needs a reason."""

    reason: Line = ask("接手原因")


class Assign(Order):
    """Give a case to another examiner, with the reason."""

    examiner_id: Colleague
    reason: Line = ask("调整原因", "写明调整原因，例如 原经办人休假")


class AssignAll(Answers):
    """Give every open case of one examiner to another: leave, hand-over, recusal."""

    key: Key
    holder_id: Annotated[int, Field(title="现在的经办人", ge=1, le=2**62)]
    examiner_id: Colleague
    reason: Line = ask("调整原因", "写明调整原因，例如 原经办人休假")
    seen_cases: Annotated[int | None, Field(title="确认时看到的件数")] = None


class Judge(Order):
    """The verdict on one material: in order, missing, or defective with what is wrong."""

    slot: Annotated[str, Field(pattern=r"^[a-z-]{1,40}$")]
    verdict: Annotated[Literal["in-order", "missing", "defective"], Field(title="材料审查结论")]
    remark: Paragraph = ask("需要补正的内容")


class JudgeCheck(Order):
    """Whether a finding of the automatic checks holds, with the reason."""

    rule: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]
    holds: Annotated[Literal["yes", "no"], Field(title="检查结论是否成立")]
    reason: Paragraph = ask("理由", "写明理由")


class Remark(Answers):
    """What has to be mended in one section."""

    section: Line = ask("部分")
    text: Paragraph = ask("需要补正的内容")


class Reveal(Answers):
    """Look at the full ID numbers of a case, once, with the reason and a fresh code of the second factor."""

    case_id: int
    reason: Annotated[ReasonToReveal, Field(title="查看原因")]
    code: SixDigits


class Return(Once):
    """One-time correction notice: everything missing at once (行政许可法 32(1)(4))."""

    remarks: tuple[Remark, ...] = ask(
        "需要补正的填报内容",
        default=(),
        hint="填报内容有问题才写；没有就留空。材料的问题在“材料审查”里写，会自动列入。",
    )
    later_reason: Paragraph = ask(
        "再次要求补正的理由", hint="这次要求的内容上次没有告知，也不是新交材料的问题时，写明理由。理由会保存。"
    )


class Accept(Once):
    """Take the application on."""


class Examine(Once):
    """Begin the examination."""


class NotRequired(Once):
    """The matter needs no licence (行政许可法 32(1)(1))."""

    reason: Paragraph = ask("理由", "写明为什么不需要取得许可")


class WrongAuthority(Once):
    """Another authority decides the matter (行政许可法 32(1)(2))."""

    authority: Line = ask("应当向哪个机关申请", "写明有权受理的机关", hint="写机关全称，例如 重庆市江北区教育委员会")
    reason: Paragraph = ask("理由", "写明理由")


class Visit(Once):
    """The record of a site visit by at least two officers (行政许可法 34)."""

    visited_on: Annotated[date | None, BeforeValidator(blank)] = ask("核查日期", "填写核查日期", default=None)
    began: Line = ask("开始时间", "写明开始时间，例如 9:30", hint="24 小时制，例如 9:30")
    ended: Line = ask("结束时间", "写明结束时间，例如 10:15", hint="24 小时制，例如 10:15")
    officers: Line = ask("核查人员", "写明两名以上核查人员，用顿号分开", hint="两名以上，用顿号分开，例如 周静、何敏")
    present: Line = ask("在场人员（可不填）", hint="机构一方在场的人，用顿号分开")
    floor_area_m2: Area = ask("实测建筑面积（可不填）", default=None, unit="平方米")
    found: Paragraph = ask("核查情况", "写明看到的情况")
    agrees: Annotated[Literal["yes", "no"] | None, BeforeValidator(blank)] = ask(
        "与申报是否一致", "选择是否一致", default=None
    )


class Pause(Once):
    """Stop the clock for a hearing, expert review, appraisal or testing, with its length told (行政许可法 45)."""

    ground: Annotated[Literal["hearing", "expert-review", "appraisal", "testing"], Field(title="事由")]
    starts: Annotated[date | None, BeforeValidator(blank)] = ask("起始日", "填写起始日", default=None)
    ends: Annotated[date | None, BeforeValidator(blank)] = ask("截止日", "填写截止日", default=None)


class Extend(Once):
    """Prolong the limit once, with the reason told to the applicant (行政许可法 42)."""

    reason: Paragraph = ask("延期理由", "写明延期理由", hint="印在延期告知书里，申请人会看到。")


class Recommend(Once):
    """The examiner's proposal to the approver, with reasons from the cited list."""

    outcome: Annotated[Literal["grant", "refuse"], Field(title="建议")]
    reasons: tuple[Line, ...] = ask("理由（依据）", default=())
    opinion: Paragraph = ask("审查意见", "写明审查意见", hint="写给审批人看，申请人看不到。")


class Decide(Once):
    """The approver's decision."""

    outcome: Annotated[Literal["grant", "refuse"], Field(title="决定")]
    reasons: tuple[Line, ...] = ask("理由（依据）", default=())
    opinion: Paragraph = ask("补充说明（可不填）", hint="印在决定书里，接在所选理由之后。")
    confirmed: Annotated[Literal["yes"] | None, BeforeValidator(blank)] = None


class SendBack(Once):
    """The approver gives the case back to be examined further."""

    reason: Paragraph = ask("退回原因", "写明退回原因", hint="写给审查人员看，申请人看不到。")
