"""A bureau's own value reaches whatever is judged and decided in its district, and nothing elsewhere."""

import pytest

from portal.base.actor import Actor
from portal.districts.service import values
from portal.institutions import service as institutions
from portal.licensing.service import questions
from schemas.districts import EnterValue
from tests.factories.districts import the_districts
from tests.factories.licensing import CLERK, NOON, a_decided, a_draft, found

YUZHONG = Actor("district-admin", 401, "郑管", district="500103")
YUBEI = Actor("district-admin", 402, "冯管", district="500112")


async def enters(actor: Actor, name: str, value: str) -> None:
    order = EnterValue(
        name=name, value=value, since="2026-11-01", cite="bureau-own", reason="本地文件〔2026〕1号",
        version=await values.version(),
    )  # fmt: skip
    await values.enter_value(order, actor=actor, now=NOON)


@pytest.mark.parametrize(("actor", "status"), [(YUZHONG, "failed"), (YUBEI, "passed")])
async def test_the_capital_that_a_district_asks_for_is_checked_there_alone(
    database: str, actor: Actor, status: str
) -> None:
    await the_districts()
    await enters(actor, "start-up-capital-fen", "50000000000")
    file = await questions.file(CLERK, await a_draft(), today=NOON.date())
    assert {check.status for check in file.checks if check.rule == "capital"} == {status}


@pytest.mark.parametrize(("actor", "last"), [(YUZHONG, "2031-11-22"), (YUBEI, "2029-11-22")])
async def test_a_licence_lasts_as_long_as_its_district_says(database: str, actor: Actor, last: str) -> None:
    await the_districts()
    await enters(actor, "licence-years", "5")
    case = await found(await a_decided())
    assert case.licence_number is not None
    assert str((await institutions.licence(case.licence_number)).valid_to) == last
