"""A time limit explained: every day from the one after the event to the last, by month."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from portal.kernel.calendar import CountedDay, Deadline
from portal.licensing.papers import limit_words
from portal.licensing.store.clocks import Running
from portal.policy.values import Policy

KINDS = {"counted": "计入", "rest": "休息日", "holiday": "法定节假日", "makeup": "调休上班，计入", "paused": "暂停"}
WEEKDAYS = "一二三四五六日"


def months(counted: Deadline) -> list[tuple[str, list[dict[str, object]]]]:
    """The days of each month, numbered as they count."""
    rows = _numbered(counted.days)
    return [(f"{key[0]} 年 {key[1]} 月", [row for _, row in group])
            for key, group in groupby(rows, key=lambda pair: (pair[0].year, pair[0].month))]  # fmt: skip


def _numbered(days: Sequence[CountedDay]) -> list[tuple[date, dict[str, object]]]:
    number, rows = 0, []
    for one in days:
        counts = one.kind in {"counted", "makeup"}
        number += counts
        rows.append((one.day, {
            "day": one.day, "weekday": f"周{WEEKDAYS[one.day.isoweekday() - 1]}", "kind": KINDS[one.kind],
            "number": f"第 {number} 天" if counts else "", "counts": counts,
        }))  # fmt: skip
    return rows


def explained(running: Running, counted: Deadline, policy: Policy) -> dict[str, object]:
    """The limit in words: from which day, how long, by which article, what it skips; the promise beside it."""
    kind = "application" if running.step in {"correction-notice", "deliver"} else running.kind
    time = policy.time(kind, running.step, running.event_on)
    cite, promised_cite = running.cite or time.cite, running.promised_cite or time.promised_cite
    tally = {word: sum(KINDS[one.kind] == word for one in counted.days) for word in KINDS.values()}
    return {
        "title": time.title,
        "event_on": running.event_on,
        "limit": limit_words(running.limit),
        "cite": cite,
        "label": policy.citation(cite, running.event_on).label,
        "promised": limit_words(running.promised) if running.promised else "",
        "promised_cite": promised_cite,
        "promised_label": policy.citation(promised_cite, running.event_on).label,
        "tally": [(word, count) for word, count in tally.items() if count],
    }
