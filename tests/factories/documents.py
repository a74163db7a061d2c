"""Facts of every kind of paper, as a case would give them."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from portal.documents import rules
from schemas import documents as facts

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)
OFFICE = facts.Office(
    name="重庆市渝中区教育委员会", mark="渝中教", telephone="023-6300 0000", address="重庆市渝中区和平路211号"
)
LETTER: dict[str, Any] = {
    "office": OFFICE,
    "addressee": "重庆明德启智科技有限公司",
    "case_number": "500103-2026-000012",
    "matter": "设立民办校外培训机构",
    "dated": date(2026, 11, 23),
}
REMEDIES = facts.Remedies(review_authority="重庆市渝中区人民政府", court="重庆市渝中区人民法院")
CERTIFICATE: dict[str, Any] = {
    "office": OFFICE,
    "dated": date(2026, 11, 23),
    "licence_number": "教民150010370000021号",
    "institution": "重庆市渝中区明德启智培训学校有限公司",
    "address": "重庆市渝中区中山三路128号投资大厦3层",
    "organisers": "重庆明德启智科技有限公司",
    "legal_representative": "王镕瑄",
    "principal": "李昇",
    "programmes": "小学语文、数学、英语；初中美术、书法",
    "competent_department": "重庆市渝中区教育委员会",
    "credit_code": "52500112MJ0000000B",
    "valid_from": date(2026, 11, 23),
    "valid_to": date(2031, 11, 22),
}
MATERIALS = ("申办报告", "举办者身份证明和资产证明", "学校章程和首届理事会名单", "场所产权证明或租赁合同",
             "消防安全证明", "校长和教师资格证明")  # fmt: skip
REASONS = (
    facts.Reason(
        text="办学场所建筑面积为 268.40 平方米，低于 300 平方米的标准。", cites="重庆市民办培训机构设置标准 场地"
    ),
    facts.Reason(text="教师名册中有 1 人为在职中小学教师，不得聘用。", cites="重庆市中小学生减负实施方案 第八条"),
)


def _letter(kind: str) -> dict[str, Any]:
    received = {"received_on": date(2026, 11, 16)}
    accepted = {"accepted_on": date(2026, 11, 20)}
    return {
        "receipt": {
            "received_at": NOON,
            "materials": tuple(facts.Material(name=name) for name in MATERIALS),
            "answer_by": date(2026, 11, 30),
        },
        "acceptance": {**received, **accepted, "decide_by": date(2027, 2, 22), "limit": "3个月",
                       "limit_cites": "《中华人民共和国民办教育促进法》第十七条", "promised_by": date(2026, 12, 30)},
        "correction": {
            **received,
            "gaps": (
                facts.Gap(name="场所租赁合同", lacking="租期为 2 年，不足 3 年。",
                          cure="签订租期 3 年以上的合同后重新上传。", cites="民办教育促进法实施条例 第十九条"),
                facts.Gap(name="消防安全证明", lacking="上传的第 2 页看不清。", cure="重新扫描，文字应当清晰可读。"),
            ),
        },
        "not-required": {**received, "remedies": REMEDIES,
                         "reasons": (facts.Reason(text="面向成年人的烘焙培训不属于校外培训许可的范围。"),)},
        "wrong-authority": {**received, "remedies": REMEDIES, "right_authority": "重庆市江北区教育委员会",
                            "reasons": (facts.Reason(text="办学场所位于江北区。", cites="减负实施方案 第七条"),)},
        "extension": {**accepted, "was_due": date(2026, 12, 18), "now_due": date(2027, 1, 4), "added": "10个工作日",
                      "reasons": (facts.Reason(text="消防安全情况需要与区消防救援部门核对，尚未收到答复。"),)},
        "special-procedure": {**accepted, "ground": "专家评审", "starts": date(2026, 12, 1), "ends": date(2026, 12, 10),
                              "decide_by": date(2027, 3, 4)},
        "site-visit": {
            "began_at": NOON.replace(hour=9, minute=30), "ended_at": NOON.replace(hour=11, minute=5),
            "place": "重庆市渝中区中山三路128号投资大厦3层",
            "visitors": ("周正（执法证 50010301）", "何敏（执法证 50010302）"),
            "present": ("李昇（校长）",), "conclusion": "场所与申请材料一致，安全出口需加装标识。",
            "items": (facts.Visited(item="建筑面积", found="实测 320.50 平方米，同一楼层。", is_in_order=True),
                      facts.Visited(item="消防安全", found="东侧安全出口缺少指示标识。", is_in_order=False),
                      facts.Visited(item="食堂", found="不设食堂。")),
        },
        "grant": {
            **accepted, "deliver_by": date(2026, 12, 7),
            **{name: CERTIFICATE[name] for name in ("institution", "licence_number", "address", "legal_representative",
                                                    "principal", "programmes", "valid_from", "valid_to")},
        },
        "refusal": {**accepted, "reasons": REASONS, "remedies": REMEDIES},
        "withdrawal": {**received, "withdrawn_on": date(2026, 11, 22)},
    }[kind]  # fmt: skip


def some_facts(kind: str, **changes: Any) -> Any:
    """Facts of a kind, all fields filled in."""
    if rules.KINDS[kind].is_certificate:
        given = dict(CERTIFICATE)
        if kind == "duplicate":
            given |= {
                "programme_list": (
                    facts.Programme(subject="数学", stage="小学", category="学科类"),
                    facts.Programme(subject="英语", stage="小学", category="学科类"),
                    facts.Programme(subject="美术", stage="初中", category="非学科类"),
                ),
                "floor_area_m2": "320.50",
                "check_years": (2026, 2027, 2028, 2029, 2030, 2031),
            }
    else:
        given = LETTER | _letter(kind)
    return rules.KINDS[kind].facts(**(given | changes))


def an_issue(kind: str, **changes: Any) -> facts.Issue:
    """What the portal adds to a paper of the kind."""
    number = (
        "教民150010370000021号"
        if rules.KINDS[kind].is_certificate
        else rules.number(rules.KINDS[kind], "渝中教", 2026, 12)
    )
    code = rules.code_from(11_111_111_111_111_111)
    given = {"number": number, "code": code, "verify_url": f"http://127.0.0.1:8000/verify/{code}", "decided_at": NOON}
    return facts.Issue(**(given | {"is_demo": True} | changes))


def frozen(kind: str, *, demo: bool = True, **changes: Any) -> str:
    """Frozen facts of a kind."""
    return rules.freeze(rules.KINDS[kind], an_issue(kind, is_demo=demo), some_facts(kind, **changes))
