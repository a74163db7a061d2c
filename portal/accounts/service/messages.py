"""What accounts write to people. Jobs of the outbox bring ids; text and address are read here, when the job runs."""

from datetime import timedelta

from portal.accounts import codes, store, store_codes
from portal.base import clock, mail, outbox, sessions
from portal.base.sessions import Visit
from portal.base.settings import settings

CODE_LASTS = timedelta(minutes=20)
SUBJECT = "校外培训机构办学许可与登记平台"
SIGNATURE = "（重庆市校外培训机构办学许可与登记平台）"
CODES = {
    "register": "你的注册验证码是 {code}，20 分钟内有效。不是你本人操作就不用理会。",
    "register-known": (
        "有人用这个地址注册，但这里已有账户。是你本人的话，直接登录，忘记密码可以重设。不是你本人就不用理会。"
    ),
    "reset": "你的验证码是 {code}，20 分钟内有效，用来设置新密码。不是你本人操作就不用理会，密码不会改变。",
}
MESSAGES = {
    "welcome": (
        "管理员为你开通了账户。打开 {address}/account/forgotten ，"
        "填写收到这条消息的邮箱或手机号码，先设置密码，再登录。"
    ),
    "password-changed": "你的密码刚刚改了，其他设备已退出登录。不是你本人操作的话，马上在登录页重设密码。",
    "second-factor-reset": "管理员重置了你的第二步验证。下次登录时重新绑定验证器。不是你要求的话，马上告诉管理员。",
    "role-changed": "管理员改了你的角色或区县。重新登录后生效。",
}


async def ask_for_code(purpose: str, login: str, account_id: int | None) -> int:
    """Inside the caller's transaction: note a new code and ask for its message."""
    at = clock.now()
    confirmation = await store_codes.add_confirmation(purpose, login, account_id, codes.salt(), at, at + CODE_LASTS)
    await outbox.put("account.code", key=f"account.code:{confirmation}", confirmation_id=confirmation)
    return confirmation


async def await_code(visit: Visit, confirmation: int) -> Visit:
    """Begin a session of somebody who waits for a code: it knows which, and nothing else."""
    await sessions.end(visit)
    return await sessions.start(None, is_confirmed=False, notes={"confirmation": confirmation})


async def tell(account_id: int, kind: str) -> None:
    """Inside the caller's transaction: ask for a message of this kind to the account's holder."""
    at = clock.now()
    key = f"account.message:{account_id}:{kind}:{int(at.timestamp() * 1_000_000)}"
    await outbox.put("account.message", key=key, account_id=account_id, kind=kind)


async def send_code(confirmation_id: int) -> None:
    """Send a code once; nothing goes out where no account has the address and a password was to be reset."""
    found = await store_codes.confirmation(confirmation_id)
    at = clock.now()
    if found is None or found.sent is not None or (found.purpose == "reset" and found.account_id is None):
        return
    text = CODES[found.purpose].format(code=codes.six_digits(found.salt))
    await mail.send(found.login, SUBJECT, text + SIGNATURE)
    await store_codes.note_sent(confirmation_id, at)


async def send_message(account_id: int, kind: str) -> None:
    """Send one of the messages above to an account's holder."""
    account = await store.by_id(account_id)
    if account is not None:
        text = MESSAGES[kind].format(address=settings().public_url)
        await mail.send(account.login, SUBJECT, text + SIGNATURE)
