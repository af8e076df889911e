"""Owns the pictures of furnishings and candles."""

from demo.canvas import Canvas, Colour, dark, light, mix
from demo.looks import (
    BRASS,
    CORAL,
    CORK,
    CREAM,
    FERN_GREEN,
    FLAME,
    IRON,
    KRAFT,
    OAK,
    SAGE,
    STEEL,
    WHITE,
    Look,
)
from demo.outlines import (
    Point,
    arc,
    bend,
    closed,
    curve,
    ellipse,
    leaf,
    rect,
    rounded,
    taper,
    turned,
    turned_profile,
    vessel,
)
from demo.patterns import fern, sprig


def cushion(c: Canvas, look: Look) -> None:
    """A plump square cushion with piping."""
    c.lay_flat()
    edge: list[Point] = [(18, 22), (50, 26), (82, 22), (78, 50), (82, 79), (50, 75), (18, 79), (22, 50)]
    piping = dark(look.accent if look.printed() else look.colour, 0.16)
    c.stroke(closed(curve(edge, closed=True)), 2.6, piping, 0.5)
    c.solid(curve(edge, closed=True), colour=look.colour, pattern=look.printed(19), depth=3)
    if look.printed() is None:
        fold = dark(look.colour, 0.12)
        for x, y, tx, ty in ((26, 29, 35, 36), (74, 29, 65, 36), (26, 72, 35, 65), (74, 72, 65, 65)):
            c.stroke(bend((x, y), ((x + tx) / 2, ty), (tx, ty)), 0.9, fold, 0)
        c.solid(ellipse(50, 50, 2.6), colour=dark(look.colour, 0.1))


def table_lamp(c: Canvas, look: Look) -> None:
    """A round ceramic base under a glowing linen shade."""
    c.solid(rect(48, 44, 52, 56), colour=BRASS, depth=0.5)
    c.solid(turned_profile(50, [(52, 5), (57, 11), (66, 17), (75, 14), (80, 10)]), colour=look.colour)
    c.flat(
        curve([(39, 62), (37, 67), (39, 72)]) + curve([(41, 72), (39.6, 67), (41, 62)]),
        colour=light(look.colour, 0.5),
    )
    c.solid(taper(50, 16, 47, 17, 27, 2), colour=(252, 230, 184), depth=2)
    c.flat(taper(50, 16, 18, 17, 17.6), taper(50, 45, 47, 26.4, 27), colour=(226, 190, 138))


def desk_lamp(c: Canvas, look: Look) -> None:
    """A hinged lamp that leans over the desk."""
    metal = look.tint(BRASS)
    c.solid(arc(36, 80, 16, 6, 180, 360), rect(20, 78, 52, 82, 2), colour=dark(metal, 0.12))
    c.stroke([(36, 77), (26, 50)], 2.8, metal)
    c.stroke([(26, 50), (52, 28)], 2.8, metal)
    c.solid(ellipse(26, 50, 3.2), colour=dark(metal, 0.2))
    about = (55.0, 27.0)
    c.flat(turned(ellipse(55, 47.5, 7, 5), -36, about), colour=FLAME)
    c.solid(
        turned(rounded([(50, 20), (60, 20), (62, 30), (71, 46), (39, 46), (48, 30)], 3), -36, about),
        colour=metal,
    )
    c.flat(turned(rect(39.8, 43.6, 70.2, 46, 1), -36, about), colour=light(metal, 0.45))


def wall_clock(c: Canvas, look: Look) -> None:
    """A clock with a wooden rim at ten past ten."""
    c.lay_flat()
    c.solid(ellipse(50, 50, 34), colour=look.colour, depth=2.4)
    _dial(c, 50, 50, 28.5)


def alarm_clock(c: Canvas, look: Look) -> None:
    """A twin-bell alarm clock."""
    deep = dark(look.colour, 0.15)
    c.stroke([(34, 70), (27, 81)], 4.2, deep)
    c.stroke([(66, 70), (73, 81)], 4.2, deep)
    c.stroke(arc(50, 24, 9, 8, 180, 360), 2.2, STEEL)
    c.solid(rect(48.6, 22, 51.4, 34), colour=STEEL, depth=0.4)
    for x, turn in ((33, -32), (67, 32)):
        bell = arc(x, 29, 10.5, 9.5, 180, 360)
        c.solid(turned(bell, turn, (x, 29)), colour=BRASS)
    c.solid(ellipse(50, 54, 26), colour=look.colour)
    _dial(c, 50, 54, 21)


def vase(c: Canvas, look: Look) -> None:
    """A vase with stems: slim for a bud, otherwise full-bodied."""
    if "bud" in look.words:
        c.stroke(curve([(50, 50), (51, 34), (48, 20)]), 1.2, FERN_GREEN, 0)
        c.pieces([(leaf(50.6, 38, 10, -40, 3), FERN_GREEN), (leaf(50.4, 34, 10, -150, 3), FERN_GREEN)])
        for angle in (-130, -100, -70, -40):
            c.solid(leaf(48, 21, 11, angle, 3.6), colour=CORAL, depth=0.5)
        c.solid(
            turned_profile(50, [(44, 6), (48, 4.6), (55, 7), (66, 13.5), (75, 13), (80, 9)]),
            colour=look.colour,
        )
        c.flat(ellipse(50, 44.2, 6, 1.3), colour=dark(look.colour, 0.35))
        return
    for turn, length, green in ((-26, 30, SAGE), (24, 31, SAGE), (-2, 38, FERN_GREEN)):
        stem = [
            (leaf(50, 52 - length * share, 10.5 - 5 * share, -90 + side, 3), green)
            for share in (0.42, 0.62, 0.82)
            for side in (-48, 48)
        ]
        stem += [(rect(49.5, 52 - length, 50.5, 52), green), (leaf(50, 53 - length, 9, -90, 2.6), green)]
        c.pieces([(turned(outline, turn, (50, 52)), ink) for outline, ink in stem])
    c.solid(turned_profile(50, [(41, 11), (45, 9), (52, 15), (61, 22), (70, 21), (80, 12)]), colour=look.colour)
    c.flat(ellipse(50, 41.2, 11, 2), colour=dark(look.colour, 0.4))
    if look.named and "glazed" in look.words:
        c.solid(
            [*curve([(29, 56), (36, 60), (43, 57), (50, 61), (58, 57), (65, 60), (71, 56)]), (66, 53), (34, 53)],
            colour=light(look.colour, 0.32),
            depth=0,
        )
    else:
        c.flat(
            bend((29.4, 58), (50, 64), (70.6, 58)) + bend((71.4, 61), (50, 67), (28.6, 61)),
            colour=light(look.colour, 0.35),
        )


def doormat(c: Canvas, look: Look) -> None:
    """A coir mat with its print."""
    c.lay_flat()
    coir = mix(KRAFT, OAK, 0.5)
    bristle = dark(coir, 0.14)
    c.solid(rect(10, 28, 90, 74, 2.5), colour=coir if "fern" in look.words else light(coir, 0.1))
    for index in range(150):
        x, y = 12 + (index * 37 % 151) / 151 * 75, 30 + (index * 89 % 149) / 149 * 41
        c.stroke([(x, y), (x + 0.9, y + 1.2)], 0.5, bristle, 0)
    c.stroke(closed(rect(14, 32, 86, 70, 1)), 1.2, dark(coir, 0.45), 0)
    if "fern" in look.words:
        deep = dark(FERN_GREEN, 0.35)
        for x, turn, half in ((50, 0, 16), (32, -22, 14), (68, 22, 14)):
            c.pieces([(turned(outline, turn, (x, 52)), ink) for outline, ink in fern(x, 51, half, deep)])
        return
    for y in (37, 45.5, 54, 62.5):
        c.flat(rect(19, y, 81, y + 3.4, 1), colour=dark(look.accent, 0.35))


def frame(c: Canvas, look: Look) -> None:
    """A wooden frame around a small landscape."""
    wood = look.tint(OAK)
    c.solid(rect(24, 16, 76, 82, 1.5), colour=wood, depth=1.6)
    for corner in ((24, 16, 29.5, 21.5), (76, 16, 70.5, 21.5), (24, 82, 29.5, 76.5), (76, 82, 70.5, 76.5)):
        c.stroke([corner[:2], corner[2:]], 0.4, dark(wood, 0.25), 0)
    c.solid(rect(29.5, 21.5, 70.5, 76.5), colour=WHITE, depth=0.9)
    c.flat(rect(36, 29, 64, 69), colour=(206, 226, 228))
    c.flat(ellipse(56, 39, 4.6), colour=FLAME)
    c.flat([(36, 57), *bend((36, 54), (44, 44), (64, 56)), (64, 69), (36, 69)], colour=SAGE)
    c.flat([(36, 69), *bend((36, 63), (52, 58), (64, 64)), (64, 69)], colour=FERN_GREEN)


def mirror(c: Canvas, look: Look) -> None:
    """A round mirror with two bands of reflected light."""
    c.lay_flat()
    c.solid(ellipse(50, 50, 35), colour=look.tint(BRASS), depth=1.4)
    c.solid(ellipse(50, 50, 31.6), colour=(212, 226, 230), depth=0)
    shine: Colour = (232, 241, 243)
    c.flat([*arc(50, 50, 31.6, 31.6, 196, 232), *arc(50, 50, 31.6, 31.6, 38, 74)], colour=shine)
    c.flat([*arc(50, 50, 31.6, 31.6, 244, 254), *arc(50, 50, 31.6, 31.6, 16, 26)], colour=shine)


def candle(c: Canvas, look: Look) -> None:
    """A candle poured in glass, with a label and a flame."""
    c.stroke([(50, 34), (50, 41)], 1.1, IRON, 0)
    _flame(c, 50, 34, 12)
    wax = light(look.colour, 0.42)
    c.solid(vessel(50, 42, 76, 21, 21, 4.4), colour=wax, depth=2.6)
    c.solid(ellipse(50, 42, 21, 4.4), colour=light(wax, 0.3), depth=0)
    c.flat(ellipse(50, 42.4, 18.6, 3.4), colour=light(wax, 0.6))
    c.stroke([(50, 37), (50, 42)], 1.1, IRON, 0)
    c.solid(rect(36, 50.5, 64, 74.5, 2), colour=WHITE, depth=0.6)
    c.pieces(look.emblem(50, 61, 8, look.emblem_ink))
    c.stroke([(44, 72), (56, 72)], 0.8, dark(CREAM, 0.35), 0)


def tapers(c: Canvas, look: Look) -> None:
    """Taper candles tied in a bundle, wicks up."""
    for x, top in ((34, 23), (66, 23), (40.4, 19), (59.6, 19), (46.8, 21.5), (53.2, 17)):
        c.stroke([(x, top - 4), (x, top + 2)], 0.9, IRON, 0)
        c.solid(taper(x, top, 82, 2.1, 3.3, 1.4), colour=look.colour, depth=1.2)
    c.solid(rect(29.5, 50, 70.5, 62, 1), colour=KRAFT, depth=1)
    c.pieces(sprig(50, 56, 4.6, FERN_GREEN))


def tea_lights(c: Canvas, look: Look) -> None:
    """A pile of little lights in metal cups."""
    spots = ((50, 49), (35, 63), (65, 63), (24, 77), (50, 77), (76, 77))
    for index, (x, base) in enumerate(spots):
        if index == 0:
            _flame(c, x, base - 10.6, 8)
        c.solid(vessel(x, base - 8.4, base, 11.6, 11.2, 2.4), colour=STEEL, depth=1.3)
        c.solid(ellipse(x, base - 8.4, 11.6, 2.4), colour=light(STEEL, 0.4), depth=0)
        c.flat(ellipse(x, base - 8.2, 10, 1.8), colour=CREAM)
        c.stroke([(x, base - 10.6), (x, base - 8.2)], 0.8, IRON, 0)


def lantern(c: Canvas, look: Look) -> None:
    """A metal lantern with a candle behind glass."""
    metal = look.tint(IRON)
    c.stroke(arc(50, 20, 8, 8, 150, 390), 2, metal)
    c.solid(rect(47, 24, 53, 31, 1), colour=metal)
    c.solid([(50, 26), (73, 41), (27, 41)], colour=metal)
    c.flat(rect(31, 41, 69, 77), colour=(250, 232, 190))
    c.flat(ellipse(50, 56, 15, 14), colour=(253, 242, 214))
    c.solid(rect(43.5, 60, 56.5, 77, 1), colour=WHITE, depth=1.2)
    _flame(c, 50, 59.6, 9)
    for x in (30, 66):
        c.solid(rect(x, 40, x + 4, 78), colour=metal, depth=0.8)
    c.solid(rect(49.2, 41, 50.8, 48), colour=metal, depth=0)
    c.solid(rect(26, 39, 74, 43, 1.6), rect(26, 76, 74, 82, 1.6), colour=metal, depth=0.8)


def diffuser(c: Canvas, look: Look) -> None:
    """A small bottle with reeds."""
    for turn in (-22, -14, -6, 3, 11, 20):
        c.stroke(turned([(50, 14), (50, 56)], turn, (50, 60)), 1.1, CORK, 0.3)
    c.solid(rect(45, 45, 55, 56, 1.4), colour=WHITE)
    c.solid(rounded([(37, 53), (63, 53), (67, 80), (33, 80)], 5), colour=light(look.colour, 0.3), depth=2.4)
    c.solid(rect(41, 60, 59, 76, 1.4), colour=WHITE, depth=0.5)
    c.pieces(look.emblem(50, 68, 6.4, look.emblem_ink))


def soap(c: Canvas, look: Look) -> None:
    """A bar of soap in a paper band, with suds."""
    c.solid(rect(19, 46, 81, 78, 9), colour=look.colour, depth=2.6)
    c.solid(rect(36, 46, 64, 78), colour=CREAM, depth=0.8)
    c.pieces(look.emblem(50, 62, 11, look.emblem_ink))
    for x, y, r in ((26, 40, 5), (34, 36, 3.4), (70, 39, 4.2), (77, 43, 2.8), (62, 35, 2.4)):
        c.solid(ellipse(x, y, r), colour=(240, 247, 247), depth=0.8)
        c.flat(ellipse(x - r * 0.3, y - r * 0.3, r * 0.22), colour=WHITE)


def _dial(c: Canvas, x: float, y: float, radius: float) -> None:
    c.solid(ellipse(x, y, radius), colour=dark(CREAM, 0.2), depth=0)
    c.flat(ellipse(x + 0.5, y + 0.6, radius - 0.7), colour=WHITE)
    for tick in range(12):
        length = radius * (0.14 if tick % 3 == 0 else 0.07)
        mark: list[Point] = [(x, y - radius * 0.86), (x, y - radius * 0.86 + length)]
        c.stroke(turned(mark, tick * 30, (x, y)), radius * 0.05, IRON, 0)
    c.stroke(turned([(x, y), (x, y - radius * 0.48)], -58, (x, y)), radius * 0.08, IRON, 0)
    c.stroke(turned([(x, y), (x, y - radius * 0.68)], 60, (x, y)), radius * 0.06, IRON, 0)
    c.flat(ellipse(x, y, radius * 0.08), colour=CORAL)


def _flame(c: Canvas, x: float, base: float, tall: float) -> None:
    half = tall * 0.32
    drop: list[Point] = [
        (x, base - tall),
        (x + half, base - tall * 0.36),
        (x, base),
        (x - half, base - tall * 0.36),
    ]
    c.flat(curve(drop, closed=True), colour=FLAME)
    c.flat(ellipse(x, base - tall * 0.26, half * 0.5, tall * 0.2), colour=(255, 240, 200))
