"""Owns the pictures of pots, seeds and garden tools."""

from demo.canvas import Canvas, Colour, dark, light
from demo.looks import (
    BLUE,
    BRASS,
    CORAL,
    CREAM,
    FERN_GREEN,
    MUSTARD,
    OAK,
    PINK,
    SAGE,
    SOIL,
    STEEL,
    WALNUT,
    WHITE,
    Look,
)
from demo.outlines import (
    Outline,
    Point,
    arc,
    bend,
    curve,
    ellipse,
    leaf,
    moved,
    rect,
    rounded,
    taper,
    turned,
    vessel,
)
from demo.patterns import daisy


def plant_pot(c: Canvas, look: Look) -> None:
    """A rimmed pot; what grows in it depends on its size."""
    size = look.words.split()[0]
    greens = (FERN_GREEN, (112, 156, 104), SAGE)
    if size == "small":
        for turn, length in ((-90, 16), (-50, 14), (-130, 14), (-20, 10), (-160, 10)):
            c.solid(leaf(50, 46, length, turn, 4.6), colour=greens[1], depth=0.6)
    elif size == "large":
        c.solid(rect(48.8, 20, 51.2, 46), colour=WALNUT, depth=0.5)
        for x, y, r in ((50, 17, 12), (41, 25, 10), (59, 25, 10), (50, 27, 11)):
            c.solid(ellipse(x, y, r), colour=greens[0], depth=1.4)
        for x, y in ((44, 20), (57, 23), (51, 29), (52, 12)):
            c.solid(ellipse(x, y, 2.2, 2.7), colour=(240, 200, 84), depth=0.5)
    else:
        for turn, length in ((-90, 34), (-68, 32), (-112, 32), (-45, 27), (-135, 27), (-25, 20), (-155, 20)):
            c.solid(leaf(50, 50, length, turn, 4), colour=greens[turn % 3], depth=0.6)
    colour = look.colour
    if "glazed" in look.words:
        c.solid(vessel(50, 78, 79, 23, 21, 3), colour=dark(colour, 0.12))
    c.solid(taper(50, 49, 79, 19.5, 14.5, 2), colour=colour, depth=2.4)
    c.solid(rect(27, 42.5, 73, 52, 2), colour=light(colour, 0.1), depth=1.4)
    c.flat(rect(30.8, 52, 69.2, 53.4), colour=dark(colour, 0.25))
    if "glazed" in look.words:
        c.flat(taper(50, 60, 63, 17.6, 17.1), colour=light(colour, 0.42))


def watering_can(c: Canvas, look: Look) -> None:
    """A can with a long spout to the right."""
    deep = dark(look.colour, 0.12)
    c.stroke(curve([(24, 72), (12, 66), (11, 50), (19, 40), (28, 42)]), 3.2, deep)
    c.stroke(arc(37, 42, 12, 14, 180, 360), 3.2, deep)
    c.solid([(50, 74), (80, 33), (84, 35), (56, 80), (50, 80)], colour=deep, depth=1)
    c.solid(turned(rounded([(76, 33), (88, 33), (85, 39), (79, 39)], 1), 35, (82, 36)), colour=BRASS, depth=0.8)
    c.solid(vessel(38, 44, 77, 18, 20.5, 3.6), colour=look.colour, depth=2.6)
    c.solid(arc(38, 44, 18, 3.6, 0, 360), colour=light(look.colour, 0.25), depth=0.4)
    c.flat(arc(38, 44.2, 16, 2.7, 0, 360), colour=dark(look.colour, 0.45))
    for y in (54, 71):
        c.flat(
            bend((19.4, y), (38, y + 6), (56.6, y)) + bend((56.7, y + 1.4), (38, y + 7.4), (19.3, y + 1.4)),
            colour=light(look.colour, 0.32),
        )


def seed_packet(c: Canvas, look: Look) -> None:
    """A paper packet with what grows from it."""
    c.lay_flat(-5)
    c.solid(rect(29, 16, 71, 84, 1.4), colour=CREAM, depth=1.6)
    band = light(look.emblem_ink, 0.12)
    c.flat(rect(29.8, 26, 70.2, 36), colour=band)
    c.flat(rect(29.8, 20.6, 70.2, 21.4), colour=dark(CREAM, 0.16))
    c.stroke([(38, 31), (62, 31)], 2, WHITE, 0)
    c.flat(rect(33, 40, 67, 79, 2), colour=(226, 236, 220))
    if "meadow" in look.words:
        for x, y, ink in (
            (42, 55, CORAL),
            (57, 52, BLUE),
            (50, 63, WHITE),
            (40, 68, MUSTARD),
            (60, 66, PINK),
        ):
            c.stroke([(x, y), (x + (50 - x) * 0.15, 79)], 0.8, FERN_GREEN, 0)
            c.pieces(daisy(x, y, 6, ink))
        return
    if "sunflower" in look.words:
        c.flat(rect(49, 60, 51, 79), leaf(50, 76, 11, -35, 3.4), leaf(50, 76, 11, -145, 3.4), colour=FERN_GREEN)
        c.pieces(look.emblem(50, 56, 13, look.emblem_ink))
        return
    c.pieces(look.emblem(50, 60, 14.5, look.emblem_ink))


def trowel(c: Canvas, look: Look) -> None:
    """A hand trowel with a wooden grip."""
    c.lay_flat(34)
    c.solid(rect(48, 46, 52, 62), colour=dark(STEEL, 0.15), depth=0.8)
    blade: list[Point] = [(40, 46), (38, 30), (50, 8), (62, 30), (60, 46), (50, 50)]
    c.solid(rounded(blade, 5), colour=STEEL, depth=1.8)
    c.stroke([(50, 16), (50, 44)], 0.8, dark(STEEL, 0.18), 0)
    _grip(c)


def hand_fork(c: Canvas, look: Look) -> None:
    """A three-pronged hand fork with a wooden grip."""
    c.lay_flat(34)
    c.solid(rect(48, 42, 52, 62), colour=dark(STEEL, 0.15), depth=0.8)
    for x in (38, 50, 62):
        c.solid([(x - 2.2, 40), (x - 1.6, 16), (x, 10), (x + 1.6, 16), (x + 2.2, 40)], colour=STEEL, depth=0.9)
    c.solid(rounded([(35.8, 36), (64.2, 36), (62, 46), (38, 46)], 4), colour=STEEL, depth=1.2)
    _grip(c)


def gloves(c: Canvas, look: Look) -> None:
    """A pair of gardening gloves."""
    c.lay_flat()
    for mirror, turn in ((False, -7), (True, 7)):
        shapes: list[Outline] = [rect(24, 42, 46, 70, 6)]
        for x, top in ((24, 27), (29.6, 22), (35.2, 21), (40.8, 26)):
            shapes.append(rect(x, top, x + 5.2, 50, 2.5))
        shapes.append(turned(rect(43, 46, 49, 64, 2.9), 32, (46, 62)))
        cuff: list[Outline] = [rect(23, 68, 47, 82, 2)]
        palm = [ellipse(34, 60, 7)]
        for group, colour in (
            (shapes, look.colour),
            (cuff, dark(look.colour, 0.22)),
            (palm, light(look.colour, 0.3)),
        ):
            placed = [[(104 - x, y) for x, y in outline] if mirror else moved(outline, -4, 0) for outline in group]
            about = (66.0, 72.0) if mirror else (34.0, 72.0)
            depth = 0.0 if group is palm else 1.6
            c.solid(*(turned(outline, turn, about) for outline in placed), colour=colour, depth=depth)


def twine(c: Canvas, look: Look) -> None:
    """A ball of twine with a loose end."""
    jute: Colour = (208, 170, 114)
    c.stroke(curve([(66, 72), (78, 79), (86, 74), (91, 80)]), 1.8, jute)
    c.solid(ellipse(47, 54, 27), colour=jute, depth=3)
    thread = dark(jute, 0.16)
    for step in range(-4, 5):
        for turn in (-35, 40):
            half = (27**2 - (step * 5.4) ** 2) ** 0.5 - 2
            if turn == 40 and step > -1:
                half *= 0.62
            path = bend((47 - half, 54 + step * 5.4), (47, 50 + step * 5.4), (47 + half, 54 + step * 5.4))
            if turn == -35 or step < 4:
                c.stroke(turned(path, turn, (47, 54)), 0.7, thread if turn == 40 else light(jute, 0.25), 0)


def birdhouse(c: Canvas, look: Look) -> None:
    """A gabled birdhouse with a round door and a perch."""
    c.solid([(50, 26), (71, 45), (71, 80), (29, 80), (29, 45)], colour=look.colour)
    for x in (39.5, 50, 60.5):
        c.stroke([(x, 44), (x, 79)], 0.5, dark(look.colour, 0.14), 0)
    c.solid(rounded([(50, 15), (80, 43), (75, 48), (50, 26), (25, 48), (20, 43)], 1.2), colour=WALNUT, depth=1.2)
    c.flat(ellipse(50, 53, 7.4), colour=dark(look.colour, 0.22))
    c.flat(ellipse(50.4, 53.6, 6.4), colour=dark(SOIL, 0.5))
    c.stroke([(50, 66.5), (50, 66.6)], 4, OAK)
    c.solid(rect(25, 79, 75, 83, 1.4), colour=WALNUT, depth=0.8)


def plant_labels(c: Canvas, look: Look) -> None:
    """Wooden markers stuck into a strip of soil with seedlings."""
    for index, x in enumerate((25, 38, 50, 62, 75)):
        top = 30 + (index % 2) * 5
        c.solid(
            rounded([(x - 5, top), (x + 5, top), (x + 5, 66), (x, 84), (x - 5, 66)], 2.6),
            colour=light(OAK, 0.25),
            depth=1,
        )
        c.stroke([(x, top + 6), (x, top + 6 + 12 + index % 3 * 2)], 1.1, dark(OAK, 0.45), 0)
    c.solid(
        [*curve([(10, 80), (14, 68), (30, 66), (50, 68), (70, 66), (86, 68), (90, 80)]), (88, 83), (12, 83)],
        colour=SOIL,
        depth=1.4,
    )
    for seedling in (31.5, 56, 68.6):
        c.pieces([(leaf(seedling, 68, 8, turn, 2.4), FERN_GREEN) for turn in (-50, -130)])


def _grip(c: Canvas) -> None:
    c.solid(
        rounded([(46, 58), (54, 58), (55.4, 76), (53.6, 92), (46.4, 92), (44.6, 76)], 3),
        colour=OAK,
        depth=1.6,
    )
    c.solid(rect(45.6, 57, 54.4, 62, 1), colour=BRASS, depth=0.7)
    c.flat(ellipse(50, 88, 1.1), colour=dark(OAK, 0.5))
