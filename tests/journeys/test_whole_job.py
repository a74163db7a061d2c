"""The whole job in a browser: a clerk applies, the bureau decides, the certificate is made, a parent checks it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from portal.base.form_names import flat
from portal.licensing import samples
from portal.policy.materials import materials
from schemas.licensing.sections import SECTIONS
from tests.journeys.people import Person, accounts
from tests.running import ROOT, RunningPortal, until

pytestmark = pytest.mark.browser
NAME = "重庆明日之星艺术培训有限公司"
PARTS = [kind for kind in materials("new") if not kind.optional]
SAVE = 'main button[type="submit"]:visible:not([name="add"]):not([name="remove"])'
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4})+")


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """A PDF of two pages."""
    path = tmp_path / "材料.pdf"
    with pikepdf.new() as document:
        for _ in range(2):
            document.add_blank_page()
        document.save(path)
    return path


@contextmanager
def browsing(chromium: str) -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def test_the_four_people_do_the_whole_job(portal: RunningPortal, chromium: str, evidence: Path) -> None:
    faults: list[Any] = []
    known = accounts(portal)
    with browsing(chromium) as browser:
        clerk, examiner, approver, parent = (Person(browser, portal, faults) for _ in range(4))
        clerk.sign_in("clerk@demo.example", *known["clerk@demo.example"])
        examiner.sign_in("examiner.yuzhong@demo.example", *known["examiner.yuzhong@demo.example"])
        approver.sign_in("approver.yuzhong@demo.example", *known["approver.yuzhong@demo.example"])
        case = begun(clerk)
        written(clerk, case, evidence)
        handed_in(clerk, case)
        returned(examiner, case)
        corrected(clerk, case, evidence)
        recommended(examiner, case)
        granted(approver, case)
        number, code = fetched(clerk, case, evidence.parent / "正本.pdf")
        checked(parent, number, code)
    assert faults == []
    sound = verified(portal)
    assert sound.returncode == 0, sound.stdout


def verified(portal: RunningPortal) -> subprocess.CompletedProcess[str]:
    """Let the portal check that nothing was lost, doubled or changed."""
    command = [sys.executable, "-m", "portal", "verify"]
    return subprocess.run(command, cwd=ROOT, env=portal.environment, capture_output=True, text=True, check=False)


def begun(clerk: Person) -> str:
    """Answer the questions that stop a hopeless application, and choose the district."""
    clerk.open("/apply/start")
    clerk.follow("开始")
    for _ in range(3):
        clerk.fill({"answer": "no"})
        clerk.press("继续")
        clerk.look()
    clerk.fill({"district": "500103"})
    clerk.press("开始填写")
    clerk.look()
    return clerk.page.url.rsplit("/", 1)[-1]


def written(clerk: Person, case: str, evidence: Path) -> None:
    """Fill in every section and every slot."""
    for name, content in samples.answers("渝中区", NAME, 7).items():
        clerk.open(f"/apply/{case}/sections/{name}")
        answers = SECTIONS[name].model_validate(content).model_dump()
        clerk.fill({field: values[0] for field, values in flat(answers) if values and values[0]})
        clerk.send(clerk.page.locator(SAVE).first)
        assert not clerk.page.locator(".govuk-error-summary").count(), (name, clerk.page.inner_text("main"))
    for kind in PARTS:
        clerk.page.goto(f"{clerk.url}/apply/{case}/materials/{kind.slot}")
        clerk.upload(evidence)
    clerk.open(f"/apply/{case}/materials/{PARTS[0].slot}")
    clerk.open(f"/apply/{case}")


def handed_in(clerk: Person, case: str) -> None:
    """Check all answers, declare, submit."""
    clerk.open(f"/apply/{case}/check")
    clerk.fill({"declares": "yes"})
    clerk.press("提交申请")
    clerk.look()
    assert clerk.page.url.endswith("/receipt")
    clerk.open(f"/apply/{case}/follow")


def judged(examiner: Person, case: str, lacking: str = "") -> None:
    """Give the verdict on every material."""
    for kind in PARTS:
        form = f'form[action$="/review/{case}/materials/{kind.slot}"]'
        examiner.page.locator(f"details:has({form})").locator("summary").click()
        defective = kind.slot == lacking
        examiner.fill({"verdict": "defective" if defective else "in-order",
                       "remark": "第二页看不清，重新扫描。" if defective else ""}, within=form)  # fmt: skip
        examiner.send(examiner.page.locator(form).get_by_role("button", name="保存结论"))


def acted(person: Person, case: str, act: str, typed: dict[str, str], words: str) -> None:
    """Fill in an act's form, see the letter where there is one, and confirm it."""
    person.open(f"/review/{case}/acts/{act}")
    person.fill(typed)
    person.press(words)
    if words == "预览文书":
        person.look()
        person.press("确认并签发")
    assert person.page.url.endswith(f"/review/{case}"), person.page.inner_text("main")


def returned(examiner: Person, case: str) -> None:
    """Take the case, judge everything, send the one-time notice."""
    examiner.open("/review?tab=all")
    examiner.open(f"/review/{case}")
    examiner.press("由我经办")
    judged(examiner, case, lacking="charter")
    examiner.look()
    remark = {"remarks-0-section": "capital", "remarks-0-text": "资金证明与填报金额不一致。"}
    acted(examiner, case, "return", remark, "预览文书")


def corrected(clerk: Person, case: str, evidence: Path) -> None:
    """Answer the notice on just what it names, and hand in again."""
    clerk.open(f"/apply/{case}")
    clerk.open(f"/apply/{case}/sections/capital")
    clerk.fill({"amount_yuan": "650000"})
    clerk.send(clerk.page.locator(SAVE).first)
    clerk.open(f"/apply/{case}/materials/charter")
    clerk.upload(evidence)
    handed_in(clerk, case)


def recommended(examiner: Person, case: str) -> None:
    """Judge again, accept, examine, visit, propose."""
    examiner.open(f"/review/{case}")
    assert examiner.reads("补正时改了什么")
    judged(examiner, case)
    acted(examiner, case, "accept", {}, "预览文书")
    acted(examiner, case, "examine", {}, "开始审查")
    proposal = {"outcome": "grant", "reasons": "meets-conditions", "opinion": "材料齐备，现场与申报一致。"}
    acted(examiner, case, "recommend", proposal, "提出审查意见")


def granted(approver: Person, case: str) -> None:
    """See recommendation and evidence, read the letter, grant."""
    approver.open("/review")
    approver.open(f"/review/{case}")
    acted(approver, case, "decide", {"outcome": "grant", "reasons": "meets-conditions"}, "预览文书")


def fetched(clerk: Person, case: str, to: Path) -> tuple[str, str]:
    """Wait for the certificate, download it, read its number and its code."""
    until(lambda: issued(clerk.page, f"{clerk.url}/apply/{case}/follow"), seconds=120)
    clerk.look()
    link = clerk.page.locator("main a[href*='/papers/']").filter(has_text="正本").first
    answer = clerk.page.request.get(clerk.url + str(link.get_attribute("href")))
    assert answer.headers["content-type"] == "application/pdf"
    to.write_bytes(answer.body())
    document = pypdfium2.PdfDocument(to)
    text = document[0].get_textpage().get_text_range()
    document.close()
    number, code = re.search(r"\d{15}", text), CODE.search(text)
    assert number is not None, text
    assert code is not None, text
    return number[0], code[0]


def issued(page: Page, address: str) -> Any:
    """Whether the case has come to its end."""
    page.goto(address)
    return page.locator("main a[href*='/papers/']").filter(has_text="正本").count() and "已发证" in page.inner_text(
        "main"
    )


def checked(parent: Person, number: str, code: str) -> None:
    """Find the institution by two characters of its name; follow the code of the certificate."""
    parent.open("/")
    parent.open("/registry?q=明日之星")
    assert parent.reads(NAME)
    parent.open(f"/registry/{number}")
    parent.open(f"/verify/{code}")
    assert parent.reads("有效")
    assert parent.reads(NAME)
