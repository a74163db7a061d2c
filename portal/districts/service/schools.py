"""A district keeps its list of schools; the organiser check, the in-service register and advertising lean on it."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime

from portal.base import audit, db, idempotency
from portal.base.access import Subject
from portal.base.actor import Actor
from portal.districts import rules
from portal.districts.rules import Written
from portal.districts.store import schools
from portal.districts.store.schools import School
from portal.kernel.errors import Conflict, FieldError, Invalid, Missing
from schemas.districts import AddSchool, ChangeSchool, FindSchools, MoveSchool

TAKEN = {
    "name": "名单里已有同名学校。查一查是不是同一所",
    "code": "这个标识码已属于另一所学校，核对后再填",
    "credit_code": "这个信用代码已属于另一所学校，核对后再填",
}
CHANGED = "另一位管理员刚刚改了这所学校。看过现在的内容再改"
HEAD = ("学校名称", "学校标识码", "统一社会信用代码", "地址", "学段")
READERS = {"city-admin", "auditor"}


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list of schools."""

    schools: list[School]
    has_next: bool


def own(actor: Actor) -> str:
    """The district whose list this administrator keeps."""
    if actor.role != "district-admin" or actor.district is None:
        raise Missing
    return actor.district


def readable(actor: Actor, asked: str) -> str | None:
    """The district whose list is shown: one's own, or for city and auditors the one asked for, or all."""
    return (asked or None) if actor.role in READERS else own(actor)


async def subject(school_id: str) -> Subject | None:
    """What permissions ask of a school: in which district it is, whether it is on the list."""
    found = await schools.by_id(int(school_id)) if school_id.isdecimal() and len(school_id) < 19 else None
    return Subject("active" if found.is_active else "closed", found.district) if found else None


async def find(order: FindSchools, *, actor: Actor) -> Listed:
    """One page of the list, by name."""
    is_active = {"active": True, "closed": False}.get(order.state)
    found = await schools.found(readable(actor, order.district), order.q, is_active, order.page)
    return Listed(found[: schools.PAGE], len(found) > schools.PAGE)


async def school(school_id: int, *, actor: Actor) -> School:
    """One school of the administrator's own district."""
    found = await schools.by_id(school_id)
    if found is None or found.district != own(actor):
        raise Missing
    return found


async def judge(district: str, given: Written, but: int = 0) -> None:
    """Refuse an entry that can't be right, or that stands on a list already. Inside the caller's transaction."""
    faults = rules.school_fault(given)
    taken = await schools.taken(district, given, but)
    errors = [FieldError(field, text) for field, text in faults.items()]
    errors += [FieldError(field, TAKEN[field]) for field in TAKEN if field in taken]
    if errors:
        raise Invalid(errors)


async def add_school(order: AddSchool, *, key: str, actor: Actor, now: datetime) -> None:
    """Put a school on the district's list."""
    district, given = own(actor), rules.written_school(order)
    async with db.tx():
        if not await idempotency.claim(key, actor, "admin.school_new", given.name_key[:80]):
            return
        await schools.lock(district)
        await judge(district, given)
        school_id = await schools.add(district, given, now)
        await audit.record(actor, "school.add", f"school:{school_id}", now, district=district)


async def change_school(order: ChangeSchool, *, actor: Actor, now: datetime) -> None:
    """Write a school of the list anew."""
    before, given = await school(order.school_id, actor=actor), rules.written_school(order)
    async with db.tx():
        await schools.lock(before.district)
        await judge(before.district, given, before.id)
        if not await schools.change(before.id, order.version, given):
            raise Conflict(CHANGED)
        fields = [name for name in ("name", "code", "credit_code", "premises", "stages")
                  if getattr(given, name) != getattr(before, name)]  # fmt: skip
        await audit.record(actor, "school.change", f"school:{before.id}", now, fields=fields)


async def move_school(order: MoveSchool, *, is_active: bool, actor: Actor, now: datetime) -> None:
    """Take a school off the list, or put it back; nothing is deleted, so that old checks can be explained."""
    found = await school(order.school_id, actor=actor)
    given = Written(found.name, rules.school_key(found.name), found.code, found.credit_code, "", ())
    async with db.tx():
        await schools.lock(found.district)
        if is_active and await schools.taken(found.district, given, found.id):
            raise Conflict("名单里已有同名或同代码的学校，先停用那一条，再恢复这一条")
        if not await schools.set_active(found.id, order.version, is_active=is_active):
            raise Conflict(CHANGED)
        action = "school.reopen" if is_active else "school.close"
        await audit.record(actor, action, f"school:{found.id}", now)


async def exported(*, actor: Actor) -> bytes:
    """The district's list as CSV that spreadsheets open in Chinese, without cells that they would run."""
    found = await schools.of_district(own(actor))
    return comma_separated([(s.name, s.code, s.credit_code, s.premises, rules.stage_words(s.stages)) for s in found])


def template() -> bytes:
    """An empty list with one example line, to be filled in and handed in."""
    return comma_separated([("示例小学（填写前删去这一行）", "2150000000", "", "示例路 1 号", "小学、初中")])


def comma_separated(rows: list[tuple[str, ...]]) -> bytes:
    """A CSV file in UTF-8 with the mark that Excel needs."""
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *([rules.safe_cell(cell) for cell in row] for row in rows)])
    return out.getvalue().encode("utf-8-sig")
