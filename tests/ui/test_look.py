"""The look: committed files are the ones that were made, pages call our macros alone, axe finds nothing."""

import hashlib
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from portal.base.templating import environment
from tests.ui.edges import application, client

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "documents" not in path.parts)
AXE = (ROOT / "tests" / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
HANDLERS = "click load error submit change input focus blur key mouse pointer touch".replace(" ", "|")
BARRED = re.compile(rf"\sstyle=|\son(?:{HANDLERS})\w*=|\|\s*safe\b|javascript:|xmlattr")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("folder", ["portal/static/vendor", "tests/vendor"])
def test_files_of_others_are_the_ones_whose_hashes_are_committed(folder):
    lines = (ROOT / folder / "SHA256SUMS").read_text().splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    found = {
        f"./{path.relative_to(ROOT / folder)}": path
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in found.items()} == listed


def test_no_mention_of_another_states_font_or_crest_is_left():
    css = (ROOT / "portal/static/vendor/govuk-frontend/govuk.css").read_text()
    assert not re.search(r"GDS|crest|url\(", css)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_page_has_no_inline_style_script_or_unescaped_text(path):
    text = path.read_text(encoding="utf-8")
    assert not BARRED.search(text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"=\{\{", text), "quote attributes"
    if "ui" not in path.parts:
        assert not re.search(r"govuk_frontend_jinja|[\"']html[\"']\s*:", text)


@pytest.mark.parametrize(
    "template",
    ["{{ nothing }}", "{{ form.nothing }}", "{{ ui.nothing() }}", "{{ url.x.y }}", "{% if nothing %}{% endif %}"],
)
def test_a_misspelt_name_is_an_error(template):
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        environment().from_string(template).render(form=object(), url=object())


ESCAPED = (
    "{{ ui.summary([{'key': bad, 'value': bad}], title=bad) }}{{ ui.notice(bad) }}",
    "{{ ui.findings([{'message': bad, 'title': bad}]) }}{{ ui.table(bad, [bad, bad], [[bad, bad]]) }}",
    "{{ ui.passage([{'text': bad, 'marks': [1], 'at': 1}]) }}",
)


def test_text_of_people_is_escaped_in_every_macro():
    told = environment().from_string("".join(ESCAPED)).render(bad="<b onclick=x>")
    assert "<b" not in told


def test_the_sample_page_needs_no_script_and_shows_every_error():
    browser = client()
    shown = browser.get("/ui").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', shown).group(1)
    answer = browser.post("/ui", data={"csrf_token": token, "seats": "十二"})
    assert answer.status_code == 422
    assert "<title>错误：" in answer.text
    assert 'href="#lease_to-year"' in answer.text
    assert 'value="十二"' in answer.text


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = uvicorn.Server(
        uvicorn.Config(application(), host="127.0.0.1", port=0, log_level="error", lifespan="off", ws="none")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["/ui", "/nowhere", "/fails/bug", "/fails/conflict"])
async def test_axe_finds_nothing_and_nothing_hangs_out_sideways(chromium, address, path, width):
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": width, "height": 900})
        blocked: list[str] = []
        page.on("console", lambda line: blocked.append(line.text) if "Content Security" in line.text else None)
        await page.goto(address + path)
        session = await page.context.new_cdp_session(page)
        await session.send("Runtime.evaluate", {"expression": AXE})
        found = await page.evaluate(
            "rules => axe.run(document, {runOnly: rules})"
            ".then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))",
            RULES,
        )
        wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        await browser.close()
    assert (found, wide, blocked) == ([], 0, [])
