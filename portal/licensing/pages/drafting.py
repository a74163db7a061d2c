"""Working through an application: the task list, its sections, its materials."""

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from portal.accounts import service as accounts
from portal.base import clock, files, form_keys, rates, uploads
from portal.base.web import Form, ask_again, blank, confirmed, page, read, see_other
from portal.districts import service as districts
from portal.kernel import calendar
from portal.kernel.errors import FieldError, Invalid, Missing, NotAllowed
from portal.licensing import completeness, printing
from portal.licensing.present import fields, hints, tasks
from portal.licensing.service import drafting, questions
from portal.licensing.service.questions import File
from portal.licensing.states import State
from portal.policy import citing
from portal.policy.materials import materials
from schemas.answers import Answers
from schemas.licensing.orders import NewFile
from schemas.licensing.sections import SECTIONS, TITLES


async def opened(request: Request) -> File:
    """The case that the path names, as its clerk sees it."""
    return await questions.file(request.user, request.path_params["case_id"], today=clock.today())


async def case(request: Request) -> Response:
    """The task list; once handed in, the page to follow it by."""
    file = await opened(request)
    if file.case.state not in drafting.OPEN_FOR_WRITING:
        return see_other(request, "apply.follow", case_id=file.case.id)
    done, whole = tasks.done(file)
    return page(
        request, "apply/case.html", case=file.case, groups=tasks.groups(file), done=done, whole=whole,
        is_correction=file.case.state == State.CORRECTION, is_ready=tasks.is_ready(file),
        district=(await districts.district(file.case.district)).name, answer_by=await answer_by(file.case.district),
    )  # fmt: skip


async def answer_by(district: str) -> date:
    """The day by which the bureau answers what is handed in today (行政许可法 32)."""
    today = clock.today()
    time = (await districts.policy(today, district)).time("application", "correction-notice", today)
    return calendar.due(today, time.statutory, await districts.calendar())


def section_of(request: Request) -> tuple[str, type[Answers]]:
    """Which section the path names."""
    name = str(request.path_params["section"])
    if name not in SECTIONS:
        raise Missing
    return name, SECTIONS[name]


async def open_now(request: Request, target: str) -> File:
    """The case, where this part of it may be changed now; in a correction only what the notice names is open."""
    file = await opened(request)
    if file.case.state == State.CORRECTION and target not in tasks.wanted(file):
        raise NotAllowed(drafting.NOT_NAMED)
    return file


def after(request: Request) -> str:
    """Where a saved part leads: back to the check of all answers where the person came from there."""
    return "apply.check" if request.query_params.get("from") == "check" else "apply.case"


async def about_section(request: Request) -> dict[str, Any]:
    """What a section's page shows beside its form."""
    name, model = section_of(request)
    file = await open_now(request, name)
    policy = await districts.policy(clock.today(), file.case.district)
    return {
        "case": file.case,
        "name": name,
        "heading": TITLES[name],
        "questions": hints.with_limits(fields.questions(model), policy, clock.today()),
        "seen": drafting.mark(file.sections.get(name)),
        "saved_at": tasks.saved_at(file, name),
        "findings": tasks.findings_of(file.checks, name) if name in file.sections else [],
        "remark": tasks.wanted(file).get(name, ""),
        "after": after(request),
    }


async def section(request: Request) -> Response:
    """One section to fill in, with what was saved and what the checks say of it."""
    name, model = section_of(request)
    file = await opened(request)
    saved = file.sections.get(name)
    form = blank(model, model.model_validate(saved.answers) if saved else await known_already(request, name))
    form.errors.extend(fields.placed(model, file.unprintable.get(name, ())))
    return page(request, "apply/section.html", form=form, **await about_section(request))


async def known_already(request: Request, name: str) -> dict[str, str]:
    """What the clerk said at registration isn't asked a second time."""
    if name != "institution" or request.user.institution_id is None:
        return {}
    own = await accounts.own_account(request.user)
    telephone = own.login if own.login.isdecimal() else ""
    organisation = await accounts.organisation_name(request.user.institution_id)
    return {"name": organisation, "contact_name": own.name, "contact_telephone": telephone}


async def save_section(request: Request) -> Response:
    """Keep a section: as a draft with gaps, or finished."""
    name, model = section_of(request)
    form: Form[Answers] = await read(request, model)
    if not form.is_reshaped:
        form.errors = fields.placed(model, [*form.errors, *lacking(form)])
    if refused := ask_again(request, "apply/section.html", form, **await about_section(request)):
        return refused
    case_id = request.path_params["case_id"]
    await drafting.save(case_id, name, form.data, actor=request.user, now=clock.now(), seen=form.seen)
    notice = "saved-draft" if form.then == "later" else "saved"
    return see_other(request, after(request), case_id=case_id, notice=notice)


def lacking(form: Form[Answers]) -> list[FieldError]:
    """What a finished section still lacks, told together with what is wrong in it; a draft may lack anything."""
    right = form.rest()
    if form.then == "later" or right is None:
        return []
    wrong = {error.path for error in form.errors}
    found = [*completeness.gaps(right), *printing.unprintable(right)]
    return [error for error in found if error.path not in wrong]


def came_from(request: Request) -> dict[str, str]:
    """The query that remembers the way back while files are added and taken out."""
    return {"from": "check"} if after(request) == "apply.check" else {}


async def about_slot(request: Request) -> dict[str, Any]:
    """What a slot's page shows beside its form."""
    file = await open_now(request, f"material:{request.path_params['slot']}")
    kind = next((one for one in materials(file.case.kind) if one.slot == request.path_params["slot"]), None)
    if kind is None:
        raise Missing
    own = [upload for upload in file.uploads if upload.slot == kind.slot]
    return {
        "case": file.case,
        "kind": kind,
        "citation": {"pieces": citing.named((kind.cite,))},
        "uploads": own,
        "remark": tasks.wanted(file).get(f"material:{kind.slot}", ""),
        "after": after(request),
    }


async def slot(request: Request) -> Response:
    """One slot: what belongs there, what lies there, a file to add."""
    return page(request, "apply/slot.html", form=blank(NewFile), **await about_slot(request))


async def add_file(request: Request) -> Response:
    """Put files into a slot; each is judged by its content before any is kept."""
    await rates.limit(request, "upload")
    form = await read(request, NewFile, files=("file",))
    if not form.files("file"):
        form.errors.append(FieldError("file", "选择一个文件再上传"))
    if refused := ask_again(request, "apply/slot.html", form, **await about_slot(request)):
        return refused
    case_id, name = request.path_params["case_id"], request.path_params["slot"]
    await drafting.writable_slot(request.user, case_id, name)
    sent = form.files("file")
    for number, (upload, found) in enumerate(zip(sent, await uploads.judged(sent), strict=True)):
        file_id = await files.keep(found.content, found.media_type)
        shown = uploads.safe_name(upload.filename)
        key = form_keys.keyed(form.key, str(number))
        await drafting.attach(case_id, name, file_id, shown, found.pages, key=key, actor=request.user, now=clock.now())
    return see_other(request, "apply.slot", case_id=case_id, slot=name, notice="uploaded", query=came_from(request))


async def remove_file(request: Request) -> Response:
    """Take a file out of its slot."""
    posted = await confirmed(request)
    chosen = str(posted.get("material_id", ""))
    if not chosen.isdecimal():
        raise Invalid({"": "选择要删除的文件"})
    case_id = request.path_params["case_id"]
    await drafting.detach(case_id, int(chosen), key=form_keys.key_of(posted), actor=request.user, now=clock.now())
    slot, query = request.path_params["slot"], came_from(request)
    return see_other(request, "apply.slot", case_id=case_id, slot=slot, notice="removed", query=query)
