"""Owns the pictures of stationery."""

from demo.canvas import Canvas, dark, light, mix
from demo.looks import (
    BLUE,
    BRASS,
    CORAL,
    CREAM,
    FERN_GREEN,
    IRON,
    KRAFT,
    LILAC,
    MUSTARD,
    NAVY,
    PINK,
    RED,
    SAGE,
    STEEL,
    TEAL,
    WALNUT,
    WHITE,
    Look,
)
from demo.outlines import Point, arc, bend, closed, curve, ellipse, rect, rounded, taper, turned
from demo.patterns import fern, sprig


def notebook(c: Canvas, look: Look) -> None:
    """A cloth notebook with an elastic band and a ribbon."""
    c.lay_flat(-7)
    c.solid(rect(58, 74, 61.6, 88), colour=RED if look.named != RED else MUSTARD, depth=0.4)
    c.solid(rect(28, 17, 75.5, 84.5, 2), colour=WHITE, depth=1)
    c.solid(rect(26, 15, 74, 83, 2.6), colour=look.colour, pattern=look.printed(10.5))
    c.flat(rect(26, 15.5, 32, 82.5, 1), colour=dark(look.colour, 0.16))
    c.flat(rect(66.4, 15, 68.4, 83), colour=dark(look.colour, 0.4))
    c.solid(rect(39, 29, 60, 42, 1.4), colour=CREAM, depth=0.5)
    c.stroke([(43, 34), (56, 34)], 0.8, dark(CREAM, 0.4), 0)
    c.stroke([(45, 37.4), (54, 37.4)], 0.8, dark(CREAM, 0.4), 0)


def pen(c: Canvas, look: Look) -> None:
    """A click pen and the line it drew."""
    c.lay_flat(38)
    c.stroke([(55, 12), (55, 32)], 1.6, STEEL)
    c.solid(rect(47.8, 8, 52.2, 18, 1.6), colour=STEEL, depth=0.6)
    c.solid(taper(50, 78, 90, 4, 1.2, 0.8), colour=STEEL, depth=1)
    c.solid(rect(45, 14, 55, 79, 2.6), colour=look.colour, depth=2.4)
    c.solid(rect(45, 58, 55, 76, 1.4), colour=dark(look.colour, 0.25), depth=2.4)
    for y in (62, 65.6, 69.2, 72.8):
        c.flat(rect(45.6, y, 54.4, y + 0.9), colour=light(look.colour, 0.2))
    c.solid(rect(54, 17, 57, 40, 1.4), colour=STEEL, depth=0.6)


def fountain_pen(c: Canvas, look: Look) -> None:
    """An uncapped fountain pen with its cap beside it."""
    c.lay_flat(40)
    c.solid(rect(39.2, 8, 48.8, 62, 4.4), colour=look.colour, depth=2.2)
    c.solid(rect(39.8, 60, 48.2, 70, 1), colour=IRON, depth=1.6)
    c.solid(rect(39, 57.6, 49, 60.6, 0.8), colour=BRASS, depth=0.6)
    c.solid(
        [*bend((40.6, 70), (40, 78), (44, 89)), *bend((44, 89), (48, 78), (47.4, 70))],
        colour=BRASS,
        depth=0.8,
    )
    c.flat(ellipse(44, 76, 0.9), rect(43.75, 76, 44.25, 88), colour=dark(BRASS, 0.5))
    c.solid(rect(56, 28, 66.4, 66, 4.4), colour=dark(look.colour, 0.1), depth=2.2)
    c.solid(rect(55.6, 60, 66.8, 64, 0.8), colour=BRASS, depth=0.6)
    c.solid(rect(64.8, 33, 67.4, 57, 1.2), colour=BRASS, depth=0.5)


def ink(c: Canvas, look: Look) -> None:
    """A squat ink bottle with a label."""
    c.solid(
        rounded([(37, 44), (63, 44), (76, 56), (76, 80), (24, 80), (24, 56)], 6),
        colour=(214, 226, 232),
        depth=0,
    )
    c.solid(
        rounded([(38, 48), (62, 48), (73.6, 58), (73.6, 78), (26.4, 78), (26.4, 58)], 5),
        colour=dark(look.colour, 0.15),
        depth=2.4,
    )
    c.solid(rect(39, 37, 61, 45.4, 1), colour=(214, 226, 232), depth=1)
    c.solid(rect(36, 24, 64, 39, 3), colour=IRON)
    for x in (41, 46, 51, 56):
        c.flat(rect(x, 26, x + 1, 38, 0.4), colour=light(IRON, 0.22))
    c.solid(rect(36, 57, 64, 74, 1.6), colour=CREAM, depth=0.5)
    drop: list[Point] = [(50, 58.6), (53.6, 66), (50, 70.4), (46.4, 66)]
    c.flat(curve(drop, closed=True), colour=look.colour)


def pencils(c: Canvas, look: Look) -> None:
    """Coloured pencils standing in their box."""
    leads = (RED, CORAL, MUSTARD, SAGE, FERN_GREEN, TEAL, BLUE, NAVY, LILAC, PINK)
    for index, lead in enumerate(leads):
        x, top = 25.2 + index * 5.5, 27 - (index * 5 % 7)
        c.solid([(x, top - 8), (x + 2.6, top), (x - 2.6, top)], colour=(240, 214, 170), depth=0.4)
        c.flat([(x, top - 8), (x + 1.1, top - 4.6), (x - 1.1, top - 4.6)], colour=lead)
        c.solid(rect(x - 2.6, top, x + 2.6, 66), colour=lead, depth=1)
    c.solid(rect(20, 44, 80, 82, 2.4), colour=KRAFT)
    c.solid(arc(50, 43.6, 9, 8, 0, 180), colour=dark(KRAFT, 0.25), depth=0)
    for index, lead in enumerate(leads):
        c.flat(rect(25 + index * 5, 66, 30 + index * 5, 71), colour=lead)


def envelopes(c: Canvas, look: Look) -> None:
    """A fan of envelopes, the front one closed."""
    c.lay_flat()
    for turn in (-13, -6):
        c.solid(turned(rect(17, 33, 83, 78, 1.5), turn, (50, 70)), colour=dark(look.colour, 0.08))
    c.solid(rect(17, 33, 83, 78, 1.5), colour=look.colour)
    c.stroke([(18, 77), (44, 54)], 0.6, dark(look.colour, 0.2), 0)
    c.stroke([(82, 77), (56, 54)], 0.6, dark(look.colour, 0.2), 0)
    c.solid(rounded([(17.4, 33), (82.6, 33), (50, 61)], 3), colour=light(look.colour, 0.16), depth=1.3)
    c.solid(ellipse(50, 57, 4.6), colour=RED, depth=0.9)


def writing_paper(c: Canvas, look: Look) -> None:
    """Sheets with a fern in the corner and a few written lines."""
    c.lay_flat(5)
    c.solid(turned(rect(28, 16, 72, 80, 1), -8, (50, 80)), colour=dark(CREAM, 0.07), depth=0.8)
    c.solid(rect(28, 18, 72, 82, 1), colour=WHITE, depth=0.8)
    c.pieces([(turned(outline, 20, (39, 34)), colour) for outline, colour in fern(39, 32, 9.5, FERN_GREEN)])
    for index, end in enumerate((64, 62, 65, 55)):
        y = 50 + index * 6.4
        points: list[Point] = [(35.0 + step, y + (0.7 if step % 4 < 2 else -0.7)) for step in range(0, end - 35, 2)]
        c.stroke(curve(points), 0.6, mix(NAVY, WHITE, 0.25), 0)


def wax_seal(c: Canvas, look: Look) -> None:
    """A brass stamp, two sticks of wax and a finished seal."""
    c.lay_flat()
    for x, turn in ((66, 14), (76, 20)):
        about = (float(x), 50.0)
        c.stroke(turned([(x, 13), (x, 20)], turn, about), 0.9, dark(CREAM, 0.25), 0)
        c.solid(turned(rect(x - 3.6, 18, x + 3.6, 62, 1.2), turn, about), colour=look.colour, depth=1.4)
    about = (34.0, 40.0)
    c.solid(turned(taper(34, 10, 42, 7, 4.4, 4.4), -24, about), colour=WALNUT)
    c.solid(turned(rect(29.6, 41, 38.4, 47, 1), -24, about), colour=BRASS, depth=0.8)
    c.solid(turned(rect(24.4, 46, 43.6, 53, 1.6), -24, about), colour=BRASS, depth=1)
    edge: list[Point] = [(45, 62), (53, 56), (64, 58), (71, 66), (69, 78), (58, 84), (47, 79)]
    c.solid(curve(edge, closed=True), colour=dark(look.colour, 0.04), depth=1.4)
    c.flat(ellipse(57.6, 70, 9.6), colour=dark(look.colour, 0.24))
    c.flat(ellipse(58.2, 70.7, 9.1), colour=look.colour)
    c.pieces(sprig(58.2, 70.6, 6.2, light(look.colour, 0.45)))


def tape(c: Canvas, look: Look) -> None:
    """A roll of paper tape with its end out."""
    c.lay_flat()
    c.solid(
        [(46, 63), (90, 66), (88, 70), (91, 73), (88, 77), (46, 77)],
        colour=look.colour,
        pattern=look.printed(7.5),
        depth=0.6,
    )
    c.solid(ellipse(46, 47, 30), colour=look.colour, pattern=look.printed(9.5))
    c.solid(ellipse(46, 47, 17.6), colour=KRAFT, depth=1)
    c.solid(ellipse(46, 47, 15), colour=dark(KRAFT, 0.4), depth=0)
    c.flat(ellipse(46.8, 48.2, 13.8), colour=dark(KRAFT, 0.18))


def pencil_case(c: Canvas, look: Look) -> None:
    """A zipped canvas case with a pencil peeping out."""
    c.lay_flat(-8)
    c.solid(rect(58, 22, 63, 48), colour=MUSTARD if look.named != MUSTARD else TEAL, depth=1)
    c.solid([(60.5, 12), (63, 22), (58, 22)], colour=(240, 214, 170), depth=0.4)
    c.flat([(60.5, 12), (61.6, 16.4), (59.4, 16.4)], colour=IRON)
    c.solid(rect(14, 37, 86, 73, 6), colour=look.colour, pattern=look.printed(11))
    trim = dark(look.accent if look.printed() else look.colour, 0.2)
    c.solid(rect(14, 36, 86, 42.4, 3), colour=trim, depth=0.8)
    for x in range(20):
        c.flat(rect(18 + x * 3.3, 38.6, 19.8 + x * 3.3, 40), colour=BRASS)
    c.solid(rect(76, 38, 80, 50, 1.6), colour=BRASS, depth=0.7)


def scissors(c: Canvas, look: Look) -> None:
    """Open scissors, blades up."""
    c.lay_flat(16)
    metal = look.tint(BRASS)
    for side in (-1, 1):
        about = (50.0, 50.0)
        blade: list[Point] = [
            (50 - side * 3.4, 56),
            (50 - side * 3.2, 18),
            (50 - side * 1.4, 12),
            (50 + side * 2.4, 52),
        ]
        c.solid(turned(blade, side * 14, about), colour=light(STEEL, 0.25), depth=0.8)
        c.stroke(turned([(50, 52), (50 - side * 1, 66)], side * 20, about), 3.6, metal)
        ring = turned(ellipse(50 - side * 3.6, 75, 7.6, 9.4), side * 20, about)
        c.stroke(closed(ring), 3.2, metal)
    c.solid(ellipse(50, 51, 2.4), colour=dark(metal, 0.2), depth=0.5)
