"""A signed certificate our way beside WeasyPrint and pyHanko as their manuals show them, in one run, in turns.

The naive way gets the same HTML and the same fonts (already cut down, which favours it); BENCH_FONTS names a folder
with the full `Song.ttf` and `SongTitle.ttf` to compare with. Signed with RSA-2048, as most tutorials do.
"""

import datetime as dt
import io
import os
import random
import statistics
import tempfile
import warnings
from pathlib import Path
from time import perf_counter

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from portal.base import pango
from portal.base.settings import read
from portal.documents import authority, coverage, rules, signing, typesetting
from schemas import documents as facts
from tests.factories.documents import an_issue, some_facts

PAPERS = 30
COMMON = [chr(code) for code in range(0x4E00, 0x9FA5) if chr(code).encode("gb2312", "ignore")]


def run() -> dict[str, float]:
    """Give `certificate`: how many signed certificates we make in the time of a naive one."""
    pango.load()
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        naive, ours = _naive(Path(folder)), _ours(Path(folder))
        orders = [_order(random.Random(seed)) for seed in range(PAPERS)]
        times: dict[str, list[float]] = {"naive": [], "ours": []}
        naive(orders[0]), ours(orders[0])
        for order in orders:
            for name, way in (("naive", naive), ("ours", ours)):
                start = perf_counter()
                way(order)
                times[name].append(perf_counter() - start)
    return {"certificate": statistics.median(times["naive"]) / statistics.median(times["ours"])}


def _order(chance: random.Random) -> str:
    def word(length: int) -> str:
        return "".join(chance.choices(COMMON, k=length))

    given = some_facts(
        "certificate", institution=word(18), address=word(20), organisers=word(12), legal_representative=word(3),
        principal=word(3), programmes=word(16),
    )  # fmt: skip
    assert isinstance(given, facts.Certificate)
    return rules.freeze(rules.KINDS["certificate"], an_issue("certificate", is_demo=False), given)


def _ours(folder: Path):
    by = signing.signer(authority.seal(read({"PORTAL_DATA": str(folder)})))

    def make(order: str) -> bytes:
        os.environ["FONTCONFIG_FILE"] = str(coverage.FOLDER / "fonts.conf")
        try:
            return signing.sign(typesetting.render("certificate", order, rules.TEMPLATES, rules.FONTS), by)
        finally:
            del os.environ["FONTCONFIG_FILE"]

    return make


def _naive(folder: Path):
    import weasyprint

    fonts = Path(os.environ.get("BENCH_FONTS", coverage.FOLDER / rules.FONTS))
    faces = "".join(
        f"@font-face {{ font-family: {face}; src: url({(fonts / f'{face}.ttf').as_uri()}) }}\n"
        for face in (coverage.COMMON, coverage.TITLE)
    )
    style = faces + (typesetting.TEMPLATES / rules.TEMPLATES / "style.css").read_text("utf-8")
    key, chain = _rsa(folder)
    signer = signers.SimpleSigner.load(str(key), str(chain), ca_chain_files=(str(chain),))

    def make(order: str) -> bytes:
        page = typesetting.html("certificate", order, rules.TEMPLATES).replace(
            "</head>", f"<style>{style}</style></head>"
        )
        pdf = weasyprint.HTML(string=page).write_pdf()
        about = signers.PdfSignatureMetadata(field_name="Signature")
        return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), about, signer=signer).getvalue()

    return make


def _rsa(folder: Path) -> tuple[Path, Path]:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bench")])
    now = dt.datetime.now(dt.UTC)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    own = built.serial_number(1).not_valid_before(now).not_valid_after(now + dt.timedelta(1)).sign(key, hashes.SHA256())
    form = serialization.PrivateFormat.PKCS8
    content = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(content)
    (folder / "chain.pem").write_bytes(own.public_bytes(serialization.Encoding.PEM))
    return folder / "key.pem", folder / "chain.pem"


if __name__ == "__main__":
    for name, ratio in run().items():
        print(f"{name}: {ratio:.2f} × naive (goal 2.5)")
