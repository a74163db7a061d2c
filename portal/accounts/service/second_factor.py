"""The code that somebody's app shows: at log-in, and anew before an act for which an open session is not enough."""

from datetime import datetime

from portal.accounts import codes, store, tries
from portal.accounts.service.own import own_account
from portal.accounts.service.questions import as_actor
from portal.accounts.store import Account
from portal.base import audit, db
from portal.base.actor import Actor
from portal.kernel.errors import Invalid, NotSignedIn

WRONG_CODE = "验证码不对，或者已经用过。等验证器显示下一个再填"


async def prove(code: str, *, actor: Actor, now: datetime) -> None:
    """Let somebody who is signed in act with a fresh code, for this one act; the act's audit entry says so.

    Before the act's transaction: a wrong code is counted and written down though the act doesn't happen.
    """
    account = await own_account(actor)
    if not account.totp_sealed:
        raise NotSignedIn
    await spend(code, account, now)


async def spend(code: str, account: Account, now: datetime) -> None:
    """Use up the code that the app shows: each works once (RFC 6238 5.2), wrong ones end in a wait."""
    limits = tries.of_second_factor(account.id)
    counted = await tries.count(limits, now)
    step = codes.step_of(codes.read_secret(account.totp_sealed, account.login), code, now)
    if step is None or not await store.use_step(account.id, step, now):
        async with db.tx():
            await audit.record(as_actor(account), "account.second-factor-failed", f"account:{account.id}", now)
        raise Invalid({"code": WRONG_CODE})
    await tries.forgive(limits, counted)
