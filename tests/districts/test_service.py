"""What administrators do and what other features ask: territory, races, dated values, the calendar's history."""

import asyncio
from datetime import date, time

import pytest

from portal.base import clock, db
from portal.base.form_keys import new_key
from portal.districts import service
from portal.districts.service import authorities, days, importing, log, schools, values
from portal.kernel.errors import Conflict, Invalid, Missing
from portal.policy import shipped
from schemas.districts import (
    AddAuthority,
    ChangeAuthority,
    ChangeSchool,
    EnterDay,
    EnterValue,
    EnterYear,
    FindEntries,
    FindSchools,
    MoveSchool,
)
from tests.factories.districts import ADMIN, AUDITOR, CITY, CLERK, EXAMINER, NEIGHBOUR, a_school, the_districts

NOTICE = "国办发明电〔2026〕7号"
CREDIT = "52500112MJ0000000B"


@pytest.fixture(autouse=True)
async def seeded(database):
    await the_districts()


async def entries(action):
    return len(await db.rows("SELECT id FROM audit_entry WHERE action = $1", action))


def a_day(day="2026-12-01", kind="holiday", version="0.0", name="停课"):
    return EnterDay(day=day, kind=kind, name=name, cite=NOTICE, version=version)


def a_value(value="20:00", district="", since="2026-12-01", version=0, name="latest-end", until=None):
    return EnterValue(name=name, value=value, district=district, since=since, until=until, cite="plan-9",
                      reason="渝教〔2026〕1号", version=version)  # fmt: skip


def an_authority(kind=AddAuthority, **given):
    fields = {"code": "500904", "name": "双桥经开区", "authority": "重庆双桥经济技术开发区教育局", "mark": "双桥教",
              "court": "重庆市大足区人民法院", "review_authority": "重庆市人民政府"}  # fmt: skip
    return kind(**{**fields, **given})


async def test_the_districts_are_entered_once_and_the_citys_edits_stay():
    found = await service.districts()
    assert len(found) == 41
    assert sum(one.has_standard_code for one in found) == 38
    before = await service.district("500103")
    await authorities.change_authority(
        an_authority(ChangeAuthority, code="500103", version=1, name=before.name, mark=before.mark),
        actor=CITY, now=clock.now(),
    )  # fmt: skip
    assert await service.ensure_seed() == 0
    assert (await service.office("500103")).name == "重庆双桥经济技术开发区教育局"
    assert await entries("district.seed") == 1


async def test_letters_of_a_district_name_its_bureau_and_where_to_appeal():
    office, ways = await service.office("500103"), await service.remedies("500103")
    assert (office.name, office.mark) == ("重庆市渝中区教育委员会", "渝中教")
    assert (ways.review_authority, ways.court) == ("重庆市渝中区人民政府", "重庆市渝中区人民法院")
    with pytest.raises(Missing):
        await service.office("999999")


@pytest.mark.parametrize("actor", [ADMIN, AUDITOR, EXAMINER, CLERK])
async def test_only_the_city_adds_an_authority(actor):
    with pytest.raises(Missing):
        await authorities.add_authority(an_authority(), key="k", actor=actor, now=clock.now())


async def test_an_authority_sent_twice_is_added_once():
    for _ in range(2):
        await authorities.add_authority(an_authority(), key="k", actor=CITY, now=clock.now())
    assert await entries("district.add") == 1


@pytest.mark.parametrize(("given", "field"), [({"code": "500112"}, "code"), ({"code": "500901"}, "code"),
    ({"name": "渝中区"}, "name"), ({"mark": "渝中教"}, "mark"), ({"code": "500900"}, "code")])  # fmt: skip
async def test_an_authority_takes_no_others_code_name_or_mark(given, field):
    with pytest.raises(Invalid) as refused:
        await authorities.add_authority(an_authority(**given), key="k", actor=CITY, now=clock.now())
    assert field in {error.path for error in refused.value.errors}
    assert await entries("district.add") == 0


async def test_of_two_who_change_an_authority_at_once_one_wins():
    order = an_authority(ChangeAuthority, code="500103", version=1)
    done = await asyncio.gather(
        *(authorities.change_authority(order, actor=CITY, now=clock.now()) for _ in range(4)), return_exceptions=True
    )
    assert [type(one) for one in done].count(Conflict) == 3
    assert await entries("district.change") == 1


@pytest.mark.parametrize(("name", "codes", "is_one"), [
    ("重庆市渝中区人民小学校", [], True), ("重庆市 渝中区 人民小学校", [], True), ("重庆市渝中区人民小学", [], False),
    ("某某公司", [CREDIT], True), ("某某公司", [f" {CREDIT.lower()} "], True), ("某某公司", ["", "2150000001"], True),
    ("某某公司", [""], False)])  # fmt: skip
async def test_an_organiser_is_a_school_by_name_or_by_code(name, codes, is_one):
    await a_school(code="2150000001", credit_code=CREDIT)
    assert (await service.is_school("500103", name, codes) is not None) is is_one


async def test_a_school_of_another_district_is_found_by_its_code_and_not_by_its_name():
    school = await a_school("实验小学", actor=NEIGHBOUR, credit_code=CREDIT)
    assert await service.is_school("500103", "实验小学") is None
    assert await service.is_school("500103", "某公司", [CREDIT]) == school


async def test_a_district_without_a_list_says_so():
    assert await service.has_schools("500103") is False
    await a_school()
    assert await service.has_schools("500103") is True


@pytest.mark.parametrize("actor", [NEIGHBOUR, CITY, AUDITOR, EXAMINER, CLERK])
async def test_a_district_alone_changes_its_schools(actor):
    school = await a_school()
    with pytest.raises(Missing):
        await schools.move_school(
            MoveSchool(school_id=school.id, version=1), is_active=False, actor=actor, now=clock.now()
        )
    order = ChangeSchool(school_id=school.id, version=1, name="别的名称", stages=("primary",))
    with pytest.raises(Missing):
        await schools.change_school(order, actor=actor, now=clock.now())


async def test_a_stale_change_of_a_school_leaves_nothing_behind():
    school = await a_school()
    order = ChangeSchool(school_id=school.id, version=1, name="别的名称", stages=("primary",))
    await schools.change_school(order, actor=ADMIN, now=clock.now())
    with pytest.raises(Conflict):
        await schools.change_school(order, actor=ADMIN, now=clock.now())
    assert await entries("school.change") == 1


async def test_a_school_stands_once_on_a_list():
    await a_school(code="2150000001")
    for given in ({"name": "重庆市渝中区人民 小学校"}, {"name": "另一所小学", "code": "2150000001"}):
        with pytest.raises(Invalid):
            await a_school(**given)
    assert (await a_school(actor=NEIGHBOUR)).district == "500112"


@pytest.mark.parametrize("words", ["%", "_", "\\", "'", "100%_\\'"])
async def test_signs_in_a_search_stand_for_themselves(words):
    await a_school()
    assert (await schools.find(FindSchools(q=words), actor=ADMIN)).schools == []


async def test_a_list_is_taken_over_once():
    content = "name,code,credit_code,premises,stages\n甲小学,,,,小学\n".encode()
    number = await importing.hand_in(content, key=new_key(), actor=ADMIN, now=clock.now())
    done = await asyncio.gather(
        *(importing.take_over(number, actor=ADMIN, now=clock.now()) for _ in range(3)), return_exceptions=True
    )
    assert [type(one) for one in done].count(Conflict) == 2
    assert await entries("school.take-over") == 1
    with pytest.raises(Missing):
        await importing.looked_at(number, actor=NEIGHBOUR)


async def test_a_list_that_changed_after_the_look_at_it_is_not_taken_over():
    content = "name,code,credit_code,premises,stages\n甲小学,,,,小学\n".encode()
    number = await importing.hand_in(content, key=new_key(), actor=ADMIN, now=clock.now())
    await a_school("甲小学")
    with pytest.raises(Conflict):
        await importing.take_over(number, actor=ADMIN, now=clock.now())


async def test_a_day_that_the_city_enters_is_a_holiday_for_every_deadline():
    before = await service.calendar()
    await days.enter_day(a_day(), actor=CITY, now=clock.now())
    after = await service.calendar()
    assert (before.is_working(date(2026, 12, 1)), after.is_working(date(2026, 12, 1))) == (True, False)
    await days.enter_day(a_day(kind="ordinary", version=await days.version()), actor=CITY, now=clock.now())
    assert (await service.calendar()).is_working(date(2026, 12, 1))
    assert len(await db.rows("SELECT id FROM outbox_job WHERE topic = 'calendar.changed'")) == 2


async def test_the_same_day_sent_twice_is_entered_once():
    for _ in range(2):
        await days.enter_day(a_day(), actor=CITY, now=clock.now())
    assert await entries("calendar.day") == 1


async def test_a_stale_form_does_not_undo_what_somebody_entered():
    await days.enter_day(a_day(), actor=CITY, now=clock.now())
    with pytest.raises(Conflict) as lost:
        await days.enter_day(a_day(kind="ordinary"), actor=CITY, now=clock.now())
    assert "放假" in lost.value.winner


async def test_a_workday_is_no_make_up_day():
    with pytest.raises(Invalid):
        await days.enter_day(a_day(kind="makeup"), actor=CITY, now=clock.now())
    await days.enter_day(a_day("2026-12-05", kind="makeup"), actor=CITY, now=clock.now())
    assert (await service.calendar()).kind(date(2026, 12, 5)) == "makeup"


@pytest.mark.parametrize("actor", [ADMIN, AUDITOR, EXAMINER, CLERK])
async def test_only_the_city_keeps_the_calendar(actor):
    with pytest.raises(Missing):
        await days.enter_day(a_day(), actor=actor, now=clock.now())


async def test_an_entered_year_is_known_and_replaces_what_was_there():
    order = EnterYear(year=2026, holidays="元旦 1月1日至3日", makeup_days="", cite=NOTICE, version="0.0")
    await days.enter_year(order, actor=CITY, now=clock.now())
    found = await service.calendar()
    assert not found.is_working(date(2026, 1, 1))
    assert found.is_working(date(2026, 10, 1)), "a holiday of the shipped calendar that the notice doesn't name"
    assert {day for day in found.makeup_days if day.year == 2026} == set()
    assert found.is_working(date(2025, 9, 28)), "other years stay"


async def test_a_year_is_provisional_until_it_is_entered():
    assert not (await service.calendar()).knows(date(2027, 3, 1))
    order = EnterYear(year=2027, holidays="元旦：1月1日（周五）至3日（周日）放假，共3天", cite=NOTICE, version="0.0")
    await days.enter_year(order, actor=CITY, now=clock.now())
    found = await service.calendar()
    assert found.knows(date(2027, 3, 1))
    assert not found.is_working(date(2027, 1, 1))


async def test_a_districts_value_lies_over_the_citys_and_that_over_the_shipped_one():
    now = clock.now()
    await values.enter_value(a_value("20:10"), actor=CITY, now=now)
    await values.enter_value(a_value("20:00", since="2027-01-01", until="2027-01-31", version=1), actor=ADMIN, now=now)

    async def ends(day, district):
        return (await service.policy(None, district)).value("latest-end", date.fromisoformat(day)).value

    assert [await ends("2026-11-30", "500103"), await ends("2026-12-01", "500103")] == [time(20, 30), time(20, 10)]
    assert [await ends("2027-01-01", "500103"), await ends("2027-02-01", "500103")] == [time(20, 0), time(20, 10)]
    assert [await ends("2027-01-01", "500112"), await ends("2027-01-01", None)] == [time(20, 10), time(20, 10)]
    assert shipped.policy().value("latest-end", date(2027, 1, 1)).value == time(20, 30)


async def test_a_district_sets_no_value_for_another():
    with pytest.raises(Missing):
        await values.enter_value(a_value(district="500112"), actor=ADMIN, now=clock.now())
    for district in ("500112", "500103"):
        found = await service.policy(None, district)
        assert found.value("latest-end", date(2027, 1, 1)).value == time(20, 30)
    for actor in (AUDITOR, EXAMINER, CLERK):
        with pytest.raises(Missing):
            await values.enter_value(a_value(), actor=actor, now=clock.now())


@pytest.mark.parametrize(("name", "value"), [("latest-end", "25:00"), ("latest-end", "20"), ("prepaid-months", "2.5"),
    ("prepaid-months", "-1"), ("prepaid-months", "NaN"), ("prepaid-months", "1e9999"), ("area-per-student-m2", "x"),
    ("area-per-student-m2", "3.001")])  # fmt: skip
async def test_a_value_of_another_sort_is_refused(name, value):
    with pytest.raises(Invalid):
        await values.enter_value(a_value(value, name=name), actor=CITY, now=clock.now())
    assert await entries("policy.value") == 0


async def test_of_values_entered_at_once_from_the_same_page_one_wins():
    orders = [a_value(f"20:0{minute}") for minute in range(5)]
    done = await asyncio.gather(
        *(values.enter_value(order, actor=CITY, now=clock.now()) for order in orders), return_exceptions=True
    )
    assert [type(one) for one in done].count(Conflict) == 4


@pytest.mark.parametrize("actor", [ADMIN, EXAMINER, CLERK])
async def test_the_log_is_hidden_from_those_who_act(actor):
    with pytest.raises(Missing):
        await log.read(FindEntries(), actor=actor)


async def test_the_log_holds_no_names_of_schools():
    school = await a_school("很特别的小学")
    found = await log.read(FindEntries(subject=f"school:{school.id}"), actor=AUDITOR)
    assert [entry.action for entry in found.entries] == ["school.add"]
    assert "很特别" not in str(found.entries)
