"""When classes may meet: by the closing time, outside school hours, nobody and no room twice at once (Plan 9)."""

from collections.abc import Iterator
from datetime import time

from portal.kernel.limits import Limits
from portal.kernel.rule import Hit, rule
from portal.schedules import wording
from portal.schedules.days import day_in
from portal.schedules.facts import Stretch


@rule(
    "late-finish",
    title="培训结束时间不晚于规定时间",
    cites="plan-9",
    since="2018-12-28",
    needs=("latest-end",),
    says="{day} {measured} 下课，晚于 {limit}",
)
def late_finish(stretch: Stretch, limits: Limits) -> Iterator[Hit]:
    """A meeting ends by the closing time; that minute itself is allowed."""
    latest = limits.clock("latest-end")
    for planned in stretch.classes:
        for meeting in stretch.meetings(planned):
            end = time(meeting.end // 60, meeting.end % 60)
            if end > latest:
                words = {"day": wording.weekday(meeting.weekday)}
                yield Hit((planned.id, meeting.index), measured=end, limit=latest, words=words)


@rule(
    "school-hours",
    title="培训时间不与当地中小学校教学时间冲突",
    cites="plan-9",
    since="2018-12-28",
    says="{when} 与{stage}上课时间 {limit} 重叠，例如 {date}",
)
def school_hours(stretch: Stretch, _: Limits) -> Iterator[Hit]:
    """No meeting overlaps its stage's school hours on a school day on which it really takes place."""
    school = stretch.filing.school
    if school is None:
        return
    for planned in stretch.classes:
        taught = school.masks.get(planned.stage, 0)
        for meeting in stretch.meetings(planned) if taught else ():
            weeks = stretch.weeks(planned, meeting)
            on = school.days.first(meeting.weekday, weeks) if weeks and meeting.mask & taught else None
            if on is None:
                continue
            start, end = next(
                hours for hours in school.hours[planned.stage] if overlap(hours, meeting.start, meeting.end)
            )
            words = {"when": wording.when(meeting), "stage": wording.stage(planned.stage), "date": on}
            yield Hit((planned.id, meeting.index), measured=on, limit=wording.span(start, end), words=words)


def overlap(hours: tuple[int, int], start: int, end: int) -> bool:
    """Whether two stretches of the day overlap; touching ends never do."""
    return hours[0] < end and start < hours[1]


@rule(
    "teacher-clash",
    title="一名教师不同时上两节课",
    cites="plan-8",
    since="2018-12-28",
    says="{when} 与{other} 是同一名教师，时间重叠，例如 {date}",
)
def teacher_clash(stretch: Stretch, _: Limits) -> Iterator[Hit]:
    """No teacher has two meetings at once on a date on which both really take place."""
    return _clashes(stretch, "teacher")


@rule(
    "room-clash",
    title="一间教室不同时上两节课",
    cites="training-opinion-premises",
    since="2018-12-28",
    says="{when} 与{other} 是同一间教室，时间重叠，例如 {date}",
)
def room_clash(stretch: Stretch, _: Limits) -> Iterator[Hit]:
    """No room holds two meetings at once on a date on which both really take place."""
    return _clashes(stretch, "room")


def _clashes(stretch: Stretch, kind: str) -> Iterator[Hit]:
    for planned in stretch.classes:
        for meeting in stretch.meetings(planned):
            busy = stretch.busy(kind, meeting.teacher if kind == "teacher" else meeting.room, meeting.weekday)
            booking = stretch.booking(planned, meeting)
            partner = busy.partner(booking) if busy and booking else None
            if booking is None or partner is None:
                continue
            other = f"“{wording.short(partner.name)}” {wording.span(partner.start, partner.end)}"
            on = day_in(max(booking.weeks[0], partner.weeks[0]), meeting.weekday)
            yield Hit(
                (planned.id, meeting.index),
                measured=on,
                words={"when": wording.when(meeting), "other": other, "date": on},
            )
