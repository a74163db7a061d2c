"""Checking the answers, handing in, the receipt, following the case, taking it back."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from portal.base import clock
from portal.base.web import ask_again, blank, page, read, see_other
from portal.districts import service as districts
from portal.kernel.errors import NotAllowed
from portal.licensing.pages.drafting import opened
from portal.licensing.present import applicant, changes, fields, following, tasks
from portal.licensing.service import drafting
from portal.licensing.service.questions import File
from portal.licensing.states import ON_THE_DESK, UNDECIDED, State
from portal.policy import citing
from portal.policy.materials import materials
from schemas.licensing.orders import Discard, Submit, Withdraw
from schemas.licensing.sections import SECTIONS, TITLES


def written(file: File) -> dict[str, Any]:
    """Every answer in words, and what lies in each slot."""
    kinds = materials(file.case.kind)
    return {
        "case": file.case,
        "sections": [(name, TITLES[name], fields.summary(model, file.sections[name].answers))
                     for name, model in SECTIONS.items() if name in file.sections],
        "kinds": kinds,
        "uploads": {kind.slot: [one for one in file.uploads if one.slot == kind.slot] for kind in kinds},
    }  # fmt: skip


async def about_check(request: Request) -> dict[str, Any]:
    """Every answer in words, with the findings that fail first."""
    file = await opened(request)
    return {
        **written(file),
        "findings": [
            {**one, "href": mending(request, file, one), "place": "去修改"}
            for one in tasks.findings(file.checks)
            if one["verdict"] != "passed"
        ],
        "unprintable": tasks.in_the_way(file),
        "is_ready": tasks.is_ready(file),
        "named": set(tasks.wanted(file)),
        "is_correction": file.case.state == State.CORRECTION,
    }


def mending(request: Request, file: File, finding: Mapping[str, object]) -> str:
    """The page on which the cause of what fails can be mended; none where no section that is open now holds it."""
    section = tasks.place_of(str(finding["rule"])) if finding["verdict"] == "failed" else ""
    is_open = section and (file.case.state != State.CORRECTION or section in tasks.wanted(file))
    path = request.app.url_path_for("apply.section", case_id=file.case.id, section=section) if is_open else ""
    return f"{path}?from=check" if path else ""


async def check(request: Request) -> Response:
    """Check your answers."""
    context = await about_check(request)
    return page(request, "apply/check.html", form=blank(Submit, {"version": context["case"].version}), **context)


async def submit(request: Request) -> Response:
    """Hand in, once, however often the button is pressed."""
    case_id = request.path_params["case_id"]
    form = await read(request, Submit, case_id=case_id)
    if refused := ask_again(request, "apply/check.html", form, **await about_check(request)):
        return refused
    await drafting.submit(form.data, actor=request.user, now=clock.now())
    return see_other(request, "apply.receipt", case_id=case_id)


async def handed_in(request: Request) -> File:
    """The case of the path, once it has been handed in; a draft has neither receipt nor course."""
    file = await opened(request)
    if file.case.number is None:
        raise NotAllowed("这件申请还没有提交。回到任务清单，补齐后提交。")
    return file


async def receipt(request: Request) -> Response:
    """Handed in: the number, and what happens next by when."""
    file = await handed_in(request)
    mine = [paper for paper in file.papers if paper.kind == "receipt"]
    is_waiting = file.case.state in ON_THE_DESK  # later the receipt says nothing of what happens next
    view = following.clock(file, clock.today(), await districts.calendar()) if is_waiting else None
    return page(request, "apply/receipt.html", case=file.case, papers=following.papers(mine), clock=view)


async def answers(request: Request) -> Response:
    """What was handed in, to read and to print."""
    file = await handed_in(request)
    return page(request, "apply/answers.html", state=applicant.state(file.case.state), **written(file))


async def follow(request: Request) -> Response:
    """Where the case is, what comes next, its papers; once it has ended, what that means."""
    file = await handed_in(request)
    office, given = await districts.office(file.case.district), await districts.remedies(file.case.district)
    return page(
        request, "apply/follow.html", case=file.case, state=applicant.state(file.case.state), office=office,
        outcome=applicant.outcome(file), remedies=applicant.remedies(file.case.state, given), authorities=given,
        articles={"pieces": citing.named(applicant.REMEDY_ARTICLES)},
        clock=following.clock(file, clock.today(), await districts.calendar()),
        timeline=following.timeline(file, {}, for_bureau=False), papers=following.papers(file.papers),
        changes=changes.latest(file.submissions), can_withdraw=file.case.state in UNDECIDED,
        is_correction=file.case.state == State.CORRECTION, is_issued=file.case.licence_number is not None,
    )  # fmt: skip


async def withdrawal(request: Request) -> Response:
    """Ask before an application is taken back."""
    file = await opened(request)
    return page(request, "apply/withdraw.html", case=file.case, form=blank(Withdraw, {"version": file.case.version}))


async def withdraw(request: Request) -> Response:
    """Take it back."""
    case_id = request.path_params["case_id"]
    form = await read(request, Withdraw, case_id=case_id)
    file = await opened(request)
    if refused := ask_again(request, "apply/withdraw.html", form, case=file.case):
        return refused
    await drafting.withdraw(form.data, actor=request.user, now=clock.now())
    return see_other(request, "apply.follow", case_id=case_id, notice="withdrawn")


async def discarding(request: Request) -> Response:
    """Ask before a draft is thrown away."""
    file = await opened(request)
    return page(request, "apply/discard.html", case=file.case, form=blank(Discard, {"version": file.case.version}))


async def discard(request: Request) -> Response:
    """Throw it away."""
    form = await read(request, Discard)
    file = await opened(request)
    if refused := ask_again(request, "apply/discard.html", form, case=file.case):
        return refused
    await drafting.discard(file.case.id, form.data.version, actor=request.user, now=clock.now())
    return see_other(request, "apply.home", notice="discarded")
