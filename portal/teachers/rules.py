"""Who may be hired as a teacher: every rule with its article, in the order in which findings are told.

Each rule answers with a constant or a single hit, because hundreds of thousands of teachers are judged at a time.
"""

from portal.kernel.ids import birth_date, certificate_number
from portal.kernel.limits import Limits
from portal.kernel.programmes import STAGES
from portal.kernel.rule import Held, Hit, Rule, rule
from portal.teachers.candidate import STAGE_WORDS, Candidate

Answer = tuple[Hit] | tuple[Held]

HOLDS = (Held(),)
BROKEN = (Hit(),)
SINCE = "2018-12-28"
# The tenth digit of a certificate's number and the highest stage it reaches; each reaches every lower one too.
_REACHES = {"1": "preschool", "2": "primary", "3": "junior", "4": "senior", "5": "senior", "7": "senior"}
_LADDER = tuple(STAGES)
_STAGES_REACHED = {digit: frozenset(_LADDER[: _LADDER.index(stage) + 1]) for digit, stage in _REACHES.items()}


@rule(
    "in-service",
    title="不是在职中小学教师",
    cites=("plan-8", "training-opinion-teachers"),
    since=SINCE,
    says="这个证件号今天在中小学在职教师名册里，不得聘用。已经离职的，提交离职证明申诉",
)
def in_service(candidate: Candidate, _: Limits) -> Answer:
    """Nobody who teaches at a school today is hired, whatever name stands beside the number (方案 8)."""
    return BROKEN if candidate.is_in_service else HOLDS


@rule(
    "in-service-possible",
    title="不与在职中小学教师同名而无法核对证件号",
    cites=("plan-8", "training-opinion-teachers"),
    since=SINCE,
    says="今天有同名的在职中小学教师，证件号无法比对。核对证件原件，确认是不是同一个人",
    verdict="review",
)
def in_service_possible(candidate: Candidate, _: Limits) -> Answer:
    """A namesake in service whose number, or the candidate's, can't be compared is looked at by a person (方案 8)."""
    return BROKEN if candidate.has_namesake_in_service and not candidate.is_in_service else HOLDS


@rule(
    "id-invalid",
    title="中国籍教师有有效的身份证号",
    cites=("resident-id", "plan-8"),
    since=SINCE,
    says="身份证号无效：位数、校验码或出生日期不对。对照身份证填写 18 位号码；外籍教师填写国籍",
)
def id_invalid(candidate: Candidate, _: Limits) -> Answer:
    """A Chinese national is named by a valid resident's number (GB 11643)."""
    return BROKEN if candidate.number is None and not candidate.is_foreign else HOLDS


@rule(
    "certificate-missing",
    title="学科类教师有教师资格证",
    cites=("plan-8", "training-opinion-teachers"),
    since=SINCE,
    says="任教学科类课程，没有填写教师资格证号。填写 17 位证号；没有教师资格的，不得教学科类课程",
)
def certificate_missing(candidate: Candidate, _: Limits) -> Answer:
    """Whoever teaches an academic subject has a teacher's qualification (方案 8)."""
    if candidate.is_foreign or not candidate.is_academic or candidate.certificate.strip():
        return HOLDS
    return BROKEN


@rule(
    "certificate-invalid",
    title="教师资格证号有效，学科类课程的学段在证书范围内",
    cites=("certificate-number", "teacher-qualification-5"),
    since=SINCE,
    needs=("certificate-age-least",),
    says={
        "form": "教师资格证号不是 17 位数字。对照证书改正",
        "future": "教师资格证号前四位是发证年份，{measured} 晚于今年（{limit}）。对照证书改正",
        "young": "教师资格证号前四位是发证年份，{measured} 早于本人可以取得证书的 {limit} 年。对照证书和身份证改正",
        "stage": "教师资格证号第 10 位是证书种类，{measured} 不能教{limit}。换有相应教师资格的人，或改任教学段",
    },
)
def certificate_invalid(candidate: Candidate, limits: Limits) -> Answer:
    """A certificate's number has its form, a possible year, and for an academic subject a kind reaching the stage."""
    if candidate.is_foreign or not candidate.certificate.strip():
        return HOLDS
    number = certificate_number(candidate.certificate)
    if number is None:
        return (Hit(variant="form"),)
    year = int(number[:4])
    if year > candidate.today.year:
        return (Hit(variant="future", measured=year, limit=candidate.today.year),)
    if candidate.number is not None:
        earliest = birth_date(candidate.number).year + limits.whole("certificate-age-least")
        if year < earliest:
            return (Hit(variant="young", measured=year, limit=earliest),)
    if candidate.is_academic and candidate.stage not in _STAGES_REACHED.get(number[9], ()):
        return (Hit(variant="stage", measured=number[9], limit=STAGE_WORDS[candidate.stage]),)
    return HOLDS


@rule(
    "contract-missing",
    title="签订了聘用（劳动）合同",
    cites=("plan-8", "labour-contract-10"),
    since=SINCE,
    says="没有填写合同起始日期。签订聘用（劳动）合同，填写起始日期",
)
def contract_missing(candidate: Candidate, _: Limits) -> Answer:
    """Institution and teacher have signed a contract (方案 8, 劳动合同法 10)."""
    return BROKEN if candidate.contract_from is None else HOLDS


@rule(
    "contract-expired",
    title="聘用（劳动）合同没有到期",
    cites=("plan-8", "labour-contract-10"),
    since=SINCE,
    says="合同到 {measured} 为止，早于 {limit}。续签合同后改填截止日期",
)
def contract_expired(candidate: Candidate, _: Limits) -> Answer:
    """The contract has not run out; its last day still counts (方案 8)."""
    if candidate.contract_from is None or candidate.contract_to is None or candidate.contract_to >= candidate.today:
        return HOLDS
    return (Hit(measured=candidate.contract_to, limit=candidate.today),)


@rule(
    "foreign-documents",
    title="外籍教师的工作许可和资质由人核对",
    cites=("foreign-teachers", "plan-8"),
    since=SINCE,
    says="外籍教师由审核人员核对护照、工作许可和教学资质",
    verdict="review",
)
def foreign_documents(candidate: Candidate, _: Limits) -> Answer:
    """A foreign national's work permit and qualification are checked by a person (方案 8)."""
    return BROKEN if candidate.is_foreign else HOLDS


RULES: tuple[Rule[Candidate], ...] = (
    in_service,
    in_service_possible,
    id_invalid,
    certificate_missing,
    certificate_invalid,
    contract_missing,
    contract_expired,
    foreign_documents,
)
