"""Time limits as values: a bureau's promise from a day on, never longer than the law; the law's number, by the city."""

import json
from datetime import date, timedelta

import pytest

from portal.base import clock, db
from portal.districts import service
from portal.districts.service import values
from portal.kernel.calendar import TimeLimit, due, most_working_days
from portal.kernel.errors import Conflict, Invalid, Missing
from portal.policy import shipped
from schemas.districts import EnterValue
from tests.factories.browsing import an_account, browser
from tests.factories.districts import ADMIN, AUDITOR, CITY, CLERK, EXAMINER, NEIGHBOUR, the_districts
from tests.factories.licensing import NOON

PROMISE, LAW = "new.decide.promised", "new.decide.statutory"
CHANGE, CHANGE_LAW = "change.decide.promised", "change.decide.statutory"
TODAY = NOON.date()
TYPED = {"value": "25", "since-year": "2027", "since-month": "1", "since-day": "1", "cite": "bureau-own",
         "reason": "渝中教〔2026〕9号"}  # fmt: skip
LAW_TYPED = {**TYPED, "value": "2 个月", "cite": "private-education-law-17", "reason": "主席令第 9 号"}


@pytest.fixture(autouse=True)
async def seeded(database):
    await the_districts()


def an_entry(value="25", *, name=PROMISE, since="2027-01-01", until=None, district="", cite="bureau-own", version=0):
    return EnterValue(name=name, value=value, since=since, until=until, district=district, cite=cite,
                      reason="渝中教〔2026〕9号", version=version)  # fmt: skip


async def enter(actor=ADMIN, **given):
    await values.enter_value(an_entry(**{"version": await values.version(), **given}), actor=actor, now=NOON)


async def times(day, district="500103", kind="new"):
    found = (await service.policy(None, district)).time(kind, "decide", date.fromisoformat(day))
    return found.statutory, found.promised


def working_days(count):
    return TimeLimit("working_days", count)


async def refused(field, **given):
    before = await values.version()
    with pytest.raises(Invalid) as refusal:
        await enter(**given)
    assert [error.path for error in refusal.value.errors] == [field]
    assert await values.version() == before
    return refusal.value.message


def test_every_shipped_promise_counts_in_working_days_and_fits_the_law_on_every_known_day():
    calendar = shipped.calendar()
    for row in shipped.policy().time_layers[0]:
        if row.promised:
            assert row.promised.unit == "working_days"
            assert row.promised.count <= most_working_days(row.statutory, calendar), row.title


@pytest.mark.parametrize("limit", [TimeLimit("days", 30), TimeLimit("months", 3)])
def test_the_longest_promise_never_ends_after_the_law_and_one_day_more_does(limit):
    calendar, first = shipped.calendar(), date(2015, 1, 1)
    most = most_working_days(limit, calendar)
    days = [first + timedelta(days=step) for step in range((date(2026, 9, 30) - first).days)]
    assert all(due(day, working_days(most), calendar) <= due(day, limit, calendar) for day in days)
    assert any(due(day, working_days(most + 1), calendar) > due(day, limit, calendar) for day in days)


async def test_a_promise_holds_from_its_day_in_its_district_over_the_citys():
    await enter(CITY, value="28", since="2026-12-01")
    await enter(value="25", until="2027-01-31")
    law = TimeLimit("months", 3)
    for day, district, promised in (
        ("2026-11-30", "500103", 30), ("2026-12-01", "500103", 28), ("2026-12-31", "500103", 28),
        ("2027-01-01", "500103", 25), ("2027-01-31", "500103", 25), ("2027-02-01", "500103", 28),
        ("2027-01-01", "500112", 28), ("2027-01-01", None, 28),
    ):  # fmt: skip
        assert await times(day, district) == (law, working_days(promised)), (day, district)


@pytest.mark.parametrize(("name", "most"), [(CHANGE, 20), (PROMISE, 55), ("preparation.decide.promised", 16)])
async def test_a_promise_is_as_long_as_the_law_at_most(name, most):
    message = await refused("value", name=name, value=str(most + 1))
    assert f"最多 {most} 个工作日" in message
    await enter(name=name, value=str(most))
    assert (await service.policy(None, "500103")).value(name, date(2027, 1, 1)).value == working_days(most)


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "十", "15 天", "1 个月", "1000", "15 个工作日半", "１５日"])
async def test_what_is_no_number_of_working_days_is_refused(value):
    assert "写一个整数，例如 15" in await refused("value", value=value)


@pytest.mark.parametrize("value", ["1", "１５", "15个工作日", "15 工作日"])
async def test_a_number_is_read_as_people_write_it(value):
    await enter(value=value)
    assert (await times("2027-01-01"))[1].unit == "working_days"


async def test_a_time_limit_begins_today_or_later():
    for name, actor in ((PROMISE, ADMIN), (LAW, CITY)):
        given = {"name": name, "actor": actor, "value": "2 个月" if name == LAW else "25"}
        assert "今天或以后" in await refused("since", since=str(TODAY - timedelta(days=1)), **given)
        await enter(since=str(TODAY), **given)
    assert await times(str(TODAY)) == (TimeLimit("months", 2), working_days(25))


async def test_a_promise_minds_the_day_on_which_the_law_will_change():
    await enter(CITY, name=CHANGE_LAW, value="15 个工作日", since="2027-03-01", cite="licensing-law-42")
    message = await refused("value", name=CHANGE, value="16")
    assert "2027-03-01 起" in message
    await refused("value", name=CHANGE, value="16", until="2027-03-01")
    await enter(name=CHANGE, value="16", until="2027-02-28")
    await enter(name=CHANGE, value="15", since="2027-03-01")
    assert await times("2027-02-28", kind="change") == (working_days(20), working_days(16))
    assert await times("2027-03-01", kind="change") == (working_days(15), working_days(15))


async def test_a_law_that_becomes_shorter_than_promises_says_whose_and_cuts_them():
    await enter(NEIGHBOUR, name=CHANGE, value="9")
    await enter(ADMIN, name=CHANGE, value="4")
    order = an_entry("8 个工作日", name=CHANGE_LAW, since="2027-03-01", cite="licensing-law-42")
    plan = await values.looked_at(order, actor=CITY, now=NOON)
    assert plan.overtaken == [None, "500112"]
    await enter(CITY, name=CHANGE_LAW, value="8 个工作日", since="2027-03-01", cite="licensing-law-42")
    assert [(await times("2027-03-01", code, "change"))[1].count for code in (None, "500112", "500103")] == [8, 8, 4]
    assert [(await times("2027-02-28", code, "change"))[1].count for code in (None, "500112", "500103")] == [10, 9, 4]


@pytest.mark.parametrize(("value", "limit"), [("2 个月", TimeLimit("months", 2)), ("60天", TimeLimit("days", 60)),
    ("20 工作日", TimeLimit("working_days", 20)), ("36月", TimeLimit("months", 36))])  # fmt: skip
async def test_the_law_may_change_its_unit(value, limit):
    await enter(CITY, name=LAW, value=value, cite="private-education-law-17")
    assert (await times("2027-01-01"))[0] == limit
    assert (await times("2026-12-31"))[0] == TimeLimit("months", 3)


@pytest.mark.parametrize("value", ["20", "0 天", "37 个月", "三个月", "1000 天", "2 年"])
async def test_a_law_without_number_and_unit_is_refused(value):
    assert "写数字和单位" in await refused("value", actor=CITY, name=LAW, value=value)


async def test_the_law_is_entered_by_the_city_alone_for_everybody_and_with_its_article():
    for actor in (ADMIN, AUDITOR, EXAMINER, CLERK):
        with pytest.raises(Missing):
            await enter(actor, name=LAW, value="2 个月")
    assert "全市一样" in await refused("district", actor=CITY, name=LAW, value="2 个月", district="500103")
    await refused("cite", actor=CITY, name=LAW, value="2 个月", cite="no-such")


async def test_a_district_promises_nothing_for_another_nor_what_it_never_promised():
    for actor, given in ((ADMIN, {"district": "500112"}), (AUDITOR, {}), (EXAMINER, {}), (CLERK, {}),
                         (ADMIN, {"name": "hearing.hold.promised"}), (CITY, {"name": "new.dance.promised"})):  # fmt: skip
        with pytest.raises(Missing):
            await enter(actor, **given)
    await enter(CITY, district="500112")
    assert [(await times("2027-01-01", code))[1].count for code in ("500112", "500103")] == [25, 30]


async def test_each_entry_is_in_the_log_and_of_two_from_one_page_one_wins():
    await enter()
    with pytest.raises(Conflict):
        await enter(value="20", version=0)
    await enter(version=0)  # the same once more: nothing happens
    [entry] = await db.rows("SELECT actor, subject, details FROM audit_entry WHERE action = 'policy.value'")
    details = json.loads(entry["details"]) if isinstance(entry["details"], str) else entry["details"]
    assert (entry["actor"], entry["subject"]) == (ADMIN.reference, f"policy:{PROMISE}")
    assert (details["value"], details["district"], details["since"]) == ("25 个工作日", "500103", "2027-01-01")


async def signed_in(role, district=None):
    return browser(await an_account(role, district=district, name="何管"))


async def test_a_district_looks_at_its_promise_before_it_confirms_and_reads_its_history():
    path = f"/admin/policy/{PROMISE}"
    with clock.at(NOON):
        async with await signed_in("district-admin", "500103") as someone:
            shown = (await someone.post(path, TYPED)).text
            for words in ("还没有登记", "30 个工作日", "25 个工作日", "已经开始的期限不变", "2027-01-01"):
                assert words in shown, words
            assert await values.version() == 0
            edited = (await someone.post(path, {**TYPED, "then": "edit"})).text
            assert 'value="25"' in edited
            assert (await someone.post(path, {**TYPED, "then": "confirm"})).headers["location"] == path
            kept = (await someone.get(path)).text
            for words in ("25 个工作日", "渝中教〔2026〕9号", "区县管理员 何管", "30 个工作日（现在）", "2026-12-31"):
                assert words in kept, words


async def test_a_bad_promise_is_said_at_its_field_and_nothing_typed_is_lost():
    with clock.at(NOON):
        async with await signed_in("district-admin", "500103") as someone:
            for wrong, words in (
                ({"value": "56"}, "最多 55 个工作日"), ({"value": "半年"}, "写一个整数"), ({"value": ""}, "数值"),
                ({"since-year": "2026", "since-month": "11", "since-day": "22"}, "今天或以后"), ({"since-day": "32"}, "从哪天起"),
                ({"until-year": "2026", "until-month": "12", "until-day": "31"}, "不能早于"), ({"cite": ""}, "选择依据条文"),
                ({"reason": ""}, "填写说明"),
            ):  # fmt: skip
                done = await someone.post(f"/admin/policy/{PROMISE}", {**TYPED, **wrong})
                assert done.status_code == 422, wrong
                assert words in done.text, wrong
                assert "错误：" in done.text
                kept = {**TYPED, **wrong}
                assert all(f'value="{kept[name]}"' in done.text for name in ("value", "reason") if kept[name]), wrong
            done = await someone.post(f"/admin/policy/{PROMISE}", {**TYPED, "value": "56", "since-year": "2025"})
            assert all(words in done.text for words in ("有 2 处需要修改", "最多 55 个工作日", "今天或以后"))
    assert await values.version() == 0


async def test_another_districts_promise_and_the_laws_number_are_out_of_a_districts_reach():
    async with await signed_in("district-admin", "500103") as someone:
        path, law = f"/admin/policy/{PROMISE}", "/admin/policy/statutory/new.decide"
        assert (await someone.post(path, {**TYPED, "district": "500112", "then": "confirm"})).status_code == 404
        shown = await someone.get(law)
        assert shown.status_code == 200
        assert "登记新的法定期限" not in shown.text
        assert (await someone.post(law, {**LAW_TYPED, "then": "confirm"}, page=path)).status_code == 404
        for nothing in (f"/admin/policy/{LAW}", "/admin/policy/statutory/latest-end", "/admin/policy/new.decide",
                        "/admin/policy/hearing.hold.promised"):  # fmt: skip
            assert (await someone.get(nothing)).status_code == 404, nothing
    assert await values.version() == 0


async def test_the_city_enters_the_laws_new_number_and_every_page_reads_it():
    law = "/admin/policy/statutory/new.decide"
    await enter(NEIGHBOUR, value="40")
    with clock.at(NOON):
        async with await signed_in("city-admin") as someone:
            shown = (await someone.post(law, {**LAW_TYPED, "value": "30 天"})).text
            for words in ("3 个月", "30 天", "会长于新的法定期限", "渝北区", "2027-02-01"):
                assert words in shown, words
            done = await someone.post(law, {**LAW_TYPED, "value": "2 个月", "then": "confirm"})
            assert done.headers["location"] == law
            assert ">2 个月<" not in (await someone.get("/admin/policy")).text
    with clock.at(NOON + timedelta(days=60)):
        async with browser() as anybody:
            assert "2 个月" in (await anybody.get("/law/private-education-law-17")).text
        async with await signed_in("auditor") as someone:
            assert ">2 个月<" in (await someone.get("/admin/policy")).text
            assert "主席令第 9 号" in (await someone.get(law)).text
