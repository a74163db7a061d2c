"""The public list of rules is made from the rules themselves, so that none is missing."""

import html
import re

from portal.advertising.service import categories
from tests.factories.browsing import browser
from tests.policy.test_every_rule import rules


async def test_every_rule_stands_on_the_page_with_its_articles_and_values(database):
    async with browser() as someone:
        page = await someone.get("/rules")
        linked = set(re.findall(r'href="(/law/[^"]+)"', page.text))
        statuses = [(await someone.get(path)).status_code for path in linked]
    assert set(statuses) == {200}
    listed = set(re.findall(r'class="rule__id">([^<]+)<', page.text))
    assert listed == {rule.id for _, rule in rules()} | set(categories())
    assert {f"/law/{key}" for _, rule in rules() for key in rule.cites} <= linked
    text = html.unescape(re.sub(r"<[^>]+>", "", page.text))
    assert "培训最晚结束时间：20:30" in text
    assert "同一时段生均面积：3 平方米" in text


async def test_a_pack_that_is_switched_off_says_so(database):
    async with browser() as someone:
        page = (await someone.get("/rules")).text
    row = page.split("academic-rest-day")[0].rsplit("<tr", 1)[1]
    assert "未启用" in row
