"""A district hands its list of schools in as CSV: first looked at, row by row, then taken over as a whole."""

from datetime import datetime
from typing import NamedTuple

from pydantic import ValidationError

from portal.base import audit, db, files, idempotency, uploads
from portal.base.access import Subject
from portal.base.actor import Actor
from portal.base.sheets.columns import Column
from portal.districts import rules
from portal.districts.rules import Written
from portal.districts.service.schools import own
from portal.districts.store import imports, schools
from portal.districts.store.imports import Import, Plan
from portal.districts.store.schools import School
from portal.kernel.errors import Conflict, FieldError, Invalid, Missing
from schemas.districts import AddSchool
from schemas.messages import in_chinese

COLUMNS = (
    Column("name", "学校名称"),
    Column("code", "学校标识码"),
    Column("credit_code", "统一社会信用代码"),
    Column("premises", "地址"),
    Column("stages", "学段"),
)
MOST_ROWS = 5_000
MOST_BYTES = 4 * 1024 * 1024
STAGES_SAY = "学段写成学前、小学、初中、高中，用顿号隔开"
NO_CSV = "这不是 CSV 文件。在表格软件里另存为 CSV 后再上传"


class Listed(NamedTuple):
    """A file's rows, each with its number: those in order, and what is wrong with the others."""

    rows: list[tuple[int, Written]]
    faults: list[tuple[int, str]]


async def subject(import_id: str) -> Subject | None:
    """What permissions ask of a handed-in list: whose district it is for."""
    found = await imports.by_id(int(import_id)) if import_id.isdecimal() and len(import_id) < 19 else None
    return Subject(found.state, found.district) if found else None


async def hand_in(content: bytes, *, key: str, actor: Actor, now: datetime) -> int:
    """Keep the file and what it would change; nothing on the list changes yet."""
    district = own(actor)
    plan = await planned(await read_list(content), district)
    file_id = await files.keep(content, "text/csv")
    async with db.tx():
        if not await idempotency.claim(key, actor, "admin.school_import_new", ""):
            return int(await idempotency.earlier(key, actor, "admin.school_import_new") or 0)
        import_id = await imports.add(district, file_id, len(plan.added), len(plan.changed), now, actor.reference)
        await idempotency.lead(key, str(import_id))
        await audit.record(actor, "school.hand-in", f"school-import:{import_id}", now, faults=len(plan.faults))
    return import_id


async def looked_at(import_id: int, *, actor: Actor) -> tuple[Import, Plan]:
    """A handed-in list and what it would change as the list stands now."""
    found, listed = await handed_in(import_id, actor=actor)
    return found, await planned(listed, found.district)


async def handed_in(import_id: int, *, actor: Actor) -> tuple[Import, Listed]:
    """A handed-in list as its file says it; another district's is missing."""
    found = await imports.by_id(import_id)
    if found is None or found.district != own(actor):
        raise Missing
    content, _ = await files.content(found.file_id)
    return found, await read_list(content)


async def take_over(import_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a list over as it was shown: all of it or nothing."""
    found, listed = await handed_in(import_id, actor=actor)
    async with db.tx():
        await schools.lock(found.district)
        plan = await planned(listed, found.district)
        if plan.faults or (len(plan.added), len(plan.changed)) != (found.added, found.changed):
            raise Conflict("上传以后名单有变动。重新上传文件，看过结果再导入")
        if not await imports.confirm(import_id):
            raise Conflict("这份名单已经导入过了")
        await write(plan, found.district, now)
        await audit.record(
            actor, "school.take-over", f"school-import:{import_id}", now, added=found.added, changed=found.changed
        )


async def write(plan: Plan, district: str, now: datetime) -> None:
    """Write what the plan says. Inside the caller's transaction."""
    for given in plan.added:
        await schools.add(district, given, now)
    for before, given in plan.changed:
        if not await schools.change(before.id, before.version, given):
            raise Conflict


async def planned(listed: Listed, district: str) -> Plan:
    """Compare a file with the list: schools are the same by code, else by name; others stay as they are."""
    known = await schools.of_district(district)
    by_key = {key: school for school in known for key in keys_of(rules.school_key(school.name), school.code)}
    holders = await schools.holders(
        [code for _, given in listed.rows for code in (given.code, given.credit_code) if code]
    )
    plan = Plan([], [], [], list(listed.faults))
    for number, given in listed.rows:
        before = by_key.get(f"code:{given.code}") or by_key.get(f"name:{given.name_key}")
        same_name = by_key.get(f"name:{given.name_key}")
        others = {holders.get(given.code), holders.get(given.credit_code), same_name.id if same_name else None}
        if others - {None, before.id if before else None}:
            plan.faults.append((number, "名称或代码已属于另一所学校，核对后再填"))
        elif before is None:
            plan.added.append(given)
        elif differs(before, given):
            plan.changed.append((before, given))
        else:
            plan.same.append(before)
    plan.faults.sort()
    return plan


def keys_of(name_key: str, code: str) -> list[str]:
    """By what a school is found again."""
    return [f"name:{name_key}", *([f"code:{code}"] if code else [])]


def differs(before: School, given: Written) -> bool:
    """Whether the file says anything else of the school."""
    return any(
        getattr(before, name) != getattr(given, name) for name in ("name", "code", "credit_code", "premises", "stages")
    )


async def read_list(content: bytes) -> Listed:
    """Read the file row by row: what is in order, and what is not."""
    if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0" or b"\0" in content:
        raise Invalid({"file": NO_CSV})
    found = Listed([], [])
    seen: dict[str, int] = {}
    for number, cells in await uploads.table(content, COLUMNS, MOST_ROWS):
        judge_row(number, [rules.without_guard(cell) for cell in cells], found, seen)
    if not found.rows and not found.faults:
        raise Invalid({"file": "文件里没有学校。从第二行起，一行写一所学校"})
    return found


def row_words(errors: list[FieldError]) -> list[str]:
    """What is wrong with a row, each thing once; stages in the words that a file has."""
    words = [STAGES_SAY if error.path.startswith("stages") else error.message for error in errors]
    return list(dict.fromkeys(words))


def judge_row(number: int, cells: list[str], found: Listed, seen: dict[str, int]) -> None:
    """Put a row where it belongs: in order, or not in order with what to do."""
    typed = dict(zip((column.name for column in COLUMNS), cells, strict=True))
    try:
        given = rules.written_school(
            AddSchool.model_validate({**typed, "stages": rules.stages_written(typed["stages"])})
        )
    except ValidationError as failure:
        found.faults.append((number, "；".join(row_words(in_chinese(failure, AddSchool)))))
        return
    wrong = list(rules.school_fault(given).values())
    wrong += [
        f"和第 {seen[key]} 行是同一所学校，只留一行" for key in keys_of(given.name_key, given.code) if key in seen
    ][:1]
    if wrong:
        found.faults.append((number, "；".join(wrong)))
        return
    seen |= dict.fromkeys(keys_of(given.name_key, given.code), number)
    found.rows.append((number, given))
