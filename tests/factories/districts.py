"""Districts and schools as tests need them, made through the use cases."""

from portal.base import clock
from portal.base.actor import Actor
from portal.districts import service
from portal.districts.service import schools
from portal.districts.store.schools import School
from schemas.districts import AddSchool

ADMIN = Actor("district-admin", 1, "区县管理员", "500103")
NEIGHBOUR = Actor("district-admin", 2, "邻区管理员", "500112")
CITY = Actor("city-admin", 3, "市级管理员")
AUDITOR = Actor("auditor", 4, "审计员")
EXAMINER = Actor("examiner", 5, "受理", "500103")
CLERK = Actor("clerk", 6, "经办人", None, 1)


async def the_districts() -> None:
    """Chongqing's districts and counties."""
    await service.ensure_seed()


async def a_school(
    name: str = "重庆市渝中区人民小学校",
    *,
    actor: Actor = ADMIN,
    code: str = "",
    credit_code: str = "",
    stages: tuple[str, ...] = ("primary",),
) -> School:
    """A school on the list of the administrator's district."""
    order = AddSchool.model_validate(
        {"name": name, "code": code, "credit_code": credit_code, "stages": stages, "premises": "和平路 1 号"}
    )
    await schools.add_school(order, key=f"{name}{actor.district}", actor=actor, now=clock.now())
    found = await service.is_school(str(actor.district), name)
    assert found is not None
    return found
