"""Loads the demo: accounts, then each story once; a load that was cut off goes on where it stopped."""

from collections import defaultdict
from collections.abc import Callable

from portal.accounts import service as accounts
from portal.base import clock, db
from portal.base.actor import Actor
from portal.base.numbers import following
from portal.base.readiness import DEMO_SERIES
from portal.demo import invented, schools
from portal.demo.stories import EVERY, HELD_BY_A_COLLEAGUE, OF_LONG_AGO, PLENTY, Days, Story
from portal.demo.telling import Teller
from portal.districts import service as districts

PLACES = (("500103", "yuzhong", "渝中"), ("500112", "yubei", "渝北"))
STEMS = (
    "春芽", "晴川", "星禾", "竹影", "云帆", "朝露", "青衿", "木棉", "南山", "小满", "知行", "一苇", "鹿鸣", "听雨", "望舒",
    "拾光", "半夏", "清和", "远山", "明德", "白鹭", "溪语", "沐阳", "禾苗",
)  # fmt: skip


def cast() -> list[tuple[str, str, Story]]:
    """Which institution (name, district) goes through which story: every story in both districts, and some plenty."""
    found, kinds = [], tuple(invented.KINDS)
    for place, (code, _, short) in enumerate(PLACES):
        stories = [*EVERY, *PLENTY * (len(STEMS) - len(EVERY))]
        for order, story in enumerate(stories):
            name = f"重庆{short}{STEMS[order]}{kinds[(order + place) % len(kinds)]}有限公司"
            found.append((name, code, story))
    return found


async def load(say: Callable[[str], None]) -> None:
    """Load everything that isn't there yet; say at the end which accounts there are."""
    await districts.ensure_seed()
    roles = cast()
    clerks = [(f"clerk{number}", invented.people(number)[0], name) for number, (name, _, _) in enumerate(roles, 1)]
    people = await accounts.demo_accounts(clerks)
    found = [await accounts.actor(one.account_id) for one in people]
    staff: dict[tuple[str, str | None], list[Actor]] = defaultdict(list)
    for actor in found:
        if actor is not None:
            staff[actor.role, actor.district].append(actor)
    by_login = {one.login: one for one in people}
    for code, _, _ in PLACES:
        await schools.enter(staff["district-admin", code][0])
    days = Days(clock.today(), await districts.calendar())
    in_turn = sorted(enumerate(roles, start=1), key=lambda one: one[1][2] not in OF_LONG_AGO)
    for number, (name, district, story) in in_turn:
        series = f"demo:story:{number}"
        if await db.row("SELECT 1 AS one FROM counter WHERE series = $1", series):
            continue
        clerk = by_login[f"clerk{number}@demo.example"]
        acting = Actor("clerk", clerk.account_id, clerk.name, None, clerk.institution_id)
        examiner = staff["examiner", district][-1 if story in HELD_BY_A_COLLEAGUE else 0]
        teller = Teller(acting, examiner, staff["approver", district][0], district, name, number)
        await story(teller, days)
        await following(series)
    if not await db.row("SELECT 1 AS one FROM counter WHERE series = $1", DEMO_SERIES):
        await following(DEMO_SERIES)
    for line in listing(people):
        say(line)


def listing(people: list[accounts.DemoAccount]) -> list[str]:
    """The accounts as they are printed: one line each, two clerks of the many."""
    shown = [one for one in people if one.role != "clerk"] + [one for one in people if one.role == "clerk"][:2]
    lines = ["Demo accounts (演示账户):"]
    lines += [
        f"  {one.login:38} {one.password}" + (f"  TOTP {one.second_factor}" if one.second_factor else "")
        for one in shown
    ]
    return [*lines, "Codes of the second factor are shown at /account/mailbox (第二因素验证码见 /account/mailbox)"]
