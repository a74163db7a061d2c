"""The institutions of the demo, invented: each has people, premises and programmes of its own, dated by its own day.

The same serial always gives the same institution, so that a load that was cut off goes on with it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from portal.kernel.calendar import months_later
from portal.licensing import samples

SURNAMES = "林江苏程唐顾叶石许何沈韩潘杜袁邹"
GIVEN = ("秋", "予", "禾", "越", "果", "青", "舟", "岚", "知远", "明溪", "一诺", "子衿", "亦然", "书遥", "静姝", "云起")
ROADS = ("晴川路", "星禾街", "竹影路", "云帆大道", "木棉巷", "朝露街", "南山支路", "溪语路")
KINDS = {
    "艺术培训": ("music", "art", "drama"),
    "舞蹈培训": ("dance",),
    "美术培训": ("art", "calligraphy"),
    "文体培训": ("sport", "chess", "calligraphy"),
    "科技培训": ("programming", "robotics", "science"),
}
STAGES = ("primary", "junior", "senior")
AREAS = (330, 360, 420, 480, 560, 640)


@dataclass(frozen=True, slots=True)
class Premises:
    """Where it teaches: three quarters of the floor are teaching rooms, and nobody has less than the law asks."""

    address: str
    floor: int
    area_m2: int
    rooms: int

    @property
    def room_m2(self) -> int:
        """The area of each room."""
        return self.area_m2 * 3 // 4 // self.rooms

    @property
    def capacity(self) -> int:
        """How many pupils it declares for one time: three square metres for each, and some to spare."""
        return self.rooms * self.room_m2 // 4


def people(serial: int) -> list[str]:
    """Eight different people of an institution; the first is its organiser and clerk."""
    chance = Random(f"people {serial}")  # noqa: S311 invented, nothing secret
    names = [surname + given for surname in SURNAMES for given in GIVEN]
    return chance.sample(names, 8)


def premises(where: str, serial: int, *, is_small: bool = False) -> Premises:
    """The premises of an institution; small ones miss the least area."""
    chance = Random(f"premises {serial}")  # noqa: S311
    floor = chance.randrange(2, 6)
    address = f"{where}{chance.choice(ROADS)} {chance.randrange(2, 120)} 号 {floor} 楼"
    return Premises(address, floor, 210 if is_small else chance.choice(AREAS), chance.randrange(3, 7))


def programmes(name: str, serial: int) -> list[dict[str, str]]:
    """What an institution of this name teaches: one to three of the subjects that its name speaks of."""
    chance = Random(f"programmes {serial}")  # noqa: S311
    subjects = next(subjects for kind, subjects in KINDS.items() if kind in name)
    taught = [(subject, stage) for subject in subjects for stage in STAGES]
    return [{"subject": subject, "stage": stage} for subject, stage in sorted(chance.sample(taught, 2))]


def answers(
    where: str, name: str, serial: int, on: date, *, district: str, is_small: bool = False
) -> dict[str, dict[str, Any]]:
    """Every section of the institution's application as it was written on a day."""
    whole = samples.answers(where, name, serial, district=district)
    who, place, taught = people(serial), premises(where, serial, is_small=is_small), programmes(name, serial)
    whole = samples.changed(whole, "institution", contact_name=who[0], contact_address=place.address)
    (organiser,) = whole["organisers"]["organisers"]
    whole = samples.changed(whole, "organisers", organisers=[{**organiser, "name": who[0]}])
    whole = samples.changed(whole, "legal-representative", name=who[0])
    whole = samples.changed(whole, "principal", name=who[1])
    whole = samples.changed(whole, "premises", **_premises(place, on))
    whole = samples.changed(whole, "programmes", programmes=taught)
    whole = samples.changed(whole, "board", members=_board(whole["board"]["members"], who))
    return samples.changed(whole, "teachers", teachers=_teachers(whole["teachers"]["teachers"], who, taught, on))


def _premises(place: Premises, on: date) -> dict[str, Any]:
    begins = on.replace(day=1)
    return {
        "address": place.address, "floor": f"{place.floor} 楼", "floor_area_m2": str(place.area_m2),
        "capacity": str(place.capacity), "lease_from": begins.isoformat(),
        "lease_to": (months_later(begins, 60) - timedelta(days=1)).isoformat(),
        "rooms": [
            {"name": f"{place.floor}0{number}", "area_m2": str(place.room_m2)} for number in range(1, place.rooms + 1)
        ],
    }  # fmt: skip


def _board(members: list[dict[str, Any]], who: list[str]) -> list[dict[str, Any]]:
    first = [{**members[0], "position": "理事长"}]
    return [{**member, "name": name} for member, name in zip([*first, *members[1:]], [*who[:2], *who[5:]], strict=True)]


def _teachers(
    teachers: list[dict[str, Any]], who: list[str], taught: list[dict[str, str]], on: date
) -> list[dict[str, Any]]:
    begins = on.replace(day=1)
    dates = {"contract_from": begins.isoformat(), "contract_to": months_later(begins, 36).isoformat()}
    return [
        {**teacher, **taught[order % len(taught)], **dates, "name": name}
        for order, (teacher, name) in enumerate(zip(teachers, who[2:5], strict=True))
    ]
