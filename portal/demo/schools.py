"""The list of schools that each district of the demo keeps: invented ones, entered as its administrator would."""

from portal.base import clock
from portal.base.actor import Actor
from portal.districts import service as districts
from portal.districts.service import schools
from schemas.districts import AddSchool

INVENTED = (
    ("{}晴川路小学校", "晴川路 8 号", ("primary",)),
    ("{}星禾实验小学校", "星禾街 15 号", ("primary",)),
    ("{}竹影中学校", "竹影路 3 号", ("junior", "senior")),
    ("{}云帆初级中学校", "云帆大道 21 号", ("junior",)),
    ("{}木棉幼儿园", "木棉巷 6 号", ("preschool",)),
)


async def enter(administrator: Actor) -> None:
    """Enter the list of the administrator's district, unless it has one."""
    code = str(administrator.district)
    if await districts.has_schools(code):
        return
    where = (await districts.district(code)).name
    for name, address, stages in INVENTED:
        given = {"name": name.format(where), "premises": f"重庆市{where}{address}", "stages": stages}
        key = f"demo:school:{code}:{name}"
        await schools.add_school(AddSchool.model_validate(given), key=key, actor=administrator, now=clock.now())
