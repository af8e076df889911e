"""Owns the pictures of cookware, linens and baking things."""

from demo.canvas import Canvas, Colour, Pattern, dark, light
from demo.looks import (
    BRASS,
    CORAL,
    CORK,
    CREAM,
    IRON,
    MUSTARD,
    OAK,
    PALETTE,
    PINK,
    SAGE,
    STEEL,
    TEAL,
    WALNUT,
    WHITE,
    Look,
)
from demo.outlines import Point, arc, bend, closed, curve, ellipse, leaf, rect, rounded, taper, turned, vessel
from demo.patterns import dot, heart_outline, scattered, star_outline


def apron(c: Canvas, look: Look) -> None:
    """A full apron with its neck loop, ties and a pocket."""
    c.lay_flat()
    trim = dark(look.accent if look.printed() else look.colour, 0.18)
    c.stroke(arc(50, 20, 9, 11, 180, 360), 2.2, trim)
    c.stroke(curve([(31, 46), (22, 50), (19, 60), (21, 68)]), 2.0, trim)
    c.stroke(curve([(69, 46), (78, 50), (81, 60), (79, 68)]), 2.0, trim)
    body = [(39, 20), (61, 20), (62, 34), (71, 45), (72, 84), (28, 84), (29, 45), (38, 34)]
    c.solid(rounded(body, 3), colour=look.colour, pattern=look.printed(12))
    c.solid(rect(39.5, 20, 60.5, 23.2, 1), colour=trim, depth=0.4)
    pocket = light(look.colour, 0.25) if look.printed() is None else trim
    c.solid(rounded([(39, 55), (61, 55), (61, 67), (57, 71), (43, 71), (39, 67)], 2), colour=pocket)
    c.flat(rect(39, 57.4, 61, 58.2), colour=dark(pocket, 0.16))


def towel(c: Canvas, look: Look) -> None:
    """A tea towel folded once over a wooden peg."""
    c.lay_flat()
    edge = look.accent
    c.solid(rect(34, 24, 72, 80, 1.5), colour=dark(look.colour, 0.1))
    c.solid(rect(29, 22, 66, 75, 1.5), colour=look.colour, pattern=look.printed(12.5))
    c.flat(rect(29, 69, 66, 70.4), colour=edge)
    c.flat(rect(29, 71.6, 66, 72.4), colour=edge)
    c.stroke([(22, 22.5), (78, 22.5)], 4.2, OAK)
    c.solid(ellipse(22, 22.5, 3.6), ellipse(78, 22.5, 3.6), colour=dark(OAK, 0.12))


def mitt(c: Canvas, look: Look) -> None:
    """A quilted oven mitt, thumb to the left."""
    c.lay_flat(8)
    hand: list[Point] = [(37, 72), (37, 54), (28, 49), (22, 39), (27, 33), (35, 37), (39, 42)]
    hand += [(39, 28), (46, 17), (58, 17), (66, 28), (66, 50), (66, 72)]
    body = curve(hand, closed=True)
    c.solid(body, colour=look.colour)
    quilt = dark(look.colour, 0.13)
    for start in (44, 53, 62):
        c.stroke([(start - 4, 66), (start + 1, 26)] if start < 60 else [(61, 66), (62, 30)], 0.5, quilt, 0)
    for level in (34, 45, 56):
        c.stroke(bend((41, level), (52, level - 3), (64, level)), 0.5, quilt, 0)
    c.solid(rect(34.5, 66, 68.5, 80, 3), colour=CREAM, depth=1.2)
    c.stroke(arc(65, 81.5, 2.6, 4, 0, 180), 1.4, dark(look.colour, 0.2), 0.3)


def board(c: Canvas, look: Look) -> None:
    """A cutting board with a handle; round when the name says so."""
    c.lay_flat(0 if look.words.startswith("round") else 14)
    wood = look.tint(OAK)
    grain = dark(wood, 0.13)
    if look.words.startswith("round"):
        c.solid(ellipse(50, 45, 28), rounded([(45.5, 68), (54.5, 68), (55.5, 90), (44.5, 90)], 4), colour=wood)
        for level, half in ((32, 17), (39, 22), (46, 24), (53, 22), (60, 16)):
            c.stroke(bend((50 - half, level), (44, level - 3), (50 + half, level + 1)), 0.6, grain, 0)
        c.flat(ellipse(50, 84.5, 2.1), colour=dark(wood, 0.6))
        return
    c.solid(rect(31, 30, 69, 86, 6), rect(44, 12, 56, 36, 5), colour=wood)
    c.stroke(closed(rect(35.5, 35, 64.5, 81.5, 4)), 1.1, grain, 0)
    for x, low, high in ((41, 42, 74), (47, 40, 66), (53, 46, 77), (59, 40, 70)):
        c.stroke(bend((x, low), (x + 2.2, (low + high) / 2), (x, high)), 0.5, grain, 0)
    c.flat(ellipse(50, 18.5, 2.4), colour=dark(wood, 0.6))


def spoons(c: Canvas, look: Look) -> None:
    """Three wooden spoons fanned out."""
    c.lay_flat()
    for angle, wood in ((-20, dark(OAK, 0.14)), (20, OAK), (0, light(OAK, 0.2))):
        about = (50.0, 92.0)
        c.solid(
            turned(taper(50, 34, 86, 1.7, 2.3, 1.6), angle, about),
            turned(ellipse(50, 25, 7.2, 11), angle, about),
            colour=wood,
            depth=1.0,
        )
        c.flat(turned(ellipse(50, 24.6, 4.8, 8), angle, about), colour=dark(wood, 0.16))


def jar(c: Canvas, look: Look) -> None:
    """A glass jar with a cork lid; what is in it depends on its size."""
    filling = {"small": MUSTARD, "medium": (190, 110, 76), "large": CREAM}.get(look.words.split()[0], SAGE)
    c.solid(rect(33, 34, 67, 80, 6), colour=(200, 220, 224), alpha=225, depth=1.6)
    c.solid(rect(35, 47, 65, 78.2, 4.6), colour=filling)
    c.flat(ellipse(50, 47.4, 15, 2.2), colour=light(filling, 0.3))
    c.solid(rect(36, 29, 64, 36, 1.8), colour=(200, 220, 224), depth=0.8)
    c.solid(taper(50, 20, 31, 14.5, 12.5, 2), colour=CORK)
    for x, y in ((42, 24), (49, 27), (56, 23.5), (60, 27)):
        c.flat(ellipse(x, y, 0.9, 0.6), colour=dark(CORK, 0.22))
    c.solid(rect(42, 56, 58, 67, 1.5), colour=WHITE, depth=0.5)
    c.stroke([(45, 60), (55, 60)], 0.8, dark(CREAM, 0.4), 0)
    c.stroke([(46.5, 63.3), (53.5, 63.3)], 0.8, dark(CREAM, 0.4), 0)
    c.flat(rect(37.5, 38, 39.8, 74, 1.1), colour=WHITE, alpha=255)


def skillet(c: Canvas, look: Look) -> None:
    """An iron pan from above with a fried egg."""
    c.lay_flat(38)
    iron = look.tint(IRON)
    c.solid(ellipse(50, 40, 27), rounded([(46, 62), (54, 62), (55.5, 95), (44.5, 95)], 5), colour=iron)
    c.flat(ellipse(50, 91, 2.2), colour=light(iron, 0.7))
    c.solid(ellipse(50, 40, 23), colour=dark(iron, 0.35))
    c.solid(
        curve([(38, 38), (46, 27), (58, 30), (64, 40), (57, 51), (45, 50)], closed=True),
        colour=WHITE,
        depth=1,
    )
    c.solid(ellipse(51, 39.5, 6.2), colour=(246, 186, 70))


def dutch_oven(c: Canvas, look: Look) -> None:
    """A lidded casserole with two ears."""
    c.stroke(arc(21, 54, 6, 5, 60, 300), 3.6, dark(look.colour, 0.1))
    c.stroke(arc(79, 54, 6, 5, -120, 120), 3.6, dark(look.colour, 0.1))
    c.solid(rounded([(22, 46), (78, 46), (76, 80), (24, 80)], 9), colour=look.colour)
    c.solid(arc(50, 45, 30, 13, 180, 360), rect(20, 43.5, 80, 48.5, 2.4), colour=light(look.colour, 0.1))
    c.flat(rect(23, 49, 77, 50.4), colour=dark(look.colour, 0.25))
    c.solid(rect(47.8, 28, 52.2, 34), colour=BRASS, depth=0.5)
    c.solid(ellipse(50, 27.5, 5, 2.8), colour=BRASS)


def timer(c: Canvas, look: Look) -> None:
    """A round wind-up timer on a foot."""
    c.solid(taper(50, 70, 80, 12, 19, 3), colour=dark(look.colour, 0.18))
    c.solid(ellipse(50, 49, 27), colour=look.colour)
    c.solid(ellipse(50, 49, 20.5), colour=WHITE, depth=0.8)
    for tick in range(12):
        long = 3.6 if tick % 3 == 0 else 2
        c.stroke(turned([(50, 31), (50, 31 + long)], tick * 30, (50, 49)), 0.9, IRON, 0)
    c.solid(turned(leaf(50, 53, 19, -90, 4.6), 42, (50, 49)), colour=look.colour, depth=0.4)
    c.solid(ellipse(50, 49, 5), colour=light(look.colour, 0.2))


def cake_tins(c: Canvas, look: Look) -> None:
    """Three lidded tins stacked by size."""
    _tin(c, (50, 78), 28, 17, TEAL, None)
    _tin(c, (49, 56.5), 22.5, 15, PINK, scattered(dot, CREAM, 7, 0.24))
    _tin(c, (51, 37.5), 16.5, 12, MUSTARD, None)


def cookie_tin(c: Canvas, look: Look) -> None:
    """One wide tin with a print."""
    _tin(c, (50, 74), 29, 33, look.colour, look.printed(12))


def rolling_pin(c: Canvas, look: Look) -> None:
    """A rolling pin across the picture."""
    c.lay_flat(-32)
    c.solid(rect(8, 47.3, 92, 52.7, 2.7), colour=WALNUT)
    c.solid(rect(24, 41.5, 76, 58.5, 4), colour=light(OAK, 0.2), depth=2.6)
    for y, x0, x1 in ((46, 30, 60), (50, 38, 70), (53.5, 29, 50)):
        c.stroke([(x0, y), (x1, y)], 0.5, dark(OAK, 0.06), 0)


def whisk(c: Canvas, look: Look) -> None:
    """A balloon whisk."""
    c.lay_flat(30)
    for half in (15, 9.5, 3.6):
        loop: list[Point] = [(49, 54), (50 - half, 34), (50 - half * 0.8, 19), (50, 12)]
        right = [(100 - x, y) for x, y in reversed(loop)]
        c.stroke(curve(loop + right[1:]), 1.2, STEEL)
    c.solid(rect(46.8, 52, 53.2, 60, 2), colour=STEEL)
    c.solid(taper(50, 59, 92, 2.8, 3.8, 2.6), colour=OAK)


def cutters(c: Canvas, look: Look) -> None:
    """Cookie cutters: a star, a heart, rounds and a scalloped ring."""
    c.lay_flat()
    scallop = [
        point for turn in range(0, 360, 45) for point in turned(arc(68, 21.2, 4.4, 4.4, 180, 360), turn, (68, 32))
    ]
    for outline, colour in (
        (star_outline(33, 34, 18), BRASS),
        (scallop, STEEL),
        (heart_outline(67, 66, 16), (202, 126, 90)),
        (ellipse(32, 68, 14), STEEL),
        (ellipse(32, 68, 7), BRASS),
    ):
        c.stroke(closed(outline), 2.4, colour, 0.7)


def baking_cups(c: Canvas, look: Look) -> None:
    """Pleated paper cups, a stack and one with a muffin."""
    for level in (0, 4, 8, 12):
        _pleated(c, look, 33, 56 + level, 80 - 12 + level, 14)
    c.solid(
        curve([(49, 58), (52, 46), (64, 39), (77, 45), (81, 58), (65, 62)], closed=True),
        colour=(214, 154, 96),
    )
    for x, y in ((60, 49), (68, 46), (72, 53), (64, 54), (57, 55)):
        c.flat(ellipse(x, y, 1.3), colour=WALNUT)
    _pleated(c, look, 65, 57, 80, 16)


def muffin_pan(c: Canvas, look: Look) -> None:
    """A twelve-cup pan from above."""
    c.lay_flat()
    c.solid(rect(16, 26, 84, 77, 6), colour=STEEL)
    for row in range(3):
        for column in range(4):
            x, y = 26.6 + column * 15.6, 36 + row * 15.6
            c.solid(ellipse(x, y, 6.4), colour=dark(STEEL, 0.22), depth=0.8)
            c.flat(ellipse(x, y + 0.4, 4.6), colour=dark(STEEL, 0.36))


def sprinkles(c: Canvas, look: Look) -> None:
    """A shaker full of sugar strands."""
    c.solid(rect(34, 36, 66, 80, 6), colour=(224, 236, 238), depth=1.6)
    c.solid(rect(36, 44, 64, 78, 5), colour=WHITE, depth=0)
    inks = (*PALETTE, BRASS)
    for index in range(88):
        x, y = 38.4 + (index * 37 % 90) / 90 * 23.4, 47 + (index * 53 % 97) / 97 * 28.5
        c.stroke(turned([(x - 1.1, y), (x + 1.1, y)], index * 47, (x, y)), 1.1, inks[index % len(inks)], 0)
    c.solid(rect(33, 25, 67, 37, 3), colour=CORAL)
    for x in (41, 47, 53, 59):
        c.flat(ellipse(x, 31, 1.2), colour=dark(CORAL, 0.3))
    c.flat(rect(37.4, 46, 39.2, 72, 0.9), colour=WHITE)


def _tin(c: Canvas, foot: Point, half: float, tall: float, colour: Colour, pattern: Pattern | None) -> None:
    cx, bottom = foot
    ry, top = half * 0.17, bottom - tall
    lid = light(colour, 0.22)
    c.solid(vessel(cx, top, bottom, half, half, ry), colour=colour, pattern=pattern)
    c.solid(vessel(cx, top - 3, top + 2, half + 1.2, half + 1.2, ry), colour=lid, depth=1.4)
    c.solid(ellipse(cx, top - 3, half + 1.2, ry), colour=light(lid, 0.25), depth=0.5)
    c.solid(ellipse(cx, top - 4.2, half * 0.15, half * 0.09), colour=BRASS, depth=0.5)


def _pleated(c: Canvas, look: Look, cx: float, top: float, bottom: float, half: float) -> None:
    c.solid(taper(cx, top, bottom, half, half * 0.72, 1), colour=look.colour, depth=1.2)
    for pleat in range(-4, 5):
        foot = cx + pleat * half * 0.155
        c.stroke([(cx + pleat * half * 0.215, top + 1), (foot, bottom - 1)], 0.7, dark(look.colour, 0.15), 0)
    c.stroke([(cx - half, top + 0.3), (cx + half, top + 0.3)], 1.3, light(look.colour, 0.4), 0)
