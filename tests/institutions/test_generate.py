"""Made-up licences stand beside real ones: numbers go on, the log is whole, the search finds them."""

from portal.base import audit, db
from portal.institutions.generate import generate
from portal.institutions.searching import findable
from portal.kernel import ids
from portal.registry import service
from portal.registry.search import Wanted
from tests.factories.institutions import TODAY, a_licence


async def test_generated_licences_and_granted_ones_share_one_row_of_numbers(database):
    before = await a_licence("春芽")
    await generate(300, seed=4)
    after = await a_licence("春芽后")
    rows = await db.rows("SELECT number FROM licence WHERE district = '500103' ORDER BY number")
    serials = [int(row["number"][8:14]) for row in rows]
    assert serials == list(range(1, len(rows) + 1))
    assert (before, after) == (rows[0]["number"], rows[-1]["number"])
    assert all(ids.licence_number(row["number"]) for row in rows)


async def test_a_batch_is_one_entry_of_a_whole_log(database):
    await generate(50, seed=4)
    assert len(await db.rows("SELECT 1 FROM audit_entry WHERE action = 'licence.generate'")) == 1
    assert (await audit.verify()).broken is None


async def test_every_generated_licence_is_found_has_a_history_and_is_marked_as_made_up(database):
    await generate(40, seed=7)
    found = await service.search(Wanted(), today=TODAY, limit=100)
    assert found.total == 40
    for entry in found.entries:
        assert entry.is_demo
        again = await service.search(Wanted(entry.name), today=TODAY, limit=100)
        assert entry.number in [one.number for one in again.entries]
    assert len(await db.rows("SELECT DISTINCT licence_id FROM licence_version")) == 40


def test_pinyin_and_initials_keep_what_is_no_chinese_character():
    found = findable("重庆Art2号学校", "", "500103", ())
    assert (found.sound, found.initials) == ("chongqingart2haoxuexiao", "cqart2hxx")
