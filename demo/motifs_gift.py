"""Owns the pictures of cards and gift wrap."""

from demo.canvas import Canvas, dark, light
from demo.looks import (
    CORAL,
    CREAM,
    FERN_GREEN,
    KRAFT,
    MUSTARD,
    RED,
    TEAL,
    WHITE,
    Look,
)
from demo.outlines import Point, bend, closed, curve, ellipse, rect, rounded, turned, vessel
from demo.patterns import dot, scattered, sprig


def card(c: Canvas, look: Look) -> None:
    """A folded card in front of its envelope."""
    c.solid(turned(rect(38, 34, 84, 78, 1.2), 6, (60, 60)), colour=light(look.accent, 0.35))
    c.solid([(30, 17), (72, 20), (72, 80), (30, 81)], colour=dark(CREAM, 0.1), depth=0)
    c.solid(rect(26, 16, 68, 81, 1.2), colour=WHITE, depth=1)
    c.flat(rect(30, 20, 64, 77, 1), colour=light(look.accent, 0.58))
    c.stroke(closed(rect(32, 22, 62, 75, 1)), 0.5, WHITE, 0)
    if "daisy" in look.words:
        for x, y, half in ((41, 40, 7.4), (54, 36, 6.6), (49, 50, 7.8)):
            c.stroke(bend((x, y), (x, 62), (47.5, 70)), 0.9, FERN_GREEN, 0)
            c.pieces(look.emblem(x, y, half, WHITE))
        c.stroke([(43.6, 64), (51.4, 64)], 2, CORAL, 0.3)
        return
    c.pieces(look.emblem(47, 48.5, 11.5, look.emblem_ink))


def wrap(c: Canvas, look: Look) -> None:
    """Two rolls of paper, one patterned and one partly unrolled."""
    c.lay_flat(24)
    c.solid(rect(34, 12, 47, 88, 1), colour=light(look.accent, 0.15), depth=2)
    c.solid(ellipse(40.5, 12, 6.5, 2.2), colour=KRAFT, depth=0)
    c.flat(ellipse(40.5, 12, 4.2, 1.3), colour=dark(KRAFT, 0.5))
    c.solid(
        [(52, 16), (72, 15), (70, 50), (73, 84), (52, 84)],
        colour=look.colour,
        pattern=look.printed(10.5),
        depth=1,
    )
    c.solid(rect(48, 10, 62, 90, 1), colour=look.colour, pattern=look.printed(10.5), depth=2.4)
    c.solid(ellipse(55, 10, 7, 2.4), colour=KRAFT, depth=0)
    c.flat(ellipse(55, 10, 4.6, 1.4), colour=dark(KRAFT, 0.5))
    c.solid(rect(33.4, 46, 62.6, 54, 0.8), colour=CREAM, depth=0.8)


def ribbon(c: Canvas, look: Look) -> None:
    """A spool of ribbon with a bow on top."""
    deep = dark(look.colour, 0.16)
    c.solid(
        [
            (66, 70),
            *bend((66, 70), (80, 66), (90, 75)),
            (85, 77),
            (86, 82),
            *bend((82, 79), (76, 75), (64, 80)),
        ],
        colour=deep,
    )
    c.solid(vessel(48, 74, 79, 25, 25, 4), colour=KRAFT, depth=1)
    c.solid(vessel(48, 53, 74, 21.5, 21.5, 3.4), colour=look.colour, depth=3)
    for y in (59, 65, 71):
        c.stroke(bend((27, y), (48, y + 6.4), (69, y)), 0.6, deep, 0)
    c.solid(vessel(48, 49, 53, 25, 25, 4), colour=KRAFT, depth=1)
    c.solid(ellipse(48, 49, 25, 4), colour=light(KRAFT, 0.3), depth=0)
    for side in (-1, 1):
        tail: list[Point] = [(48, 42), (48 + side * 17, 49.5), (48 + side * 12, 50), (48 + side * 11, 53.6)]
        c.solid(tail, colour=deep, depth=0.6)
        loop: list[Point] = [
            (48, 41),
            (48 + side * 12, 28),
            (48 + side * 24, 30),
            (48 + side * 22, 43),
            (48 + side * 10, 45),
        ]
        c.solid(curve(loop, closed=True), colour=look.colour)
        c.flat(ellipse(48 + side * 15.6, 37.6, 4.6, 3), colour=deep)
    c.solid(rect(43.6, 36, 52.4, 47, 3), colour=light(look.colour, 0.12))


def gift_bag(c: Canvas, look: Look) -> None:
    """A paper bag with cord handles, tissue and a tag."""
    tissue = light(look.accent, 0.4) if look.accent != CREAM else WHITE
    c.solid([(31, 38), (36, 26), (42, 34), (49, 23), (55, 33), (63, 25), (69, 38)], colour=tissue, depth=1)
    c.stroke(
        [(40, 39), *bend((40, 30), (41, 14), (50, 14)), *bend((50, 14), (59, 14), (60, 30)), (60, 39)],
        1.8,
        dark(look.colour, 0.35),
    )
    c.solid([(72, 37), (80, 42), (80, 76), (72, 82)], colour=dark(look.colour, 0.22), depth=0)
    c.solid(rect(28, 37, 72, 82, 0.8), colour=look.colour, pattern=look.printed(11.5))
    c.flat(ellipse(40, 40.4, 1.2), ellipse(60, 40.4, 1.2), colour=dark(look.colour, 0.5))
    c.stroke([(60, 41), (62, 50)], 0.6, WHITE, 0)
    c.solid(
        turned(rounded([(57, 52), (62, 48.6), (67, 52), (67, 64), (57, 64)], 1), -8, (62, 50)),
        colour=KRAFT,
        depth=0.6,
    )


def gift_boxes(c: Canvas, look: Look) -> None:
    """Three parcels stacked, the top one with a bow."""
    for cx, bottom, half, tall, colour, band in (
        (50, 82, 29, 22, TEAL, CREAM),
        (48, 59, 22, 18, CORAL, WHITE),
        (51, 40, 15.5, 14, MUSTARD, RED),
    ):
        pattern = scattered(dot, WHITE, 6.5, 0.22) if colour == CORAL else None
        c.solid(rect(cx - half, bottom - tall, cx + half, bottom, 1), colour=colour, pattern=pattern)
        lid = light(colour, 0.16)
        c.solid(
            rect(cx - half - 1.4, bottom - tall - 1, cx + half + 1.4, bottom - tall + 5, 1),
            colour=lid,
            depth=0.9,
        )
        c.solid(rect(cx - 2.6, bottom - tall - 1, cx + 2.6, bottom), colour=band, depth=0.6)
    for side in (-1, 1):
        loop: list[Point] = [(51, 25), (51 + side * 5, 15), (51 + side * 12, 16), (51 + side * 11, 23)]
        c.solid(curve(loop, closed=True), colour=RED, depth=0.9)
    c.solid(ellipse(51, 23.4, 2.8), colour=dark(RED, 0.12))


def gift_tags(c: Canvas, look: Look) -> None:
    """Kraft tags on string."""
    c.lay_flat()
    for turn, paper in ((-26, light(KRAFT, 0.3)), (2, KRAFT), (30, WHITE)):
        about = (44.0, 22.0)
        shape: list[Point] = [(38, 24), (44, 17), (50, 24), (56, 32), (56, 72), (32, 72), (32, 32)]
        c.solid(turned(rounded([shape[1], *shape[3:]], 2.4), turn, about), colour=paper, depth=1.1)
        c.flat(turned(ellipse(44, 27, 1.9), turn, about), colour=dark(paper, 0.4))
        c.pieces(
            [
                (turned(outline, turn, about), colour)
                for outline, colour in sprig(44, 52, 9, FERN_GREEN if paper != WHITE else CORAL)
            ]
        )
    c.stroke(curve([(44, 26), (50, 16), (60, 13), (66, 18), (58, 22), (46, 27)]), 0.9, WHITE, 0.2)
