"""The shipped model: an encoder trained on labelled advertisements (`make train`), run by ONNX Runtime."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from portal.advertising.learned.pieces import Vocabulary

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WEIGHTS = Path(__file__).with_name("reader.onnx")
DESCRIPTION = Path(__file__).with_name("reader.json")
MOST_PIECES = 300


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which likelihood on a kind is found: by the reader alone, and where a pattern found it too."""

    alone: float
    with_pattern: float


@dataclass(frozen=True, slots=True)
class Reading:
    """How likely a text holds each kind (0 to 1), and how much each of its pieces adds to that."""

    likelihoods: Mapping[str, float]
    shares: Mapping[str, Sequence[float]]
    places: Sequence[int]

    def weight(self, category: str, start: int, end: int) -> float:
        """Say how much a passage of the text adds to the likelihood of a kind."""
        shares = zip(self.places, self.shares[category], strict=True)
        return sum(share for place, share in shares if start <= place < end)


@dataclass(frozen=True)
class Model:
    """What the model was trained on, its kinds in order with their bounds, its vocabulary, its weights."""

    trained: str
    bounds: Mapping[str, Bounds]
    vocabulary: Vocabulary
    session: "InferenceSession"
    first: int
    last: int

    def read(self, text: str) -> Reading:
        """Read one text.

        Never several together: in a batch, the rounding of the weights would let neighbours change each other's figures.
        """
        if not text.strip():
            return Reading(dict.fromkeys(self.bounds, 0.0), {}, [])
        pieces, places = (each[:MOST_PIECES] for each in self.vocabulary.cut(text))
        asked = np.array([[self.first, *pieces, self.last]], dtype=np.int64)
        [likelihoods], [shares] = self.session.run(None, {"pieces": asked})
        return Reading(
            dict(zip(self.bounds, likelihoods.tolist(), strict=True)),
            dict(zip(self.bounds, shares[1:-1].T.tolist(), strict=True)),
            places,
        )


@cache
def model() -> Model:
    """Read the shipped model."""
    from onnxruntime import InferenceSession, SessionOptions

    described = json.loads(DESCRIPTION.read_text("utf-8"))
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return Model(
        trained=described["trained"],
        bounds={kind: Bounds(*bounds) for kind, bounds in described["bounds"].items()},
        vocabulary=Vocabulary.of(described["pieces"], described["weights"], described["unknown"]),
        session=InferenceSession(WEIGHTS, options, providers=["CPUExecutionProvider"]),
        first=described["first"],
        last=described["last"],
    )
