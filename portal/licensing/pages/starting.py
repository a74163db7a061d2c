"""Before an application: who may apply, and the questions that stop a hopeless one."""

from starlette.requests import Request
from starlette.responses import Response

from portal.accounts import service as accounts
from portal.base import clock
from portal.base.web import ask_again, blank, page, read, see_other
from portal.districts import service as districts
from portal.kernel import calendar
from portal.kernel.errors import Missing
from portal.licensing.present.applicant import current, state, turn
from portal.licensing.service import drafting, questions
from schemas.licensing.orders import Answer, Start

QUESTIONS = ("school", "academic", "premises")


async def home(request: Request) -> Response:
    """My applications, and what is new about them."""
    own = await questions.of_institution(request.user)
    names = {district.code: district.name for district in await districts.districts()}
    return page(
        request, "apply/home.html", organisation=await organisation(request), cases=own, names=names,
        states={case.id: state(case.state) for case in own}, turns={case.id: turn(case, clock.today()) for case in own},
        notices=current(await questions.notices(request.user), own),
    )  # fmt: skip


async def organisation(request: Request) -> str:
    """The institution that this clerk acts for, by the name that was given at registration."""
    own = request.user.institution_id
    return await accounts.organisation_name(own) if own is not None else ""


async def start(request: Request) -> Response:
    """Who may apply, what to have at hand, how long it takes."""
    today = clock.today()
    policy, days = await districts.policy(today), await districts.calendar()
    time = policy.time("new", "decide", today)
    first = policy.time("application", "correction-notice", today)
    return page(
        request, "apply/start.html", answer_by=calendar.due(today, first.statutory, days),
        decide_by=calendar.due(today, time.statutory, days), first=QUESTIONS[0],
    )  # fmt: skip


async def question(request: Request) -> Response:
    """One yes-or-no question."""
    name = asked(request)
    return page(request, "apply/question.html", form=blank(Answer), asked=name, before=before(name))


def before(name: str) -> str:
    """The question that was asked before this one, if any."""
    return dict(zip(QUESTIONS[1:], QUESTIONS, strict=False)).get(name, "")


def asked(request: Request) -> str:
    """Which question the path names."""
    name = str(request.path_params["question"])
    if name not in QUESTIONS:
        raise Missing
    return name


async def answer(request: Request) -> Response:
    """On to the next question, or to the page that says why it stops here."""
    name = asked(request)
    form = await read(request, Answer)
    if refused := ask_again(request, "apply/question.html", form, asked=name, before=before(name)):
        return refused
    if form.data.answer == "yes":
        return see_other(request, "apply.stop", question=name)
    after = QUESTIONS.index(name) + 1
    if after < len(QUESTIONS):
        return see_other(request, "apply.question", question=QUESTIONS[after])
    return see_other(request, "apply.district")


async def stop(request: Request) -> Response:
    """Why this application has no prospect, by which article."""
    return page(request, "apply/stop.html", asked=asked(request))


async def district(request: Request) -> Response:
    """In which district the premises lie."""
    return page(request, "apply/district.html", form=blank(Start), choices=await choices(), before=QUESTIONS[-1])


async def choices() -> list[tuple[str, str]]:
    """The districts to choose from."""
    return [(one.code, one.name) for one in await districts.districts()]


async def begin(request: Request) -> Response:
    """Make the draft."""
    form = await read(request, Start)
    if refused := ask_again(request, "apply/district.html", form, choices=await choices(), before=QUESTIONS[-1]):
        return refused
    case_id = await drafting.start(form.data, actor=request.user, now=clock.now())
    return see_other(request, "apply.case", case_id=case_id)
