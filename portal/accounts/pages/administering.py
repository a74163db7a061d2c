"""Administrators' pages: the accounts they look after."""

from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from portal.accounts import present, service
from portal.base import clock
from portal.base.web import ask_again, blank, page, read, see_other
from schemas.accounts import AddUser, ChangeAccess, ChangeRole, FindUsers


async def users(request: Request) -> Response:
    """The accounts, with filters in the address."""
    wanted = wanted_users(request)
    found = await service.find_users(wanted, actor=request.user)
    districts = await service.known_districts()
    people = [present.person(account, request.user, districts, found.organisations) for account in found.accounts]
    return page(
        request, "admin/users.html", people=people, wanted=wanted, has_next=found.has_next,
        roles=present.listed_roles(request.user), districts=present.district_choices(request.user, districts),
    )  # fmt: skip


def wanted_users(request: Request) -> FindUsers:
    """What the address asks for; what makes no sense there asks for everything."""
    try:
        return FindUsers.model_validate(dict(request.query_params))
    except ValidationError:
        return FindUsers()


async def choices(request: Request) -> dict[str, Any]:
    """The roles and districts that this administrator may give."""
    districts = present.district_choices(request.user, await service.known_districts())
    return {"roles": present.role_choices(request.user), "districts": districts}


async def new_user(request: Request) -> Response:
    """Ask for a new member of staff."""
    form = blank(AddUser, {"district": request.user.district or ""})
    return page(request, "admin/user_new.html", form=form, **await choices(request))


async def add_user(request: Request) -> Response:
    """Open the account."""
    form = await read(request, AddUser)
    if refused := ask_again(request, "admin/user_new.html", form, **await choices(request)):
        return refused
    account_id = await service.add_user(form.data, key=form.key, actor=request.user, now=clock.now())
    return see_other(request, "accounts.user", account_id=account_id, notice="user-added")


async def user(request: Request) -> Response:
    """One account and what can be changed about it."""
    account_id = request.path_params["account_id"]
    account = await service.user(account_id, actor=request.user)
    form = blank(ChangeRole, {"role": account.role, "district": account.district})
    return page(request, "admin/user.html", form=form, **await about(request, account_id))


async def about(request: Request, account_id: int) -> dict[str, Any]:
    """The account's page beside its form."""
    account = await service.user(account_id, actor=request.user)
    districts = await service.known_districts()
    names = {i: await service.organisation_name(i) for i in [account.institution_id] if i is not None}
    person = present.person(account, request.user, districts, names)
    return {"person": person, **await choices(request)}


async def change_role(request: Request) -> Response:
    """Give another role or district."""
    account_id = request.path_params["account_id"]
    form = await read(request, ChangeRole, account_id=account_id)
    if refused := ask_again(request, "admin/user.html", form, **await about(request, account_id)):
        return refused
    await service.change_role(form.data, key=form.key, actor=request.user, now=clock.now())
    return see_other(request, "accounts.user", account_id=account_id, notice="user-changed")


async def change_access(request: Request) -> Response:
    """Close the account, open it again, or take the second factor away, as the route says."""
    account_id = request.path_params["account_id"]
    form = await read(request, ChangeAccess, account_id=account_id)
    if refused := ask_again(request, "admin/user.html", form, **await about(request, account_id)):
        return refused
    use_case, notice = {
        "accounts.user_close": (service.close, "user-closed"),
        "accounts.user_reopen": (service.reopen, "user-reopened"),
        "accounts.user_second_factor": (service.reset_second_factor, "second-factor-reset"),
    }[request.scope["route"].name]
    await use_case(form.data, key=form.key, actor=request.user, now=clock.now())
    return see_other(request, "accounts.user", account_id=account_id, notice=notice)
