"""The working calendar and the values of the policy."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from portal.base import clock
from portal.base.web import Form, ask_again, blank, page, read, see_other
from portal.districts import present, service
from portal.districts.present import dated
from portal.districts.service import days, values
from portal.kernel.errors import Missing
from portal.policy.values import STATUTORY
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
    today, found = clock.today(), await service.policy(None, request.user.district)
    return page(
        request, "admin/policy.html", values=dated.values(found, today), times=dated.times(found, today), today=today
    )


def name_of(request: Request) -> str:
    """Which value the path names; the law's time limits have a path of their own, for the city alone enters them."""
    if "time_name" in request.path_params:
        return f"{request.path_params['time_name']}.{STATUTORY}"
    name = str(request.path_params["policy_name"])
    if service.is_law(name):
        raise Missing
    return name


async def of_value(request: Request) -> dict[str, Any]:
    """One value beside its form: what applied when, and every entry."""
    name, today, names = name_of(request), clock.today(), await service.names()
    like, found = values.shipped_limit(name), await service.policy(None, request.user.district)
    entries = await values.history(name, actor=request.user)
    return {
        "like": like, "course": dated.course(found, name, today), "says": await values.says(name, request.user),
        "records": dated.records(entries, found, await values.authors(entries), today), "names": names,
        "articles": values.articles(), "unit": dated.UNITS.get(like.unit, ""), "place": names.get(request.user.district),
        "beside": dated.beside(found, name, today), "may_change": values.may_enter(request.user, name),
        "districts": list(names.items()) if request.user.role == "city-admin" and not service.is_law(name) else [],
        "is_time": service.is_time(name), "is_law": service.is_law(name), "today": today,
    }  # fmt: skip


async def value(request: Request) -> Response:
    """One value and its form."""
    context = await of_value(request)
    form = blank(EnterValue, {"cite": context["like"].cite, "version": await values.version()})
    return page(request, "admin/policy_value.html", form=form, **context)


async def enter_value(request: Request) -> Response:
    """Show what an entry would change; once it is confirmed, enter it."""
    form = await read(request, EnterValue, name=name_of(request))
    context = await of_value(request)
    if refused := ask_again(request, "admin/policy_value.html", form, **context):
        return refused
    if form.then == "edit":
        return page(request, "admin/policy_value.html", form=form, **context)
    if form.then != "confirm":
        return await preview(request, form, context)
    await values.enter_value(form.data, actor=request.user, now=clock.now())
    return see_other(request, request.scope["route"].name, **request.path_params, notice="value-entered")


async def preview(request: Request, form: Form[EnterValue], context: dict[str, Any]) -> Response:
    """What an entry would change, day by day, with the buttons that confirm it or lead back to the form."""
    plan = await values.looked_at(form.data, actor=request.user, now=clock.now())
    changes = dated.changes(plan.before, plan.after, plan.entry, await service.calendar())
    return page(
        request, "admin/policy_preview.html", form=form, plan=plan, changes=changes,
        untouched=dated.named(plan.untouched, context["names"]), overtaken=dated.named(plan.overtaken, context["names"]),
        words=dated.value_words(plan.limit), cite_label=plan.after.citation(plan.entry.cite, plan.entry.since).label, **context,
    )  # fmt: skip
