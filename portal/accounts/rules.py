"""What is asked of a password, where a role starts its work, and which accounts an administrator answers for. Pure."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from portal.base.actor import Actor, Role
from schemas.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD

STAFF: tuple[Role, ...] = ("examiner", "approver", "inspector", "district-admin", "city-admin", "auditor")
DISTRICT_ROLES: tuple[Role, ...] = ("examiner", "approver", "inspector", "district-admin")
ROLE_NAMES: Mapping[str, str] = {
    "clerk": "机构经办人",
    "examiner": "受理审查人员",
    "approver": "审批人员",
    "inspector": "责任区督学",
    "district-admin": "区县管理员",
    "city-admin": "市级管理员",
    "auditor": "审计员",
}
HOMES: Mapping[str, str] = {
    "clerk": "/apply",
    "examiner": "/review",
    "approver": "/review",
    "inspector": "/",
    "district-admin": "/admin",
    "city-admin": "/admin",
    "auditor": "/admin/audit",
}
NEITHER = "填写机构名称；同事给了你邀请码的话，改填邀请码"
BOTH = "机构名称和邀请码只填一个：有邀请码就不用填机构名称"
FEWEST_SIGNS = 5
SHORTEST_NAME = 4
ROWS_OF_KEYS = (
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "1q2w3e4r5t6y7u8i9o0p",
)
COMMON_WORDS = ("password", "woaini", "admin", "iloveyou", "welcome", "qwerty", "zhongguo", "chongqing", "mima")
LONGEST_RUN = 6


def password_fault(password: str, login: str) -> str:
    """Say what to mend in a new password; nothing where it will do. Length counts most (NIST SP 800-63B 5.1.1)."""
    lowered = password.lower()
    if len(password) < SHORTEST_PASSWORD:
        return f"密码至少 {SHORTEST_PASSWORD} 个字符"
    if len(password) > LONGEST_PASSWORD:
        return f"密码最多 {LONGEST_PASSWORD} 个字符"
    name = login.partition("@")[0]
    if len(name) >= SHORTEST_NAME and name in lowered:
        return "密码里不要含有邮箱或手机号码"
    if len(set(lowered)) < FEWEST_SIGNS or len(without_common_parts(lowered)) < LONGEST_RUN:
        return "这个密码太容易猜到。换成几个不相干的词连在一起"
    return ""


def belonging_fault(organisation: str, invitation: str) -> str:
    """A clerk names a new institution or brings an invitation, one of the two."""
    if bool(organisation.strip()) != bool(invitation.strip()):
        return ""
    return BOTH if invitation.strip() else NEITHER


def without_common_parts(lowered: str) -> str:
    """What is left of a password when well-known words and rows of keys are taken out."""
    left = lowered
    for word in COMMON_WORDS:
        left = left.replace(word, "")
    for row in ROWS_OF_KEYS:
        for keys in (row, row[::-1]):
            for length in range(len(keys), 3, -1):
                for start in range(len(keys) - length + 1):
                    left = left.replace(keys[start : start + length], "")
    return left


def own_path(address: str) -> str:
    """A page of this portal to go to after log-in, or nothing: another site's address is never followed."""
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return ""
    if any(ord(sign) <= 0x20 or ord(sign) == 0x7F for sign in address):
        return ""
    parts = urlsplit(address)
    return "" if parts.scheme or parts.netloc or parts.path.startswith("/log") else address


def home(role: str) -> str:
    """Where somebody's work begins."""
    return HOMES.get(role, "/")


def needs_second_factor(role: str) -> bool:
    """The bureau's own people prove themselves twice; clerks once."""
    return role in STAFF


def may_look_after(actor: Actor, role: str, district: str | None) -> bool:
    """A district's administrator answers for the district's own staff; the city's for every account."""
    if actor.role == "city-admin":
        return True
    return (
        actor.role == "district-admin"
        and role in DISTRICT_ROLES
        and actor.district is not None
        and district == actor.district
    )


def grantable(actor: Actor) -> tuple[Role, ...]:
    """The roles that this administrator may give."""
    return {"city-admin": STAFF, "district-admin": DISTRICT_ROLES}.get(actor.role, ())


def district_fault(role: str, district: str | None) -> str:
    """A district's staff have a district; the city's and the auditor have none."""
    if role in DISTRICT_ROLES and not district:
        return "选择这个人所在的区县"
    if role not in DISTRICT_ROLES and district:
        return "这个角色不属于任何区县，把区县留空"
    return ""
