"""From the request as JSON to the facts that are judged."""

from datetime import time

from portal.schedules.days import SchoolDays, Term, weeks_between
from portal.schedules.facts import STAGES, Charge, Content, Filing, Meeting, PlannedClass, Programme, School, Teacher
from schemas.schedules import ClassGiven, MeetingGiven, ScheduleRequest, SchoolGiven
from schemas.schedules import Programme as ProgrammeGiven


def filing(request: ScheduleRequest, *, district_school: School | None = None) -> Filing:
    """Make a filing of a request; where it says nothing of the schools, the district's own data apply."""
    return Filing(
        programmes=_programmes(request.licence.programmes),
        school=district_school if request.school is None else school(request.school),
        rooms={room.id: room.area for room in request.rooms},
        teachers={
            teacher.id: Teacher(teacher.registered, _programmes(teacher.certificates or []))
            for teacher in request.teachers
        },
        classes=tuple(_class(index, given) for index, given in enumerate(request.classes)),
    )


def school(given: SchoolGiven) -> School:
    """Make what the schools do of its JSON."""
    terms = [Term(term.first, term.last) for term in given.terms]
    hours = {
        stage: tuple((_minute(start), _minute(end)) for start, end in stretches)
        for stage in STAGES
        if (stretches := getattr(given.hours, stage))
    }
    return School(
        days=SchoolDays(terms, given.holidays or (), given.makeup_days or ()),
        hours=hours,
        progress={(unit.stage, unit.subject, unit.grade, unit.unit): unit.since for unit in given.progress or ()},
    )


def _class(index: int, given: ClassGiven) -> PlannedClass:
    fee = given.fee
    return PlannedClass(
        index=index,
        id=given.id,
        name=given.name,
        subject=given.subject,
        stage=given.stage,
        grade=given.grade,
        first=given.first,
        last=given.last,
        students=given.students,
        homework=bool(given.homework),
        contest=bool(given.contest),
        charge=None if fee is None else Charge(fee.months, fee.hours),
        meetings=tuple(_meeting(place, meeting, given) for place, meeting in enumerate(given.meetings)),
        content=tuple(
            Content(place, content.on, content.grade, content.unit) for place, content in enumerate(given.content or ())
        ),
    )


def _meeting(index: int, given: MeetingGiven, of: ClassGiven) -> Meeting:
    return Meeting(
        index=index,
        weekday=given.weekday,
        start=_minute(given.start),
        end=_minute(given.end),
        room=given.room,
        teacher=given.teacher,
        weeks=weeks_between(given.weekday, of.first, of.last),
    )


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _programmes(given: list[ProgrammeGiven]) -> frozenset[Programme]:
    return frozenset((programme.subject, programme.stage) for programme in given)
