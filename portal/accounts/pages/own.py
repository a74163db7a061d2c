"""Pages of one's own account: name, password, sessions, colleagues; in the demo also its mailbox."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from portal.accounts import present, rules, service
from portal.base import clock, mail
from portal.base.rates import address_of
from portal.base.sessions import Visit
from portal.base.settings import settings
from portal.base.web import ask_again, blank, confirmed, page, pressed, read, see_other
from portal.kernel.errors import Missing
from schemas.accounts import ChangePassword, Join, Rename

MAILBOX = 30


async def account(request: Request) -> Response:
    """What somebody can change about their account."""
    person = await own_person(request)
    return page(request, "accounts/account.html", person=person, form=blank(Rename, {"name": person.name}))


async def own_person(request: Request) -> present.Person:
    """The account as its page shows it."""
    own = await service.own_account(request.user)
    organisation = await service.organisation_name(own.institution_id) if own.institution_id else ""
    names = {own.institution_id: organisation} if own.institution_id else {}
    return present.person(own, request.user, await service.known_districts(), names)


async def rename(request: Request) -> Response:
    """Write one's own name."""
    form = await read(request, Rename)
    if refused := ask_again(request, "accounts/account.html", form, person=await own_person(request)):
        return refused
    await service.rename(form.data, actor=request.user, now=clock.now())
    return see_other(request, "accounts.account", notice="saved")


async def password(request: Request) -> Response:
    """Ask for the present and the new password."""
    return page(request, "accounts/password.html", form=blank(ChangePassword))


async def change_password(request: Request) -> Response:
    """Set a new password; the other devices are logged out."""
    form = await read(request, ChangePassword)
    if refused := ask_again(request, "accounts/password.html", form):
        return refused
    request.scope["visit"] = await service.change_password(
        form.data, actor=request.user, visit=request.scope["visit"], now=clock.now()
    )
    return see_other(request, "accounts.account", notice="password-changed")


async def end_sessions(request: Request) -> Response:
    """Log out everywhere."""
    await confirmed(request)
    await service.end_sessions(actor=request.user, now=clock.now())
    request.scope["visit"] = Visit()
    return see_other(request, "accounts.login", notice="signed-out-everywhere")


async def colleagues(request: Request) -> Response:
    """Who acts for the institution, and the invitations; a clerk without one is asked for it."""
    found = await service.colleagues(request.user, clock.now())
    if found is None:
        return page(request, "accounts/join.html", form=blank(Join))
    shown = [present.person(clerk, request.user, {}) for clerk in found.clerks]
    codes = present.shared(found.invitations, service.invitation_codes(found.invitations))
    return page(request, "accounts/colleagues.html", organisation=found.organisation, people=shown, invitations=codes)


async def join(request: Request) -> Response:
    """Join an institution or name a new one."""
    form = await read(request, Join)
    if refused := ask_again(request, "accounts/join.html", form):
        return refused
    await service.join(form.data, key=form.key, actor=request.user, address=address_of(request), now=clock.now())
    return see_other(request, "accounts.colleagues", notice="saved")


async def invite(request: Request) -> Response:
    """Make an invitation."""
    await service.invite(key=await pressed(request), actor=request.user, now=clock.now())
    return see_other(request, "accounts.colleagues", notice="invited")


async def remove_colleague(request: Request) -> Response:
    """Take a colleague's access away."""
    await confirmed(request)
    await service.remove_colleague(request.path_params["colleague_id"], actor=request.user, now=clock.now())
    return see_other(request, "accounts.colleagues", notice="colleague-removed")


async def mailbox(request: Request) -> Response:
    """The demo's messages and accounts, so that it needs neither a mail server nor an app; nowhere else."""
    if not settings().demo:
        raise Missing
    messages = await asyncio.to_thread(mail.newest, settings(), MAILBOX)
    people = await service.demo_codes(clock.now())
    districts = await service.known_districts()
    return page(
        request, "accounts/mailbox.html", messages=messages, people=people, districts=districts, roles=rules.ROLE_NAMES
    )
