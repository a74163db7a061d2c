"""Frozen facts give the same paper always and everywhere; every character is printed or the paper stops."""

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tomllib
import warnings
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import segno
from PIL import Image

from portal.base import pango
from portal.base.settings import ROOT
from portal.documents import coverage, qr, released, rules, typesetting
from portal.documents.verification import text
from portal.kernel.errors import Invalid
from tests.factories.documents import an_issue, frozen, some_facts

KINDS = sorted(rules.KINDS)
ONE_PAPER = """
import sys, json
from portal.base import pango
pango.load()
from portal.documents.typesetting import render
sys.stdout.buffer.write(render(*json.load(sys.stdin)))
"""


@pytest.fixture(scope="module", autouse=True)
def our_fonts_only():
    """Render as the press does: without any font of the machine."""
    pango.load()
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(coverage.FOLDER / "fonts.conf")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it fears ugly output where the machine has no fonts
        import weasyprint  # noqa: F401
    yield
    os.environ.pop("FONTCONFIG_FILE")
    if before is not None:
        os.environ["FONTCONFIG_FILE"] = before


def render(kind, **changes):
    return typesetting.render(kind, frozen(kind, **changes), rules.TEMPLATES, rules.FONTS)


def words(pdf):
    return "".join(text(pdf).split())


def elsewhere(kind, *, root=ROOT, seed="0"):
    """Render in another process, from another folder, with another seed of Python's hashes."""
    order = json.dumps([kind, frozen(kind), rules.TEMPLATES, rules.FONTS])
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root), "PYTHONHASHSEED": seed}
    environment["FONTCONFIG_FILE"] = str(root / "portal/documents/fonts/fonts.conf")
    return subprocess.run(
        [sys.executable, "-c", ONE_PAPER], input=order.encode(), env=environment, cwd=root, check=True,
        capture_output=True,
    ).stdout  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_its_title_number_code_and_who_decides(kind):
    said = words(render(kind))
    issue = an_issue(kind)
    title = "民办学校办学许可证" if rules.KINDS[kind].is_certificate else rules.KINDS[kind].title
    for word in (title, issue.number, issue.code, "重庆市渝中区教育委员会"):
        assert word in said


@pytest.mark.parametrize("kind", KINDS)
def test_demo_papers_are_marked_across_and_real_ones_are_not(kind):
    assert "样本" in words(render(kind))
    assert "样本" not in words(render(kind, demo=False))


@pytest.mark.parametrize("kind", ["refusal", "not-required", "wrong-authority"])
def test_a_refusal_names_reasons_and_both_ways_to_appeal(kind):
    said = words(render(kind))
    for word in ("60日内", "重庆市渝中区人民政府申请行政复议", "6个月内", "重庆市渝中区人民法院提起行政诉讼"):
        assert word in said


def test_the_same_facts_give_the_same_bytes_in_another_process_and_folder(tmp_path):
    for folder in ("portal", "schemas", "templates/documents"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "static"))
    expected = hashlib.sha256(render("certificate")).hexdigest()
    found = {hashlib.sha256(elsewhere("certificate", root=root, seed="7")).hexdigest() for root in (ROOT, tmp_path)}
    assert found == {expected}


def test_other_papers_in_between_change_nothing():
    first = render("refusal")
    render("grant", institution="重庆䶮学校")
    assert render("refusal") == first


def test_the_pdf_carries_the_moment_of_the_decision_and_an_id_of_its_content():
    with pikepdf.open(io.BytesIO(render("grant"))) as pdf:
        info = pdf.docinfo
        assert str(info["/CreationDate"]) == str(info["/ModDate"]) == "D:20261123120000+08'00"
        assert "/ID" in pdf.trailer


@pytest.mark.parametrize("name", ["王镕瑄", "㛃䶮", "𠮷野", "㑇𫖯𬱖"])
def test_names_with_rare_characters_are_printed(name):
    pdf = render("certificate", principal=name)
    assert name in words(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fonts = {str(font.get("/BaseFont")) for font in opened.objects if is_font(font)}
    has_rare = any(ord(character) not in coverage.printable(rules.FONTS, coverage.COMMON) for character in name)
    assert any("SongRare" in font for font in fonts) == has_rare


def is_font(thing):
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"


@pytest.mark.parametrize(("name", "said"), [("𱍐", "U+31350"), ("\ue863", "U+E863"), ("😀", "U+1F600")])
def test_a_character_without_a_shape_stops_the_paper_by_name(name, said):
    with pytest.raises(Invalid, match="字体里没有") as refused:
        render("certificate", principal=name)
    assert said in refused.value.message


@pytest.mark.parametrize("name", ["甲\x00", "甲\u202e乙", "\u200b", "甲\ud800"])
def test_characters_that_nobody_sees_are_refused_with_the_field(name):
    with pytest.raises(Invalid, match="校长："):
        some_facts("certificate", principal=name)


def test_what_a_form_sends_as_line_breaks_is_printed_as_line_breaks():
    assert some_facts("site-visit", conclusion="一\r\n二\t三").conclusion == "一\n二 三"


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"principal": "长" * 301}, "校长：太长，写在 300 个字以内"), ({"institution": " "}, "机构名称：没有填写")],
)
def test_an_entry_that_no_paper_takes_is_named_in_chinese(changes, said):
    with pytest.raises(Invalid, match=said):
        some_facts("certificate", **changes)


def test_a_visit_by_one_officer_alone_is_refused():
    with pytest.raises(Invalid, match="核查人员：不够，至少要 2 项"):
        some_facts("site-visit", visitors=("周正",))


def test_markup_in_a_name_is_printed_as_it_was_typed():
    pdf = render("grant", institution='<img src="file:///etc/passwd"><b>甲</b>{{ 7*7 }}')
    assert '<imgsrc="file:///etc/passwd"><b>甲</b>{{7*7}}' in words(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert not opened.attachments


def test_the_fetcher_knows_our_fonts_and_nothing_else():
    fetcher = typesetting.own_files_only()
    assert fetcher.fetch("font:f1/Song").read()[:4] == b"\x00\x01\x00\x00"
    for address in ("file:///etc/passwd", "http://127.0.0.1/", "font:../../../../etc/passwd", "font:f1/../../service"):
        with pytest.raises((ValueError, OSError)):
            fetcher.fetch(address)


def test_a_certificate_that_would_need_a_second_page_is_refused():
    long = dict.fromkeys(("institution", "address", "organisers", "legal_representative", "principal"), "长" * 120)
    with pytest.raises(Invalid, match="放不进"):
        render("certificate", **long)


def test_a_long_name_still_fits_on_one_certificate():
    pdf = render("certificate", institution="重庆市渝中区" + "长" * 54, address="重庆市渝中区中山三路" + "址" * 50,
                 organisers="、".join(["重庆明德启智科技公司"] * 3), programmes="小学语文、" * 40)  # fmt: skip
    with pypdfium2.PdfDocument(pdf) as opened:
        assert len(opened) == 1
    assert "详见副本" in words(pdf)


def test_no_seal_stands_on_a_page_without_text_of_the_letter():
    pdf = render("acceptance")
    with pypdfium2.PdfDocument(pdf) as opened:
        pages = [page.get_textpage().get_text_bounded() for page in opened]
    assert all("。" in page for page in pages)


def test_titles_are_really_bold():
    """A bold that is silently replaced keeps its name: so measure the ink."""
    assert ink(coverage.TITLE) > 1.25 * ink(coverage.COMMON)


def ink(face):
    setting = typesetting.typecase(rules.TEMPLATES, rules.FONTS, wide=False)
    pdf, _ = setting(
        f'<p lang="zh-CN"><span class="{"letterhead" if face == coverage.TITLE else ""}">办学许可</span></p>'
    )
    with pypdfium2.PdfDocument(pdf) as opened:
        page = opened[0].render(scale=4).to_pil().convert("L")
    black = page.point(lambda value: 255 if value < 160 else 0)
    box = black.getbbox()
    return black.crop(box).histogram()[255] / ((box[2] - box[0]) * (box[3] - box[1]))


def test_the_qr_code_on_the_paper_is_the_verification_address():
    url = an_issue("certificate").verify_url
    with pikepdf.open(io.BytesIO(render("certificate"))) as opened:
        found = next(iter(opened.pages[0].get_images().values()))
        seen = pikepdf.PdfImage(found).as_pil_image().convert("L")
    matrix = segno.make_qr(url, error="m", mask=qr.ONE_MASK).matrix
    expected = bytes(0 if dark else 255 for row in matrix for dark in row)
    assert seen.resize((len(matrix), len(matrix)), Image.Resampling.NEAREST).tobytes() == expected
    assert base64.b64decode(qr.picture(url).partition(",")[2]).startswith(b"\x89PNG")


@pytest.mark.parametrize("version", sorted(path.name for path in typesetting.TEMPLATES.iterdir() if path.is_dir()))
def test_a_released_version_of_the_templates_never_changes(version):
    folder = typesetting.TEMPLATES / version
    assert released.hashes(folder) == released.listed(folder)


@pytest.mark.parametrize("version", sorted(path.name for path in coverage.FOLDER.glob("f*") if path.is_dir()))
def test_a_released_version_of_the_fonts_never_changes(version):
    folder = coverage.FOLDER / version
    origin = tomllib.loads((folder / "origin.toml").read_text("utf-8"))
    for face in (coverage.COMMON, coverage.TITLE, coverage.RARE):
        assert hashlib.sha256((folder / f"{face}.ttf").read_bytes()).hexdigest() == origin[face]["sha256"]
    assert (folder / "OFL.txt").exists()


def test_the_same_words_are_made_of_old_facts():
    """What code adds to a template (days, moments) must stay as it was for every released version."""
    said = {kind: hashlib.sha256(typesetting.html(kind, frozen(kind), "v1").encode()).hexdigest() for kind in KINDS}
    known = json.loads((Path(__file__).parent / "v1_pages.json").read_text())
    assert said == known


def test_every_character_of_the_templates_has_a_shape_in_both_faces():
    written = {
        character
        for path in (typesetting.TEMPLATES / rules.TEMPLATES).glob("*.html")
        for character in path.read_text("utf-8")
        if not character.isspace() or character == "\u3000"
    }
    for face in (coverage.COMMON, coverage.TITLE):
        missing = {character for character in written if ord(character) not in coverage.printable(rules.FONTS, face)}
        assert missing == set()


def test_gbk_is_printed_whole():
    gbk = [code for code in range(0x4E00, 0x9FA6) if chr(code).encode("gbk", "ignore")]
    assert all(code in coverage.printable(rules.FONTS, coverage.COMMON) for code in gbk)
