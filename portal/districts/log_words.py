"""The audit log in words: who acted, what was done, with which details. Pure."""

from collections.abc import Mapping

from portal.districts.store.log import Entry

SHA256, FINGERPRINT = 64, 12
ROLES = {
    "anonymous": "未登录的人", "clerk": "机构经办人", "examiner": "受理审查", "approver": "审批",
    "inspector": "检查人员", "district-admin": "区县管理员", "city-admin": "市级管理员", "auditor": "审计员", "clock": "系统时钟",
}  # fmt: skip
DETAILS = {
    "district": "区县", "fields": "改动的项", "kind": "种类", "since": "从", "row": "第", "added": "新增", "changed": "更新",
    "faults": "有问题的行", "days": "天数", "role": "角色", "before": "之前", "after": "之后", "state": "状态",
    "version": "版本", "reason": "理由", "value": "数值", "cite": "依据", "sha256": "指纹", "institution": "机构",
    "section": "部分", "slot": "材料", "file": "文件", "licence": "许可证号", "round": "第几次提交", "verdict": "结论", "rule": "检查项",
    "district_before": "原区县", "district_after": "新区县", "accepted_on": "受理日期", "reasons": "理由", "shown": "人数", "gaps": "补正项数",
}  # fmt: skip
ACTIONS = {
    "account.add": "开通账户", "account.close": "停用账户", "account.reopen": "恢复账户", "account.role": "调整角色",
    "account.register": "注册", "account.rename": "改姓名", "account.invite": "邀请同事", "account.join": "加入机构",
    "account.remove-colleague": "移除同事", "account.login": "登录", "account.login-failed": "登录失败",
    "account.logout": "退出", "account.password": "改密码", "account.password-reset": "重设密码",
    "account.password-right": "密码正确，等第二步验证", "account.second-factor-failed": "第二步验证失败",
    "account.second-factor-reset": "重置第二步验证", "account.sessions-ended": "退出所有设备",
    "application.start": "开始填写申请", "application.save": "保存申请内容", "application.attach": "上传材料",
    "application.detach": "删除材料", "application.discard": "删除草稿", "application.submit": "提交申请",
    "application.withdraw": "撤回申请", "application.take-over": "接手经办", "application.assign": "调整经办人",
    "application.judge-material": "审查材料", "application.judge-check": "判断检查结果",
    "application.return": "发补正告知书", "application.accept": "受理", "application.lapse": "逾期视为受理",
    "application.not-required": "告知不需要许可", "application.wrong-authority": "告知不属本机关职权",
    "application.examine": "开始审查", "application.visit": "现场核查", "application.pause": "暂停计时",
    "application.extend": "延长承诺期限", "application.recommend-grant": "提出准予意见",
    "application.recommend-refuse": "提出不予意见", "application.send-back": "退回继续审查",
    "application.grant": "准予许可", "application.refuse": "不予许可", "application.issue": "发证",
    "application.recount": "重算期限", "application.reveal-numbers": "查看完整身份证号",
    "calendar.day": "改工作日历一天", "calendar.year": "录入一年放假安排",
    "district.add": "增加审批机关", "district.change": "改审批机关信息", "district.seed": "装入区县名单",
    "document.made": "文书做成", "document.attached": "文书做成", "document.retry": "重新制作文书",
    "document.stop": "文书没有做成", "licence.generate": "生成演示机构", "policy.value": "登记标准数值",
    "school.add": "增加学校", "school.change": "改学校信息", "school.close": "停用学校", "school.reopen": "恢复学校",
    "school.hand-in": "上传学校名单", "school.take-over": "导入学校名单",
}  # fmt: skip


def who(entry: Entry, names: Mapping[int, str]) -> str:
    """Who acted: the role, and the name where there is an account."""
    return person(entry.actor, names)


def person(reference: str, names: Mapping[int, str]) -> str:
    """Somebody who acted: the role, and the name where there is an account."""
    role, _, number = reference.partition(":")
    name = names.get(int(number), "") if number.isdecimal() else ""
    return f"{ROLES.get(role, role)} {name}".strip()


def facts(entry: Entry) -> str:
    """An entry's details in one line."""
    return "；".join(
        f"{DETAILS.get(key, key)} {inside(value)}"
        for key, value in entry.details.items()
        if value not in (None, "", [])
    )


def inside(value: object) -> str:
    """One detail; of a long fingerprint its beginning, which is enough to tell it from others."""
    written = "、".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"{written[:FINGERPRINT]}…" if len(written) == SHA256 else written


def action(code: str) -> str:
    """What was done, in words; the code itself where nobody gave it any."""
    return ACTIONS.get(code, code)
