"""The key that papers are signed with: from a file that the operator names, or an authority made at first start.

The made authority lies in the data folder, its keys readable by the portal's user alone; its names say what it is.
"""

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from portal.base import clock
from portal.base.settings import Settings, is_loopback
from portal.kernel.errors import PortalError

FOLDER, ROOT, CHAIN, KEY = "authority", "ca.pem", "chain.pem", "key.pem"
DEMO = "演示"
OTHERS_MAY_READ = 0o007
YEARS = {"ca": 30, "signer": 20}  # a paper's signature must outlive the longest licence
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Seal:
    """The signer's key with its certificates, its own first, the root last."""

    key: PrivateKey
    chain: tuple[x509.Certificate, ...]


def seal(of: Settings) -> Seal:
    """Read the key and certificates that the settings name, or those of the authority in the data folder."""
    if bool(of.certificate_key) != bool(of.certificate_chain):
        raise PortalError("PORTAL_CERTIFICATE_KEY 和 PORTAL_CERTIFICATE_CHAIN 要同时设置。")
    if of.certificate_key and of.certificate_chain:
        return read(of.certificate_key, of.certificate_chain)
    folder = own_folder(of)
    return read(folder / KEY, folder / CHAIN)


def refuse_unfit_seal(of: Settings) -> None:
    """Refuse to sign real papers with the demo's seal, or, unless the operator says so, with one made here."""
    if of.demo:
        return
    if of.certificate_key or of.certificate_chain:
        refuse_useless_seal(of)
        return
    if not of.own_authority and not is_loopback(urlsplit(of.public_url).hostname or ""):
        raise PortalError(
            "正式环境要设置 PORTAL_CERTIFICATE_KEY 和 PORTAL_CERTIFICATE_CHAIN；"
            "确定用本机自建的签章时，设置 PORTAL_OWN_AUTHORITY=1。"
        )
    if (of.data / FOLDER).exists() and DEMO in seal(of).chain[0].subject.rfc4514_string():
        raise PortalError(f"{of.data / FOLDER} 里是演示环境的签章，无法律效力。换一个数据文件夹，或者先移走它。")


def refuse_useless_seal(of: Settings) -> None:
    """Refuse a bureau's seal that no reader would trust today, or whose key others may read."""
    first = seal(of).chain[0]
    if not first.not_valid_before_utc <= clock.now() <= first.not_valid_after_utc:
        raise PortalError(
            f"签章证书的有效期是 {first.not_valid_before_utc:%Y-%m-%d} 至 {first.not_valid_after_utc:%Y-%m-%d}，现在不能用来签发。"
            "换上有效的证书：PORTAL_CERTIFICATE_KEY、PORTAL_CERTIFICATE_CHAIN。"
        )
    if of.certificate_key and of.certificate_key.stat().st_mode & OTHERS_MAY_READ:
        raise PortalError(f"签名密钥别人也能读：chmod 640 {of.certificate_key}，或 600")


def read(key_file: Path, chain_file: Path) -> Seal:
    """Read a key and its chain from PEM files; the key must be the first certificate's."""
    try:
        key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise PortalError(f"签名密钥读不出来（{type(error).__name__}）：{key_file}") from None
    chain = tuple(certificates(chain_file))
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise PortalError("签名密钥要用 RSA 或椭圆曲线（P-256）。")
    if key.public_key() != chain[0].public_key():
        raise PortalError("证书链的第一张证书不是这把签名密钥的。")
    return Seal(key, chain)


def trusted_roots(of: Settings) -> list[x509.Certificate]:
    """The roots that this installation trusts: the last certificate of its chain; none before its first start."""
    chain = of.certificate_chain or of.data / FOLDER / CHAIN
    return certificates(chain)[-1:] if of.certificate_chain or chain.exists() else []


def certificates(file: Path) -> list[x509.Certificate]:
    """Read the certificates of a PEM file."""
    try:
        return x509.load_pem_x509_certificates(file.read_bytes())
    except (OSError, ValueError) as error:
        raise PortalError(f"证书文件读不出来（{type(error).__name__}）：{file}") from None


def own_folder(of: Settings) -> Path:
    """The made authority's folder; made whole or not at all, so that two first starts at once agree on one."""
    folder = of.data / FOLDER
    if folder.exists():
        return folder
    of.data.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".authority-", dir=of.data))
    try:
        _make(draft, is_demo=of.demo)
        try:
            draft.rename(folder)
        except OSError:
            if not folder.exists():
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def _make(folder: Path, *, is_demo: bool) -> None:
    word = f"{DEMO}，无法律效力" if is_demo else "本机自建"
    ca_key, signer_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name, signer_name = _name(f"校外培训许可签章根证书（{word}）"), _name(f"校外培训许可电子签章（{word}）")
    root = _certificate(ca_name, ca_key.public_key(), ca_name, ca_key, "ca")
    signer = _certificate(signer_name, signer_key.public_key(), ca_name, ca_key, "signer")
    _write(folder / ROOT, [root])
    _write(folder / CHAIN, [signer, root])
    content = signer_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with os.fdopen(os.open(folder / KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)  # the root's key is kept nowhere: it signs once


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"), x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _certificate(
    subject: x509.Name, public: ec.EllipticCurvePublicKey, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, role: str
) -> x509.Certificate:
    starts = clock.now().astimezone(dt.UTC) - dt.timedelta(days=365)
    is_root = role == "ca"
    usage = x509.KeyUsage(
        digital_signature=not is_root, content_commitment=not is_root, key_cert_sign=is_root, crl_sign=is_root,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts)
        .not_valid_after(starts + dt.timedelta(days=366 * YEARS[role]))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _write(path: Path, certificates: Sequence[x509.Certificate]) -> None:
    path.write_bytes(b"".join(one.public_bytes(serialization.Encoding.PEM) for one in certificates))
