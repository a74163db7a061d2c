"""A page of paper for each slot, drawn: evidence that says on its face that it is a sample."""

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from portal.documents.coverage import FOLDER
from portal.documents.rules import FONTS
from portal.policy.materials import materials

PAPER = (1240, 1754)
INK, PALE = "#202020", "#d5d5d5"


@cache
def paper(slot: str) -> bytes:
    """The PDF that lies in a slot."""
    title = next(kind.title for kind in materials("new") if kind.slot == slot)
    image = Image.new("RGB", PAPER, "white")
    draw = ImageDraw.Draw(image)
    font = FOLDER / FONTS / "Song.ttf"
    draw.rectangle((70, 70, PAPER[0] - 70, PAPER[1] - 70), outline=PALE, width=3)
    draw.text((PAPER[0] / 2, 260), title, font=ImageFont.truetype(str(font), 64), fill=INK, anchor="mm")
    draw.text((PAPER[0] / 2, 900), "样本", font=ImageFont.truetype(str(font), 220), fill=PALE, anchor="mm")
    small = ImageFont.truetype(str(font), 34)
    for line in range(6):
        draw.text((180, 420 + line * 70), "本页为演示材料，内容是虚构的，只用来说明审查过程。", font=small, fill=INK)
    out = io.BytesIO()
    image.save(out, "PDF", resolution=150)
    return out.getvalue()
