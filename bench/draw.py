"""The draw over a million institutions, beside nothing but their HMACs and a sort, in one run."""

import hmac
from time import perf_counter

from portal.inspections import draw, record
from portal.inspections.draw import Inspector, Terms

INSTITUTIONS = 1_000_000
NONCE = "0123456789abcdef" * 4
BEST_OF = 3


def run() -> dict[str, float]:
    """Give `draw`: the time of a whole draw (plan, seed, choice, inspectors) as a multiple of its floor."""
    terms = _terms()
    ids = [name for name, _ in terms.population]
    key = bytes.fromhex(NONCE)
    floor = min(_floor(ids, key) for _ in range(BEST_OF))
    return {"draw": min(_draw(terms) for _ in range(BEST_OF)) / floor}


def _terms() -> Terms:
    return Terms(
        district="500103",
        period="2026-11",
        population=[
            (f"15001037{serial:07d}", "high" if serial % 7 == 0 else "normal") for serial in range(INSTITUTIONS)
        ],
        quotas={"high": 500, "normal": 1_000},
        inspectors=[Inspector(f"inspector-{number}", ()) for number in range(100)],
        per_visit=2,
        entropy_source="lottery 1",
    )


def _floor(ids: list[str], key: bytes) -> float:
    start = perf_counter()
    sorted([(hmac.digest(key, b"institution\n" + name.encode(), "sha256"), name) for name in ids])
    return perf_counter() - start


def _draw(terms: Terms) -> float:
    start = perf_counter()
    record.completed(record.planned(terms, draw.commitment(NONCE)), NONCE, "03 08 12")
    return perf_counter() - start


if __name__ == "__main__":
    for name, ratio in run().items():
        print(f"{name}: {ratio:.2f} × floor")
