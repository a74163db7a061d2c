"""One of everything that a path can name, in every state, and everybody who could ask for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from portal.base import clock, db
from portal.base.actor import Actor
from portal.base.form_keys import new_key
from portal.districts import service as districts
from portal.districts.service import importing, schools
from portal.licensing.states import State
from portal.policy import shipped
from schemas.districts import MoveSchool
from tests.factories.browsing import an_account
from tests.factories.districts import ADMIN, a_school
from tests.factories.institutions import a_licence
from tests.licensing.standing import IN

ROLES = ("anonymous", "clerk", "examiner", "approver", "inspector", "district-admin", "city-admin", "auditor")
OWN, ELSEWHERE = "500103", "500112"
LIST = "name,code,credit_code,premises,stages\n{},,,,小学\n"


@dataclass(frozen=True, slots=True)
class Thing:
    """What stands in a path, and what the table may ask of it."""

    value: str
    state: str = ""
    district: str | None = None
    institution_id: int | None = None


Things = dict[str, list[Thing]]


async def everybody() -> list[Actor]:
    """Each role at home, the same roles elsewhere, a clerk of no institution, and a stranger."""
    await districts.ensure_seed()
    found = [Actor("anonymous", None, "")]
    for role, place in product(ROLES[1:], (OWN, ELSEWHERE)):
        is_city = role in {"city-admin", "auditor"}
        institution = (1 if place == OWN else 2) if role == "clerk" else None
        district = None if is_city or role == "clerk" else place
        number = await an_account(role, district=district, institution_id=institution, name=f"{role}{place}")
        found.append(Actor(role, number, "甲", district, institution))  # type: ignore[arg-type]
    return [*found, Actor("clerk", await an_account("clerk"), "甲")]


async def everything() -> Things:
    """Each parameter of a path with what it can name; a new parameter fails here until it has something."""
    cases = {state: await IN[state]() for state in State}
    found = {name: [Thing(value)] for name, value in {
        "authority_code": OWN, "time_name": "new.decide", "policy_name": shipped.policy().limit_layers[0][0].name, "citation_id": shipped.policy().citations[0].key, "question": "school",
        "section": "capital", "slot": "charter", "rule": "capital", "act": "accept", "number": "1",
        "licence_number": await a_licence(),
    }.items()}  # fmt: skip
    return {
        **found,
        "case_id": [of_case(str(number), state) for state, number in cases.items()],
        **await files_of({state: cases[state] for state in (State.DRAFT, State.SUBMITTED)}),
        **await of_the_district(),
        **await accounts(),
    }


def of_case(value: str, state: State) -> Thing:
    """Something of a case of institution 1 at home; no bureau knows of a draft."""
    return Thing(value, state.value, None if state == State.DRAFT else OWN, 1)


async def files_of(cases: dict[State, int]) -> Things:
    """An uploaded file of a draft and of a case on the desk, a paper and its code, a running limit."""
    uploads = []
    for state, number in cases.items():
        row = await db.row(
            "UPDATE application_material SET page_files = jsonb_build_array(file_id) WHERE id ="
            " (SELECT min(id) FROM application_material WHERE application_id = $1) RETURNING id",
            number,
        )
        assert row is not None
        uploads.append(of_case(str(row["id"]), state))
    subject = f"application:{cases[State.SUBMITTED]}"
    paper = await db.row("SELECT id, code FROM document WHERE subject = $1", subject)
    limit = await db.row("SELECT code FROM application_clock WHERE application_id = $1", cases[State.SUBMITTED])
    assert paper is not None
    assert limit is not None
    return {
        "material_id": uploads,
        "document_id": [Thing(str(paper["id"]), "promised", OWN, 1)],
        "code": [Thing(paper["code"])],
        "clock_code": [of_case(limit["code"], State.SUBMITTED)],
    }


async def of_the_district() -> Things:
    """Schools on the list and off it; a list that waits, and one that was taken over."""
    kept, left = await a_school("留下的小学"), await a_school("关闭的小学")
    order = MoveSchool(school_id=left.id, version=left.version)
    await schools.move_school(order, is_active=False, actor=ADMIN, now=clock.now())
    waiting, done = [
        await importing.hand_in(LIST.format(name).encode(), key=new_key(), actor=ADMIN, now=clock.now())
        for name in ("甲校", "乙校")
    ]
    await importing.take_over(done, actor=ADMIN, now=clock.now())
    return {
        "school_id": [Thing(str(kept.id), "active", OWN), Thing(str(left.id), "closed", OWN)],
        "import_id": [Thing(str(waiting), "waiting", OWN), Thing(str(done), "done", OWN)],
    }


async def accounts() -> Things:
    """Accounts of a district, of the city and of an institution, open and closed."""
    found = [
        Thing(str(await an_account("examiner", district=OWN, name="开")), "open", OWN),
        Thing(str(await an_account("examiner", district=OWN, name="停")), "closed", OWN),
        Thing(str(await an_account("auditor", name="市")), "open"),
        Thing(str(await an_account("clerk", institution_id=1, name="同事")), "open", None, 1),
        Thing(str(await an_account("clerk", institution_id=1, name="走了")), "closed", None, 1),
    ]
    closed = [int(one.value) for one in found if one.state == "closed"]
    await db.execute("UPDATE account SET is_active = false WHERE id = ANY($1::bigint[])", closed)
    return {"account_id": found, "colleague_id": found}


def named(path_names: list[str], things: Things) -> Iterator[dict[str, Thing]]:
    """Every combination of things that a path with these parameters can name."""
    for chosen in product(*(things[name] for name in path_names)):
        yield dict(zip(path_names, chosen, strict=True))
