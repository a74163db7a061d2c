"""The rounds of training: a little slower for lower layers, averaged over the last steps, scored on what was kept out."""

import math
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from portal.advertising.learned.pieces import Vocabulary
from portal.advertising.lexicon import CATEGORIES
from tools.reader.cases import Case, Variety
from tools.reader.encoder import FILLER, FIRST, LAST, Reader

MOST_PIECES = 300
TOGETHER, BUCKET = 16, 320
SLOWER = 0.9  # each layer learns this much slower than the one above it
HEAD_FASTER = 10
WARM = 0.08
REMEMBERED = 0.997  # of the average of the weights, at each step
SURE, UNSURE = 0.985, 0.005  # what the labels are worth


def train(reader: Reader, vocabulary: Vocabulary, cases: list[Case], rounds: int, rate: float, out: Path) -> None:
    """Train on the cases; the averaged weights are kept after each round, so that a stopped training isn't lost."""
    variety, random_order = Variety(cases, random.Random(rounds)), random.Random(rounds)
    steps = rounds * math.ceil(len(cases) / TOGETHER)
    optimizer, schedule = _optimizer(reader, rate, steps)
    average = {name: value.detach().clone() for name, value in reader.state_dict().items()}
    for number in range(rounds):
        reader.train()
        started, losses = time.monotonic(), []
        for pieces, is_text, kinds in batches(variety.round(), vocabulary, random_order):
            scores = reader(pieces, is_text)
            loss = functional.binary_cross_entropy_with_logits(scores, kinds, reduction="none").sum(1).mean()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            for name, value in reader.state_dict().items():
                average[name].mul_(REMEMBERED).add_(value.detach(), alpha=1 - REMEMBERED)
            losses.append(loss.item())
        torch.save(average, out)
        print(f"round {number + 1} loss {sum(losses) / len(losses):.3f} {time.monotonic() - started:.0f} s", flush=True)
    reader.load_state_dict(average)


def _optimizer(
    reader: Reader, rate: float, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    depth = len(reader.layers)
    groups = [
        {"params": [*layer.parameters()], "lr": rate * SLOWER ** (depth - 1 - number)}
        for number, layer in enumerate(reader.layers)
    ]
    lowest = [*reader.word.parameters(), *reader.pos.parameters(), *reader.ln.parameters()]
    groups += [
        {"params": lowest, "lr": rate * SLOWER**depth},
        {"params": [*reader.head.parameters(), *reader.att.parameters()], "lr": rate * HEAD_FASTER},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    warm = max(1, int(steps * WARM))

    def pace(step: int) -> float:
        return min((step + 1) / warm, max(0.02, (steps - step) / (steps - warm)))

    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, pace)


def batches(
    cases: list[Case], vocabulary: Vocabulary, chance: random.Random
) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Give the cases in random order, those of about one length together."""
    rows = [(cut(case.text, vocabulary), case.kinds) for case in chance.sample(cases, len(cases))]
    groups = []
    for start in range(0, len(rows), BUCKET):
        bucket = sorted(rows[start : start + BUCKET], key=lambda row: len(row[0]))
        groups += [bucket[place : place + TOGETHER] for place in range(0, len(bucket), TOGETHER)]
    chance.shuffle(groups)
    for group in groups:
        pieces, is_text = filled([numbers for numbers, _ in group])
        kinds = [[SURE if kind in found else UNSURE for kind in CATEGORIES] for _, found in group]
        yield pieces, is_text, torch.tensor(kinds)


def cut(text: str, vocabulary: Vocabulary) -> list[int]:
    """Give the numbers of a text's pieces, as the check does."""
    return [FIRST, *vocabulary.cut(text)[0][:MOST_PIECES], LAST]


def filled(rows: list[list[int]]) -> tuple[Tensor, Tensor]:
    """Fill rows up to one length."""
    pieces = torch.full((len(rows), max(map(len, rows))), FILLER)
    is_text = torch.zeros(pieces.shape, dtype=torch.bool)
    for number, row in enumerate(rows):
        pieces[number, : len(row)] = torch.tensor(row)
        is_text[number, : len(row)] = True
    return pieces, is_text
