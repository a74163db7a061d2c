"""The city keeps the list of authorities: who decides, how letters name them, where one appeals."""

from datetime import datetime

from portal.base import audit, db, idempotency
from portal.base.actor import Actor
from portal.districts import rules
from portal.districts.store import authorities, schools
from portal.districts.store.authorities import District
from portal.kernel.errors import Conflict, FieldError, Invalid, Missing
from portal.policy import shipped
from schemas.districts import AddAuthority, AuthorityFields, ChangeAuthority

TAKEN = {
    "name": "已有机关用这个简称，换一个",
    "mark": "已有机关用这个文号字头，换一个",
    "code": "这个代码已在用，换一个",
}
CHANGED = "另一位管理员刚刚改了这个机关。看过现在的内容再改"


def city(actor: Actor) -> None:
    """Only the city's administrator keeps what concerns every district."""
    if actor.role != "city-admin":
        raise Missing


async def listed(*, actor: Actor) -> list[tuple[District, int]]:
    """Every authority with how many schools it has on its list."""
    if actor.role not in {"city-admin", "auditor"}:
        raise Missing
    counts = await schools.counted(None)
    return [(found, counts.get(found.code, 0)) for found in await authorities.districts()]


async def authority(code: str, *, actor: Actor) -> District:
    """One authority, for the city's administrator."""
    city(actor)
    return await authorities.required(code)


async def judge_names(given: AuthorityFields, code: str) -> None:
    """Refuse a name or a mark that another authority has: letters could not be told apart."""
    taken = await authorities.taken(given.name, given.mark, code)
    if taken:
        raise Invalid([FieldError(field, TAKEN[field]) for field in sorted(taken)])


async def add_authority(order: AddAuthority, *, key: str, actor: Actor, now: datetime) -> None:
    """Let an authority decide that has no GB/T 2260 code, under a code of the city's own."""
    city(actor)
    standard = frozenset(row["code"] for row in shipped.read("districts")["district"] if row["has_standard_code"])
    if fault := rules.own_code_fault(order.code, standard):
        raise Invalid({"code": fault})
    async with db.tx():
        if not await idempotency.claim(key, actor, "admin.district_new", order.code):
            return
        await judge_names(order, order.code)
        if not await authorities.add([{**order.model_dump(), "has_standard_code": False}]):
            raise Invalid({"code": TAKEN["code"]})
        await audit.record(actor, "district.add", f"district:{order.code}", now)


async def change_authority(order: ChangeAuthority, *, actor: Actor, now: datetime) -> None:
    """Write an authority's names and addresses anew; letters already decided keep what they say."""
    city(actor)
    before = await authorities.required(order.code)
    async with db.tx():
        await judge_names(order, order.code)
        if not await authorities.change(order.code, order.version, order):
            raise Conflict(CHANGED)
        fields = [name for name in AuthorityFields.model_fields if getattr(order, name) != getattr(before, name)]
        await audit.record(actor, "district.change", f"district:{order.code}", now, fields=fields)
