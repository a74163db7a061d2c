"""The cited articles, for everybody; the audit log, for auditors and the city."""

from starlette.requests import Request
from starlette.responses import Response

from portal.base import clock
from portal.base.web import page
from portal.districts import log_words, present, service
from portal.districts.pages.asked import asked
from portal.districts.service import log
from portal.kernel.errors import Missing
from schemas.districts import FindEntries

LONGEST_WORDS = 80


async def index(request: Request) -> Response:
    """Every article that findings and letters cite."""
    words = " ".join(request.query_params.get("q", "").split())[:LONGEST_WORDS]
    found = present.documents(await service.policy(), clock.today(), words)
    return page(request, "law/index.html", documents=found, words=words)


async def article(request: Request) -> Response:
    """One article: its text, source and versions, and what rests on it."""
    key, today = request.path_params["citation_id"], clock.today()
    policy = await service.policy()
    versions = present.versions(policy, key)
    if not versions:
        raise Missing
    now = present.article(policy.citation(key, today))
    return page(
        request, "law/article.html", article=now, versions=versions, resting=present.resting(policy, key, today),
        today=today,
    )  # fmt: skip


async def audit(request: Request) -> Response:
    """The audit log, with filters in the address."""
    wanted = asked(request, FindEntries)
    found = await log.read(wanted, actor=request.user)
    rows = [
        (entry, log_words.who(entry, found.names), log_words.facts(entry), log_words.action(entry.action))
        for entry in found.entries
    ]
    is_misread = any(request.query_params.values()) and wanted == FindEntries()
    return page(request, "admin/audit.html", wanted=wanted, rows=rows, found=found, is_misread=is_misread)
