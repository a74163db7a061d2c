"""What both sides open: a limit explained, a paper, an uploaded file and the pictures of its pages."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from portal.base import clock, files
from portal.base.web import page, pressed, see_other
from portal.districts import service as districts
from portal.documents import service as documents
from portal.kernel.errors import Missing
from portal.licensing.present import following, limits
from portal.licensing.service import questions

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


async def deadline(request: Request) -> Response:
    """A limit, day by day."""
    case, running, counted = await questions.deadline(request.path_params["clock_code"])
    view = following.view(running, clock.today(), await districts.calendar())
    policy = await districts.policy(running.event_on, case.district)
    return page(request, "apply/deadline.html", case=case, clock=view, months=limits.months(counted),
                explained=limits.explained(running, counted, policy))  # fmt: skip


async def paper(request: Request) -> Response:
    """A finished paper to download."""
    content, name = await documents.paper_file(request.path_params["document_id"])
    return attachment(content, "application/pdf", name)


async def retry_paper(request: Request) -> Response:
    """Have a paper that stopped made once more."""
    key, document_id = await pressed(request), request.path_params["document_id"]
    subject = await documents.retry(document_id, key=key, actor=request.user, now=clock.now())
    return see_other(request, "review.case", case_id=int(subject.partition(":")[2]), notice="paper-again")


async def upload(request: Request) -> Response:
    """An uploaded file, always as a download."""
    found = await questions.upload(request.path_params["material_id"])
    content, media_type = await files.content(found.file_id)
    return attachment(content, media_type, found.name)


async def picture(request: Request) -> Response:
    """The picture of a page of an uploaded file."""
    found = await questions.upload(request.path_params["material_id"])
    number = request.path_params["number"]
    if not 1 <= number <= len(found.page_files):
        raise Missing
    content, media_type = await files.content(found.page_files[number - 1])
    return Response(content, media_type=media_type, headers={"content-security-policy": SANDBOX})


def attachment(content: bytes, media_type: str, name: str) -> Response:
    """A download under its name, that no browser opens as a page of ours."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    headers = {"content-disposition": disposition, "content-security-policy": SANDBOX}
    return Response(content, media_type=media_type, headers=headers)
