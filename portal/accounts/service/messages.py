"""What accounts write to people. Jobs of the outbox bring ids; text and address are read here, when the job runs."""

from datetime import datetime, timedelta

from portal.accounts import codes, store, store_codes, tries
from portal.base import clock, db, idempotency, mail, outbox, sessions
from portal.base.actor import ANONYMOUS
from portal.base.sessions import Visit
from portal.base.settings import settings
from portal.kernel.errors import NotAllowed, TooMany

CODE_LASTS = timedelta(minutes=20)
SUBJECT = "校外培训机构办学许可与登记平台"
SIGNATURE = "（重庆市校外培训机构办学许可与登记平台）"
SEND_AGAIN_AFTER = timedelta(seconds=60)
JUST_SENT = "验证码刚刚发过。{seconds} 秒后可以再要一个。"
NOTHING_WAITS = "没有等待验证码的申请，或者等得太久了。回到登录页，重新填写一次。"
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


async def send_again(visit: Visit, *, key: str, route: str, address: str, now: datetime) -> None:
    """Send a new code to the address that waits for one, a minute after the last; the old code holds no more."""
    if await idempotency.earlier(key, ANONYMOUS, route) is not None:
        return
    number = int(visit.notes.get("confirmation", 0))
    found = await store_codes.confirmation(number)
    if found is None or found.used is not None:
        raise NotAllowed(NOTHING_WAITS)
    wait = int((found.created + SEND_AGAIN_AFTER - now).total_seconds())
    if wait > 0:
        raise TooMany(JUST_SENT.format(seconds=wait), retry_after=wait)
    await tries.count(tries.of_code(found.login, address), now)
    async with db.tx():
        if not await idempotency.claim(key, ANONYMOUS, route, "") or not await store_codes.use_confirmation(
            number, now
        ):
            return
        again = await ask_for_code(found.purpose, found.login, found.account_id)
        await store_codes.move_registration(number, again)
        await sessions.note(visit, confirmation=again)


async def awaited(visit: Visit) -> str:
    """The address that a code of this session went to; nothing where none is awaited any more."""
    found = await store_codes.confirmation(int(visit.notes.get("confirmation", 0)))
    return found.login if found is not None and found.used is None and found.expires > clock.now() else ""


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
