"""Many made-up institutions for demonstrations and measurements: by COPY, without any real name."""

import asyncio
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from portal.base import audit, clock, db
from portal.base.actor import CLOCK
from portal.institutions import store
from portal.institutions.searching import findable
from portal.kernel import ids
from portal.kernel.programmes import ACADEMIC, NON_ACADEMIC
from portal.policy import shipped

BATCH = 10_000
MANY = 50_000
FIRST = "春夏秋冬晨星朗清和嘉睿博思启明远航文雅知行乐童慧学新东南西北山川江河海云天阳光"
SECOND = "芽荷枫梅曦辰月风悦禾哲雅源蒙德帆翰韵味园果成才苑程木林松竹兰石泉湖舟帆霞川岭"
KINDS = ("教育培训", "艺术培训", "文化培训", "教育咨询", "体育培训", "科技培训", "美术培训", "音乐培训")
ENDS = ("有限公司", "学校", "中心", "有限责任公司")
ROADS = ("民生", "中山", "人民", "解放", "建新", "红旗", "学府", "金开", "松石", "龙湖", "天星", "石桥")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "明华芳丽强军敏静磊洋"
COLUMNS = (
    "number", "district", "name", "address", "organisers", "legal_representative", "principal", "credit_code",
    "floor_area_m2", "programmes", "valid_from", "valid_to", "issue", "ending", "ended_on", "is_demo", "version",
    "created", "folded", "place", "sound", "initials", "marks", "grams",
)  # fmt: skip


async def generate(count: int, seed: int = 0) -> None:
    """Write so many institutions, spread over the city's districts; one audit entry a batch, counters set right."""
    chance, districts = random.Random(seed), shipped.read("districts")["district"]  # noqa: S311 nothing secret
    if count >= MANY:
        await store.without_index()
    try:
        for first in range(0, count, BATCH):
            await _batch(min(BATCH, count - first), chance, [(one["code"], one["name"]) for one in districts])
    finally:
        await store.with_index()
    await store.refresh_holders()


async def _batch(size: int, chance: random.Random, districts: list[tuple[str, str]]) -> None:
    chosen = sorted(chance.choices(districts, k=size))
    counted = {code: sum(1 for district, _ in chosen if district == code) for code, _ in dict.fromkeys(chosen)}
    async with db.tx():
        reached = {code: await store.reserve(code, needed) for code, needed in counted.items()}
        serials = {code: iter(range(last - counted[code] + 1, last + 1)) for code, last in reached.items()}
        numbered = [(district, name, next(serials[district])) for district, name in chosen]
        rows = await asyncio.to_thread(lambda: list(_rows(numbered, chance)))
        first, last = await store.copy(COLUMNS, rows)
        await audit.record(CLOCK, "licence.generate", "licences", clock.now(), count=size, first=first, last=last)


def _rows(numbered: list[tuple[str, str, int]], chance: random.Random) -> Iterator[tuple[Any, ...]]:
    """Make up the rows of a batch."""
    today, now = clock.today(), clock.now()
    for district, where, serial in numbered:
        name, address = _name(where, chance), _address(where, chance)
        programmes = _programmes(chance)
        found = findable(name, address, district, programmes)
        begins = today - timedelta(days=chance.randrange(30, 1_200))
        ending = chance.choices(("", "terminated", "revoked"), (97, 2, 1))[0]
        yield (
            ids.new_licence_number(district, serial), district, name, address, f"重庆{chance.choice(FIRST)}芽文化有限公司",
            _person(chance), _person(chance), "", Decimal(chance.randrange(120, 900)),
            json.dumps([{"subject": subject, "stage": stage} for subject, stage in programmes]),
            begins, _years_later(begins), 1, ending, today if ending else None, True, 1, now,
            found.folded, found.place, found.sound, found.initials, found.marks, found.grams,
        )  # fmt: skip


def _years_later(begins: date) -> date:
    return begins + timedelta(days=3 * 365)


def _name(where: str, chance: random.Random) -> str:
    word = chance.choice(FIRST) + chance.choice(SECOND)
    if chance.random() < 0.6:
        word += chance.choice(SECOND)
    return f"重庆{where.rstrip('区县')}{word}{chance.choice(KINDS)}{chance.choice(ENDS)}"


def _address(where: str, chance: random.Random) -> str:
    return f"重庆市{where}{chance.choice(ROADS)}路{chance.randrange(1, 400)}号{chance.randrange(1, 5)}层"


def _person(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2))))


def _programmes(chance: random.Random) -> tuple[tuple[str, str], ...]:
    if chance.random() < 0.1:
        return tuple((subject, "senior") for subject in chance.sample(sorted(ACADEMIC), 2))
    stages = chance.sample(("preschool", "primary", "junior", "senior"), chance.choice((1, 2)))
    return tuple((chance.choice(sorted(NON_ACADEMIC)), stage) for stage in stages)
