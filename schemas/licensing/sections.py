"""The sections of an application for a new licence, each a task of the list; any may be left half-filled in a draft.

`is_printed` marks what stands on a letter or certificate, so that each of its characters must be in our fonts.
The questions are those of 民办教育促进法 12–15 and its 实施条例; nothing outside that public list is asked.
"""

from typing import Annotated, Literal

from pydantic import BeforeValidator

from schemas.answers import (
    Address,
    Answers,
    Area,
    Count,
    CreditCode,
    Day,
    IdNumber,
    Line,
    Paragraph,
    Telephone,
    YesNo,
    Yuan,
    ask,
    blank,
)

Stage = Annotated[Literal["preschool", "primary", "junior", "senior"] | None, BeforeValidator(blank)]


class Institution(Answers):
    """What the institution will be called, and whom to ask."""

    name: Line = ask(
        "机构名称", "填写拟用的机构名称，例如 重庆市渝中区春芽艺术培训学校有限公司", is_printed=True,
        hint="写全称，会印在办学许可证上。",
    )  # fmt: skip
    purpose: Paragraph = ask("办学宗旨", "写一两句办学宗旨", hint="为谁培训、教什么，写一两句。")
    contact_name: Line = ask("联系人", "填写联系人姓名", hint="审批机关有事找的人。")
    contact_telephone: Telephone = ask("联系电话", "填写能打通的电话号码，例如 13800000000")
    contact_address: Address = ask("通信地址", "填写能收信的地址", hint="能收到信件的地址。")
    accepts_electronic_service: YesNo = ask(
        "是否同意电子送达", "选择是否同意电子送达", default=None, hint="同意后，文书在本平台送达，不再邮寄。"
    )


class Organiser(Answers):
    """One organiser: a person, or an organisation with its credit code."""

    kind: Annotated[Literal["person", "organisation"] | None, BeforeValidator(blank)] = ask(
        "举办者类型", "选择个人或单位", default=None
    )
    name: Line = ask("姓名或单位名称", "填写举办者的姓名或单位名称", is_printed=True)
    id_number: IdNumber = ask("身份证号（个人）", hint="18 位。举办者是单位的，不填。")
    credit_code: CreditCode = ask("统一社会信用代码（单位）", hint="18 位，在营业执照或法人登记证书上。个人不填。")
    share: Annotated[Area, BeforeValidator(blank)] = ask(
        "出资比例", "填写出资比例，例如 100", default=None, unit="%", hint="各举办者合计 100。"
    )


class Organisers(Answers):
    """Who runs it: at most three, by share (办学许可证 shows three)."""

    organisers: tuple[Organiser, ...] = ask("举办者", "至少填写一名举办者", default=(), rows="举办者")
    is_run_by_school: YesNo = ask(
        "举办者是否为中小学校，或由中小学校参与举办", "选择举办者是否为中小学校", default=None
    )


class LegalRepresentative(Answers):
    """法定代表人."""

    name: Line = ask("姓名", "填写法定代表人姓名", is_printed=True)
    id_number: IdNumber = ask("身份证号", "填写 18 位身份证号", hint="18 位，最后一位可以是 X。")
    telephone: Telephone = ask("手机号码", "填写能打通的电话号码，例如 13800000000")


class Principal(Answers):
    """校长（行政负责人）."""

    name: Line = ask("姓名", "填写校长姓名", is_printed=True)
    id_number: IdNumber = ask("身份证号", "填写 18 位身份证号", hint="18 位，最后一位可以是 X。")
    education: Line = ask("学历", "填写最高学历，例如 本科")
    teaching_years: Count = ask("从事教育教学的年数", "填写从事教育教学的年数，例如 6", default=None, unit="年")


class Room(Answers):
    """A room in which people teach."""

    name: Line = ask("教室名称或编号", "填写教室编号，例如 A101", hint="例如 A101。")
    area_m2: Area = ask("面积", "填写教室面积，例如 42.5", default=None, unit="平方米")


class Premises(Answers):
    """Where it teaches (民办教育促进法 11, 15; 场所 by Chongqing's standard)."""

    address: Address = ask(
        "场所地址", "填写到门牌号，例如 渝中区人民路 1 号 3 楼", is_printed=True,
        hint="写明区县，到门牌号，例如 渝中区人民路 1 号 3 楼。",
    )  # fmt: skip
    floor: Line = ask("所在楼层", "填写楼层，例如 3 楼", hint="例如 3 楼。")
    floors: Count = ask("共占几层", "填写共占几层，例如 1", default=None, unit="层")
    floor_area_m2: Area = ask("建筑面积", "填写建筑面积，例如 320", default=None, unit="平方米")
    capacity: Count = ask("同一时段最多培训人数", "填写最多培训人数，例如 60", default=None, unit="人")
    use: Annotated[
        Literal["commercial", "education", "dwelling", "basement", "other"] | None, BeforeValidator(blank)
    ] = ask("房屋用途", "选择房屋用途", default=None, hint="照房屋产权证明上的用途选。")
    tenure: Annotated[Literal["owned", "leased"] | None, BeforeValidator(blank)] = ask(
        "场所来源", "选择自有或租赁", default=None
    )
    lease_from: Day = ask("租赁起始日", default=None, hint="自有场所不填。例如 2026 年 9 月 1 日。")
    lease_to: Day = ask("租赁截止日", default=None)
    rooms: tuple[Room, ...] = ask("教室", "至少填写一间教室", default=(), rows="教室")


class Programme(Answers):
    """One subject at one stage."""

    subject: Line = ask("培训项目", "选择培训项目", is_printed=True)
    stage: Stage = ask("学段", "选择学段", default=None)


class Programmes(Answers):
    """What it will teach, to whom."""

    programmes: tuple[Programme, ...] = ask("培训项目", "至少填写一个培训项目", default=(), rows="培训项目")


class Capital(Answers):
    """开办资金."""

    amount_yuan: Yuan = ask("开办资金", "填写开办资金，例如 500000", default=None, unit="元")
    proof: Line = ask(
        "证明文件名称", "填写证明文件，例如 银行存款证明", hint="例如 银行存款证明。文件在申请材料里上传。"
    )


class Member(Answers):
    """A member of the board."""

    name: Line = ask("姓名", "填写成员姓名")
    position: Line = ask("职务", "填写职务，例如 董事长", hint="例如 董事长。")
    teaching_years: Count = ask(
        "教育教学年数", "填写教育教学年数，没有填 0", default=None, unit="年", hint="没有填 0。"
    )


class Board(Answers):
    """决策机构 and charter (民办教育促进法 20–21; 实施条例 19)."""

    members: tuple[Member, ...] = ask("决策机构成员", "填写决策机构成员", default=(), rows="成员")
    is_chair_resident_citizen: YesNo = ask(
        "负责人是否为在中国境内定居的中国公民", "选择负责人是否为在中国境内定居的中国公民", default=None
    )
    charter_is_complete: YesNo = ask(
        "章程是否已写明法定九项内容",
        "选择章程是否已写明法定九项内容",
        default=None,
        hint="名称住所、举办者权利义务、宗旨规模、开办资金与资产性质、决策机构与监督机构、党组织、法定代表人、终止与剩余资产、章程修改。",
    )


class Teacher(Answers):
    """A teacher, as a plain list for now (Plan 8)."""

    name: Line = ask("姓名", "填写教师姓名")
    nationality: Line = ask("国籍", default="中国", hint="中国籍可以不填。")
    id_number: IdNumber = ask("身份证号", hint="18 位，最后一位可以是 X。外籍教师不填。")
    subject: Line = ask("任教项目", "选择任教项目")
    stage: Stage = ask("学段", "选择学段", default=None)
    certificate_number: Line = ask("教师资格证号", hint="17 位。没有教师资格证的不填。")
    contract_from: Day = ask("合同起始日", default=None, hint="例如 2026 年 9 月 1 日。")
    contract_to: Day = ask("合同截止日", default=None)


class Teachers(Answers):
    """Who will teach."""

    teachers: tuple[Teacher, ...] = ask("教师", "至少填写一名教师", default=(), rows="教师")


SECTIONS: dict[str, type[Answers]] = {
    "institution": Institution,
    "organisers": Organisers,
    "legal-representative": LegalRepresentative,
    "principal": Principal,
    "premises": Premises,
    "programmes": Programmes,
    "capital": Capital,
    "board": Board,
    "teachers": Teachers,
}
TITLES = {
    "institution": "机构与联系人",
    "organisers": "举办者",
    "legal-representative": "法定代表人",
    "principal": "校长",
    "premises": "场所与教室",
    "programmes": "培训项目",
    "capital": "开办资金",
    "board": "决策机构与章程",
    "teachers": "教师",
    "materials": "申请材料",
}
