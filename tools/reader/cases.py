"""Labelled advertisements as the check reads them, joined and misspelt anew in each round of training."""

import json
import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from pypinyin import lazy_pinyin

from portal.advertising.lexicon import lexicon
from portal.advertising.reading.page import read

FOLDER = Path("tests/advertising/cases")
KEPT = frozenset({"batch-8"})  # nobody who builds the check reads it
JOINED, MISSPELT = 0.35, 0.25
LONGEST_JOINED = 150


@dataclass(frozen=True, slots=True)
class Case:
    """A text as it is read, and the kinds that stand in it."""

    batch: str
    text: str
    kinds: frozenset[str]


def labelled(without: frozenset[str]) -> list[Case]:
    """Read every batch but those."""
    return [
        Case(path.stem, read(case["text"], lexicon().sounds).text, frozenset(case["categories"]))
        for path in sorted(FOLDER.glob("*.jsonl"))
        if path.stem not in without
        for case in map(json.loads, path.read_text("utf-8").splitlines())
    ]


class Variety:
    """Makes each round of the cases a little different."""

    def __init__(self, cases: list[Case], chance: random.Random) -> None:
        self.cases, self.chance = cases, chance
        self.by_sound: dict[str, list[str]] = defaultdict(list)
        for letter in sorted({letter for case in cases for letter in case.text if is_chinese(letter)}):
            self.by_sound[lazy_pinyin(letter)[0]].append(letter)

    def round(self) -> list[Case]:
        """Give every case once, some joined with others (an advertisement says many things), some misspelt."""
        return [self._misspelt(self._joined(case)) for case in self.cases]

    def _joined(self, case: Case) -> Case:
        if self.chance.random() >= JOINED or len(case.text) >= LONGEST_JOINED:
            return case
        others = self.chance.sample(self.cases, self.chance.choice([1, 1, 2]))
        together = [case, *(other for other in others if len(other.text) < LONGEST_JOINED)]
        self.chance.shuffle(together)
        between = self.chance.choice(["", "\n", " ", "。"])
        text = between.join(each.text for each in together)
        return Case(case.batch, text, frozenset().union(*(each.kinds for each in together)))

    def _misspelt(self, case: Case) -> Case:
        places = [place for place, letter in enumerate(case.text) if is_chinese(letter)]
        if self.chance.random() >= MISSPELT or not places:
            return case
        letters = list(case.text)
        for place in self.chance.sample(places, min(len(places), self.chance.choice([1, 1, 2, 3]))):
            letters[place] = self.chance.choice(self.by_sound[lazy_pinyin(letters[place])[0]] or [letters[place]])
        return Case(case.batch, "".join(letters), case.kinds)


def is_chinese(letter: str) -> bool:
    """Whether a letter is a common Chinese character."""
    return "\u4e00" <= letter <= "\u9fff"
