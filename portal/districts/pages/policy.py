"""The working calendar and the values of the policy."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from portal.base import clock
from portal.base.web import ask_again, blank, page, read, see_other
from portal.districts import present, service
from portal.districts.service import days, values
from schemas.districts import EnterDay, EnterValue, EnterYear


async def of_year(request: Request) -> dict[str, Any]:
    """One year's calendar beside a form."""
    typed = request.query_params.get("year", "")
    year = int(typed) if typed.isdecimal() and 2015 <= int(typed[:5]) <= 2100 else clock.today().year
    entries, known = await days.entered(year), await days.years()
    return {
        "year": year, "spans": present.spans(await service.calendar(), entries, year), "known": known,
        "choices": sorted({*known, clock.today().year, clock.today().year + 1}), "kinds": dict(present.KIND_CHOICES),
        "may_change": request.user.role == "city-admin",
    }  # fmt: skip


async def calendar(request: Request) -> Response:
    """A year's holidays and make-up days."""
    return page(request, "admin/calendar.html", **await of_year(request))


async def ask_for_day(request: Request) -> Response:
    """Ask what one day is."""
    form = blank(EnterDay, {"version": await days.version()})
    return page(request, "admin/calendar_day.html", form=form, choices=present.KIND_CHOICES)


async def enter_day(request: Request) -> Response:
    """Enter what the day is."""
    form = await read(request, EnterDay)
    if refused := ask_again(request, "admin/calendar_day.html", form, choices=present.KIND_CHOICES):
        return refused
    await days.enter_day(form.data, actor=request.user, now=clock.now())
    return see_other(request, "admin.calendar", notice="calendar-changed", query={"year": form.data.day.year})


async def ask_for_year(request: Request) -> Response:
    """Ask for a year's announcement."""
    missing = service.missing_year(await service.calendar(), clock.today(), ahead=True)
    form = blank(EnterYear, {"version": await days.version(), "year": missing})
    return page(request, "admin/calendar_year.html", form=form)


async def enter_year(request: Request) -> Response:
    """Enter the year."""
    form = await read(request, EnterYear)
    if refused := ask_again(request, "admin/calendar_year.html", form):
        return refused
    await days.enter_year(form.data, actor=request.user, now=clock.now())
    return see_other(request, "admin.calendar", notice="calendar-changed", query={"year": form.data.year})


async def policy(request: Request) -> Response:
    """Every value as it holds today, and the time limits."""
    today, district = clock.today(), request.user.district
    found = await service.policy(None, district)
    own = await values.all_own()
    return page(
        request, "admin/policy.html", values=present.values(found, own, district, today),
        times=present.times(found, today), today=today,
    )  # fmt: skip


async def of_value(request: Request) -> dict[str, Any]:
    """One value beside its form: every row that ever held."""
    name, today, names = request.path_params["policy_name"], clock.today(), await service.names()
    like, found = values.shipped_limit(name), await service.policy(None, request.user.district)
    rows = [row for row in found.limit_layers[0] if row.name == name]
    return {
        "like": like, "shipped": present.rows_of(rows, found, today), "says": service.value_says(like),
        "own": await values.history(name, actor=request.user), "names": names, "articles": values.articles(),
        "labels": dict(values.articles()), "unit": present.UNITS.get(like.unit, ""),
        "may_change": request.user.role in {"city-admin", "district-admin"},
        "districts": list(names.items()) if request.user.role == "city-admin" else [],
    }  # fmt: skip


async def value(request: Request) -> Response:
    """One value and its form."""
    context = await of_value(request)
    form = blank(EnterValue, {"cite": context["like"].cite, "version": await values.version()})
    return page(request, "admin/policy_value.html", form=form, **context)


async def enter_value(request: Request) -> Response:
    """Enter a value."""
    form = await read(request, EnterValue, name=request.path_params["policy_name"])
    if refused := ask_again(request, "admin/policy_value.html", form, **await of_value(request)):
        return refused
    await values.enter_value(form.data, actor=request.user, now=clock.now())
    return see_other(request, "admin.policy_value", policy_name=form.data.name, notice="value-entered")
