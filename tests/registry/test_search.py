"""What a search finds, in which order, by either plan."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.kernel.errors import Invalid
from portal.registry import cursor, service, store
from portal.registry.search import Wanted, plan
from tests.factories.institutions import TODAY, a_licence, ended, restricted


async def names(wanted: Wanted, way=store.narrow, today: date = TODAY) -> list[str]:
    return [entry.name for entry in (await way(wanted, today, None, 100)).entries]


async def test_a_walk_that_passes_too_many_names_leaves_the_answer_to_the_index(database, monkeypatch):
    for number in range(6):
        await a_licence(f"甲{number}")
    await a_licence("重庆春芽")
    monkeypatch.setattr(store, "PASSED", 3)
    assert await store.walk(Wanted("春芽"), TODAY, None, 5) is None
    found = await service.search(Wanted("春芽"), today=TODAY)
    assert [entry.name for entry in found.entries] == ["重庆春芽"]


async def both(wanted: Wanted, today: date = TODAY) -> list[str]:
    by_index, by_walk = await names(wanted, store.narrow, today), await names(wanted, store.walk, today)
    assert by_index == by_walk
    return by_index


async def test_the_exact_name_comes_first_then_names_that_begin_so_then_the_others(database):
    for name in ("重庆春芽", "春芽艺术", "春芽", "阿春芽", "夏荷"):
        await a_licence(name)
    assert await both(Wanted("春芽")) == ["春芽", "春芽艺术", "重庆春芽", "阿春芽"]


async def test_an_ended_licence_comes_last_and_is_never_hidden(database):
    number = await a_licence("春芽")
    await a_licence("重庆春芽")
    await a_licence("春芽旧址", valid_to=date(2026, 11, 22))
    await ended(number, "revoked", date(2026, 10, 1))
    assert await both(Wanted("春芽")) == ["重庆春芽", "春芽", "春芽旧址"]


@pytest.mark.parametrize(
    "words",
    ["芽", "春芽", "美术培训", "中山四路", "chunya", "cqcy", "ＣＱＣＹ", " 春 芽 ", "春\u200b芽", "chunyameishupeixun"],
)
async def test_name_address_pinyin_and_initials_find_it(database, words):
    await a_licence("重庆春芽美术培训有限公司")
    await a_licence("重庆夏荷围棋培训有限公司", address="重庆市渝中区民生路1号")
    assert await both(Wanted(words)) == ["重庆春芽美术培训有限公司"]


@pytest.mark.parametrize("form", ["{}", "教民{}号", "{:.10}"])
async def test_a_licence_number_finds_it_however_it_is_written(database, form):
    number = await a_licence()
    await a_licence("别家", district="500112")
    assert await names(Wanted(form.format(number))) == ["重庆春芽美术培训有限公司"]


async def test_a_social_credit_code_finds_it(database):
    await a_licence(credit_code="91500103MA5U0000X1")
    assert await names(Wanted("91500103ma5u0000x1")) == ["重庆春芽美术培训有限公司"]


@pytest.mark.parametrize("words", ["%", "_", "'", "\\", "%_'\\", "春_", "'; DROP TABLE licence --"])
async def test_signs_of_the_query_language_are_mere_letters(database, words):
    await a_licence("春芽")
    assert await both(Wanted(words)) == []
    await a_licence(f"甲{words}乙")
    assert await both(Wanted(words)) == [f"甲{words}乙"]


async def test_filters_combine(database):
    await a_licence("春芽一", programmes=(("maths", "senior"), ("art", "primary")))
    await a_licence("春芽二", district="500112", programmes=(("art", "junior"),))
    assert await both(Wanted("春芽", district="500112")) == ["春芽二"]
    assert await both(Wanted("春芽", category="academic", stage="senior")) == ["春芽一"]
    assert await both(Wanted(stage="junior", category="non-academic", district="500112")) == ["春芽二"]
    assert await both(Wanted("春芽", district="500112", category="academic")) == []
    assert await both(Wanted()) == ["春芽一", "春芽二"]


async def test_the_status_is_that_of_the_day(database):
    await a_licence("甲", valid_to=date(2026, 11, 23))
    number = await a_licence("乙")
    await restricted(number, "stop-enrol", date(2026, 11, 24), date(2026, 11, 30))
    await ended(await a_licence("丙"), "revoked", date(2026, 1, 5))
    assert await both(Wanted(status="in-force")) == ["甲", "乙"] or await both(Wanted(status="in-force")) == [
        "乙",
        "甲",
    ]
    assert await both(Wanted(status="restricted")) == []
    tomorrow = date(2026, 11, 24)
    assert await both(Wanted(status="expired"), tomorrow) == ["甲"]
    assert await both(Wanted(status="restricted"), tomorrow) == ["乙"]
    assert await both(Wanted(status="in-force"), tomorrow) == []
    assert await both(Wanted(status="in-force"), date(2026, 12, 1)) == ["乙"]
    assert await both(Wanted(status="revoked"), tomorrow) == ["丙"]


async def test_the_cursor_of_another_search_is_refused(database):
    for number in range(3):
        await a_licence(f"春芽{number}")
    found = await service.search(Wanted("春芽"), today=TODAY, limit=1)
    assert found.next
    for other in (Wanted("春"), Wanted("春芽", stage="primary")):
        with pytest.raises(Invalid):
            await service.search(other, today=TODAY, after=found.next)
    for forged in (found.next[:-2], "AAAA", "不是", "é", found.next + "="):
        if forged != found.next + "=":
            with pytest.raises(Invalid):
                cursor.read(forged, Wanted("春芽"))


async def test_a_walk_counts_to_a_thousand_and_says_so(database):
    from portal.institutions.generate import generate

    await generate(1_100, seed=1)
    found = await service.search(Wanted(), today=TODAY, limit=5)
    assert (found.total, found.is_exact, len(found.entries)) == (1_000, False, 5)


@pytest.fixture
async def many(database):
    for index, name in enumerate(["春芽", "春芽甲", "春芽", "甲春芽", "乙春芽", "春芽甲", "夏", "春夏", "芽春芽"]):
        number = await a_licence(name, district=("500103", "500112")[index % 2])
        if index % 3 == 0:
            await ended(number, "terminated", date(2026, 2, 2))


@given(words=st.sampled_from(["", "春", "春芽", "chun", "cy", "甲"]), limit=st.integers(1, 4), walks=st.booleans(),
       district=st.sampled_from(["", "500103"]))  # fmt: skip
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_pages_together_are_the_whole_without_repeats(many, words, limit, walks, district):
    wanted, way = Wanted(words, district=district), store.walk if walks else store.narrow
    found = await store.narrow(wanted, TODAY, None, 100)
    whole, size = found.entries, found.size
    paged, place = [], None
    while page := (await way(wanted, TODAY, place, limit)).entries:
        assert len(page) <= limit
        paged += page
        place = page[-1].place
        assert cursor.read(cursor.write(place, wanted), wanted) == place
    assert [(one.id, one.place) for one in paged] == [(one.id, one.place) for one in whole]
    assert len({one.id for one in paged}) == size


def test_the_plan_follows_how_many_rows_hold_the_piece():
    counted = {"": 1_000_000, "教育": 476_000, "春芽": 4_000, "=d500103": 25_000, "=sprimary": 600_000}
    assert plan(Wanted("教育"), counted) == "walk"
    assert plan(Wanted("春芽教育"), counted) == "narrow"
    assert plan(Wanted("没有过"), counted) == "narrow"
    assert plan(Wanted("教育", district="500103"), counted) == "narrow"
    assert plan(Wanted(stage="primary"), counted) == "walk"
    assert plan(Wanted(), counted) == "walk"
    assert plan(Wanted(status="revoked"), counted) == "narrow"
    assert plan(Wanted(status="terminated"), {**counted, "=eterminated": 20_000}) == "walk"
    assert plan(Wanted("春芽", status="terminated"), {**counted, "=eterminated": 20_000}) == "narrow"
    assert plan(replace(Wanted("教育"), q="150010370000021"), counted) == "narrow"
