"""Make a promised paper: render, sign, store, attach. Can be killed anywhere and run again: one file is attached."""

import asyncio
import functools
import hashlib
import secrets
from typing import TYPE_CHECKING

from portal.base import audit, clock, db, files, outbox, pango
from portal.base.actor import CLOCK
from portal.base.failpoints import failpoint
from portal.base.settings import settings
from portal.documents import press, rules, store
from portal.kernel.errors import Invalid

if TYPE_CHECKING:
    from pyhanko.sign.signers import PdfSigner

PDF = "application/pdf"
WAIT_SECONDS = 300
STEPS = ("document.taken", "document.rendered", "document.signed", "document.stored", "document.attached")
GIVEN_UP = f"连续 {outbox.MOST_ATTEMPTS} 次没有做成。先请市级管理员检查制作程序、磁盘空间和签名密钥，修好后再试一次。"
LICENCE_PAPERS = frozenset({"certificate", "duplicate"})


async def issue(document_id: int) -> None:
    """Make a paper that is promised and not yet made; any other is left as it is."""
    row = await store.one(document_id)
    if row is None or row.state != "promised":
        return
    failpoint("document.taken")
    if not pango.load():
        await _wait(document_id)
        return
    try:
        pdf = await press.pdf(row.kind, row.facts, row.template_version, row.fonts_version)
    except Invalid as error:
        async with db.tx():
            await _stop(document_id, error.message)
        return
    failpoint("document.rendered")
    signed = await asyncio.to_thread(_signed, pdf)
    failpoint("document.signed")
    await _attach(row, pdf, signed)


async def _wait(document_id: int) -> None:
    """Ask for the paper again later: this machine lacks the libraries that set text, which no number of tries mends."""
    key = f"document:{document_id}:{secrets.token_hex(8)}"
    await outbox.put("document.issue", key=key, ready_in=WAIT_SECONDS, document_id=document_id)


async def _attach(row: store.Row, pdf: bytes, signed: bytes) -> None:
    file_id = await files.keep(signed, PDF)
    failpoint("document.stored")
    async with db.tx():
        papers = await store.lock_subject(row.subject)
        unsigned, whole = hashlib.sha256(pdf).hexdigest(), hashlib.sha256(signed).hexdigest()
        now = clock.now()
        if not await store.attach(row.id, file_id=file_id, unsigned=unsigned, signed=whole, at=now):
            return
        if rules.KINDS[row.kind].is_certificate:
            await _tell_of_licence_papers(row, papers)
        await audit.record(CLOCK, "document.made", f"document:{row.id}", now, kind=row.kind, sha256=whole)
        failpoint("document.attached")


async def _tell_of_licence_papers(row: store.Row, papers: list[tuple[str, str]]) -> None:
    """With the last paper of a licence made, its case is issued: said once, in the transaction that attaches it."""
    made = {kind for kind, state in papers if state == "made"} | {row.kind}
    kind, _, number = row.subject.partition(":")
    if made >= LICENCE_PAPERS and kind == "application" and number.isdecimal():
        await outbox.put("application.issued", key=f"issued:{row.subject}", application_id=int(number))


async def stop_given_up() -> int:
    """Write on each paper whose job was given up that it stopped, so that somebody mends the cause; return how many."""
    count = 0
    for job_id, body in await outbox.given_up("document.issue"):
        async with db.tx():
            await outbox.noted(job_id)
            count += await _stop(body["document_id"], GIVEN_UP)
    return count


async def _stop(document_id: int, reason: str) -> bool:
    """Write on a promised paper why it can't be made, and in the audit log that it stopped; inside a transaction."""
    has_stopped = await store.stop(document_id, reason)
    if has_stopped:
        await audit.record(CLOCK, "document.stop", f"document:{document_id}", clock.now())
    return has_stopped


@functools.lru_cache(maxsize=1)
def signer() -> "PdfSigner":
    """This worker's signer, with its key read once."""
    from portal.documents import authority, signing

    return signing.signer(authority.seal(settings()))


def _signed(pdf: bytes) -> bytes:
    from portal.documents.signing import sign

    return sign(pdf, signer())
