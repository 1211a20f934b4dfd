#!/usr/bin/env python3
"""Merge the Noto fonts that Atlas P2I shows into one file per weight.

A Fyne theme gives one font per style and nothing else is sure to be on the
user's machine, so Latin, Arabic, Tifinagh and the few signs we draw must be in
the same file. Usage: merge.py [--noto FOLDER] [--out FOLDER]
"""

import argparse
import pathlib
import tempfile

from fontTools import merge, subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

# Signs that Noto Sans itself does not have, and which font gives them.
ARROWS = "←↑→↓↔"  # NotoSansSymbols: has a true bold
MATHS = "∑≈≠≤≥⇄∞⟦⟧"  # NotoSansMath: regular only
SHAPES = "✓✕▸●○⚠"  # NotoSansSymbols2: regular only
MINUS = 0x2212
DOWN = 0x25BE  # that of Symbols 2 is a speck at the sizes we use
CHECK, HEAVY_CHECK = 0x2713, 0x2714
CHECK_SCALE = 0.82  # as drawn it is taller than a capital

# The Arabic letters we show reach from -421 to 940. The Noto Arabic metrics
# (1374, -738) leave room for stacked Quranic marks and would make every line
# of the window half as high again.
ASCENT, DESCENT = 1069, -431

# Seconds since 1904 of 2020-12-26, the release of the Noto files: a fixed
# stamp, so that the same sources give the same bytes.
STAMP = 3691785600

WEIGHTS = {
    "Regular": ("Regular", "Regular"),
    "Bold": ("Bold", "Regular"),
}


def keep(path, codes, out):
    """Write to out the glyphs of path that codes need, unhinted, all layout kept."""
    options = subset.Options()
    options.hinting = False  # Fyne draws unhinted; programs of merged fonts would clash
    options.layout_features = ["*"]
    options.layout_scripts = ["*"]
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["DSIG", "meta"]
    font = subset.load_font(str(path), options)
    missing = set(codes) - set(font.getBestCmap())
    if missing:
        raise SystemExit(f"{path.name} lacks {sorted(map(hex, missing))}")
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    subset.save_font(font, str(out), options)
    return out


def cmap(path):
    """The characters of a font file."""
    font = TTFont(path, lazy=True)
    codes = set(font.getBestCmap())
    font.close()
    return codes


def draw(font, code, points, advance):
    """Add a character whose glyph is one polygon, points in clockwise order."""
    pen = TTGlyphPen(None)
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()
    name = f"uni{code:04X}"
    font.setGlyphOrder(font.getGlyphOrder() + [name])
    font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = (advance, min(x for x, _ in points))
    point_to(font, code, name)


def point_to(font, code, name):
    """Show the glyph for the character."""
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def add_minus(font):
    """Draw U+2212 as the horizontal bar of +: as wide as a digit, as heavy as the weight."""
    plus = font.getBestCmap()[ord("+")]
    points = font["glyf"][plus].getCoordinates(font["glyf"])[0]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    heights = sorted({y for x, y in points if x in (left, right)})
    bottom, top = heights[0], heights[-1]
    bar = [(left, bottom), (left, top), (right, top), (right, bottom)]
    draw(font, MINUS, bar, font["hmtx"][plus][0])


def shrink(font, code, factor):
    """Scale the glyph of a character about the base line, with room after it."""
    name = font.getBestCmap()[code]
    glyph = font["glyf"][name]
    glyph.coordinates.scale((factor, factor))
    glyph.coordinates.toInt()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (glyph.xMax + 60, glyph.xMin)


def finish(font, weight):
    """Set one family name and the line height, drop what only the parts needed."""
    for record in font["name"].names[:]:
        if record.nameID > 6 and record.nameID not in (13, 14):
            font["name"].removeNames(nameID=record.nameID)
    family = "Atlas P2I Sans"
    for name_id, text in (
        (1, family),
        (2, weight),
        (3, f"{family} {weight} 1"),
        (4, f"{family} {weight}"),
        (5, "Version 1, from Noto 2020-12"),
        (6, f"AtlasP2ISans-{weight}"),
    ):
        font["name"].setName(text, name_id, 3, 1, 0x409)
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ASCENT, DESCENT, 0
    os2 = font["OS/2"]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ASCENT, DESCENT, 0
    os2.usWinAscent, os2.usWinDescent = ASCENT, -DESCENT
    os2.fsSelection |= 1 << 7  # USE_TYPO_METRICS
    font["head"].created = font["head"].modified = STAMP


def build(noto, out, weight, work):
    """Merge one weight."""
    own, signs = WEIGHTS[weight]
    sans = noto / f"NotoSans-{own}.ttf"
    have = cmap(sans)
    parts = [keep(sans, have, work / "sans.ttf")]

    def add(name, codes):
        codes = set(codes) - have
        parts.append(keep(noto / f"{name}.ttf", codes, work / f"{len(parts)}.ttf"))
        have.update(codes)

    arabic, tifinagh = f"NotoSansArabic-{own}", f"NotoSansTifinagh-{signs}"
    add(arabic, cmap(noto / f"{arabic}.ttf"))
    add(tifinagh, cmap(noto / f"{tifinagh}.ttf"))
    add(f"NotoSansSymbols-{own}", map(ord, ARROWS))
    add("NotoSansMath-Regular", map(ord, MATHS))
    shapes = {ord(c) for c in SHAPES} | {HEAVY_CHECK}
    add("NotoSansSymbols2-Regular", shapes)

    font = merge.Merger().merge([str(p) for p in parts])
    font.recalcTimestamp = False
    add_minus(font)
    draw(font, DOWN, [(40, 440), (520, 440), (280, 130)], 560)
    if weight == "Bold":
        point_to(font, CHECK, font.getBestCmap()[HEAVY_CHECK])
    shrink(font, CHECK, CHECK_SCALE)
    finish(font, weight)
    target = out / f"atlas-{weight.lower()}.ttf"
    font.save(target)
    print(f"{target}: {target.stat().st_size} bytes, {len(font.getBestCmap())} characters")


def main():
    """Build both weights."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--noto", type=pathlib.Path, default="/usr/share/fonts/truetype/noto")
    root = pathlib.Path(__file__).resolve().parents[2]
    ask.add_argument("--out", type=pathlib.Path, default=root / "assets" / "fonts")
    args = ask.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        with tempfile.TemporaryDirectory() as work:
            build(args.noto, args.out, weight, pathlib.Path(work))


if __name__ == "__main__":
    main()
