"""Log-in: name and password, then for staff the second factor; and log-out."""

from dataclasses import dataclass
from datetime import datetime

from portal.accounts import codes, passwords, rules, store, tries
from portal.accounts.service import second_factor
from portal.accounts.service.questions import as_actor
from portal.accounts.store import Account
from portal.base import audit, db, sessions
from portal.base.actor import ANONYMOUS, Actor
from portal.base.sessions import Visit
from portal.kernel.errors import Invalid, NotSignedIn
from schemas.accounts import SecondFactor, SignIn, normalised_login

WRONG = "邮箱、手机号码或密码不对。检查后再填一次"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a member of staff needs to set the second factor up: the secret, typed and as a picture."""

    secret: str
    picture: str


async def sign_in(order: SignIn, *, visit: Visit, address: str, now: datetime) -> Visit:
    """Begin a session by name and password; unknown name, wrong password and closed account look alike."""
    login = known_form(order.login)
    limits = tries.of_sign_in(login, address)
    counted = await tries.count(limits, now)
    account = await store.by_login(login)
    is_right = await passwords.matches(
        order.password.get_secret_value(), account.password_hash if account is not None else ""
    )
    if account is None or not is_right or not account.is_active:
        async with db.tx():
            await audit.record(ANONYMOUS, "account.login-failed", named(account), now)
        raise Invalid({"password": WRONG})
    await tries.forgive(limits, counted)
    is_staff = rules.needs_second_factor(account.role)
    async with db.tx():
        await sessions.end(visit)
        if is_staff:
            await store.offer_secret(account.id, codes.new_secret(account.login, is_demo=account.is_demo))
        begun = await sessions.start(account.id, is_confirmed=not is_staff, notes={"next": rules.own_path(order.next)})
        await audit.record(
            as_actor(account), "account.password-right" if is_staff else "account.login", named(account), now
        )
    return begun


async def confirm_second_factor(order: SecondFactor, *, visit: Visit, now: datetime) -> Visit:
    """Let a member of staff in with the code that the app shows."""
    account = await half_signed_in(visit)
    await second_factor.spend(order.code, account, now)
    async with db.tx():
        await sessions.end(visit)
        begun = await sessions.start(account.id, is_confirmed=True, notes=visit.notes)
        await audit.record(as_actor(account), "account.login", named(account), now)
    return begun


async def enrolment(visit: Visit) -> Enrolment | None:
    """What to show of the second factor: its secret until the first right code, nothing afterwards."""
    account = await half_signed_in(visit)
    if account.totp_since is not None:
        return None
    secret = codes.read_secret(account.totp_sealed, account.login)
    grouped = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return Enrolment(grouped, codes.picture(secret, account.login))


async def half_signed_in(visit: Visit) -> Account:
    """The account whose password was right in this session and whose second factor is still to come."""
    account = await store.by_id(visit.account_id) if visit.account_id and not visit.is_confirmed else None
    if account is None or not account.is_active or not account.totp_sealed:
        raise NotSignedIn
    return account


async def sign_out(visit: Visit, *, actor: Actor, now: datetime) -> None:
    """End the session: its cookie opens nothing any more."""
    async with db.tx():
        await sessions.end(visit)
        if actor.account_id is not None:
            await audit.record(actor, "account.logout", f"account:{actor.account_id}", now)


def known_form(typed: str) -> str:
    """A typed login in the form in which it is kept; what can't be one stays as typed, and nobody has it."""
    try:
        return normalised_login(typed)
    except ValueError:
        return typed


def named(account: Account | None) -> str:
    """The audit's name of an account; of a login that nobody has nothing is kept."""
    return f"account:{account.id}" if account is not None else "account:none"
