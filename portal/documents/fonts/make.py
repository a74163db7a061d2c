"""Make a version of the documents' fonts from the originals; run once, by hand, when a version is released.

    python -m portal.documents.fonts.make VERSION REGULAR.ttf BOLD.ttf CJK-COLLECTION.ttc

TrueType outlines, no GSUB and no GPOS (a glyph then depends on its character alone), no hinting: cheap to embed and
the same everywhere. `origin.toml` of the version says where the originals came from; this prints the hashes for it.
"""

import hashlib
import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable

HERE = Path(__file__).parent
SIMPLIFIED = 2  # the face of the collection whose shapes are those of the mainland
IDEOGRAPHS = ((0x2E80, 0x2FE0), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x33480))
FURTHER = frozenset(range(0x20, 0x180)) | frozenset(range(0x2010, 0x2060)) | {0x20AC, 0x2113, 0x2713, 0x2714}


def encodable(encoding: str) -> frozenset[int]:
    """Every character that a Chinese standard's character set holds, with Latin letters and punctuation."""
    found = set(FURTHER)
    for code in range(0x80, 0x10000):
        if 0xD800 <= code < 0xF900:
            continue
        try:
            chr(code).encode(encoding)
        except UnicodeEncodeError:
            continue
        found.add(code)
    return frozenset(found)


def cut(font: TTFont, characters: frozenset[int], family: str) -> TTFont:
    """Leave only the characters asked for, and nothing that shapes or hints."""
    options = Options(
        layout_features=[], hinting=False, notdef_outline=True, glyph_names=False, legacy_kern=False, name_IDs=["*"]
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG", "STAT", "gasp", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in {1, 4, 16}:
            font["name"].setName(family, record.nameID, record.platformID, record.platEncID, record.langID)
        if record.nameID == 6:
            font["name"].setName(family.replace(" ", ""), 6, record.platformID, record.platEncID, record.langID)
    return font


def as_truetype(font: TTFont) -> TTFont:
    """Turn PostScript outlines into TrueType ones, a thousandth of an em exact."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"], glyf = newTable("loca"), newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, outlines
    font["glyf"] = glyf
    del font["CFF "]
    glyf.compile(font)
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in ("Zones", "TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"):
        setattr(maxp, f"max{field}", 1 if field == "Zones" else 0)
    maxp.maxSizeOfInstructions = maxp.maxComponentElements = 0
    font["post"].formatType, font.sfntVersion = 3.0, "\000\001\000\000"
    return font


def main(version: str, regular: str, bold: str, wide: str) -> None:
    """Write the three faces of a version and print their hashes."""
    folder = HERE / version
    folder.mkdir()
    song = cut(TTFont(regular), encodable("gbk"), "Portal Song")
    collection = TTCollection(wide).fonts[SIMPLIFIED]
    beyond = frozenset(
        code for code in collection.getBestCmap() if any(first <= code < end for first, end in IDEOGRAPHS)
    )
    faces = {
        "Song": song,
        "SongTitle": cut(TTFont(bold), encodable("gb2312"), "Portal SongTitle"),
        "SongRare": as_truetype(cut(collection, beyond - set(song.getBestCmap()), "Portal SongRare")),
    }
    for name, font in faces.items():
        font["head"].modified = font["head"].created
        font.recalcTimestamp = False
        path = folder / f"{name}.ttf"
        font.save(path)
        sys.stdout.write(
            f'{name} = "{hashlib.sha256(path.read_bytes()).hexdigest()}"  # {len(font.getBestCmap())} characters\n'
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
