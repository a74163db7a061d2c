"""The page that shows a case's full ID numbers once: asked for by a form, never by an address."""

from starlette.requests import Request
from starlette.responses import Response

from portal.base import clock, rates
from portal.base.web import ask_again, blank, page, read
from portal.licensing.service import numbers
from schemas.licensing.orders import REASONS_TO_REVEAL, Reveal

PAGE = "review/numbers.html"
CHOICES = list(REASONS_TO_REVEAL.items())


async def ask(request: Request) -> Response:
    """Ask for the reason and a code of the second factor."""
    case = await numbers.case(request.user, request.path_params["case_id"])
    return page(request, PAGE, form=blank(Reveal), case=case, choices=CHOICES, people=[])


async def show(request: Request) -> Response:
    """Show the numbers, this once."""
    case = await numbers.case(request.user, request.path_params["case_id"])
    form = await read(request, Reveal, case_id=case.id)
    if refused := ask_again(request, PAGE, form, case=case, choices=CHOICES, people=[]):
        return refused
    await rates.limit_account(request, "id-numbers")
    people = await numbers.reveal(form.data, actor=request.user, now=clock.now())
    return page(request, PAGE, form=form, case=case, choices=CHOICES, people=people)
