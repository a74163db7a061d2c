"""The bureau's pages of cases: the queue, one case on one page, verdicts, acts with a preview of their letter."""

from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from portal.accounts import service as accounts
from portal.base import clock
from portal.base.web import Form, ask_again, blank, page, read, see_other
from portal.districts import service as districts
from portal.kernel.errors import Missing
from portal.licensing.present import changes, desk, fields, following, queue
from portal.licensing.service import acts, previews, questions
from portal.licensing.service import desk as judging
from portal.licensing.states import UNDECIDED, State
from portal.policy.materials import materials
from schemas.licensing import orders
from schemas.licensing.queue import Queue


def wanted(request: Request) -> Queue:
    """The filters of the address; those whose role has no desk of its own start with the whole district."""
    found = understood(dict(request.query_params))
    has_desk = request.user.role in queue.FOR_ME
    return found if has_desk or found.tab != "mine" else found.model_copy(update={"tab": "all"})


def understood(given: dict[str, str]) -> Queue:
    """Filters as they were given; the whole queue where they make no sense."""
    try:
        return Queue.model_validate(given)
    except ValidationError:
        return Queue()


async def cases(request: Request) -> Response:
    """The queue, by due date."""
    asked = wanted(request)
    form = blank(orders.AssignAll, {"holder_id": asked.holder})
    return page(request, "review/queue.html", form=form, **await about_queue(request, asked))


async def about_queue(request: Request, asked: Queue) -> dict[str, Any]:
    """A page of the queue: cases with their limits and checks, who holds how many, what one was told of one's own."""
    today, days = clock.today(), await districts.calendar()
    found, counts = await questions.desk(request.user, asked, today)
    holding = await questions.holders(request.user.district if request.user.role == "district-admin" else None)
    names = await accounts.names([*holding, *(case.examiner_id for case in found if case.examiner_id)])
    tallies = {case.id: await questions.tally(case, today) for case in found}
    return {
        "rows": queue.rows(found, names, tallies, await questions.limits(found), today, days),
        "asked": asked, "counts": counts, "tabs": queue.tabs(request.user.role), "states": queue.STATES,
        "pages": -(-counts[asked.tab] // queue.PAGE), "place": await place(request.user.district),
        "districts": [(one.code, one.name) for one in await districts.districts()],
        "holders": [(str(one), f"{names.get(one, '')}（{count} 件）") for one, count in holding.items()],
        "leaving": names.get(int(asked.holder or 0), ""), "leaving_count": holding.get(int(asked.holder or 0), 0),
        "staff": await examiners(request, but=asked.holder),
        "reminders": await questions.reminders(request.user, clock.now()) if request.user.role in queue.FOR_ME else [],
    }  # fmt: skip


async def assign_all(request: Request) -> Response:
    """Show which open cases of one examiner go to whom; once it is confirmed, give them."""
    form = await read(request, orders.AssignAll)
    context = await about_queue(request, understood({"tab": "all", "holder": form.value("holder_id")}))
    if refused := ask_again(request, "review/queue.html", form, **context):
        return refused
    if form.then == "edit":
        return page(request, "review/queue.html", form=form, **context)
    if form.then != "confirm":
        given = await judging.to_hand_over(form.data, actor=request.user)
        return page(request, "review/assign_all.html", form=form, given=queue.handed_over(given), **context)
    await judging.assign_all(form.data, actor=request.user, now=clock.now())
    query = {"tab": "all", "holder": form.data.examiner_id}
    return see_other(request, "review.queue", notice="assigned-all", query=query)


async def place(district: str | None) -> str:
    """Whose cases these are."""
    return (await districts.office(district)).name if district else "重庆市各区县"


async def about_case(request: Request) -> dict[str, Any]:
    """Everything that the page of a case shows."""
    file = await questions.file(request.user, request.path_params["case_id"], today=clock.today())
    people = {one.account_id for one in file.events if one.account_id} | {one.by for one in file.opinions}
    names = await accounts.names([*people, *([file.case.examiner_id] if file.case.examiner_id else [])])
    return {
        "file": file,
        "case": file.case,
        "state": following.state(file.case.state),
        "clock": following.clock(file, clock.today(), await districts.calendar()),
        "told": await questions.told(file.case.id),
        "timeline": following.timeline(file, names, for_bureau=True),
        "papers": following.papers(file.papers, request.user.role),
        "stopped": following.stopped_papers(file.papers),
        "claims": desk.claims(file),
        "slots": desk.slots(file),
        "findings": desk.findings(file),
        "open_findings": open_findings(file),
        "tally": desk.tally(file),
        "opinions": desk.opinions(file, names),
        "proposal": desk.proposal(file, names),
        "changes": changes.latest(file.submissions),
        "acts": desk.acts(file, request.user),
        "why_not": desk.why_not(file, request.user),
        "waiting": desk.waiting(file, request.user),
        "holder": names.get(file.case.examiner_id or 0, "") if file.case.state in UNDECIDED else None,
        "can_judge": desk.can_judge(file, request.user),
        "is_judging": desk.is_judging(file, request.user),
        "left_to_judge": len(desk.unjudged(file)),
        "can_take_over": desk.can_take_over(file, request.user),
        "verdicts": desk.VERDICTS,
        "is_mine": file.case.examiner_id == request.user.account_id,
        "staff": await staff(request, file.case.state),
        "form": blank(orders.TakeOver, {"version": file.case.version}),
        "asked": "",
    }


def open_findings(file: questions.File) -> list[dict[str, Any]]:
    """The checks that don't pass: what somebody who proposes or decides must know."""
    return [{**one, "id": ""} for one in desk.findings(file) if one["verdict"] != "passed"]


async def staff(request: Request, state: State) -> list[tuple[int, str]]:
    """The examiners that a district's administrator may give a case to."""
    return await examiners(request) if state in UNDECIDED else []


async def examiners(request: Request, *, but: str = "") -> list[tuple[int, str]]:
    """The examiners of an administrator's own district, one of them left out; nobody for others."""
    if request.user.role != "district-admin":
        return []
    people = await accounts.staff(request.user.district, "examiner")
    return [(one.account_id, one.name) for one in people if one.account_id and str(one.account_id) != but]


async def case(request: Request) -> Response:
    """One case on one page."""
    return page(request, "review/case.html", **await about_case(request))


async def take_over(request: Request) -> Response:
    """Become the holder."""
    case_id = request.path_params["case_id"]
    form = await read(request, orders.TakeOver, case_id=case_id)
    if refused := ask_again(request, "review/case.html", form, **without_form(await about_case(request))):
        return refused
    await judging.take_over(form.data, actor=request.user, now=clock.now())
    return see_other(request, "review.case", case_id=case_id, notice="taken-over")


def without_form(context: dict[str, Any]) -> dict[str, Any]:
    """The page's context for a form that was sent."""
    return {name: value for name, value in context.items() if name != "form"}


async def assign(request: Request) -> Response:
    """Give the case to another examiner."""
    case_id = request.path_params["case_id"]
    form = await read(request, orders.Assign, case_id=case_id)
    if refused := ask_again(request, "review/case.html", form, **without_form(await about_case(request))):
        return refused
    await judging.assign(form.data, actor=request.user, now=clock.now())
    return see_other(request, "review.case", case_id=case_id, notice="assigned")


async def judge_material(request: Request) -> Response:
    """Keep the verdict on one material, and lead back to it."""
    case_id, slot = request.path_params["case_id"], request.path_params["slot"]
    form = await read(request, orders.Judge, case_id=case_id, slot=slot)
    if refused := await judged_again(request, form, f"material:{slot}"):
        return refused
    await judging.judge_material(form.data, actor=request.user, now=clock.now())
    return see_other(request, "review.case", case_id=case_id, notice="judged", anchor=f"slot-{slot}")


async def judge_check(request: Request) -> Response:
    """Keep whether a finding holds, and lead back to it."""
    case_id, rule = request.path_params["case_id"], request.path_params["rule"]
    form = await read(request, orders.JudgeCheck, case_id=case_id, rule=rule)
    if refused := await judged_again(request, form, f"check:{rule}"):
        return refused
    await judging.judge_check(form.data, actor=request.user, now=clock.now())
    return see_other(request, "review.case", case_id=case_id, notice="judged", anchor=f"judged-{rule}")


async def judged_again(request: Request, form: Form[Any], about: str) -> Response | None:
    """The case again, with what was written about one material or finding in its own form, and what it lacks."""
    context = {**without_form(await about_case(request)), "asked": about}
    return ask_again(request, "review/case.html", form, **context)


async def about_act(request: Request) -> dict[str, Any]:
    """What the page of an act shows beside its form."""
    chosen = desk.ACTS.get(request.path_params["act"])
    file = await questions.file(request.user, request.path_params["case_id"], today=clock.today())
    if chosen is None:
        raise Missing
    return {
        "act": chosen,
        "case": file.case,
        "questions": fields.questions(chosen.order),
        "grounds": desk.ground_choices(),
        "articles": desk.ground_articles(),
        "refused": desk.refused(file, request.user, chosen, clock.today()),
        "proposal": desk.proposal(file, await accounts.names([one.by for one in file.opinions])),
        "is_later": bool(file.gaps),
        "slots": [slot for slot in desk.slots(file) if slot.verdict not in {"in-order", ""}],
        "unjudged": desk.unjudged(file),
        "open_findings": open_findings(file),
    }


async def act(request: Request) -> Response:
    """An act's form."""
    context = await about_act(request)
    form = blank(context["act"].order, {"version": context["case"].version})
    return page(request, "review/act.html", form=form, **context)


async def carry_out(request: Request) -> Response:
    """Show the letter first; once it is confirmed, do it."""
    case_id, context = request.path_params["case_id"], await about_act(request)
    form: Form[orders.Once] = await read(request, context["act"].order, case_id=case_id)
    if refused := ask_again(request, "review/act.html", form, **context):
        return refused
    if form.then == "edit":
        return page(request, "review/act.html", form=form, **context)
    letter = await previews.letter(form.data, actor=request.user, now=clock.now()) if form.then != "confirm" else None
    if letter is not None:
        return page(request, "review/preview.html", form=form, letter=letter, **context)
    await acts.DO[type(form.data)](form.data, actor=request.user, now=clock.now())
    return see_other(request, "review.case", case_id=case_id, notice=f"done-{context['act'].name}")


async def evidence(request: Request) -> Response:
    """An uploaded file's pages as pictures, one under the other."""
    upload = await questions.upload(request.path_params["material_id"])
    case_id = await questions.case_of(upload.id)
    titles = {kind.slot: kind.title for kind in materials("new")}
    return page(request, "review/evidence.html", upload=upload, case_id=case_id, slot=titles.get(upload.slot, ""))
