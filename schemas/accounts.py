"""What comes in by the forms of accounts and by `portal user add`: names to log in by, codes, passwords, roles."""

import re
import unicodedata
from typing import Annotated, Literal

from email_validator import EmailNotValidError, validate_email
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, StringConstraints

MOBILE = re.compile(r"1[3-9][0-9]{9}")
LOGIN_SAYS = "填写邮箱或 11 位手机号码，例如 name@example.com 或 13800000000"
CODE_SAYS = "填写 6 位数字的验证码"
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128
STAFF_ROLES = ("examiner", "approver", "inspector", "district-admin", "city-admin", "auditor")
StaffRole = Literal["examiner", "approver", "inspector", "district-admin", "city-admin", "auditor"]


def normalised_login(written: object) -> str:
    """An e-mail address or a mainland mobile number in the one form in which it is kept and compared."""
    plain = unicodedata.normalize("NFKC", str(written)).strip()
    mobile = re.sub(r"[\s-]", "", plain).removeprefix("+86")
    if MOBILE.fullmatch(mobile):
        return mobile
    try:
        return validate_email(plain, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise ValueError(LOGIN_SAYS) from None


def plain_code(written: object) -> str:
    """A code as it is compared: half-width, in capitals, without spaces and hyphens."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", str(written))).upper()


Login = Annotated[str, BeforeValidator(normalised_login), Field(title="邮箱或手机号码", max_length=200)]
TypedLogin = Annotated[str, Field(title="邮箱或手机号码", min_length=1, max_length=200)]
PersonName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40), Field(title="姓名")]
OrganisationName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80), Field(title="机构名称")]
SixDigits = Annotated[
    str,
    BeforeValidator(plain_code),
    Field(title="验证码", pattern=r"^[0-9]{6}$", json_schema_extra={"says": CODE_SAYS}),
]
InvitationCode = Annotated[str, BeforeValidator(plain_code), Field(title="邀请码", max_length=20)]
Password = Annotated[SecretStr, Field(title="密码", min_length=1, max_length=200)]
NewPassword = Annotated[
    SecretStr,
    Field(
        title="密码",
        min_length=SHORTEST_PASSWORD,
        max_length=LONGEST_PASSWORD,
        json_schema_extra={"says": f"设一个 {SHORTEST_PASSWORD} 到 {LONGEST_PASSWORD} 个字符的密码"},
    ),
]
Address = Annotated[str, Field(title="下一页", max_length=500)]
DistrictCode = Annotated[str, Field(title="区县", pattern=r"^[0-9A-Za-z-]{2,12}$")]
Version = Annotated[int, Field(title="版本", ge=1, le=2**31 - 1)]


class Order(BaseModel):
    """What somebody asks for: frozen, and nothing beyond the named fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class SignIn(Order):
    """Log-in by name and password. The name is not judged here: what nobody has is simply wrong."""

    login: TypedLogin
    password: Password
    next: Address = ""


class SecondFactor(Order):
    """The code that the authenticator app shows now."""

    code: SixDigits


class Register(Order):
    """A clerk opens an account: for an institution of their own, or invited by a colleague."""

    login: Login
    name: PersonName
    organisation: OrganisationName = ""
    invitation: InvitationCode = ""
    password: NewPassword


class Confirm(Order):
    """The code that was sent to the address."""

    code: SixDigits


class Forgotten(Order):
    """Somebody asks for a code to set a new password."""

    login: Login


class Reset(Order):
    """The code that was sent, and the new password."""

    code: SixDigits
    password: NewPassword


class Rename(Order):
    """The holder's own name."""

    name: PersonName


class ChangePassword(Order):
    """A new password, with the present one as proof."""

    present: Annotated[SecretStr, Field(title="现在的密码", min_length=1, max_length=200)]
    password: NewPassword


class Join(Order):
    """A clerk without an institution joins one or names a new one."""

    organisation: OrganisationName = ""
    invitation: InvitationCode = ""


class AddUser(Order):
    """An administrator opens an account for a member of staff."""

    login: Login
    name: PersonName
    role: Annotated[StaffRole, Field(title="角色")]
    district: DistrictCode | None = Field(default=None, title="区县")


class ChangeRole(Order):
    """An administrator gives a member of staff another role or district."""

    account_id: int
    version: Version
    role: Annotated[StaffRole, Field(title="角色")]
    district: DistrictCode | None = Field(default=None, title="区县")


class ChangeAccess(Order):
    """An administrator closes an account, opens it again, or takes its second factor away."""

    account_id: int
    version: Version


class FindUsers(Order):
    """Which accounts the list shows."""

    q: Annotated[str, Field(title="姓名或登录名", max_length=100)] = ""
    role: Annotated[str, Field(title="角色", max_length=20)] = ""
    district: Annotated[str, Field(title="区县", max_length=12)] = ""
    page: Annotated[int, Field(title="页", ge=1, le=100_000)] = 1
