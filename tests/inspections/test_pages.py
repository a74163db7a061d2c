"""The page on which anybody recomputes a draw: in their browser, without the server; without script it says what to do."""

import json
from pathlib import Path

import pytest

from tests.factories.browsing import browser
from tests.inspections.test_draw import EXAMPLE

PAGE = "/draws/verify"


async def test_the_page_explains_and_offers_script_and_command(database):
    async with browser() as someone:
        page = (await someone.get(PAGE)).text
        at = page.split('recompute.py"')[0].rsplit('href="', 1)[1] + "recompute.py"
        script = await someone.get(at)
    assert "<noscript>" in page
    assert "python -m portal draw verify record.json" in page
    assert script.content == (Path(__file__).parents[2] / "portal/static/draw/recompute.py").read_bytes()


@pytest.mark.browser
def test_the_browser_recomputes_what_is_pasted_or_chosen(portal, chromium, tmp_path):
    from playwright.sync_api import expect, sync_playwright

    path = tmp_path / "record.json"
    path.write_text(json.dumps(EXAMPLE))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{portal.url}{PAGE}")
        answer = page.get_by_role("status")
        page.set_input_files("#record-file", path)
        expect(answer).to_have_text("成立：每个值都与重新计算的一致。")
        page.fill("#record-text", json.dumps(EXAMPLE | {"seed": "0" * 64}))
        page.get_by_role("button", name="验证粘贴的内容").click()
        expect(answer).to_have_text("不成立：第一个不一致的值是 /seed。")
        page.fill("#record-text", "[]")
        page.get_by_role("button", name="验证粘贴的内容").click()
        expect(answer).to_contain_text("这不是抽查记录")
        browser.close()
