"""The schedule check over HTTP: API, page, table and command judge one document alike; bad input is said in words."""

import asyncio
import copy
import io
import json
import re

import openpyxl
import pytest

from tests.commanding import Shell
from tests.factories.browsing import browser
from tests.factories.districts import the_districts
from tests.factories.schedules import CLEAN, a_class, a_random_request, a_request
from tests.schedules.asking import answer

API = "/api/v1/checks/schedule"
PAGE = "/checks/schedule"
FILE = "/checks/schedule/file"
TYPED = {
    "district": "500103", "licence": "小学数学", "term_first-year": "2026", "term_first-month": "9",
    "term_first-day": "1", "term_last-year": "2027", "term_last-month": "1", "term_last-day": "22",
    "hours_primary": "８：３０-11:50、14:00-16:30", "rooms-0-name": "A101", "rooms-0-area": "70",
    "teachers-0-name": "王老师", "teachers-0-is_registered": "yes", "teachers-0-certificates": "小学数学",
    "classes-0-name": "三年级数学", "classes-0-stage": "primary", "classes-0-subject": "数学", "classes-0-grade": "3",
    "classes-0-students": "20", "classes-0-first-year": "2026", "classes-0-first-month": "9",
    "classes-0-first-day": "7", "classes-0-last-year": "2026", "classes-0-last-month": "12",
    "classes-0-last-day": "31", "classes-0-meetings-0-weekday": "3", "classes-0-meetings-0-start": "18:30",
    "classes-0-meetings-0-end": "20:30", "classes-0-meetings-0-room": "A101", "classes-0-meetings-0-teacher": "王老师",
}  # fmt: skip


async def posted(client, document):
    return await client.client.post(API, content=json.dumps(document), headers={"content-type": "application/json"})


@pytest.mark.parametrize("seed", range(6))
async def test_api_page_and_command_find_the_same(database, capsys, monkeypatch, tmp_path, seed):
    await the_districts()
    document = a_random_request(seed)
    (tmp_path / "filing.json").write_text(json.dumps(document), encoding="utf-8")
    expected = answer(document)
    command = await asyncio.to_thread(
        Shell(capsys, monkeypatch).run, "check", "schedule", str(tmp_path / "filing.json")
    )
    assert json.loads(command.out) == expected
    async with browser() as someone:
        assert (await posted(someone, document)).json() == expected
        files = {"file": ("filing.json", json.dumps(document))}
        page = (await someone.post(FILE, {}, files=files)).text
    shown = re.findall(r'class="findings__message">(.*?)</p>', page)
    assert len(shown) == len(expected["findings"])


async def test_a_typed_filing_is_judged_as_its_json(database):
    await the_districts()
    late = {**TYPED, "classes-0-meetings-0-end": "20:31"}
    async with browser() as someone:
        clean = await someone.post(PAGE, TYPED)
        broken = await someone.post(PAGE, late)
    assert clean.status_code == broken.status_code == 200
    assert "没有发现问题" in clean.text
    assert "周三 20:31 下课，晚于 20:30" in broken.text
    assert "有 1 处不符合规定" in broken.text


async def test_a_wrong_entry_is_said_at_its_field_and_nothing_typed_is_lost(database):
    await the_districts()
    wrong = {**TYPED, "classes-0-meetings-0-end": "18:00", "classes-0-meetings-0-room": "B2", "hours_primary": "上午"}
    async with browser() as someone:
        first = await someone.post(PAGE, wrong)
        second = await someone.post(PAGE, {**wrong, "hours_primary": ""})
    assert first.status_code == second.status_code == 422
    assert "写成 08:30-11:50、14:00-16:30 这样" in first.text
    assert 'href="#classes-0-meetings-0-end"' in second.text
    assert 'href="#classes-0-meetings-0-room"' in second.text
    assert 'value="三年级数学"' in second.text


async def test_rows_are_added_without_script(database):
    await the_districts()
    async with browser() as someone:
        page = (await someone.post(PAGE, {**TYPED, "add": "classes-0-meetings"})).text
    assert 'name="classes-0-meetings-1-start"' in page
    assert 'value="三年级数学"' in page


async def filled_template(someone, *rows):
    """The template as the page gives it, with lessons written into it."""
    book = openpyxl.load_workbook(io.BytesIO((await someone.get("/checks/schedule/template.xlsx")).content))
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


LESSON = ["三年级数学", "小学", "数学", "3", "2026-09-07", "2026-12-31", "20", "周三", "18:30", "20:30", "A101", "70.5",
          "王老师", "是", "小学数学", "否", "", "3", "60"]  # fmt: skip


async def test_a_filled_in_template_is_judged(database):
    await the_districts()
    around = {"district": "500103", "licence": "小学数学"}
    late = [*LESSON[:7], "周五", "19:00", "20:45", *LESSON[10:]]
    async with browser() as someone:
        clean = await someone.post(FILE, around, files={"file": ("a.xlsx", await filled_template(someone, LESSON))})
        broken = await filled_template(someone, LESSON, late)
        found = await someone.post(FILE, around, files={"file": ("a.xlsx", broken)})
    assert "没有发现问题" in clean.text
    assert "周五 20:45 下课，晚于 20:30" in found.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({1: "大学"}, "第 2 行：学段填写"),
        ({3: "三"}, "第 2 行：年级写成整数"),
        ({8: "24:00"}, "第 2 行：写成 24 小时制"),
        ({12: ""}, "第 2 行：填写教师"),
        ({17: "", 18: "60"}, "第 2 行：填写一次收费月数"),
        ({4: "9 月 7 日"}, "不是日期"),
        ({5: "2026-09-01"}, "“三年级数学”：结束日期早于开始日期"),
    ],
)
async def test_a_wrong_row_is_named(database, changes, words):
    await the_districts()
    row = [changes.get(at, cell) for at, cell in enumerate(LESSON)]
    async with browser() as someone:
        book = await filled_template(someone, row)
        done = await someone.post(FILE, {"district": "500103", "licence": "小学数学"}, files={"file": ("a.xlsx", book)})
    assert done.status_code == 422
    assert words in done.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "不是 JSON"),
        (b"PK\x03\x04broken", "工作簿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "密码保护"),
        (b"\x00\x01", "表头"),
        (b"", "没有表头"),
    ],
)
async def test_a_file_that_is_none_is_refused_in_words(database, content, words):
    await the_districts()
    async with browser() as someone:
        done = await someone.post(FILE, {"district": "500103"}, files={"file": ("a.xlsx", content)})
    assert done.status_code == 422
    assert words in done.text


async def test_the_districts_own_school_hours_apply_where_the_request_names_none(database):
    await the_districts()
    document = a_request(classes__0__meetings__0__start="15:00", classes__0__meetings__0__end="17:00")
    del document["school"]
    async with browser() as someone:
        known = (await posted(someone, document)).json()
        unknown = (await posted(someone, {**document, "district": "500101"})).json()
    assert [found["rule"] for found in known["findings"]] == ["school-hours"]
    assert known["notes"] == []
    assert unknown["findings"] == []
    assert [note["kind"] for note in unknown["notes"]] == ["school-unknown"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"[]", 422),
        (b"{", 422),
        (b'{"district": "500103", "district": "500112"}', 422),
        (b"[" * 100_000, 422),
        (b'"\\ud800"', 422),
        (b"\xff", 422),
        (b" " * (10 * 1024 * 1024 + 1), 413),
    ],
)
async def test_what_is_no_filing_is_a_problem_with_its_place(database, body, status):
    async with browser() as someone:
        done = await someone.client.post(API, content=body)
    assert done.status_code == status
    assert done.headers["content-type"] == "application/problem+json"
    assert status == 413 or done.json()["errors"][0]["message"]


async def test_every_place_to_mend_is_named(database):
    document = copy.deepcopy(CLEAN)
    document["classes"][0]["to"] = "2026-09-01"
    document["classes"][0]["students"] = True
    document["rooms"].append({"id": " ", "area": -1})
    async with browser() as someone:
        errors = (await posted(someone, document)).json()["errors"]
    assert {"$.classes[0].students", "$.rooms[1].id", "$.rooms[1].area"} <= {error["path"] for error in errors}


async def test_a_body_sent_as_a_form_is_read_as_json(database):
    headers = {"content-type": "application/x-www-form-urlencoded"}
    async with browser() as someone:
        done = await someone.client.post(API, content=json.dumps(CLEAN), headers=headers)
    assert done.json()["verdict"] == "pass"


async def test_the_week_shows_clashes_and_school_hours(database):
    await the_districts()
    twin = a_class("c2", name_="四年级数学")
    document = a_request(classes=[CLEAN["classes"][0], twin])
    async with browser() as someone:
        page = (await someone.post(FILE, {}, files={"file": ("a.json", json.dumps(document))})).text
    assert "教室同时上两节课，教师同时上两节课" in page
    assert "week__cell--school" in page
    assert "小学 08:30–11:50、14:00–16:30" in page


async def test_two_hundred_classes_fit_on_a_page(database):
    await the_districts()
    document = a_request(classes=[a_class(f"c{number:03}", name_=f"{number} 班") for number in range(200)])
    async with browser() as someone:
        page = await someone.post(FILE, {}, files={"file": ("a.json", json.dumps(document))})
    assert page.status_code == 200
    assert "一共 400 处，这里列出前 200 处" in re.sub(r"<[^>]+>", "", page.text)
    assert page.text.index("要修改的地方") < page.text.index("一周课表"), "findings come before a long week"
    assert "一名教师不同时上两节课：" in page.text
