"""Owns the pictures of what stands on a laid table: pots, cups, plates, glasses."""

import math

from demo.canvas import Canvas, Colour, dark, light, mix
from demo.looks import BRASS, CREAM, IRON, OAK, PINK, SOIL, STEEL, TERRACOTTA, WHITE, Look
from demo.outlines import (
    Outline,
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

_TEA: Colour = (176, 106, 62)
_COFFEE: Colour = (92, 62, 50)


def mug(c: Canvas, look: Look) -> None:
    """A straight enamel mug, or a rounder stoneware one."""
    enamel = "enamel" in look.words
    rim = dark(look.colour, 0.45) if enamel else light(look.colour, 0.35)
    handle: Outline = curve([(64, 42), (75, 40), (81, 49), (76, 61), (64, 65)])
    c.stroke(handle, 4.6, look.colour)
    if enamel:
        c.solid(vessel(46, 33, 74, 22, 20.5, 4.6), colour=look.colour, pattern=look.printed())
    else:
        body = [(69, 34), (69, 60), (67, 72), (61, 78), (46, 79.5)]
        side = curve([(float(x), float(y)) for x, y in body])
        left = [(92 - x, y) for x, y in reversed(side)]
        c.solid([*arc(46, 34, 23, 4.6, 180, 360), *side, *left], colour=look.colour, pattern=look.printed(11))
    half = 22 if enamel else 23
    c.solid(ellipse(46, 33.5, half, 4.6), colour=rim, depth=0.4)
    c.flat(ellipse(46, 34, half - 1.7, 3.5), colour=dark(CREAM, 0.1))
    c.flat(ellipse(46, 35, half - 3.6, 2.5), colour=_COFFEE if enamel else _TEA)


def teapot(c: Canvas, look: Look) -> None:
    """A round teapot, spout to the right."""
    deep = dark(look.colour, 0.1)
    c.stroke(curve([(33, 45), (20, 42), (14, 54), (20, 66), (34, 68)]), 4.4, deep)
    spout = curve([(66, 66), (77, 60), (80, 47), (84, 40)]) + curve([(89, 41.5), (87, 56), (80, 70), (64, 77)])
    c.solid(spout, colour=deep)
    c.solid(rect(38, 74, 62, 81, 2.5), colour=deep)
    c.solid(ellipse(50, 58, 25, 20.5), colour=look.colour, pattern=look.printed(10.5))
    c.solid(arc(50, 40.5, 14.5, 8.5, 180, 360) + arc(50, 40.5, 14.5, 2.6, 0, 180), colour=light(look.colour, 0.16))
    c.solid(ellipse(50, 29.5, 3.7), colour=deep)


def kettle(c: Canvas, look: Look) -> None:
    """A stovetop kettle with a wooden grip."""
    c.stroke(curve([(31, 52), (27, 34), (36, 24), (64, 24), (73, 34), (69, 52)]), 2.6, STEEL)
    c.solid(rect(37, 20.6, 63, 27.4, 3.2), colour=OAK)
    c.solid(
        curve([(66, 68), (76, 62), (84, 46)]) + curve([(90, 49), (85, 66), (72, 78)]),
        colour=dark(look.colour, 0.1),
    )
    c.solid(turned_profile(50, [(45, 15), (50, 22), (62, 28), (73, 30), (80, 27)]), colour=look.colour)
    c.solid(arc(50, 46.5, 15, 7, 180, 360) + arc(50, 46.5, 15, 2.2, 0, 180), colour=light(look.colour, 0.2))
    c.solid(ellipse(50, 37.8, 3.2), colour=OAK)
    c.flat(rect(24, 75, 76, 76.6, 0.6), colour=STEEL)


def french_press(c: Canvas, look: Look) -> None:
    """A glass press half full of coffee."""
    c.stroke(curve([(64, 40), (78, 40), (80, 52), (78, 64), (64, 64)]), 3.6, IRON)
    c.solid(rect(33, 34, 65, 77, 4), colour=(224, 236, 238), alpha=215)
    c.solid(rect(34.6, 48, 63.4, 76, 3), colour=_COFFEE, depth=2)
    c.solid(rect(34.6, 45.4, 63.4, 49.4, 1), colour=STEEL, depth=0.5)
    c.solid(rect(48.2, 18, 49.8, 46), colour=STEEL, depth=0.4)
    c.flat(rect(37, 38, 39, 72, 1), colour=WHITE)
    for y in (35, 61, 76):
        c.solid(rect(32, y, 66, y + 3.2, 1.2), colour=STEEL, depth=0.7)
    c.solid(rect(32, 76, 37, 82, 1.5), rect(61, 76, 66, 82, 1.5), colour=STEEL, depth=0.7)
    c.solid(arc(49, 35.5, 17, 8, 180, 360), colour=STEEL)
    c.solid(ellipse(49, 16.5, 4), colour=IRON)


def cup_and_saucer(c: Canvas, look: Look) -> None:
    """A china cup on its saucer."""
    trim = look.accent
    c.solid(ellipse(49, 75.5, 33, 6.4), colour=look.colour)
    c.solid(ellipse(49, 74.6, 27, 4.4), colour=light(trim, 0.62), depth=0)
    c.solid(ellipse(49, 74.4, 19, 3.2), colour=look.colour, depth=0)
    c.stroke(curve([(69, 46), (80, 43), (83, 52), (76, 60), (65, 62)]), 3.0, trim)
    c.solid(rect(41, 68, 57, 75, 2), colour=look.colour)
    body: list[Point] = [(24, 42), (25.5, 54), (32, 66), (42, 71), (56, 71), (66, 66), (72.5, 54), (74, 42)]
    c.solid([*curve(body), *arc(49, 42, 25, 4.8, 0, -180)], colour=look.colour, pattern=look.printed(10.5))
    c.solid(ellipse(49, 42, 25, 4.8), colour=trim, depth=0.4)
    c.flat(ellipse(49, 42.3, 23.6, 3.9), colour=WHITE)
    c.flat(ellipse(49, 43.2, 21.4, 2.9), colour=_TEA)


def tea_box(c: Canvas, look: Look) -> None:
    """A carton with a round emblem and a tea bag beside it."""
    side, top = dark(look.colour, 0.22), light(look.colour, 0.3)
    c.solid([(66, 28), (75, 23), (75, 75), (66, 81)], colour=side, depth=0)
    c.solid([(27, 28), (37, 23), (75, 23), (66, 28)], colour=top, depth=0)
    c.solid(rect(27, 28, 66, 81, 0.8), colour=look.colour)
    c.flat(rect(27, 35, 66, 36.2), rect(27, 73, 66, 74.2), colour=light(look.colour, 0.5))
    c.solid(ellipse(46.5, 54.5, 14), colour=CREAM, depth=0.6)
    c.pieces(look.emblem(46.5, 54.5, 9.6, look.emblem_ink))
    c.stroke(curve([(61, 66), (68, 60), (73, 66), (78, 70)]), 0.7, WHITE, 0)
    c.solid(rounded([(72, 66), (82, 66), (84, 70), (84, 83), (70, 83), (70, 70)], 1.4), colour=(240, 230, 206))
    c.solid(rect(73, 73, 81, 81, 1), colour=mix(_TEA, CREAM, 0.35), depth=0)


def coffee_bag(c: Canvas, look: Look) -> None:
    """A block-bottom pouch with a folded top and a few beans."""
    c.solid(rounded([(32, 30), (68, 30), (71, 80), (29, 80)], 2.5), colour=look.colour)
    c.solid(rect(31, 19, 69, 32, 2), colour=dark(look.colour, 0.14))
    c.flat(rect(31, 24.6, 69, 25.8), colour=light(look.colour, 0.3))
    c.solid(rect(35.5, 40, 64.5, 72, 2), colour=CREAM, depth=0.6)
    c.pieces(look.emblem(50, 52.5, 8.5, look.emblem_ink))
    c.stroke([(41, 65.4), (59, 65.4)], 1.0, dark(CREAM, 0.45), 0)
    c.stroke([(44, 68.4), (56, 68.4)], 1.0, dark(CREAM, 0.3), 0)
    for x, y, turn in ((76, 78, 20), (82, 80.6, 80), (23, 80, -40)):
        c.solid(turned(ellipse(x, y, 2.6, 3.7), turn, (x, y)), colour=_COFFEE)


def plate(c: Canvas, look: Look) -> None:
    """A plate from above."""
    c.lay_flat()
    c.solid(ellipse(50, 50, 34), colour=look.colour, pattern=look.printed(11))
    c.stroke(closed(ellipse(50, 50, 31.6)), 0.7, dark(look.colour, 0.1), 0)
    inner = WHITE if look.printed() else light(look.colour, 0.16)
    c.solid(turned(ellipse(50, 50, 23), 180, (50, 50)), colour=dark(look.colour, 0.14), depth=0)
    c.solid(ellipse(50.5, 50.6, 22), colour=inner, depth=0)
    c.stroke(arc(50.5, 50.6, 18, 18, 195, 260), 1.5, light(inner, 0.6), 0)


def bowl(c: Canvas, look: Look) -> None:
    """A deep bowl from the side; the mixing bowl is larger and ribbed."""
    ribbed = "mixing" in look.words
    c.solid(rect(37, 72, 63, 80, 2.5), colour=dark(look.colour, 0.12))
    side: list[Point] = [(18, 44), (20, 56), (29, 70), (40, 77), (60, 77), (71, 70), (80, 56), (82, 44)]
    c.solid([*curve(side), *arc(50, 44, 32, 7, 0, -180)], colour=look.colour, pattern=look.printed())
    if ribbed:
        for x in range(-3, 4):
            c.stroke(
                bend((50 + x * 8.2, 54.6 - abs(x) * 0.9), (50 + x * 8, 64), (50 + x * 5.6, 73 - abs(x) * 1.6)),
                1.1,
                dark(look.colour, 0.1),
                0,
            )
    c.solid(ellipse(50, 44, 32, 7), colour=light(look.colour, 0.3), depth=0.5)
    c.flat(ellipse(50, 44.6, 29.6, 5.7), colour=dark(look.colour, 0.2))
    c.flat(arc(50, 44.6, 29.6, 5.7, 0, 180) + arc(50, 44.6, 29.6, 2.6, 180, 0), colour=dark(look.colour, 0.08))
    if ribbed:
        c.stroke([(62, 44), (78, 18)], 3.4, OAK)


def cutlery(c: Canvas, look: Look) -> None:
    """Knife, fork and spoon side by side."""
    c.lay_flat()
    c.solid(rect(31, 52, 35, 84, 2), rect(32, 40, 34, 54), colour=STEEL, depth=0.9)
    c.solid(rounded([(27, 32), (39, 32), (38, 43), (33, 47), (28, 43)], 3), colour=STEEL, depth=0.9)
    for x in (28.2, 31.4, 34.6, 37.8):
        c.solid(rect(x - 1, 17, x + 1, 36, 0.9), colour=STEEL, depth=0.4)
    c.solid(rect(48, 52, 52, 84, 2), rect(49, 36, 51, 54), ellipse(50, 28, 6.4, 11), colour=STEEL, depth=0.9)
    c.flat(ellipse(50, 27.6, 4.3, 8.2), colour=dark(STEEL, 0.16))
    c.solid(rect(65, 52, 69, 84, 2), colour=STEEL, depth=0.9)
    c.solid(
        curve([(65.2, 54), (65, 22), (67, 16.5)]) + curve([(70, 24), (71.4, 40), (69, 54)]),
        colour=light(STEEL, 0.2),
        depth=0.9,
    )


def tray(c: Canvas, look: Look) -> None:
    """A tray from above, round or with two cut-out handles."""
    c.lay_flat()
    if look.words.startswith("round"):
        c.solid(ellipse(50, 50, 35), colour=look.tint(OAK))
        c.solid(ellipse(50, 50, 31), colour=dark(look.tint(OAK), 0.14), depth=0.8)
        c.flat(ellipse(50.6, 51, 30.2), colour=light(look.tint(OAK), 0.12))
        for plank in (30, 40, 50, 60, 70):
            reach = math.sqrt(29**2 - (plank - 50) ** 2) - 3
            c.stroke([(plank, 51 - reach), (plank, 51 + reach)], 0.5, dark(look.tint(OAK), 0.1), 0)
        return
    c.solid(rect(12, 27, 88, 74, 9), colour=OAK)
    c.solid(rect(20, 31, 80, 70, 5), colour=look.colour, pattern=look.printed(13), depth=1)
    for x in (13.6, 83.6):
        c.flat(rect(x, 43, x + 2.8, 58, 1.4), colour=dark(OAK, 0.55))


def cake_stand(c: Canvas, look: Look) -> None:
    """A footed stand with a sponge cake."""
    c.solid(
        curve([(44, 62), (46, 70), (43, 76), (34, 80)]) + curve([(66, 80), (57, 76), (54, 70), (56, 62)]),
        colour=dark(look.colour, 0.06),
    )
    c.solid(ellipse(50, 80, 17, 3), colour=look.colour)
    c.solid(rect(26, 32, 74, 56, 3), colour=(232, 190, 128))
    c.flat(rect(26, 43.4, 74, 46.4), colour=PINK if look.named == WHITE else (206, 84, 84))
    icing: Outline = rect(25, 28, 75, 37, 4)
    drips = [
        rect(25 + x, 33, 31.4 + x, 37 + drop, 3)
        for x, drop in ((0, 4), (8, 6), (17, 2.6), (26, 6.5), (35, 3.4), (43.6, 5))
    ]
    c.solid(icing, *drips, colour=WHITE if look.named != WHITE else PINK, depth=1)
    c.solid(ellipse(50, 26.4, 3.6), colour=(206, 70, 70))
    c.solid(ellipse(50, 56.6, 36, 4.2), colour=look.colour, depth=0.8)
    scallops = [ellipse(17.5 + step * 6.5, 59 + 1.8 * (1 - ((step - 5) / 5) ** 2), 3.3, 3) for step in range(11)]
    c.solid(*scallops, arc(50, 57, 36, 3.4, 0, 180), colour=look.colour, depth=0.7)


def tumblers(c: Canvas, look: Look) -> None:
    """Four glasses, two behind."""
    drinks = ((238, 196, 96), (232, 140, 110), (166, 196, 140), (238, 196, 96))
    for (x, base), drink in zip(((36, 68), (64, 68), (26, 80), (52, 80)), drinks, strict=True):
        c.solid(taper(x, base - 31, base, 11.4, 9.2, 2), colour=(190, 216, 224), alpha=235, depth=1.2)
        c.solid(taper(x, base - 21, base - 3, 9.6, 8.0, 1.5), colour=drink, depth=1.2)
        c.flat(ellipse(x, base - 21, 9.6, 1.4), colour=light(drink, 0.45))
        c.flat(rect(x - 7.4, base - 27, x - 5.9, base - 7, 0.7), colour=WHITE)


def pitcher(c: Canvas, look: Look) -> None:
    """A jug with a pouring lip, handle to the right."""
    c.stroke(
        curve([(64, 37), (77, 35), (80, 47), (75, 58), (66, 63)]),
        4.4,
        look.accent if look.printed() else look.colour,
    )
    body: list[Point] = [(35, 27), (37, 38), (31, 52), (30, 66), (36, 78)]
    left = curve(body)
    right = [(98 - x, y) for x, y in reversed(left)]
    lip: list[Point] = [(63, 27), (50, 26), (38, 25), (28, 21)]
    c.solid([*left, *right, *bend(lip[0], lip[1], lip[2]), lip[3]], colour=look.colour, pattern=look.printed(12))
    c.solid(
        [(28, 21), *bend((38, 23.5), (52, 22.5), (63, 26)), *bend((63, 27.5), (50, 31), (35, 28.5))],
        colour=dark(look.colour, 0.22),
        depth=0,
    )


def napkins(c: Canvas, look: Look) -> None:
    """A fanned stack of folded napkins."""
    c.lay_flat()
    for step in range(4):
        shade = mix(look.colour, WHITE if step % 2 else SOIL, 0.1)
        square = turned(rect(27, 28, 69, 70, 1.5), (3 - step) * 9 - 6, (48, 68))
        c.solid(square, colour=look.colour if look.printed() else shade, pattern=look.printed(11), depth=1.1)
    if look.printed() is None:
        c.stroke(turned(closed(rect(30, 31, 66, 67, 1)), -6, (48, 68)), 0.6, light(look.colour, 0.5), 0)


def folded(c: Canvas, look: Look) -> None:
    """A folded tablecloth or picnic blanket, held by a band."""
    for top, half in ((62, 30), (49, 29), (36, 28)):
        fold = rect(50 - half, top, 50 + half, top + 14, 6)
        c.solid(fold, colour=look.colour, pattern=look.printed(11), depth=1.8)
    blanket = "blanket" in look.words
    c.solid(rect(46, 34.6, 54, 77.4, 1.6), colour=TERRACOTTA if blanket else dark(look.accent, 0.1), depth=0.8)
    c.solid(rect(44.6, 52, 55.4, 61, 1.4), colour=BRASS if blanket else CREAM, depth=0.7)


def throw(c: Canvas, look: Look) -> None:
    """A folded wool throw, its tasselled end over the front."""
    for top, half, share in ((66, 32, 0.0), (54, 31, 0.06), (42, 30, 0.12)):
        c.solid(rect(50 - half, top, 50 + half, top + 14, 6.5), colour=mix(look.colour, WHITE, share), depth=1.8)
    flap = light(look.colour, 0.2)
    for x in range(9):
        c.solid(leaf(36.4 + x * 3.4, 68, 9.5, 90, 2.2), colour=flap, depth=0.6)
    c.solid(rect(34, 39, 66, 70, 3), colour=flap, depth=1.2)
    for y in (53, 57, 64):
        c.flat(rect(34, y, 66, y + (1.2 if y == 64 else 2)), colour=light(look.colour, 0.7))
