"""Administrators and accounts: who may do what to whom, and that it holds at the very next request."""

from datetime import datetime

import pytest

from portal.accounts import service, store
from portal.base import clock, sessions
from portal.base.clock import SHANGHAI
from portal.base.form_keys import new_key
from portal.base.settings import settings
from portal.districts import service as districts
from portal.kernel.errors import Conflict, Invalid, Missing, NotAllowed, PortalError
from schemas.accounts import AddUser, ChangeAccess, ChangeRole, FindUsers
from tests.commanding import Shell
from tests.factories.accounts import an_account, entries, waiting
from tests.factories.districts import the_districts

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)
HERE, THERE = "500103", "500112"


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOON):
        yield


async def role_of(account_id):
    account = await store.by_id(account_id)
    return account.role, account.district


async def change(actor, other, role, district, version=1):
    order = ChangeRole(account_id=other.account_id, version=version, role=role, district=district)
    await service.change_role(order, key=new_key(), actor=actor, now=NOON)


async def test_a_new_role_holds_at_the_next_request(database):
    admin, other = await an_account("district-admin"), await an_account("examiner")
    visit = await sessions.start(other.account_id, is_confirmed=True)
    await change(admin, other, "approver", HERE)
    assert await role_of(other.account_id) == ("approver", HERE)
    assert await sessions.find(visit.token, NOON) is None
    assert (await service.actor(other.account_id)).role == "approver"
    assert await entries("account.role") == 1


async def test_a_closed_account_acts_no_more_and_can_be_opened_again(database):
    admin, other = await an_account("city-admin"), await an_account("examiner")
    visit = await sessions.start(other.account_id, is_confirmed=True)
    await service.close(ChangeAccess(account_id=other.account_id, version=1), key=new_key(), actor=admin, now=NOON)
    assert (await service.actor(other.account_id), await sessions.find(visit.token, NOON)) == (None, None)
    assert await service.names([other.account_id]) == {other.account_id: "张三"}
    await service.reopen(ChangeAccess(account_id=other.account_id, version=2), key=new_key(), actor=admin, now=NOON)
    assert (await service.actor(other.account_id)).role == "examiner"


async def test_a_lost_second_factor_is_set_up_anew(database):
    admin, other = await an_account("district-admin"), await an_account("examiner")
    await service.reset_second_factor(
        ChangeAccess(account_id=other.account_id, version=1), key=new_key(), actor=admin, now=NOON
    )
    account = await store.by_id(other.account_id)
    assert (account.totp_sealed, account.totp_since) == ("", None)
    assert [job["topic"] for job in await waiting("account.message")] == ["account.message"]


@pytest.mark.parametrize("use_case", [service.close, service.reopen, service.reset_second_factor])
async def test_a_districts_administrator_sees_no_other_districts_staff(database, use_case):
    admin, other = await an_account("district-admin", district=HERE), await an_account("examiner", district=THERE)
    with pytest.raises(Missing):
        await use_case(ChangeAccess(account_id=other.account_id, version=1), key=new_key(), actor=admin, now=NOON)
    assert (await store.by_id(other.account_id)).version == 1


@pytest.mark.parametrize("use_case", [service.close, service.reset_second_factor])
async def test_of_two_administrators_the_second_is_told(database, use_case):
    admin, other = await an_account("city-admin"), await an_account("examiner")
    await use_case(ChangeAccess(account_id=other.account_id, version=1), key=new_key(), actor=admin, now=NOON)
    with pytest.raises(Conflict):
        await change(admin, other, "approver", HERE, version=1)


@pytest.mark.parametrize(("role", "district"), [("city-admin", None), ("auditor", None), ("examiner", THERE)])
async def test_a_districts_administrator_gives_neither_foreign_roles_nor_districts(database, role, district):
    admin, other = await an_account("district-admin"), await an_account("examiner")
    with pytest.raises(Invalid):
        await change(admin, other, role, district)
    with pytest.raises(Invalid):
        await service.add_user(
            AddUser(login="x@example.com", name="甲", role=role, district=district),
            key=new_key(),
            actor=admin,
            now=NOON,
        )


async def test_nobody_changes_what_they_are_themselves(database):
    admin = await an_account("city-admin")
    with pytest.raises(NotAllowed):
        await change(admin, admin, "auditor", None)
    with pytest.raises(NotAllowed):
        await service.close(ChangeAccess(account_id=admin.account_id, version=1), key=new_key(), actor=admin, now=NOON)


async def test_a_clerk_never_becomes_staff(database):
    admin, clerk = await an_account("city-admin"), await an_account("clerk")
    with pytest.raises(NotAllowed):
        await change(admin, clerk, "examiner", HERE)


async def test_a_new_member_of_staff_is_told_how_to_set_a_password(database):
    admin = await an_account("district-admin")
    order = AddUser(login="13800001111", name="甲", role="inspector")
    added = await service.add_user(order, key=new_key(), actor=admin, now=NOON)
    assert await role_of(added) == ("inspector", HERE)
    assert len(await waiting("account.message")) == 1
    with pytest.raises(Invalid):
        await service.add_user(order, key=new_key(), actor=admin, now=NOON)


async def test_the_list_shows_each_administrator_their_own_people(database):
    here, there = await an_account("examiner", district=HERE), await an_account("approver", district=THERE)
    admin, city = await an_account("district-admin", district=HERE), await an_account("city-admin")
    clerk = await an_account("clerk")

    async def listed(actor, **wanted):
        return {account.id for account in (await service.find_users(FindUsers(**wanted), actor=actor)).accounts}

    assert await listed(admin) == await listed(admin, district=THERE) == {here.account_id, admin.account_id}
    assert await listed(city) == {x.account_id for x in (here, there, admin, city, clerk)}
    assert await listed(city, role="clerk") == {clerk.account_id}
    assert await listed(city, district=THERE) == {there.account_id}
    assert await listed(city, q="%") == await listed(city, q="_\\") == set()


async def test_the_staff_of_a_district_are_its_open_accounts(database):
    one, _other = await an_account("examiner", district=HERE), await an_account("examiner", district=THERE)
    gone = await an_account("examiner", district=HERE)
    await store.set_active(gone.account_id, 1, is_active=False)
    assert [actor.account_id for actor in await service.staff(HERE, "examiner")] == [one.account_id]


async def test_the_demos_accounts_cover_each_role_in_two_districts_and_are_refused_elsewhere(database, environment):
    environment.setenv("PORTAL_DEMO", "1")
    settings.cache_clear()
    institutions = [("mingde", "王芳", "渝中明德培训学校")]
    first = await service.demo_accounts(institutions)
    assert await service.demo_accounts(institutions) == first
    assert {(account.role, account.district) for account in first} == {
        *((role, place) for role in ("examiner", "approver", "inspector", "district-admin") for place in (HERE, THERE)),
        ("city-admin", None), ("auditor", None), ("clerk", None),
    }  # fmt: skip
    await service.refuse_demo_accounts()
    environment.delenv("PORTAL_DEMO")
    settings.cache_clear()
    with pytest.raises(PortalError):
        await service.refuse_demo_accounts()
    with pytest.raises(PortalError):
        await service.demo_accounts()


def test_the_command_opens_the_first_administrators_account(own_database, tmp_path, capsys, monkeypatch):
    secret = tmp_path / "password"
    secret.write_text("Lantern-Orchard-58\n")
    shell = Shell(capsys, monkeypatch)
    asked = ("user", "add", "--login", "admin@example.com", "--name", "赵岚", "--password-file", str(secret))
    assert shell.run(*asked, "--role", "city-admin").code == 0
    shell.refuses(*asked, "--role", "city-admin", naming=("已有账户",))
    shell.refuses(*asked, "--role", "examiner", naming=("区县",))
    shell.refuses(*asked, "--role", "examiner", "--district", "500999", naming=("portal migrate",))
    secret.write_text("1234567890\n")
    shell.refuses(*asked, "--role", "auditor", naming=("密码",))


async def test_a_form_sent_twice_opens_one_account_and_leads_to_it(database):
    admin, key = await an_account("district-admin"), new_key()
    order = AddUser(login="13800001111", name="甲", role="inspector")
    numbers = [await service.add_user(order, key=key, actor=admin, now=NOON) for _ in range(2)]
    assert numbers[0] == numbers[1]
    assert await entries("account.add") == 1


async def test_no_account_is_opened_in_a_district_that_nobody_knows(database):
    await the_districts()
    service.know_districts(districts.names)
    order = AddUser(login="x@example.com", name="甲", role="examiner", district="500999")
    with pytest.raises(Invalid, match=r"500999.*500101"):
        await service.add_operator(order, "Lantern-Orchard-58", now=NOON)
    assert await service.add_operator(order.model_copy(update={"district": HERE}), "Lantern-Orchard-58", now=NOON)
