"""The pack `national-2021`: what the opinion of July 2021 adds. It ships switched off; a bureau switches it on."""

from collections.abc import Iterator

from portal.kernel.limits import Limits
from portal.kernel.programmes import COMPULSORY
from portal.kernel.rule import Hit, rule
from portal.schedules import wording
from portal.schedules.facts import Stretch


@rule(
    "academic-rest-day",
    title="义务教育学科类培训不占用节假日、休息日和寒暑假",
    cites=("double-reduction-14", "minors-law-33"),
    since="2021-07-24",
    pack="national-2021",
    says="{date} 学校不上课，这一天不能办{programme}培训",
)
def academic_rest_day(stretch: Stretch, _: Limits) -> Iterator[Hit]:
    """No academic class of the compulsory stages meets on a rest day, a holiday or in the vacations."""
    school = stretch.filing.school
    if school is None:
        return
    for planned in stretch.classes:
        if not planned.is_academic or planned.stage not in COMPULSORY:
            continue
        for meeting in stretch.meetings(planned):
            weeks = stretch.weeks(planned, meeting)
            on = school.days.first_free(meeting.weekday, weeks) if weeks else None
            if on is not None:
                words = {"date": on, "programme": wording.programme(planned)}
                yield Hit((planned.id, meeting.index), measured=on, words=words)
