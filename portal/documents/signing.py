"""Sign a PDF (PAdES-B) with a key that is parsed once: parsing it anew for each paper costs more than signing."""

import asyncio
import io
from typing import Any

from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from portal.documents.authority import PrivateKey, Seal

FIELD = "Signature"
RESERVED = 8192  # hexadecimal digits; without it the paper is signed twice to learn the size


class KeptKeySigner(SimpleSigner):
    """pyHanko's signer with the key object kept."""

    def __init__(self, seal: Seal) -> None:
        self._kept: PrivateKey = seal.key
        own, *others = (asn1_x509.Certificate.load(one.public_bytes(serialization.Encoding.DER)) for one in seal.chain)
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(others)
        content = seal.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        super().__init__(own, asn1_keys.PrivateKeyInfo.load(content), store)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """Sign with the kept key."""
        assert digest_algorithm == "sha256", digest_algorithm
        digest = hashes.SHA256()
        if isinstance(self._kept, ec.EllipticCurvePrivateKey):
            return self._kept.sign(data, ec.ECDSA(digest))
        return self._kept.sign(data, padding.PKCS1v15(), digest)


def signer(seal: Seal) -> PdfSigner:
    """A signer for any number of papers."""
    about = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    return PdfSigner(about, KeptKeySigner(seal))


def sign(pdf: bytes, by: PdfSigner) -> bytes:
    """Add one signature over the whole file. The bytes before it stay as they are."""
    return asyncio.run(_sign(pdf, by))


async def _sign(pdf: bytes, by: PdfSigner) -> bytes:
    out: Any = await by.async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), bytes_reserved=RESERVED)
    return bytes(out.getvalue())
