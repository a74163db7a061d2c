"""Several clerks of one institution: invite, join, hand over, remove."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.accounts import codes, store, store_codes
from portal.accounts.service.registering import institution_of, invitation_of
from portal.accounts.store import Account, Invitation
from portal.base import audit, db, idempotency, sessions
from portal.base.actor import Actor
from portal.kernel.errors import Conflict, Missing, NotAllowed
from schemas.accounts import Join

INVITATION_LASTS = timedelta(days=7)
MOST_INVITATIONS = 5
ENOUGH = "还有 5 个邀请码没用。先把它们给同事，或者等它们过期"
OF_NONE = "你现在不属于任何机构，不能邀请同事。先填写机构名称，或用同事给的邀请码加入"
OWN = "你不能移除自己。请同事来做"
MOVED = "你已经属于一家机构。刷新页面看看"


@dataclass(frozen=True, slots=True)
class Colleagues:
    """An institution's clerks and the invitations that can still be used."""

    organisation: str
    clerks: list[Account]
    invitations: list[Invitation]


async def colleagues(actor: Actor, now: datetime) -> Colleagues | None:
    """Who acts for the clerk's institution; nothing for a clerk without one."""
    if actor.institution_id is None:
        return None
    return Colleagues(
        await store.organisation_name(actor.institution_id),
        await store.of_institution(actor.institution_id),
        await store_codes.open_invitations(actor.institution_id, now),
    )


def invitation_codes(invitations: Sequence[Invitation]) -> list[str]:
    """The codes of invitations in clear, for the colleagues who pass them on."""
    return [codes.read_invitation(invitation.code_sealed, invitation.id) for invitation in invitations]


async def invite(*, key: str, actor: Actor, now: datetime) -> None:
    """Make an invitation for one colleague, for seven days."""
    institution = actor.institution_id
    if institution is None or actor.account_id is None:
        raise NotAllowed(OF_NONE)
    code = codes.invitation()
    async with db.tx():
        if not await idempotency.claim(key, actor, "accounts.invite", ""):
            return
        if len(await store_codes.open_invitations(institution, now)) >= MOST_INVITATIONS:
            raise NotAllowed(ENOUGH)
        number = await store_codes.add_invitation(
            institution, codes.invitation_hash(code), actor.account_id, now, now + INVITATION_LASTS
        )
        await store_codes.seal_invitation(number, codes.seal_invitation(code, number))
        await audit.record(actor, "account.invite", f"invitation:{number}", now, institution=institution)


async def join(order: Join, *, key: str, actor: Actor, address: str, now: datetime) -> None:
    """Let a clerk without an institution join one by invitation, or name a new one."""
    if actor.account_id is None or await idempotency.earlier(key, actor, "accounts.join") is not None:
        return
    if actor.institution_id is not None:
        raise NotAllowed(MOVED)
    invitation_id = await invitation_of(order.organisation, order.invitation, address=address, now=now)
    async with db.tx():
        if not await idempotency.claim(key, actor, "accounts.join", ""):
            return
        institution = await institution_of(order.organisation, invitation_id, now)
        if not await store.set_institution(actor.account_id, None, institution):
            raise Conflict(MOVED)
        await audit.record(actor, "account.join", f"account:{actor.account_id}", now, institution=institution)


async def remove_colleague(colleague_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a colleague's access to the institution away, from their very next request on."""
    if colleague_id == actor.account_id:
        raise NotAllowed(OWN)
    colleague = await store.by_id(colleague_id)
    if colleague is None or actor.institution_id is None or colleague.institution_id != actor.institution_id:
        raise Missing
    async with db.tx():
        if not await store.set_institution(colleague_id, actor.institution_id, None):
            raise Missing
        await store_codes.close_invitations(colleague_id, now)
        await sessions.end_all(colleague_id)
        await audit.record(
            actor, "account.remove-colleague", f"account:{colleague_id}", now, institution=actor.institution_id
        )
