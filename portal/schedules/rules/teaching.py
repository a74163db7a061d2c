"""What may be taught to whom: what the licence says, no schooling before school, no faster than school (Plan 9)."""

from collections.abc import Iterator
from datetime import date

from portal.kernel.limits import Limits
from portal.kernel.rule import Hit, rule
from portal.schedules import wording
from portal.schedules.facts import Content, PlannedClass, School, Stretch


@rule(
    "out-of-licence",
    title="按许可证载明的培训项目开课",
    cites="plan-9",
    since="2018-12-28",
    says="许可证没有“{programme}”这个项目。先申请变更，或改开许可证上的项目",
)
def out_of_licence(stretch: Stretch, _: Limits) -> Iterator[Hit]:
    """A class's subject and stage are one of the licensed programmes."""
    for planned in filter(stretch.begins_here, stretch.classes):
        if (planned.subject, planned.stage) not in stretch.filing.programmes:
            yield Hit((planned.id,), words={"programme": wording.programme(planned)})


@rule(
    "preschool-schooling",
    title="不对学龄前儿童进行“小学化”教学",
    cites="plan-9",
    since="2018-12-28",
    says="不能对学龄前儿童教{subject}",
)
def preschool_schooling(stretch: Stretch, _: Limits) -> Iterator[Hit]:
    """No academic subject is taught to children before school."""
    for planned in filter(stretch.begins_here, stretch.classes):
        if planned.stage == "preschool" and planned.is_academic:
            yield Hit((planned.id,), words={"subject": wording.subject(planned.subject)})


@rule(
    "ahead-of-curriculum",
    title="内容不超课程标准，进度不超学校同期",
    cites="plan-9",
    since="2018-12-28",
    says={
        "grade": "{date} 教 {measured} 年级的内容，班级是 {limit} 年级{more}",
        "unit": "{date} 教第 {measured} 单元，学校 {limit} 才教{more}",
    },
)
def ahead_of_curriculum(stretch: Stretch, _: Limits) -> Iterator[Hit]:
    """Content is of no higher grade than the class, and no unit comes before the schools teach it."""
    for planned in filter(stretch.begins_here, stretch.classes):
        ahead = list(_ahead(planned, stretch.filing.school)) if planned.is_academic else []
        if not ahead:
            continue
        content, taught = ahead[0]
        yield Hit(
            (planned.id,),
            variant="grade" if taught is None else "unit",
            measured=content.grade if taught is None else content.unit,
            limit=planned.grade if taught is None else taught,
            words={"date": content.on, "more": f"（共 {len(ahead)} 处超前）" if ahead[1:] else ""},
            clue=ahead,
        )


def _ahead(planned: PlannedClass, school: School | None) -> Iterator[tuple[Content, date | None]]:
    """Give what comes too early, with the day from which the schools teach it (none where the grade is too high)."""
    progress = school.progress if school else {}
    for content in planned.content:
        if content.grade > planned.grade:
            yield content, None
        elif content.grade == planned.grade:
            taught = progress.get((planned.stage, planned.subject, content.grade, content.unit))
            if taught is not None and taught > content.on:
                yield content, taught


@rule("homework", title="不留作业", cites="plan-9", since="2018-12-28", says="这个班留作业")
def homework(stretch: Stretch, _: Limits) -> Iterator[Hit]:
    """A class sets no homework."""
    for planned in filter(stretch.begins_here, stretch.classes):
        if planned.homework:
            yield Hit((planned.id,))


@rule(
    "contest",
    title="不举办竞赛和等级测试",
    cites=("plan-9", "training-opinion-filing"),
    since="2018-12-28",
    says="这个班办竞赛或等级测试",
)
def contest(stretch: Stretch, _: Limits) -> Iterator[Hit]:
    """A class holds no contest and no graded test."""
    for planned in filter(stretch.begins_here, stretch.classes):
        if planned.contest:
            yield Hit((planned.id,))


@rule(
    "prepaid-fee",
    title="一次收费不超过规定的月数和课时",
    cites=("training-opinion-fees", "prepaid-notice"),
    since="2018-12-28",
    needs=("prepaid-months", "prepaid-hours"),
    says={
        "months": "一次收 {months} 个月的费用，最多 {most_months} 个月",
        "hours": "一次收 {hours} 课时的费用，最多 {most_hours} 课时",
        "both": "一次收 {months} 个月、{hours} 课时的费用，最多 {most_months} 个月、{most_hours} 课时",
    },
)
def prepaid_fee(stretch: Stretch, limits: Limits) -> Iterator[Hit]:
    """A single charge covers no more than so many months and so many class hours."""
    months, hours = limits.number("prepaid-months"), limits.number("prepaid-hours")
    for planned in filter(stretch.begins_here, stretch.classes):
        charge = planned.charge
        if charge is None or (charge.months <= months and charge.hours <= hours):
            continue
        variant = "both" if charge.months > months and charge.hours > hours else ""
        variant = variant or ("months" if charge.months > months else "hours")
        words = {"months": charge.months, "hours": charge.hours, "most_months": months, "most_hours": hours}
        measured, limit = (charge.hours, hours) if variant == "hours" else (charge.months, months)
        yield Hit((planned.id,), variant=variant, measured=measured, limit=limit, words=words, clue=(months, hours))
