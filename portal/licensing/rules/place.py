"""Where it teaches: district, floor area, rooms, use, lease (Chongqing's standard; 属地化, Plan 7)."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from portal.kernel import calendar
from portal.kernel.limits import Limits
from portal.kernel.rule import Answer, Held, Hit, Unjudged, rule
from portal.licensing.facts import Application

NOT_WRITTEN = Unjudged("场所还没有填写")
USES = {"dwelling": "住宅", "basement": "地下室或半地下室"}


@rule(
    "premises-in-district",
    title="场所在受理申请的区县内",
    cites="plan-7",
    since="2018-12-28",
    says="地址写的是“{other}”，不在{limit}",
    holds="地址写明在{limit}",
)
def premises_in_district(facts: Application, _: Limits) -> Iterator[Answer]:
    """The address names the district that is applied to; one that names none can't be judged by a machine."""
    if facts.premises is None or not facts.premises.address:
        yield NOT_WRITTEN
        return
    address, own = facts.premises.address.removeprefix("重庆市"), facts.standing.district_name
    if own and own in address:
        yield Held(limit=own)
        return
    other = next((address[: at + 1] for at, letter in enumerate(address[:12]) if letter in "区县" and at >= 1), "")
    yield Hit(words={"other": other}, limit=own) if own and other else Unjudged("地址没有写明区县，请人工核对")


@rule(
    "premises-area",
    title="建筑面积不低于下限",
    cites="chongqing-premises",
    since="2018-12-28",
    needs=("premises-area-m2",),
    says="建筑面积 {measured} 平方米，少于 {limit} 平方米",
    holds="建筑面积 {measured} 平方米，不少于 {limit} 平方米",
)
def premises_area(facts: Application, limits: Limits) -> Iterator[Answer]:
    """The floor area reaches the floor."""
    if facts.premises is None or facts.premises.floor_area_m2 is None:
        yield NOT_WRITTEN
        return
    area, least = facts.premises.floor_area_m2, limits.number("premises-area-m2")
    yield (Held if area >= least else Hit)(measured=area, limit=least)


@rule(
    "premises-one-floor",
    title="场所在同一楼层",
    cites="chongqing-premises",
    since="2018-12-28",
    needs=("premises-floors-most",),
    says="场所占 {measured} 层，最多 {limit} 层",
    holds="场所占 {measured} 层",
)
def premises_one_floor(facts: Application, limits: Limits) -> Iterator[Answer]:
    """The floor area lies on one floor."""
    if facts.premises is None or facts.premises.floors is None:
        yield NOT_WRITTEN
        return
    floors, most = facts.premises.floors, limits.whole("premises-floors-most")
    yield (Held if 1 <= floors <= most else Hit)(measured=floors, limit=most)


@rule(
    "premises-use",
    title="场所不是住宅、地下室或半地下室",
    cites="chongqing-premises",
    since="2018-12-28",
    says="房屋用途是{use}，不能作培训场所",
    holds="房屋用途可以作培训场所",
)
def premises_use(facts: Application, _: Limits) -> Iterator[Answer]:
    """No dwelling and no basement."""
    if facts.premises is None or facts.premises.use is None:
        yield NOT_WRITTEN
    elif facts.premises.use in USES:
        yield Hit(words={"use": USES[facts.premises.use]})
    elif facts.premises.use == "other":
        yield Unjudged("房屋用途填的是其他，请人工核对产权证明")
    else:
        yield Held()


@rule(
    "teaching-rooms",
    title="教学用房不少于建筑面积的规定比例",
    cites="chongqing-premises",
    since="2018-12-28",
    needs=("teaching-area-share",),
    says="教室合计 {measured} 平方米，少于建筑面积的 {limit}（{least} 平方米）",
    holds="教室合计 {measured} 平方米，达到建筑面积的 {limit}",
)
def teaching_rooms(facts: Application, limits: Limits) -> Iterator[Answer]:
    """The teaching rooms make up their share of the floor area."""
    area = facts.premises.floor_area_m2 if facts.premises else None
    rooms = teaching_area(facts)
    if not area or rooms is None:
        yield Unjudged("建筑面积或教室面积还没有填全")
        return
    share = limits.share("teaching-area-share")
    least = (Fraction(area) * share).__ceil__()
    yield (Held if Fraction(rooms) >= Fraction(area) * share else Hit)(
        measured=rooms, limit=str(share), words={"least": least}
    )


def teaching_area(facts: Application) -> Decimal | None:
    """Add the rooms up; nothing where one lacks its area."""
    rooms = facts.premises.rooms if facts.premises else ()
    areas = [room.area_m2 for room in rooms if room.area_m2 is not None]
    return sum(areas, Decimal(0)) if rooms and len(areas) == len(rooms) else None


@rule(
    "area-per-pupil",
    title="同一时段生均面积不低于下限",
    cites="training-opinion-premises",
    since="2018-12-28",
    needs=("area-per-student-m2",),
    says="教室 {area} 平方米容纳 {capacity} 人，生均不足 {limit} 平方米，最多 {most} 人",
    holds="教室 {area} 平方米容纳 {capacity} 人，生均不低于 {limit} 平方米",
)
def area_per_pupil(facts: Application, limits: Limits) -> Iterator[Answer]:
    """3 m² for each pupil at the declared capacity, in the teaching rooms."""
    rooms = teaching_area(facts)
    capacity = facts.premises.capacity if facts.premises else None
    if rooms is None or capacity is None:
        yield Unjudged("教室面积或最多人数还没有填写")
        return
    least = limits.number("area-per-student-m2")
    words = {"area": rooms, "capacity": capacity, "most": int(rooms / least)}
    yield (Held if rooms >= least * capacity else Hit)(measured=rooms, limit=least, words=words)


@rule(
    "lease",
    title="租赁期从申请时起不短于规定年数",
    cites="chongqing-premises",
    since="2018-12-28",
    needs=("lease-years",),
    says="租赁到 {measured}，从今天起不满 {limit} 年",
    holds="{how}",
)
def lease(facts: Application, limits: Limits) -> Iterator[Answer]:
    """Own premises, or a lease that runs its years from the day of the check."""
    if facts.premises is None or facts.premises.tenure is None:
        yield NOT_WRITTEN
        return
    if facts.premises.tenure == "owned":
        yield Held(words={"how": "自有场所"})
        return
    ends, years = facts.premises.lease_to, limits.whole("lease-years")
    if ends is None:
        yield Unjudged("租赁截止日还没有填写")
    elif ends >= calendar.months_later(facts.today, 12 * years) - calendar.DAY:
        yield Held(measured=ends, limit=years, words={"how": f"租赁到 {ends}，从今天起满 {years} 年"})
    else:
        yield Hit(measured=ends, limit=years)


PLACE = (
    premises_in_district,
    premises_area,
    premises_one_floor,
    premises_use,
    teaching_rooms,
    area_per_pupil,
    lease,
)
