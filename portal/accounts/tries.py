"""How often somebody may try, counted in the database: these limits hold while the queue is away or was emptied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.accounts import store_codes
from portal.base import crypto, db
from portal.kernel.errors import TooMany

QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TOO_MANY = "尝试次数太多。{minutes} 分钟后再试。忘记密码可以重设。"
TOO_MANY_CODES = "验证码要得太多。{minutes} 分钟后再要。先看看垃圾邮件，或检查填写的地址。"
TOO_MANY_PROOFS = "尝试次数太多。{minutes} 分钟后再试。忘记密码可以重设；手机丢了或换了，请管理员重置第二步验证。"
TOO_MANY_INVITATIONS = "邀请码试得太多。{minutes} 分钟后再试，或请同事再给你一个。"
WORDS = {"code": TOO_MANY_CODES, "second": TOO_MANY_PROOFS, "invitation": TOO_MANY_INVITATIONS}


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries by one who or where, in so long a time."""

    kind: str
    who: str
    most: int
    within: timedelta

    @property
    def scope(self) -> str:
        """What the count is kept under: nobody can read from it who it was."""
        return f"{self.kind}:{crypto.keys().find(self.who, kind='try')}"


def of_sign_in(login: str, address: str) -> tuple[Limit, Limit]:
    """10 failed log-ins in 15 minutes for a name, whether an account has it or not; 50 for an address."""
    return Limit("log-in", login, 10, QUARTER), Limit("log-in-from", address, 50, QUARTER)


def of_second_factor(account_id: int) -> tuple[Limit, ...]:
    """10 wrong codes in 15 minutes for an account."""
    return (Limit("second-factor", str(account_id), 10, QUARTER),)


def of_code(login: str, address: str) -> tuple[Limit, Limit, Limit]:
    """5 codes an hour and 10 a day to one address, so that nobody is flooded; 20 an hour from one place."""
    return (
        Limit("code-to", login, 5, HOUR),
        Limit("code-to-in-a-day", login, 10, DAY),
        Limit("code-from", address, 20, HOUR),
    )


def of_invitation(address: str) -> tuple[Limit, ...]:
    """20 invitation codes tried in an hour from one place."""
    return (Limit("invitation-from", address, 20, HOUR),)


async def count(limits: Sequence[Limit], at: datetime) -> list[int]:
    """Count one try under each limit, or raise TooMany and count none. Gives the tries' numbers."""
    async with db.tx():
        for limit in sorted(limits, key=lambda limit: limit.scope):
            await store_codes.lock_tries(limit.scope)
            earlier = await store_codes.tries(limit.scope, at - limit.within)
            if len(earlier) >= limit.most:
                wait = max(1, int((earlier[-limit.most] + limit.within - at).total_seconds()))
                raise TooMany(
                    WORDS.get(limit.kind.partition("-")[0], TOO_MANY).format(minutes=-(-wait // 60)), retry_after=wait
                )
        return [await store_codes.add_try(limit.scope, at) for limit in limits]


async def forgive(limits: Sequence[Limit], counted: Sequence[int]) -> None:
    """It was no failure: forget every try of the account, and this one of the address it came from."""
    await store_codes.forget_tries(limits[0].scope)
    for try_id in counted[1:]:
        await store_codes.forget_try(try_id)
