"""What pages and the API show of a licence. Pure: rows in, page objects out."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from portal.base.clock import SHANGHAI
from portal.kernel.programmes import STAGES, category, subject_words
from portal.registry.entries import Entry, Facts, Programme
from portal.registry.status import RESTRICTIONS, WORDS
from schemas import registry as schema

if TYPE_CHECKING:
    from portal.registry.service import Checked, Found

NO_DISTRICT = "没有这个区县。从列表里选择"
CATEGORIES = {"academic": "学科类", "non-academic": "非学科类"}
ACTS = {"grant": "设立，取得办学许可证"}
STATUS_CHOICES = [(code, words) for code, (words, _, _) in WORDS.items()]


class Result(NamedTuple):
    """A licence in a list of results; its days as they are written there."""

    number: str
    name: str
    state: Mapping[str, str]
    sentence: str
    address: str
    district: str
    programmes: str
    valid_from: str
    valid_to: str


def state(entry: Entry) -> dict[str, str]:
    """The status as a tag."""
    words, tone, _ = WORDS[entry.status]
    return {"words": words, "tone": tone}


def sentence(entry: Entry) -> str:
    """What the status means for somebody who wants to enrol a child: with the day and the measure, where there is one."""
    if entry.status == "restricted":
        measures = "、".join(dict.fromkeys(RESTRICTIONS.get(one.kind, one.kind) for one in entry.restrictions))
        first = min(one.since for one in entry.restrictions)
        return f"{first:%Y-%m-%d} 起{measures}。报名前先看清限制。"
    text = WORDS[entry.status][2]
    since = entry.ended_on or (entry.valid_to if entry.status == "expired" else None)
    return f"{'有效期到' if entry.status == 'expired' else ''}{since:%Y-%m-%d}。{text}" if since else text


@lru_cache(maxsize=4096)
def programmes(taught: tuple[Programme, ...]) -> str:
    """What it may teach to whom, in words: 美术（小学、初中）."""
    stages: dict[str, list[str]] = {}
    for one in taught:
        stages.setdefault(one.subject, []).append(STAGES.get(one.stage, one.stage))
    return "；".join(f"{subject_words(subject)}（{'、'.join(taught)}）" for subject, taught in stages.items())


def result(entry: Entry, districts: Mapping[str, str]) -> Result:
    """Show a licence in a list."""
    return Result(
        entry.number, entry.name, state(entry), sentence(entry), entry.address,
        districts.get(entry.district, entry.district), programmes(entry.programmes), entry.valid_from.isoformat(),
        entry.valid_to.isoformat(),
    )  # fmt: skip


def taught(entry: Entry) -> list[list[str]]:
    """The rows of what it may teach: subject, category, stage."""
    return [
        [subject_words(one.subject), CATEGORIES[category(one.subject)], STAGES.get(one.stage, one.stage)]
        for one in entry.programmes
    ]


def restrictions(entry: Entry) -> list[list[Any]]:
    """The rows of what is laid over it now."""
    return [
        [RESTRICTIONS.get(one.kind, one.kind), one.since, one.until, one.decision, one.text]
        for one in entry.restrictions
    ]


def history(events: Iterable[Mapping[str, Any]], entry: Entry) -> list[dict[str, Any]]:
    """What happened to it, the oldest first, with its end."""
    found = [{"what": ACTS.get(one["act"], one["act"]), "at": one["since"], "when": "done"} for one in events]
    if entry.ended_on:
        found.append({"what": WORDS[entry.status][0], "at": entry.ended_on, "when": "done"})
    return found


def answer_of(checked: "Checked") -> tuple[str, str, str]:
    """The one big answer about a paper: words, tone, sentence."""
    if checked.replaced:
        now = f"这家机构的许可现在是：{WORDS[checked.entry.status][0]}。" if checked.entry else ""
        day = checked.replaced.astimezone(SHANGHAI)
        return "旧证，已换发", "warning", f"这张证已在 {day:%Y-%m-%d} 换发新证，只认新证。{now}"
    if checked.entry:
        words, tone, _ = WORDS[checked.entry.status]
        return words, tone, sentence(checked.entry)
    return "文书属实", "good", "本平台签发过这份文书。内容以纸上编号对应的原件为准。"


def listed(entry: Entry) -> dict[str, Any]:
    """A licence in a list of the API."""
    taught = [{"subject": one.subject, "stage": one.stage} for one in entry.programmes]
    return {
        "licence_number": entry.number, "name": entry.name, "district": entry.district, "address": entry.address,
        "status": entry.status, "valid_from": entry.valid_from.isoformat(), "valid_to": entry.valid_to.isoformat(),
        "programmes": taught, "is_demo": entry.is_demo,
    }  # fmt: skip


def page(found: "Found") -> dict[str, Any]:
    """A page of results of the API."""
    total = {"value": found.total, "exact": found.is_exact}
    return {"items": [listed(one) for one in found.entries], "next": found.next, "total": total}


def licence(entry: Entry, facts: Facts, events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A licence of the API."""
    laid = [
        {"kind": one.kind, "decision": one.decision, "since": one.since, "until": one.until, "text": one.text}
        for one in entry.restrictions
    ]
    shown = schema.LicenceShown.model_validate(
        {
            **listed(entry), **facts._asdict(), "ended_on": entry.ended_on, "restrictions": laid,
            "history": [{"since": one["since"], "act": one["act"]} for one in events],
        }
    )  # fmt: skip
    return shown.model_dump(mode="json")


def paper(checked: "Checked") -> dict[str, Any]:
    """What a code stands for, of the API."""
    shown = schema.PaperShown.model_validate(
        {
            "title": checked.title, "number": checked.number, "dated": checked.dated, "replaced": checked.replaced,
            "licence": listed(checked.entry) if checked.entry else None, "is_demo": checked.is_demo,
        }
    )  # fmt: skip
    return shown.model_dump(mode="json")
