"""Who may teach, and how many pupils a room holds (Plan 8; three square metres a pupil)."""

from collections.abc import Iterator
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext

from portal.kernel.limits import Limits
from portal.kernel.rule import Hit, rule
from portal.schedules import wording
from portal.schedules.facts import STAGES, PlannedClass, Stretch, Teacher

# Numbers of pupils and areas have at most a thousand digits each (kernel/strict_json.py).
_EXACT = Context(prec=2_100, Emax=MAX_EMAX, Emin=MIN_EMIN)


@rule(
    "teacher-not-registered",
    title="任课教师在机构教师名册内",
    cites="plan-8",
    since="2018-12-28",
    says={
        "unknown": "{when} 的教师不在教师名册里。先登记教师，或换已登记的教师",
        "unregistered": "{when} 的教师还没有通过登记。等登记通过，或换已登记的教师",
    },
)
def teacher_not_registered(stretch: Stretch, _: Limits) -> Iterator[Hit]:
    """A meeting's teacher is on the institution's register."""
    for planned in stretch.classes:
        for meeting in stretch.meetings(planned):
            teacher = stretch.filing.teachers.get(meeting.teacher)
            if teacher is None or not teacher.is_registered:
                variant = "unknown" if teacher is None else "unregistered"
                words = {"when": wording.when(meeting)}
                yield Hit((planned.id, meeting.index), variant=variant, words=words)


@rule(
    "teacher-unqualified",
    title="学科类教师有相应学科和学段的教师资格",
    cites=("plan-8", "teacher-qualification-5"),
    since="2018-12-28",
    says="{when} 的教师没有{programme}的教师资格（本学段或更高学段）。换有资格的教师",
)
def teacher_unqualified(stretch: Stretch, _: Limits) -> Iterator[Hit]:
    """Whoever teaches an academic subject holds a certificate for it, of the class's stage or a higher one."""
    for planned in stretch.classes:
        for meeting in stretch.meetings(planned) if planned.is_academic else ():
            teacher = stretch.filing.teachers.get(meeting.teacher)
            if teacher is not None and teacher.is_registered and not is_qualified(teacher, planned):
                words = {"when": wording.when(meeting), "programme": wording.programme(planned)}
                yield Hit((planned.id, meeting.index), words=words)


def is_qualified(teacher: Teacher, planned: PlannedClass) -> bool:
    """Whether a certificate reaches the class: its subject, at its stage or a higher one (教师资格条例 第5条)."""
    reaching = STAGES[STAGES.index(planned.stage) :]
    return any((planned.subject, stage) in teacher.certificates for stage in reaching)


@rule(
    "overcrowded",
    title="同一时段生均面积不低于规定",
    cites="training-opinion-premises",
    since="2018-12-28",
    needs=("area-per-student-m2",),
    says="{when} 的教室 {area} m²，按每人 {limit} m² 最多 {most} 人，现有 {measured} 人",
)
def overcrowded(stretch: Stretch, limits: Limits) -> Iterator[Hit]:
    """The meeting's room has so many square metres for each pupil."""
    each = limits.number("area-per-student-m2")
    for planned in stretch.classes:
        for meeting in stretch.meetings(planned):
            area = None if meeting.room is None else stretch.filing.rooms[meeting.room]
            if area is None or not is_too_small(area, planned.students, each):
                continue
            most = holds(area, planned.students, each)
            words = {"when": wording.when(meeting), "area": area, "most": most}
            subject = (planned.id, meeting.index)
            yield Hit(subject, measured=planned.students, limit=each, words=words, clue=most)


def is_too_small(area: Decimal, students: int, each: Decimal) -> bool:
    """Whether a room has less than `each` square metres for every pupil; compared exactly."""
    with localcontext(_EXACT):
        return area < students * each


def holds(area: Decimal, students: int, each: Decimal) -> int:
    """Give how many pupils a room holds that is too small for `students`."""
    with localcontext(_EXACT):
        most = min(students, int(area / each) + 1)
        while is_too_small(area, most, each):
            most -= 1
    return most
