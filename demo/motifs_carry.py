"""Owns the pictures of baskets, bags and bottles."""

from demo.canvas import Canvas, Colour, dark, light
from demo.looks import (
    BRASS,
    MUSTARD,
    OAK,
    RED,
    STEEL,
    TEAL,
    WALNUT,
    WHITE,
    Look,
)
from demo.outlines import (
    arc,
    bend,
    rect,
    rounded,
    taper,
)
from demo.patterns import heart_outline, sprig


def hamper(c: Canvas, look: Look) -> None:
    """A lidded picnic basket with a gingham cloth peeping out."""
    willow: Colour = (202, 156, 102)
    c.stroke(arc(50, 44, 25, 25, 180, 360), 4, dark(willow, 0.2))
    _woven(c, willow, 50, 80, 34, 30)
    c.solid([(24, 48), (46, 48), (41, 60), (35, 53), (29, 59)], colour=RED, depth=0.6)
    for x, y in ((29, 51), (35, 49.6), (41, 51), (41, 55.4), (29.6, 55)):
        c.flat(rect(x - 1, y - 1, x + 1, y + 1), colour=WHITE)
    c.solid(rect(14, 40, 86, 50, 4), colour=light(willow, 0.15))
    for x in range(9):
        c.stroke([(18 + x * 8, 43), (22 + x * 8, 47)], 0.9, dark(willow, 0.16), 0)
    c.solid(rect(60, 44, 67, 58, 1.6), colour=WALNUT, depth=0.7)
    c.flat(rect(61.8, 52, 65.2, 55, 0.6), colour=BRASS)


def tote(c: Canvas, look: Look) -> None:
    """A canvas tote with long handles."""
    c.lay_flat()
    strap = dark(look.colour, 0.12)
    for lift in (0, 4):
        c.stroke(
            [
                (37, 42),
                *bend((38, 36), (40, 11 + lift), (50, 11 + lift)),
                *bend((50, 11 + lift), (60, 11 + lift), (62, 36)),
                (63, 42),
            ],
            3,
            strap,
        )
    c.solid(rounded([(26, 36), (74, 36), (77, 84), (23, 84)], 2), colour=look.colour, pattern=look.printed(13.5))
    for x in (35, 61):
        c.solid(rect(x, 36, x + 4, 46, 0.6), colour=strap, depth=0.5)


def lunch_bag(c: Canvas, look: Look) -> None:
    """A roll-top lunch bag with a strap and a buckle."""
    deep = dark(look.colour, 0.16)
    c.stroke(arc(50, 25, 13, 9, 180, 360), 3, deep)
    c.solid(rounded([(28, 34), (72, 34), (75, 81), (25, 81)], 5), colour=look.colour, pattern=look.printed(11.5))
    c.solid(rect(27, 24, 73, 40, 4), colour=light(look.colour, 0.14))
    c.flat(rect(28, 31.4, 72, 32.4), colour=deep)
    c.solid(rect(46, 24, 54, 58, 1.6), colour=deep, depth=0.8)
    c.solid(rect(44, 48, 56, 56, 1.8), colour=BRASS, depth=0.7)
    c.flat(rect(47.4, 50.4, 52.6, 53.6, 0.6), colour=deep)
    c.flat(rect(25.8, 73, 74.2, 74), colour=deep)


def bottle(c: Canvas, look: Look) -> None:
    """A steel bottle with a bamboo lid."""
    c.stroke(arc(50, 19.5, 6, 6, 180, 360), 2.2, dark(look.colour, 0.2))
    c.solid(rect(41.5, 19, 58.5, 31, 2), colour=OAK)
    c.solid(rect(42.5, 30, 57.5, 36), colour=STEEL, depth=1)
    shape = [(42, 34), (58, 34), (66, 43), (66, 84), (34, 84), (34, 43)]
    c.solid(rounded([(float(x), float(y)) for x, y in shape], 6), colour=look.colour, depth=3)
    c.flat(rect(38, 47, 40.6, 76, 1.3), colour=light(look.colour, 0.4))
    c.pieces(sprig(51.5, 62, 7, light(look.colour, 0.62)))


def lunch_box(c: Canvas, look: Look) -> None:
    """A two-layer steel box with clips."""
    c.solid(rect(20, 60, 80, 80, 5), colour=STEEL)
    c.solid(rect(20, 42, 80, 61, 3), colour=light(STEEL, 0.18))
    c.solid(rect(18, 33, 82, 44, 5), colour=TEAL)
    for x in (27, 68):
        c.solid(rect(x, 38, x + 5, 66, 1.4), colour=dark(STEEL, 0.28), depth=0.8)
    c.stroke(arc(50, 33, 14, 9, 180, 360), 2.8, dark(STEEL, 0.2))
    c.solid(heart_outline(50, 70, 4), colour=MUSTARD, depth=0.4)


def basket(c: Canvas, look: Look) -> None:
    """A woven basket with two loops."""
    straw: Colour = (214, 178, 126)
    for x in (30, 70):
        c.stroke(arc(x, 42, 8, 10, 180, 360), 3, dark(straw, 0.2))
    _woven(c, straw, 41, 80, 31, 25)
    c.solid(rect(17, 38, 83, 45, 3.4), colour=light(straw, 0.2))


def _woven(c: Canvas, straw: Colour, top: float, bottom: float, half_top: float, half_bottom: float) -> None:
    c.solid(taper(50, top, bottom, half_top, half_bottom, 4), colour=straw, depth=2.4)
    rows = 6
    tall = (bottom - top) / rows
    for row in range(rows):
        half = half_top + (half_bottom - half_top) * (row + 0.5) / rows - 2
        y, weft = top + (row + 0.5) * tall, dark(straw, 0.17)
        count = 7
        for column in range(count):
            x = 50 + (column - (count - 1) / 2 + (0.25 if row % 2 else -0.25)) * (2 * half / count)
            dash = half / count * 0.62
            c.stroke(bend((x - dash, y + 0.9), (x, y - 1.4), (x + dash, y + 0.9)), 1.0, weft, 0)
