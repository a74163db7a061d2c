"""`make train`: trains the learned reader and writes the files that the check ships."""

import argparse
import random
from pathlib import Path

import torch

from portal.advertising.learned.pieces import Vocabulary
from portal.advertising.lexicon import CATEGORIES
from tools.reader.cases import KEPT, Case, labelled
from tools.reader.encoder import Reader, published
from tools.reader.shipping import ship
from tools.reader.training import cut, filled, train

WORK = Path("var/train")


def main() -> None:
    """Train, score what was kept out by itself (the command `check advertisement-score` scores the whole check), ship."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=12)
    asked.add_argument("--rate", type=float, default=1e-4, help="of learning, of the highest layer")
    asked.add_argument(
        "--keep-out", nargs="*", default=[], metavar="BATCH", help="leave out, and score on it; ship nothing"
    )
    asked.add_argument("--go-on-from", type=Path, help="weights of an earlier training")
    asked.add_argument("--ship-only", action="store_true", help="only write the files, from --go-on-from")
    given = asked.parse_args()
    torch.manual_seed(given.rounds)
    random.seed(given.rounds)
    WORK.mkdir(parents=True, exist_ok=True)
    source = published()
    reader, vocabulary = Reader(source), source.vocabulary()
    if given.go_on_from:
        reader.load_state_dict(torch.load(given.go_on_from))
    cases = labelled(KEPT | set(given.keep_out))
    if not given.ship_only:
        train(reader, vocabulary, cases, given.rounds, given.rate, WORK / "weights.pt")
    if given.keep_out:
        kept = [case for case in labelled(frozenset()) if case.batch in given.keep_out and case.batch not in KEPT]
        print(scored(reader, vocabulary, kept))
    else:
        ship(reader, vocabulary, len(cases), WORK)


def scored(reader: Reader, vocabulary: Vocabulary, cases: list[Case]) -> str:
    """Say how often the reader alone is right about a text, and the F1 of its kinds."""
    right = agreed = all_said = all_true = 0
    reader.eval()
    for case in cases:
        with torch.no_grad():
            [row] = reader(*filled([cut(case.text, vocabulary)])).sigmoid().tolist()
        said = {kind for kind, likelihood in zip(CATEGORIES, row, strict=True) if likelihood > 0.5}
        right += bool(said) == bool(case.kinds)
        agreed, all_said, all_true = agreed + len(said & case.kinds), all_said + len(said), all_true + len(case.kinds)
    return f"verdict {right / len(cases):.3f} micro-F1 {2 * agreed / max(1, all_said + all_true):.3f}"


main()
