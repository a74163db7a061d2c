"""Spot-check draws: random inputs in which odd characters, empty strata and conflicts of interest meet often."""

import random
from typing import Any

LETTERS = [
    "a",
    "B",
    "0",
    "\ue000",
    "\uffee",
    "\U00020bb7",
    "é",
    "督",
    '"',
    "\\",
    "\u2028",
    "\x7f",
    "/",
    "~",
    " ",
    "\r",
    "\x01",
]


def a_word(chance: random.Random) -> str:
    return "".join(chance.choices(LETTERS, k=chance.randrange(1, 4)))


def words(chance: random.Random, most: int) -> list[str]:
    return list({a_word(chance) for _ in range(chance.randrange(most + 1))})


def draw_inputs(seed: int) -> dict[str, Any]:
    """The inputs of one draw; most of them can be held, some have too few inspectors."""
    chance = random.Random(seed)
    strata = [a_word(chance) for _ in range(chance.randrange(1, 4))]
    institutions = words(chance, 12)
    return {
        "version": "draw/1",
        "district": "500103",
        "period": a_word(chance),
        "population": [{"id": name, "stratum": chance.choice(strata)} for name in institutions],
        "quotas": {stratum: chance.choice([0, 1, 2, 3, 50]) for stratum in [*strata[:2], a_word(chance)]},
        "inspectors": [
            {"id": name, "conflicts": chance.sample(institutions, chance.randrange(min(3, len(institutions) + 1)))}
            for name in words(chance, 6)
        ],
        "per_visit": chance.choice([1, 1, 2]),
        "entropy_source": a_word(chance) + "\n",
        "nonce": chance.randbytes(32).hex(),
        "public_entropy": "03 08 " + a_word(chance).replace("\r", "").replace("\u2028", ""),
    }
