"""Makes the two shipped files: a vocabulary of simplified Chinese, weights in 8 bits, and the description."""

import json
import warnings
from datetime import UTC, datetime
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from opencc import OpenCC
from torch import Tensor, nn

from portal.advertising.learned.pieces import Vocabulary
from portal.advertising.lexicon import CATEGORIES
from tools.reader.encoder import FIRST, LAST, SPECIAL, UNKNOWN, Reader

FOLDER = Path("portal/advertising/learned")
ALONE, WITH_PATTERN = 0.5, 0.05  # chosen on batches 4 to 7, by a reader trained without them
BLOCK = 64


class Shipped(nn.Module):
    """The reader for one text: likelihoods of the kinds, and what each piece adds to them."""

    def __init__(self, reader: Reader, kept: list[int]) -> None:
        super().__init__()
        self.reader = reader
        words = reader.word.weight.data[kept]
        scale = words.abs().amax(1, keepdim=True) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("words", (words / scale).round().to(torch.int8))

    def forward(self, pieces: Tensor) -> tuple[Tensor, Tensor]:
        reader, length = self.reader, pieces.shape[1]
        rows = reader.ln(self.words[pieces].float() * self.scale[pieces] + reader.pos.weight[:length])
        for layer in reader.layers:
            rows = layer(rows, None)
        shares = (reader.att(rows).softmax(1) + 1.0 / length) * (rows @ reader.head.weight.T)
        return (shares.sum(1) + reader.head.bias).sigmoid(), shares


def ship(reader: Reader, vocabulary: Vocabulary, trained_on: int, work: Path) -> None:
    """Write `reader.onnx` and `reader.json`."""
    pieces = list(vocabulary.pieces)
    kept = [at for at, piece in enumerate(pieces) if at < SPECIAL or is_simplified(piece)]
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Shipped(reader.eval(), kept), (torch.randint(SPECIAL, 1000, (1, 20)),), str(work / "exact.onnx"),
            input_names=["pieces"], output_names=["likelihoods", "shares"],
            dynamic_axes={"pieces": {1: "length"}, "shares": {1: "length"}}, opset_version=17, dynamo=False,
        )  # fmt: skip
    rounded = MatMulNBitsQuantizer(
        onnx.load(work / "exact.onnx"), bits=8, block_size=BLOCK, is_symmetric=True, accuracy_level=4
    )
    rounded.process()
    rounded.model.save_model_to_file(str(FOLDER / "reader.onnx"))
    described = {
        "trained": f"{datetime.now(UTC):%Y-%m-%d}, {trained_on} cases",
        "bounds": {kind: [ALONE, WITH_PATTERN] for kind in CATEGORIES},
        "unknown": UNKNOWN,
        "first": FIRST,
        "last": LAST,
        "pieces": [pieces[at] for at in kept],
        "weights": [round(vocabulary.pieces[pieces[at]][1], 3) for at in kept],
    }
    text = json.dumps(described, ensure_ascii=False, separators=(",", ":"))
    (FOLDER / "reader.json").write_text(text + "\n", encoding="utf-8")


_simplified = OpenCC("t2s")


def is_simplified(piece: str) -> bool:
    """Whether the check can meet a piece: it reads traditional characters as simplified ones."""
    if _simplified.convert(piece) != piece:
        return False
    try:
        piece.replace("▁", "").encode("gb18030" if piece.isascii() else "gb2312")
    except UnicodeEncodeError:
        return not any("\u4e00" <= letter <= "\u9fff" for letter in piece)
    return True
