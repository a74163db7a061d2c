"""Pages for getting in: register, log in, second factor, forgotten password."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.accounts import rules, service
from portal.base import clock, notices
from portal.base.rates import address_of
from portal.base.sessions import Visit
from portal.base.web import ask_again, blank, confirmed, page, pressed, read, see_other
from schemas.accounts import Confirm, Forgotten, Register, Reset, SecondFactor, SignIn


async def login(request: Request) -> Response:
    """Ask for name and password; whoever is signed in goes on to their work."""
    if request.user.account_id is not None:
        return RedirectResponse(rules.home(request.user.role), status_code=303)
    wanted = rules.own_path(request.query_params.get("next", ""))
    return page(request, "accounts/login.html", form=blank(SignIn, {"next": wanted}))


async def sign_in(request: Request) -> Response:
    """Let somebody in, or on to the second factor."""
    form = await read(request, SignIn)
    if refused := ask_again(request, "accounts/login.html", form):
        return refused
    request.scope["visit"] = visit = await service.sign_in(
        form.data, visit=request.scope["visit"], address=address_of(request), now=clock.now()
    )
    return await onward(visit) if visit.is_confirmed else see_other(request, "accounts.second_factor")


async def second_factor(request: Request) -> Response:
    """Ask for the app's code; the first time show how to set the app up."""
    enrolment = await service.enrolment(request.scope["visit"])
    return page(request, "accounts/second_factor.html", form=blank(SecondFactor), enrolment=enrolment)


async def confirm_second_factor(request: Request) -> Response:
    """Let a member of staff in."""
    visit: Visit = request.scope["visit"]
    form = await read(request, SecondFactor)
    if refused := ask_again(request, "accounts/second_factor.html", form, enrolment=await service.enrolment(visit)):
        return refused
    request.scope["visit"] = begun = await service.confirm_second_factor(form.data, visit=visit, now=clock.now())
    return await onward(begun)


async def logout(request: Request) -> Response:
    """End the session."""
    await confirmed(request)
    await service.sign_out(request.scope["visit"], actor=request.user, now=clock.now())
    request.scope["visit"] = Visit()
    return see_other(request, "accounts.login", notice="signed-out")


async def register(request: Request) -> Response:
    """Ask a clerk for what an account needs; whoever is signed in has one and goes on to their work."""
    if request.user.account_id is not None:
        return RedirectResponse(rules.home(request.user.role), status_code=303)
    return page(request, "accounts/register.html", form=blank(Register))


async def send_registration(request: Request) -> Response:
    """Send a code to the address."""
    form = await read(request, Register)
    if form.errors and (fault := rules.belonging_fault(form.value("organisation"), form.value("invitation"))):
        form.fail("organisation", fault)
    if refused := ask_again(request, "accounts/register.html", form):
        return refused
    request.scope["visit"] = await service.register(
        form.data, key=form.key, visit=request.scope["visit"], address=address_of(request), now=clock.now()
    )
    return see_other(request, "accounts.confirm")


async def confirm(request: Request) -> Response:
    """Ask for the code that was sent."""
    return page(request, "accounts/confirm.html", form=blank(Confirm), sent_to=await sent_to(request))


async def sent_to(request: Request) -> str:
    """The address that the code went to, as it was typed in this session."""
    return await service.awaited(request.scope["visit"])


async def send_confirmation(request: Request) -> Response:
    """Open the account."""
    form = await read(request, Confirm)
    if refused := ask_again(request, "accounts/confirm.html", form, sent_to=await sent_to(request)):
        return refused
    request.scope["visit"] = visit = await service.confirm(form.data, visit=request.scope["visit"], now=clock.now())
    response = await onward(visit)
    notices.leave(request, response, "registered")
    return response


async def send_again(request: Request) -> Response:
    """Send another code to whoever registers or sets a password."""
    key, route = await pressed(request), request.scope["route"].name
    await service.send_again(request.scope["visit"], key=key, route=route, address=address_of(request), now=clock.now())
    onward_to = {"accounts.confirm_again": "accounts.confirm", "accounts.reset_again": "accounts.reset"}[route]
    return see_other(request, onward_to, notice="code-sent-again")


async def forgotten(request: Request) -> Response:
    """Ask for the address of the account."""
    return page(request, "accounts/forgotten.html", form=blank(Forgotten))


async def ask_for_reset(request: Request) -> Response:
    """Send a code, if the address has an account."""
    form = await read(request, Forgotten)
    if refused := ask_again(request, "accounts/forgotten.html", form):
        return refused
    request.scope["visit"] = await service.ask_for_reset(
        form.data, key=form.key, visit=request.scope["visit"], address=address_of(request), now=clock.now()
    )
    return see_other(request, "accounts.reset")


async def reset(request: Request) -> Response:
    """Ask for the code and the new password."""
    return page(request, "accounts/reset.html", form=blank(Reset), sent_to=await sent_to(request))


async def send_reset(request: Request) -> Response:
    """Set the new password."""
    form = await read(request, Reset)
    if refused := ask_again(request, "accounts/reset.html", form, sent_to=await sent_to(request)):
        return refused
    await service.reset(form.data, visit=request.scope["visit"], now=clock.now())
    request.scope["visit"] = Visit()
    return see_other(request, "accounts.login", notice="password-set")


async def onward(visit: Visit) -> Response:
    """To the page that was asked for before log-in, else to where the role's work begins."""
    actor = await service.actor(visit.account_id or 0)
    wanted = rules.own_path(str(visit.notes.get("next", "")))
    return RedirectResponse(wanted or rules.home(actor.role if actor else ""), status_code=303)
