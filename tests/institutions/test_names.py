"""Which names of a district are taken: those of licences that have not ended."""

import pytest

from portal.institutions import service
from tests.factories.institutions import TODAY, a_licence, ended

NAMES = ("重庆春芽美术培训有限公司", "重庆 ＡＢＣ（北）Art 培训中心", "艺" * 120)


@pytest.mark.parametrize("name", NAMES)
async def test_a_licence_in_force_holds_its_name_in_its_district_alone(database, name):
    number = await a_licence(name)
    assert await service.name_in_use("500103", name) == number
    assert await service.name_in_use("500112", name) is None
    assert await service.name_in_use("500103", f"{name[:-1]}校") is None


async def test_an_ended_licence_gives_its_name_free(database):
    await ended(await a_licence(NAMES[0]), "terminated", TODAY)
    assert await service.name_in_use("500103", NAMES[0]) is None
