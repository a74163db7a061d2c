"""What a signed PDF proves: is its one signature whole, by a trusted key, over the entire file; and what it says."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from asn1crypto import x509 as asn1_x509  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

MOST_TEXT = 20_000
FIELDS = {"/Title": "title", "/Author": "authority", "/Subject": "subject", "/Keywords": "numbers"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What holds of a PDF and, where its signature is whole, what was signed."""

    valid: bool
    trusted: bool
    problem: str = ""
    signer: str = ""
    signed_at: str = ""
    document: dict[str, str] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Valid and trusted: this paper is as its issuer made it."""
        return self.valid and self.trusted


async def verify(pdf: bytes, roots: Sequence[x509.Certificate]) -> Verdict:
    """Judge a PDF's signature against trusted roots, without asking the network."""
    try:
        return await _judge(pdf, roots)
    except Exception as error:  # noqa: BLE001 a broken or hostile file proves nothing, whatever it breaks on
        return Verdict(valid=False, trusted=False, problem=f"文件已损坏或被改动（{type(error).__name__}）")


async def _judge(pdf: bytes, roots: Sequence[x509.Certificate]) -> Verdict:
    reader = PdfFileReader(io.BytesIO(pdf), strict=True)
    signatures = reader.embedded_signatures
    if not signatures:
        return Verdict(valid=False, trusted=False, problem="这份文件没有电子签名")
    if len(signatures) > 1:
        return Verdict(valid=False, trusted=False, problem="这份文件有不止一个电子签名，不是本平台签发的原件")
    one = signatures[0]
    trust = [asn1_x509.Certificate.load(root.public_bytes(Encoding.DER)) for root in roots]
    status = await async_validate_pdf_signature(one, ValidationContext(trust_roots=trust, allow_fetching=False))
    is_whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE and has_clean_padding(bytes(one.pkcs7_content))
    valid = bool(status.intact and status.valid and is_whole)
    trusted = bool(status.trusted)
    return Verdict(
        valid=valid,
        trusted=trusted,
        problem="" if valid and trusted else "签名后文件被改动过" if not valid else "签名证书不受信任",
        signer=str(one.signer_cert.subject.native.get("common_name", "")),
        signed_at=one.self_reported_timestamp.isoformat() if one.self_reported_timestamp else "",
        document=described(reader, pdf) if valid else {},
    )


def has_clean_padding(container: bytes) -> bool:
    """Behind the signature's own bytes only zeros may stand: that room is the one place no signature covers."""
    length, start = container[1], 2
    if length & 0x80:
        start += length & 0x7F
        length = int.from_bytes(container[2:start], "big")
    return not any(container[start + length :])


def described(reader: Any, pdf: bytes) -> dict[str, str]:
    """Tell what the paper is and everything that it says, as text."""
    info: Any = {}
    if "/Info" in reader.trailer_view:
        info = reader.trailer_view["/Info"]
    found = {name: str(info[key]) for key, name in FIELDS.items() if key in info}
    return {**found, "text": text(pdf)}


def text(pdf: bytes) -> str:
    """The words on the pages, in order."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return "\n".join("\n".join(pages).split("\r\n"))[:MOST_TEXT]
