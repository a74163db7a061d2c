"""The advertisement check over HTTP: API, page and command find the same; what can't be read is said in words."""

import asyncio
import html
import io
import json
import re

import pikepdf
import pytest

from portal.advertising import present
from portal.advertising.service import categories
from tests.commanding import Shell
from tests.factories.browsing import browser

API = "/api/v1/checks/advertisement"
PAGE = "/checks/advertisement"
FORBIDDEN = "本班签约保\u200b过，名师押中原题。"
TEXTS = [
    "",
    "   \n",
    "本校周六开设小学美术课，欢迎试听。",
    FORBIDDEN,
    "<script>alert(1)</script>保证考上重点高中",
    "\u202e保过保过\u202c，全国第一",
    "保過班，包過！！",
    "包" * 3000,
]


def a_pdf(words, *, password=""):
    """A PDF of one page that says these words."""
    made = pikepdf.new()
    made.add_blank_page()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    made.pages[0].Contents = made.make_stream(f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode())
    out = io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(owner=password, user=password) if password else False)
    return out.getvalue()


async def posted(client, document):
    return await client.client.post(API, json=document)


@pytest.mark.parametrize("text", TEXTS)
async def test_api_page_and_command_find_the_same(database, capsys, monkeypatch, text):
    line = json.dumps({"id": "1", "text": text}).encode()
    command = await asyncio.to_thread(Shell(capsys, monkeypatch).run, "check", "advertisement", "-", stdin=line)
    expected = json.loads(command.out)
    async with browser() as someone:
        api = (await posted(someone, {"text": text})).json()
        page = await someone.post(PAGE, {"text": text})
    assert {key: api[key] for key in ("verdict", "categories", "findings")} == {
        key: expected[key] for key in ("verdict", "categories", "findings")
    }
    if text.strip():
        assert page.text.count('class="passage-notes__item"') == len(expected["findings"])


async def test_a_passage_is_marked_where_it_stands_with_its_number_and_article(database):
    async with browser() as someone:
        page = (await someone.post(PAGE, {"text": FORBIDDEN})).text
    assert '<mark class="passage__mark">' in page
    assert "零宽空格" in page
    assert 'href="#note-1"' in page
    assert 'id="note-1"' in page
    assert "广告法" in page
    assert "怎么改" in page or 'class="findings__cure"' in page


async def test_markup_in_a_text_stays_text(database):
    async with browser() as someone:
        page = (await someone.post(PAGE, {"text": "<b>保过</b><script>alert(1)</script>"})).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("document", "status"),
    [
        ({}, 422),
        ({"text": None}, 422),
        ({"text": 1}, 422),
        ({"text": "字" * 20_001}, 422),
        ({"text": "字", "licence": {"programmes": [{"subject": "maths"}]}}, 422),
        ({"text": "字" * 20_000}, 200),
        ({"text": "😀" * 20_000, "unknown": 1}, 200),
        ({"text": "", "licence": None}, 200),
    ],
)
async def test_what_is_no_request_is_a_problem_with_its_place(database, document, status):
    async with browser() as someone:
        done = await posted(someone, document)
    assert done.status_code == status
    if status == 422:
        assert done.headers["content-type"] == "application/problem+json"
        assert all(error["path"].startswith("$") and error["message"] for error in done.json()["errors"])


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 422), (b"{", 422), (b'{"text": "\\ud800"}', 422), (b'{"text": "", "text": ""}', 422), (b"\xff", 422),
     (b'{"text": "' + b"a" * 1024 * 1024 + b'"}', 413)],
)  # fmt: skip
async def test_a_body_that_is_none_is_refused(database, body, status):
    async with browser() as someone:
        done = await someone.client.post(API, content=body, headers={"content-type": "application/json"})
    assert done.status_code == status
    assert done.json()["status"] == status


async def test_programmes_outside_the_licence_are_notes_and_change_no_verdict(database):
    licence = {"programmes": [{"subject": "maths", "stage": "primary"}]}
    text = "本校开设小学数学、初中数学和美术课，欢迎咨询。"
    async with browser() as someone:
        found = (await posted(someone, {"text": text, "licence": licence})).json()
        alone = (await posted(someone, {"text": text})).json()
        page = (await someone.post(PAGE, {"text": text, "licence": "小学数学"})).text
    assert [text[note["start"] : note["end"]] for note in found["notes"]] == ["初中数学", "美术"]
    assert found | {"notes": []} == alone
    assert "提到“初中数学”，许可证上没有这个项目" in html.unescape(page)


async def test_a_pdfs_text_is_checked(database):
    async with browser() as someone:
        good = await someone.post(PAGE, {}, files={"file": ("a.pdf", a_pdf("Number One school, 100% pass"))})
        empty = await someone.post(PAGE, {}, files={"file": ("a.pdf", a_pdf(""))})
        none = await someone.post(PAGE, {}, files={"file": ("a.pdf", b"hello")})
        locked = await someone.post(PAGE, {}, files={"file": ("a.pdf", a_pdf("Hello", password="x"))})
        broken = await someone.post(PAGE, {}, files={"file": ("a.pdf", b"%PDF-1.7 broken")})
    assert good.status_code == 200
    assert "Number One school" in good.text
    assert (empty.status_code, "没有能读出的文字" in empty.text) == (422, True)
    assert (none.status_code, "这不是 PDF" in none.text) == (422, True)
    assert (locked.status_code, broken.status_code) == (422, 422)


async def test_of_a_text_full_of_breaches_the_first_are_marked_and_all_are_counted(database):
    text = "保过。" * 1000
    async with browser() as someone:
        count = len((await posted(someone, {"text": text})).json()["findings"])
        page = (await someone.post(PAGE, {"text": text})).text
    assert count > present.MOST_MARKED
    assert page.count('class="passage-notes__item"') == present.MOST_MARKED
    assert f"有 {count} 处要修改" in page
    assert "保过。" * 500 in page


async def test_nothing_to_check_is_said(database):
    async with browser() as someone:
        page = await someone.post(PAGE, {"text": "  "})
    assert page.status_code == 422
    assert "粘贴广告文字" in page.text


def a_finding(start, end, category="guarantee"):
    return {"category": category, "start": start, "end": end, "excerpt": "", "message": "保证结果：不行。请删去。",
            "citation": "《广告法》"}  # fmt: skip


def test_overlapping_passages_are_cut_into_pieces_that_carry_their_numbers():
    found = [a_finding(0, 4), a_finding(2, 6, "superlative")]
    pieces = list(present.pieces("保证最好的班", found))
    assert [(piece["text"], piece["marks"], piece["numbers"]) for piece in pieces] == [
        ("保证", [1], []),
        ("最好", [1, 2], [1]),
        ("的班", [2], [2]),
    ]


def test_the_pieces_give_the_whole_text_and_show_what_nobody_sees():
    text = "a\u200b\u200bb\u202ec\ufe0f d\n"
    pieces = list(present.pieces(text, [a_finding(1, 4)]))
    assert "".join(piece["text"] for piece in pieces) == "abc d\n"
    assert [piece["hidden"] for piece in pieces if piece["hidden"]] == [
        "零宽空格×2",
        "强制右至左",
        "U+FE0F",
    ]


def test_every_kind_says_what_is_wrong_and_what_to_do_instead():
    for name, kind in categories().items():
        wrong, stop, cure = kind.message.partition("。")
        assert wrong, name
        assert stop, name
        assert cure, name
    assert not re.search(r"请知悉|非法", "".join(kind.message for kind in categories().values()))
