"""People at browsers: each with their own window, who fill in forms by the names of the fields, on two widths."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import Browser, Locator, Page

from tests.running import ROOT, RunningPortal
from tests.ui.test_look import AXE, RULES

WIDTHS = (1280, 390)
ACCOUNTS = """
import asyncio, json
from portal.accounts.service.demo import demo_accounts
from portal.base import db
from portal.districts import service as districts
async def made():
    await db.connect()
    await districts.ensure_seed()
    found = await demo_accounts([("clerk", "林秋", "重庆春芽艺术培训有限公司")])
    await db.disconnect()
    print(json.dumps({one.login: [one.password, one.second_factor] for one in found}))
asyncio.run(made())
"""


def accounts(portal: RunningPortal) -> dict[str, tuple[str, str]]:
    """Make the demo's accounts: password and second factor by log-in."""
    done = subprocess.run(
        [sys.executable, "-c", ACCOUNTS], cwd=ROOT, env=portal.environment, capture_output=True, check=True
    )
    return {login: (password, secret) for login, (password, secret) in json.loads(done.stdout).items()}


class Person:
    """Somebody at a browser window; every page they come past is looked at by axe on both widths."""

    def __init__(self, browser: Browser, portal: RunningPortal, faults: list[Any]) -> None:
        self.url, self.faults = portal.url, faults
        self.page: Page = browser.new_context(accept_downloads=True, locale="zh-CN").new_page()
        self.page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
        self.page.on("pageerror", lambda error: faults.append(str(error)))

    def sign_in(self, login: str, password: str, secret: str) -> None:
        """Log in, with the app's code where there is one."""
        self.open("/login")
        self.fill({"login": login, "password": password})
        self.press("登录")
        if secret:
            self.look()
            self.fill({"code": pyotp.TOTP(secret).now()})
            self.press("继续")

    def open(self, path: str) -> None:
        """Go to an address, and look at the page."""
        answer = self.page.goto(self.url + path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)
        self.look()

    def look(self) -> None:
        """Let axe look at the page, wide and narrow; nothing may hang out sideways."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            session = self.page.context.new_cdp_session(self.page)
            session.send("Runtime.evaluate", {"expression": AXE})
            found = self.page.evaluate(
                "rules => axe.run(document, {runOnly: rules})"
                ".then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 200))]))",
                RULES,
            )
            wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if found or wide > 0:
                self.faults.append((re.sub(r"\d+", "N", self.page.url), width, found, wide))
            session.detach()
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})

    def fill(self, typed: Mapping[str, str], within: str = "main") -> None:
        """Type and choose by the names of the fields, asking for another row where one is lacking."""
        for name, value in typed.items():
            while not self.page.locator(f'{within} [name="{name}"]').count():
                self.send(self.page.locator(f'button[name="add"][value="{name.split("-")[0]}"]'))
            field = self.page.locator(f'{within} [name="{name}"]')
            kind = field.first.evaluate("field => field.type")
            if kind in {"radio", "checkbox"}:
                self.page.locator(f'{within} [name="{name}"][value="{value}"]').check()
            elif kind == "select-one":
                field.first.select_option(value)
            else:
                field.first.fill(value)

    def press(self, words: str) -> None:
        """Press a button of the page's main part."""
        self.send(self.page.locator("main").get_by_role("button", name=words, exact=True))

    def follow(self, words: str) -> None:
        """Follow a link or a link that looks like a button, and look at where it leads."""
        self.send(self.page.locator("main").locator("a").filter(has_text=words).first)
        self.look()

    def send(self, control: Locator) -> None:
        """Click, and wait for the page that comes of it."""
        with self.page.expect_navigation():
            control.click()

    def reads(self, words: str) -> bool:
        """Whether the page says this."""
        return words in self.page.locator("body").inner_text()

    def upload(self, file: Path) -> None:
        """Choose a file and send it."""
        self.page.locator('main input[type="file"]').set_input_files(str(file))
        self.press("上传")
