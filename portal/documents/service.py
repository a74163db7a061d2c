"""Papers as other features see them: promise one in a decision, ask for them later. Making them is `making.py`."""

import functools
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import Markup

from portal.base import audit, db, files, idempotency, outbox
from portal.base.access import Subject
from portal.base.actor import Actor
from portal.base.clock import SHANGHAI
from portal.base.numbers import following
from portal.base.settings import settings
from portal.documents import coverage, rules, store, typesetting
from portal.kernel.errors import Conflict, Invalid, Missing
from portal.policy import citing
from schemas import documents as schema

LOST = "文书做好了，但存放的文件找不到。请联系市级管理员从备份恢复文件，再下载。"
NOT_STOPPED = "这份文书已经有人点过“再试一次”，或者已经做好。返回案件，看它现在的状态。"
NOT_YET = "（签发时编号）"


@dataclass(frozen=True, slots=True)
class Promised:
    """What a decision learns of the paper that it promised."""

    id: int
    number: str
    code: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as pages show it."""

    id: int
    kind: str
    title: str
    number: str
    code: str
    subject: str
    district: str
    institution_id: int | None
    state: str
    stopped_reason: str
    decided_at: datetime
    made_at: datetime | None
    is_demo: bool
    cites: tuple[str, ...] = ()


async def promise(
    kind: str,
    facts: schema.Letter | schema.Certificate,
    *,
    subject: str,
    district: str,
    institution_id: int | None,
    at: datetime,
    is_demo: bool,
) -> Promised:
    """Freeze a paper with the decision that is being made, in the caller's transaction: number, code, facts, job.

    A character that no font of ours can print stops the decision here, by name.
    """
    known = rules.KINDS[kind]
    code = rules.code_from(secrets.randbits(5 * rules.CODE_LENGTH))
    issue = schema.Issue(
        number=await _number(known, facts, district, at),
        code=code,
        verify_url=f"{settings().public_url}/verify/{code}",
        decided_at=at,
        is_demo=is_demo,
    )
    frozen = _frozen(known, issue, facts)
    document_id = await store.add(
        kind=kind, subject=subject, district=district, institution_id=institution_id, number=issue.number, code=code,
        facts=frozen, template_version=rules.TEMPLATES, fonts_version=rules.FONTS, decided_at=at, is_demo=is_demo,
    )  # fmt: skip
    await outbox.put("document.issue", key=f"document:{document_id}", document_id=document_id)
    return Promised(document_id, issue.number, code)


async def papers(subject: str) -> list[Paper]:
    """Which papers does a case have, and which articles does each cite?"""
    return [replace(_paper(row), cites=_cites(row.kind, row.facts)) for row in await store.of_subject(subject)]


async def paper_file(document_id: int) -> tuple[bytes, str]:
    """Give the signed PDF and a name for it; a paper that isn't made yet says so."""
    row = await store.one(document_id)
    if row is None:
        raise Missing
    if row.file_id is None:
        raise Conflict("文书还没有做好。稍等片刻再下载。")
    try:
        content, _ = await files.content(row.file_id)
    except FileNotFoundError as lost:
        raise Conflict(LOST) from lost
    return content, f"{rules.KINDS[row.kind].title}-{row.number}.pdf"


async def retry(document_id: int, *, key: str, actor: Actor, now: datetime) -> str:
    """Let a paper that stopped be made once more, after its cause was mended; give the case that it belongs to.

    What it prints stays as it was decided; only templates and fonts are those of today, for nothing was printed yet.
    """
    async with db.tx():
        row = await store.one(document_id)
        if row is None or not (actor.role == "city-admin" or actor.district == row.district):
            raise Missing
        if not await idempotency.claim(key, actor, "review.retry_paper", row.subject):
            return row.subject
        if not await store.again(document_id, templates=rules.TEMPLATES, fonts=rules.FONTS):
            raise Conflict(NOT_STOPPED)
        await outbox.put("document.issue", key=f"document:{document_id}:{key}", document_id=document_id)
        await audit.record(actor, "document.retry", f"document:{document_id}", now, kind=row.kind)
    return row.subject


async def preview(kind: str, facts: schema.Letter | schema.Certificate) -> Markup:
    """Show a letter before it is confirmed: the same template, without number and code, as a part of a page."""
    known = rules.KINDS[kind]
    moment = datetime.combine(facts.dated, datetime.min.time(), SHANGHAI)
    issue = schema.Issue(number=NOT_YET, code=NOT_YET, verify_url=settings().public_url, decided_at=moment)
    page = typesetting.html(kind, _frozen(known, issue, facts), rules.TEMPLATES, frame="preview")
    linked = (_link(piece) for piece in citing.pieces(page))
    return Markup("".join(linked))  # noqa: S704 made by our own template with escaping on


async def by_code(typed: str) -> Paper | None:
    """Which paper carries this code, however it was typed?"""
    code = rules.read_code(typed)
    row = await store.by_code(code) if code else None
    return _paper(row) if row else None


async def replaced_at(document_id: int) -> datetime | None:
    """When was this certificate replaced by a newer one of the same licence, if it was?"""
    row = await store.one(document_id)
    if row is None or not rules.KINDS[row.kind].is_certificate:
        return None
    return await store.replacement(row)


async def unfinished() -> dict[str, int]:
    """How many papers wait to be made (promised), and how many need somebody (stopped)?"""
    return await store.unfinished()


async def subject_of(document_id: str) -> Subject | None:
    """Whose paper is this? For the permission table."""
    row = await store.one(int(document_id)) if document_id.isdecimal() and len(document_id) <= 18 else None
    return Subject(state=row.state, district=row.district, institution_id=row.institution_id) if row else None


def complaint(text: str, cure: str) -> str:
    """Which characters of a text can't our fonts print, and what is to be done? Nothing if they print them all."""
    missing = coverage.unprintable(rules.lines(text), rules.FONTS)
    return coverage.complaint(missing, cure) if missing else ""


@functools.lru_cache(maxsize=1_000)
def _cites(kind: str, frozen: str) -> tuple[str, ...]:
    """The articles that a paper's words name: asked of the same words that are printed."""
    return tuple(citing.keys(typesetting.html(kind, frozen, rules.TEMPLATES, frame="preview")))


def _link(piece: citing.Piece) -> str:
    """An article opens beside the letter: the page of a preview was sent, and going back would send it again."""
    return f'<a href="{piece.href}" target="_blank">{piece.text}</a>' if piece.href else piece.text


def _frozen(known: rules.Kind, issue: schema.Issue, facts: schema.Facts) -> str:
    frozen = rules.freeze(known, issue, facts)
    if missing := coverage.unprintable(rules.characters(frozen), rules.FONTS):
        raise Invalid({"": coverage.complaint(missing)})
    return frozen


async def _number(known: rules.Kind, facts: schema.Facts, district: str, at: datetime) -> str:
    if isinstance(facts, schema.Certificate):
        return facts.licence_number
    assert isinstance(facts, schema.Letter)
    year = at.astimezone(SHANGHAI).year
    return rules.number(known, facts.office.mark, year, await following(rules.series(known, district, year)))


def _paper(row: store.Row) -> Paper:
    return Paper(
        id=row.id, kind=row.kind, title=rules.KINDS[row.kind].title, number=row.number, code=row.code,
        subject=row.subject, district=row.district, institution_id=row.institution_id, state=row.state,
        stopped_reason=row.stopped_reason, decided_at=row.decided_at, made_at=row.made_at, is_demo=row.is_demo,
    )  # fmt: skip
