"""What it teaches and who teaches it (Plan 8; no new compulsory-stage academic programmes since 2021)."""

from collections.abc import Iterator

from portal.kernel.limits import Limits
from portal.kernel.programmes import STAGES, is_academic, subject_words
from portal.kernel.rule import Answer, Held, Hit, Unjudged, rule
from portal.licensing.facts import Application
from portal.licensing.rules.answers import hits_or_held
from portal.teachers import service as teachers


@rule(
    "no-new-academic",
    title="不申请新设学科类培训项目",
    cites=("double-reduction-13", "double-reduction-other-stages"),
    since="2021-07-24",
    pack="plan",
    says="{stage}{subject}属于学科类，不再审批新的学科类培训",
    holds="申请的项目都是非学科类",
)
def no_new_academic(facts: Application, _: Limits) -> Iterator[Answer]:
    """No new academic institution for compulsory stages, preschoolers or senior pupils is approved."""
    rows = [row for row in (facts.programmes.programmes if facts.programmes else ()) if row.subject and row.stage]
    if not rows:
        yield Unjudged("培训项目还没有填写")
        return
    academic = [row for row in rows if is_academic(row.subject)]
    words = [{"stage": STAGES[str(row.stage)], "subject": subject_words(row.subject)} for row in academic]
    yield from hits_or_held(Hit(words=each) for each in words)


@rule(
    "teachers-enough",
    title="有相对稳定的教师队伍，人数不少于下限",
    cites="plan-8",
    since="2018-12-28",
    needs=("teachers-least",),
    says="教师 {measured} 人，少于 {limit} 人",
    holds="教师 {measured} 人，不少于 {limit} 人",
)
def teachers_enough(facts: Application, limits: Limits) -> Iterator[Answer]:
    """Enough teachers to be a stable staff."""
    if facts.teachers is None or not facts.teachers.teachers:
        yield Unjudged("教师还没有填写")
        return
    count, least = len(facts.teachers.teachers), limits.whole("teachers-least")
    yield (Held if count >= least else Hit)(measured=count, limit=least)


@rule(
    "teachers-cover",
    title="每个培训项目都有教师",
    cites="plan-8",
    since="2018-12-28",
    says="{stage}{subject}没有教师",
    holds="每个培训项目都有教师",
)
def teachers_cover(facts: Application, _: Limits) -> Iterator[Answer]:
    """Somebody teaches each programme that is applied for."""
    rows = [row for row in (facts.programmes.programmes if facts.programmes else ()) if row.subject and row.stage]
    if not rows or facts.teachers is None or not facts.teachers.teachers:
        yield Unjudged("培训项目或教师还没有填写")
        return
    taught = {teacher.subject for teacher in facts.teachers.teachers}
    bare = [row for row in rows if row.subject not in taught]
    words = [{"stage": STAGES[str(row.stage)], "subject": subject_words(row.subject)} for row in bare]
    yield from hits_or_held(Hit(words=each) for each in words)


@rule(
    "teachers-papers",
    title="教师的证件、资格证和合同符合要求",
    cites="plan-8",
    since="2018-12-28",
    says="{name}：{what}",
    holds="教师的证件、资格证和合同都符合要求",
)
def teachers_papers(facts: Application, _: Limits) -> Iterator[Answer]:
    """Each teacher's number, certificate and contract pass the rules of hiring; a doubt goes to a person."""
    rows = facts.teachers.teachers if facts.teachers else ()
    if not rows:
        yield Unjudged("教师还没有填写")
        return
    found = [
        (row.name, finding)
        for row in rows
        for finding in teachers.papers_findings(
            row.id_number, row.nationality, row.subject, str(row.stage or "primary"), row.certificate_number,
            row.contract_from, row.contract_to, today=facts.today,
        )
    ]  # fmt: skip
    for name, finding in found:
        if finding.verdict == "blocked":
            yield Hit(words={"name": name, "what": finding.message})
        else:
            yield Unjudged(f"{name}：{finding.message}")
    if not found:
        yield Held()


@rule(
    "teachers-not-in-service",
    title="没有聘用在职中小学教师",
    cites="plan-8",
    since="2018-12-28",
    says="{name}在在职中小学教师名册中",
    holds="名册中没有这些教师",
)
def teachers_not_in_service(facts: Application, _: Limits) -> Iterator[Answer]:
    """No in-service school teacher; while the district keeps no register here nobody can tell, and that is no pass."""
    found = facts.standing.in_service
    if found is None:
        yield Unjudged("区县的在职教师名册还没有接入，请人工核对教师是否在职")
        return
    yield from hits_or_held(Hit(words={"name": name}) for name in found)


TEACHING = (no_new_academic, teachers_enough, teachers_cover, teachers_papers, teachers_not_in_service)
