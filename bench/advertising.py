"""The advertisement check: growth from 10,000 to 20,000 characters, also hostile, and its cost beside a bare search."""

from time import process_time

from portal.advertising.lexicon import lexicon
from portal.advertising.rules import check

SHORT, LONG = 10_000, 20_000
BEST_OF = 3
AD = "初三物理周末班，每班十四人，内容与课堂同步，按月交费，随时可以退。老师专职，教室在二楼，茶水自取，欢迎试听。"
HOSTILE = {
    "one-character": "好",
    "nested-denials": "不是没有不",
    "separators": "·",
    "look-alikes": "保ba包",
    "ordinary": AD,
}


def run() -> dict[str, float]:
    """Give growth for each kind of text (at most 2.2); texts of 300 characters a second on one core; that ÷ a bare search."""
    figures = {}
    for name, unit in HOSTILE.items():
        short, long = ((unit * (size // len(unit) + 1))[:size] for size in (SHORT, LONG))
        figures[f"advertisement-growth-{name}"] = _seconds(long) / _seconds(short)
    text = (AD * 10)[:300]
    figures["advertisement-300-a-second"] = 1 / _seconds(text)
    figures["advertisement-300-to-bare-search"] = _seconds(text) / _bare(text)
    return figures


def _seconds(text: str) -> float:
    """Time the whole check, learned reader included (processor time, so that neighbours on the machine don't count)."""
    return min(_timed(lambda: check(text)) for _ in range(BEST_OF))


def _bare(text: str) -> float:
    return min(_timed(lambda: list(lexicon().automaton.iter(text))) for _ in range(BEST_OF))


def _timed(work) -> float:
    start = process_time()
    work()
    return process_time() - start
