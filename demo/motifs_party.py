"""Owns the pictures of party things."""

from demo.canvas import Canvas, Colour, dark, light
from demo.looks import (
    BLUE,
    CORAL,
    CREAM,
    FERN_GREEN,
    FLAME,
    IRON,
    MUSTARD,
    PINK,
    RED,
    SAGE,
    TEAL,
    WHITE,
    Look,
)
from demo.outlines import (
    arc,
    bend,
    curve,
    ellipse,
    rect,
    rounded,
    taper,
    turned,
)
from demo.patterns import dot, scattered, star_outline, striped

_PARTY = (RED, MUSTARD, TEAL, PINK, BLUE, SAGE)
_PASTELS: tuple[Colour, ...] = (
    (240, 188, 188),
    (246, 218, 150),
    (176, 208, 216),
    (190, 212, 180),
    (214, 196, 226),
)


def bunting(c: Canvas, look: Look) -> None:
    """Two swags of cotton flags."""
    c.lay_flat()
    for left, y, flags in ((8, 22, 4), (8, 56, 4)):
        rope = bend((left, y), (50, y + 16), (100 - left, y), 40)
        for index in range(flags):
            near, far = rope[1 + index * 10], rope[9 + index * 10]
            tip = ((near[0] + far[0]) / 2, (near[1] + far[1]) / 2 + 23)
            flag = rounded([near, far, tip], 0.8)
            if "pastel" in look.words:
                c.solid(flag, colour=_PASTELS[(index + (y > 40) * 2) % len(_PASTELS)], depth=0.9)
            elif look.printed() and index % 2 == (y > 40):
                c.solid(flag, colour=look.colour, pattern=look.printed(8.5), depth=0.9)
            else:
                plain = light(look.accent, 0.1) if look.colour == CREAM else CREAM
                c.solid(flag, colour=plain, depth=0.9)
        c.stroke(rope, 1.7, dark(look.named, 0.25) if look.named else FERN_GREEN, 0.3)


def balloons(c: Canvas, look: Look) -> None:
    """Three balloons on their strings."""
    c.lay_flat()
    for x, y, colour in (
        (34, 36, light(look.colour, 0.28)),
        (66, 34, dark(look.colour, 0.1)),
        (50, 44, look.colour),
    ):
        c.stroke(curve([(x, y + 19), (x + (50 - x) * 0.3, y + 30), (50, 84)]), 0.7, dark(CREAM, 0.35), 0)
        c.solid([(x - 2.6, y + 22), (x, y + 18), (x + 2.6, y + 22)], colour=dark(colour, 0.15), depth=0.3)
        c.solid(ellipse(x, y, 15.4, 19), colour=colour, depth=2.6)
        c.flat(turned(ellipse(x - 6, y - 9, 2.2, 4.4), 30, (x - 6, y - 9)), colour=light(colour, 0.6))


def straws(c: Canvas, look: Look) -> None:
    """Striped straws in a glass jar."""
    for index, (turn, ink) in enumerate(((-17, TEAL), (16, PINK), (-9, MUSTARD), (9, BLUE), (0, RED))):
        straw = turned(rect(47.8, 12 + index % 2 * 4, 52.2, 74), turn, (50, 78))
        c.solid(straw, colour=WHITE, pattern=striped(ink, 2.5, level=True), depth=1)
    c.solid(rounded([(36, 50), (64, 50), (64, 80), (36, 80)], 4), colour=(222, 234, 236), depth=1.6, alpha=255)
    c.solid(rect(34.6, 47, 65.4, 52, 2), colour=(236, 244, 245), depth=0.8)
    c.solid(rect(41, 59, 59, 72, 1.4), colour=CORAL, depth=0.5)
    c.stroke([(45, 65.4), (55, 65.4)], 1, WHITE, 0)


def paper_cups(c: Canvas, look: Look) -> None:
    """Two paper cups, one behind the other."""
    for x, base, body in ((62, 74, CREAM), (40, 80, look.colour)):
        pattern = look.printed(9.5) if body == look.colour else striped(look.colour, 3)
        c.solid(taper(x, base - 40, base, 17.5, 12.5, 1.4), colour=body, pattern=pattern, depth=2)
        c.solid(rect(x - 18.6, base - 42.4, x + 18.6, base - 38.6, 1.9), colour=WHITE, depth=0.6)


def party_hats(c: Canvas, look: Look) -> None:
    """Three pointed hats with pom-poms."""
    for x, base, tall, ink in ((29, 78, 42, TEAL), (71, 78, 42, CORAL), (50, 81, 54, MUSTARD)):
        half = tall * 0.36
        pattern = striped(WHITE, 2.6, level=True) if ink == MUSTARD else scattered(dot, WHITE, 7.5, 0.24)
        c.solid([(x, base - tall), *arc(x, base - 2, half, 4, 0, 180)], colour=ink, pattern=pattern, depth=2)
        c.solid(
            *(
                ellipse(x + 3.1 * dx, base - tall + 3.1 * dy, 2.7)
                for dx, dy in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))
            ),
            colour=PINK,
            depth=0.7,
        )


def birthday_candles(c: Canvas, look: Look) -> None:
    """A row of lit candles on a slice of icing."""
    for index, x in enumerate((26, 38, 50, 62, 74)):
        ink = _PARTY[index]
        top = 34 + (index % 2) * 4
        c.flat(
            curve([(x, top - 15), (x + 3, top - 7), (x, top - 3), (x - 3, top - 7)], closed=True),
            colour=FLAME,
        )
        c.stroke([(x, top - 5), (x, top)], 0.9, IRON, 0)
        c.solid(rect(x - 2.6, top, x + 2.6, 68, 1), colour=WHITE, pattern=striped(ink, 2.2, level=True), depth=1)
    c.solid(rect(14, 64, 86, 82, 3), colour=(226, 172, 114), depth=1.4)
    drops = [rect(15 + x * 10, 64, 24.6 + x * 10, 72 + x * 7 % 5, 4) for x in range(7)]
    c.solid(rect(12.6, 60, 87.4, 69, 4), *drops, colour=PINK, depth=1)


def star_garland(c: Canvas, look: Look) -> None:
    """Card stars on two strings."""
    c.lay_flat()
    for y, count, grow in ((24, 4, 10.5), (58, 4, 10.5)):
        rope = bend((8, y), (50, y + 18), (92, y), 40)
        c.stroke(rope, 0.9, dark(look.colour, 0.3), 0)
        for index in range(count):
            x, level = rope[5 + index * 10]
            ink = look.colour if (index + (y > 40)) % 2 else light(look.colour, 0.4)
            turn = (-8, 6, -4, 9)[index]
            c.solid(turned(star_outline(x, level + 7, grow), turn, (x, level)), colour=ink, depth=1)


def string_lights(c: Canvas, look: Look) -> None:
    """Small glowing bulbs on a wire."""
    c.lay_flat()
    for y in (22, 46, 70):
        wire = bend((8, y), (50, y + 14), (92, y), 40)
        c.stroke(wire, 0.9, dark(FERN_GREEN, 0.4), 0)
        for index in range(5):
            x, level = wire[4 + index * 8]
            c.flat(ellipse(x, level + 7.4, 7.2), colour=(255, 240, 190), alpha=110)
            c.solid(rect(x - 1.7, level, x + 1.7, level + 4, 0.6), colour=dark(FERN_GREEN, 0.4), depth=0.3)
            c.solid(ellipse(x, level + 7.8, 3.3, 4.3), colour=FLAME, depth=0.8)
