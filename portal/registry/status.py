"""What a licence's status is on a day, and what it means for somebody who reads it."""

from dataclasses import dataclass
from datetime import date

WORDS = {
    "in-force": ("有效", "good", "可以招生、上课。"),
    "restricted": ("有效，受限制", "warning", "许可有效，但有限制措施，报名前先看清。"),
    "expired": ("已过期", "stop", "许可证已过有效期，不得招生、上课。"),
    "revoked": ("已吊销", "stop", "许可证已被吊销，不得招生、上课。"),
    "annulled": ("已撤销", "stop", "许可已被撤销，不得招生、上课。"),
    "withdrawn": ("已撤回", "stop", "许可已被撤回，不得招生、上课。"),
    "terminated": ("已终止", "stop", "机构已终止办学。"),
    "deregistered": ("已注销", "stop", "许可证已注销，不得招生、上课。"),
}
RESTRICTIONS = {
    "rectify": "限期整改",
    "stop-enrol": "责令停止招收学员",
    "withheld": "暂扣许可证",
    "stop-business": "停业整顿",
    "blacklisted": "列入黑名单",
    "check-failed": "年检不合格",
}


@dataclass(frozen=True, slots=True)
class Restriction:
    """Something laid over a licence, with its days and what the public reads."""

    kind: str
    decision: str
    since: date
    until: date | None
    text: str

    def covers(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


def status(ending: str, valid_to: date, restrictions: list[Restriction], on: date) -> str:
    """The status on a day: ended by an act, expired, restricted, or in force."""
    if ending:
        return ending
    if valid_to < on:
        return "expired"
    return "restricted" if restrictions and any(one.covers(on) for one in restrictions) else "in-force"
