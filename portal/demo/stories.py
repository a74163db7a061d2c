"""The stories of the demo: for every row of the state table a case that was led there, dated relative to today."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.base.clock import SHANGHAI
from portal.demo.telling import Teller
from portal.kernel import calendar
from portal.kernel.calendar import TimeLimit, WorkingCalendar

ANSWER = TimeLimit("working_days", 5)


@dataclass(frozen=True, slots=True)
class Days:
    """Moments on working days before today."""

    today: date
    working: WorkingCalendar

    def ago(self, days: int, hour: int = 10) -> datetime:
        """The working day so many days ago or the last one before it; today's moments lie before now."""
        day = self.today - timedelta(days=days)
        while not self.working.is_working(day) and days:
            day -= timedelta(days=1)
        return datetime(day.year, day.month, day.day, 0 if days == 0 else hour, 5, tzinfo=SHANGHAI)

    def due_today(self) -> datetime:
        """A moment from which five working days end today, or on the next working day after a day of rest."""
        day = self.today
        while not self.working.is_working(day):
            day += timedelta(days=1)
        start = self.today - timedelta(days=4)
        while calendar.due(start, ANSWER, self.working) > day:
            start -= timedelta(days=1)
        return datetime(start.year, start.month, start.day, 10, 5, tzinfo=SHANGHAI)


Story = Callable[[Teller, Days], Awaitable[None]]


async def half_written(case: Teller, days: Days) -> None:
    """A draft that somebody will go on with."""
    await case.draft(days.ago(2), only=("institution", "organisers", "premises"))


async def fresh(case: Teller, days: Days) -> None:
    """Handed in today."""
    case.is_small = True
    await case.draft(days.ago(1))
    await case.submit(days.ago(0))


async def due_now(case: Teller, days: Days) -> None:
    """To be answered today."""
    await case.draft(days.due_today())
    await case.submit(days.due_today() + timedelta(hours=1))


async def in_correction(case: Teller, days: Days) -> None:
    """The institution has to correct two things."""
    await case.draft(days.ago(9))
    await case.submit(days.ago(8))
    await case.send_back_for_correction(days.ago(5))


async def corrected(case: Teller, days: Days) -> None:
    """Corrected and handed in again."""
    await case.draft(days.ago(12))
    await case.submit(days.ago(11))
    await case.send_back_for_correction(days.ago(8))
    await case.correct(days.ago(1))


async def not_required(case: Teller, days: Days) -> None:
    """No licence needed."""
    await case.draft(days.ago(20))
    await case.submit(days.ago(19))
    await case.turn_away(days.ago(18))


async def wrong_authority(case: Teller, days: Days) -> None:
    """Another authority's."""
    await case.draft(days.ago(25))
    await case.submit(days.ago(24))
    await case.turn_away(days.ago(23), authority="重庆市江北区教育委员会")


async def accepted(case: Teller, days: Days) -> None:
    """Taken on, not yet examined."""
    await case.draft(days.ago(6))
    await case.submit(days.ago(5))
    await case.accept(days.ago(3))


async def deemed(case: Teller, days: Days) -> None:
    """Nobody answered: taken on by law."""
    await case.draft(days.ago(21))
    await case.submit(days.ago(20))
    await case.lapse(days.ago(11))


async def visited(case: Teller, days: Days) -> None:
    """Being examined, after a site visit."""
    await case.draft(days.ago(30))
    await case.submit(days.ago(29))
    await case.accept(days.ago(26))
    await case.examine(days.ago(9), visited=days.ago(9).date())


async def paused(case: Teller, days: Days) -> None:
    """Experts are at work; the clock stands still today."""
    await case.draft(days.ago(33))
    await case.submit(days.ago(32))
    await case.accept(days.ago(29))
    await case.examine(days.ago(20))
    await case.pause(days.ago(4), days.ago(3).date(), days.today + timedelta(days=8))


async def overdue(case: Teller, days: Days) -> None:
    """Three months are over and nothing was decided."""
    await case.draft(days.ago(112))
    await case.submit(days.ago(111))
    await case.accept(days.ago(107))
    await case.examine(days.ago(60), visited=days.ago(60).date())


async def promised_later(case: Teller, days: Days) -> None:
    """The promise was moved, the law's limit wasn't."""
    await case.draft(days.ago(45))
    await case.submit(days.ago(44))
    await case.accept(days.ago(41))
    await case.examine(days.ago(30))
    await case.extend(days.ago(6))


async def to_grant(case: Teller, days: Days) -> None:
    """Waits for the approver, who is asked to grant."""
    await case.draft(days.ago(40))
    await case.submit(days.ago(39))
    await case.accept(days.ago(36))
    await case.examine(days.ago(20), visited=days.ago(20).date())
    await case.recommend(days.ago(2))


async def to_refuse(case: Teller, days: Days) -> None:
    """Waits for the approver, who is asked to refuse."""
    case.is_small = True
    await case.draft(days.ago(41))
    await case.submit(days.ago(40))
    await case.accept(days.ago(37))
    await case.examine(days.ago(21))
    await case.recommend(days.ago(3), "refuse")


async def given_back(case: Teller, days: Days) -> None:
    """Back with the examiner."""
    await to_grant(case, days)
    await case.give_back(days.ago(1))


async def refused(case: Teller, days: Days) -> None:
    """Refused, with reasons."""
    case.is_small = True
    await case.draft(days.ago(70))
    await case.submit(days.ago(69))
    await case.accept(days.ago(66))
    await case.examine(days.ago(50), visited=days.ago(50).date())
    await case.recommend(days.ago(30), "refuse")
    await case.decide(days.ago(28), "refuse")


async def withdrawn(case: Teller, days: Days) -> None:
    """Taken back by the institution."""
    await case.draft(days.ago(15))
    await case.submit(days.ago(14))
    await case.withdraw(days.ago(10))


async def granted(case: Teller, days: Days, *, before: int = 40) -> str:
    """Granted some time ago; the worker makes the certificate."""
    await case.draft(days.ago(before + 60))
    await case.submit(days.ago(before + 59))
    await case.accept(days.ago(before + 56))
    await case.examine(days.ago(before + 30), visited=days.ago(before + 30).date())
    await case.recommend(days.ago(before + 10))
    return await case.decide(days.ago(before))


async def granted_today(case: Teller, days: Days) -> None:
    """Granted just now."""
    await granted(case, days, before=1)


async def granted_lately(case: Teller, days: Days) -> None:
    """Licensed this year."""
    await granted(case, days, before=60 + case.serial * 5)


async def expired(case: Teller, days: Days) -> None:
    """Licensed long ago; the licence has run out."""
    await granted(case, days, before=3 * 365 + 30)


async def restricted(case: Teller, days: Days) -> None:
    """Licensed, with an order to stop enrolling laid over it."""
    from portal.institutions import store

    number = await granted(case, days, before=300)
    since = days.ago(20).date()
    await store.restrict(
        number, "stop-enrol", f"{case.district}-责改-1", since, None, "因逾期未整改，责令停止招收学员。"
    )


EVERY: tuple[Story, ...] = (
    half_written, fresh, due_now, in_correction, corrected, not_required, wrong_authority, accepted, deemed, visited,
    paused, overdue, promised_later, to_grant, to_refuse, given_back, refused, withdrawn, granted_today, expired,
    restricted,
)  # fmt: skip
PLENTY: tuple[Story, ...] = (granted_lately,)
# These are told first: their certificates are made first, and nobody sees an old case without one for long.
OF_LONG_AGO: tuple[Story, ...] = (expired, restricted, granted_lately)
# A second examiner holds these: the queue shows who holds what, and cases to take over.
HELD_BY_A_COLLEAGUE: tuple[Story, ...] = (visited, promised_later, granted_lately)
