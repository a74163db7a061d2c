"""Every rule about classes: those about a meeting, those about two at once, those about a class as a whole."""

from portal.kernel.rule import Rule
from portal.schedules.facts import Stretch
from portal.schedules.rules import national, people, teaching, times

OF_A_MEETING: tuple[Rule[Stretch], ...] = (
    times.late_finish,
    times.school_hours,
    people.teacher_not_registered,
    people.teacher_unqualified,
    people.overcrowded,
    national.academic_rest_day,
)
OF_TWO_MEETINGS: tuple[Rule[Stretch], ...] = (times.teacher_clash, times.room_clash)
OF_A_CLASS: tuple[Rule[Stretch], ...] = (
    teaching.out_of_licence,
    teaching.preschool_schooling,
    teaching.ahead_of_curriculum,
    teaching.homework,
    teaching.contest,
    teaching.prepaid_fee,
)
RULES = (*OF_A_MEETING, *OF_TWO_MEETINGS, *OF_A_CLASS)
