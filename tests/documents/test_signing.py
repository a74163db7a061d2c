"""A signature holds only over the whole file as it was signed, by a key that the reader trusts."""

import asyncio
import datetime as dt
import json
import shutil
import stat
import subprocess

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from portal.__main__ import main
from portal.base.settings import read
from portal.commands.certificate import certificate
from portal.documents import authority, signing
from portal.documents.verification import has_clean_padding, verify
from portal.kernel.errors import PortalError
from tests.documents.pdf import a_pdf


def settings_in(folder, **more):
    return read({"PORTAL_DATA": str(folder), "PORTAL_DEMO": "1", **more})


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return settings_in(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def unsigned():
    return a_pdf()


@pytest.fixture(scope="module")
def signed(place, unsigned):
    return signing.sign(unsigned, signing.signer(authority.seal(place)))


def judged(pdf, roots):
    return asyncio.run(verify(pdf, roots))


def test_a_signed_paper_holds_and_says_what_was_signed(place, signed, unsigned):
    found = judged(signed, authority.trusted_roots(place))
    assert found.holds
    assert found.signer == "校外培训许可电子签章（演示，无法律效力）"
    assert found.document["title"].startswith("准予行政许可决定书 渝中教准〔2026〕12号")
    assert "教民150010370000021号" in found.document["text"]
    assert signed.startswith(unsigned)


def test_another_root_does_not_trust_it(signed, tmp_path):
    stranger = settings_in(tmp_path)
    authority.seal(stranger)
    found = judged(signed, authority.trusted_roots(stranger))
    assert (found.valid, found.trusted) == (True, False)


def test_every_changed_byte_is_noticed(place, signed):
    roots = authority.trusted_roots(place)
    hexadecimal = range(signed.index(b"/Contents <") + 11, signed.index(b">", signed.index(b"/Contents <") + 11))
    for position in [*range(40, len(signed), len(signed) // 40), hexadecimal.start + 40, hexadecimal.stop - 2]:
        changed = bytearray(signed)
        changed[position] ^= 0x05
        assert not judged(bytes(changed), roots).holds, position


def test_what_is_added_behind_the_signature_is_noticed(place, signed):
    roots = authority.trusted_roots(place)
    for more in (b"\n", b"%%EOF", signed[-400:]):
        assert not judged(signed + more, roots).holds
    again = signing.signer(authority.seal(place))
    again.signature_meta.__dict__["field_name"] = "Second"
    assert not judged(signing.sign(signed, again), roots).holds


@pytest.mark.parametrize("cut", [0, 5, 900, 30_000])
def test_half_a_file_does_not_hold(place, signed, cut):
    assert not judged(signed[:cut], authority.trusted_roots(place)).holds


def test_only_zeros_may_fill_the_room_behind_the_signature():
    assert has_clean_padding(b"\x30\x82\x00\x01A\x00\x00")
    assert not has_clean_padding(b"\x30\x82\x00\x01A\x00\x01")


def test_two_first_starts_agree_on_one_authority(tmp_path):
    place = settings_in(tmp_path)
    first, second = authority.seal(place), authority.seal(place)
    assert first.chain == second.chain
    key = tmp_path / authority.FOLDER / authority.KEY
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [authority.FOLDER]


def test_an_rsa_key_from_files_signs_too(tmp_path, unsigned):
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "某区教育委员会")])
    now = dt.datetime.now(dt.UTC)
    own = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - dt.timedelta(1)).not_valid_after(now + dt.timedelta(9))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (tmp_path / "chain.pem").write_bytes(own.public_bytes(serialization.Encoding.PEM))
    place = settings_in(
        tmp_path, PORTAL_CERTIFICATE_KEY=str(tmp_path / "key.pem"), PORTAL_CERTIFICATE_CHAIN=str(tmp_path / "chain.pem")
    )
    signed = signing.sign(unsigned, signing.signer(authority.seal(place)))
    assert judged(signed, authority.trusted_roots(place)).holds


def test_a_key_without_its_own_certificate_is_refused(tmp_path):
    place = settings_in(tmp_path)
    authority.seal(place)
    folder = tmp_path / authority.FOLDER
    with pytest.raises(PortalError, match="不是这把"):
        authority.read(folder / authority.KEY, folder / authority.ROOT)
    with pytest.raises(PortalError, match="同时设置"):
        authority.seal(settings_in(tmp_path, PORTAL_CERTIFICATE_KEY=str(folder / authority.KEY)))


def test_the_command_says_0_1_2(place, signed, unsigned, tmp_path, environment, capsys):
    environment.setenv("PORTAL_DATA", str(place.data))
    files = {
        "good.pdf": signed,
        "bare.pdf": unsigned,
        "bad.pdf": signed.replace(b"stream", b"strean", 1),
        "no.pdf": b"x",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert main(["certificate", "verify", str(tmp_path / "good.pdf")]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["valid"], shown["trusted"], shown["problem"]) == (True, True, None)
    assert main(["certificate", "verify", str(tmp_path / "bare.pdf")]) == 1
    assert main(["certificate", "verify", str(tmp_path / "bad.pdf")]) == 1
    for missing in ("no.pdf", "nothing.pdf"):
        capsys.readouterr()
        assert main(["certificate", "verify", str(tmp_path / missing)]) == 2
        assert capsys.readouterr().out == ""


def test_the_command_trusts_the_roots_that_it_is_given(place, signed, tmp_path, environment):
    (tmp_path / "good.pdf").write_bytes(signed)
    arguments = ["verify", str(tmp_path / "good.pdf")]
    root = place.data / authority.FOLDER / authority.ROOT
    assert CliRunner().invoke(certificate, arguments).exit_code == 1
    assert CliRunner().invoke(certificate, [*arguments, "--trust", str(root)]).exit_code == 0
    assert main(["certificate", *arguments, "--trust", str(tmp_path / "none.pem")]) == 2


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="not run: no pdfsig on this machine (poppler-utils has it)")
def test_an_independent_reader_finds_the_signature_valid(signed, tmp_path):
    (tmp_path / "good.pdf").write_bytes(signed)
    said = subprocess.run(
        ["pdfsig", str(tmp_path / "good.pdf")], capture_output=True, text=True, check=False
    ).stdout  # fmt: skip
    assert "Signature is Valid." in said
    assert "Total document signed" in said
