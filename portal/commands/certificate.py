"""`python -m portal certificate verify FILE.pdf`: is this paper as its issuer signed it, and what does it say."""

import asyncio
import logging
from pathlib import Path

import click

from portal.commands.inputs import read_bytes, shown
from portal.commands.outputs import all_or_nothing
from portal.kernel.errors import BadInput

DOES_NOT_HOLD = 1


@click.group()
def certificate() -> None:
    """Check signed letters and certificates."""


@certificate.command()
@click.argument("file")
@click.option("--trust", type=click.Path(path_type=Path), help="PEM file of the roots to trust in place of our own.")
@click.pass_context
def verify(context: click.Context, file: str, trust: Path | None) -> None:
    """Print what was signed; exit 0 when the signature is valid and trusted, 1 when not, 2 for no such PDF."""
    from portal.base.settings import settings
    from portal.documents import authority
    from portal.documents.verification import verify as judged

    for noisy in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)  # what they found is in our own answer
    pdf = read_bytes(file)
    if pdf.lstrip()[:5] != b"%PDF-":
        raise BadInput("不是 PDF 文件，请给出下载的 PDF 原件", file=shown(file))
    roots = authority.certificates(trust) if trust else authority.trusted_roots(settings())
    if trust and not roots:
        raise BadInput("文件里没有证书", file=str(trust))
    found = asyncio.run(judged(pdf, roots))
    with all_or_nothing() as put:
        put({
            "valid": found.valid,
            "trusted": found.trusted,
            "problem": found.problem or None,
            "signer": found.signer or None,
            "signed_at": found.signed_at or None,
            "document": found.document or None,
        })  # fmt: skip
    context.exit(0 if found.holds else DOES_NOT_HOLD)
