"""Owns what is printed on things: small emblems, and the patterns made of them."""

from collections.abc import Callable

from demo.canvas import Colour, Pattern, Piece, dark, light, mix
from demo.outlines import Box, Outline, arc, bend, curve, ellipse, leaf, rect, turned

Emblem = Callable[[float, float, float, Colour], list[Piece]]
"""Draws one sign: centre x, centre y, half height and ink in, pieces out."""

_GREEN: Colour = (92, 132, 92)
_GOLD: Colour = (226, 178, 80)


def fern(x: float, y: float, half: float, ink: Colour) -> list[Piece]:
    """A frond with seven pairs of leaflets that shorten towards the tip."""
    pieces: list[Piece] = [(leaf(x, y + half, 2 * half, -90, half * 0.1), ink)]
    for pair in range(7):
        height = y + half * (0.62 - 0.21 * pair)
        length = half * (0.78 - 0.085 * pair)
        for angle in (-38, -142):
            pieces.append((leaf(x, height, length, angle, length * 0.3), ink))
    return pieces


def sprig(x: float, y: float, half: float, ink: Colour) -> list[Piece]:
    """A stem with broad leaves: basil, mint, tea, fig."""
    pieces: list[Piece] = [(rect(x - half * 0.06, y - half * 0.3, x + half * 0.06, y + half), ink)]
    for height, length in ((0.55, 0.8), (0.0, 0.8)):
        for angle in (-35, -145):
            pieces.append((leaf(x, y + half * height, half * length, angle, half * 0.36), ink))
    pieces.append((leaf(x, y - half * 0.15, half * 0.85, -90, half * 0.38), ink))
    return pieces


def lavender(x: float, y: float, half: float, ink: Colour) -> list[Piece]:
    """A stem with a spike of small round flowers."""
    pieces: list[Piece] = [(rect(x - half * 0.06, y - half * 0.2, x + half * 0.06, y + half), _GREEN)]
    pieces += [(leaf(x, y + half * 0.85, half * 0.7, angle, half * 0.16), _GREEN) for angle in (-50, -130)]
    for row in range(4):
        level = y + half * (0.2 - 0.3 * row)
        for side in (-1, 1):
            pieces.append((ellipse(x + side * half * (0.2 - 0.03 * row), level, half * 0.2, half * 0.17), ink))
    pieces.append((ellipse(x, y - half * 0.92, half * 0.15), ink))
    return pieces


def daisy(x: float, y: float, half: float, ink: Colour) -> list[Piece]:
    """Eight petals round a golden eye."""
    petals = [(leaf(x, y, half, angle, half * 0.42), ink) for angle in range(0, 360, 45)]
    return [*petals, (ellipse(x, y, half * 0.3), _GOLD)]


def sunflower(x: float, y: float, half: float, ink: Colour) -> list[Piece]:
    """A double ring of petals round a dark eye."""
    back = [(leaf(x, y, half, angle + 15, half * 0.3), dark(ink, 0.14)) for angle in range(0, 360, 30)]
    front = [(leaf(x, y, half * 0.94, angle, half * 0.28), ink) for angle in range(0, 360, 30)]
    return [
        *back,
        *front,
        (ellipse(x, y, half * 0.42), (104, 70, 48)),
        (ellipse(x, y, half * 0.26), (84, 54, 40)),
    ]


def tomato(x: float, y: float, half: float, ink: Colour) -> list[Piece]:
    """Three cherry tomatoes on a stalk."""
    pieces: list[Piece] = [(rect(x - half * 0.06, y - half, x + half * 0.06, y + half * 0.1), _GREEN)]
    for dx, dy in ((-0.5, -0.25), (0.5, -0.1), (0.0, 0.5)):
        cx, cy = x + dx * half, y + dy * half
        pieces.append((ellipse(cx, cy, half * 0.45), ink))
        pieces.append((ellipse(cx - half * 0.14, cy - half * 0.1, half * 0.1), light(ink, 0.5)))
        pieces += [(leaf(cx, cy - half * 0.34, half * 0.3, turn, half * 0.1), _GREEN) for turn in (-10, 60, 120, 190)]
    return pieces


def star(x: float, y: float, half: float, ink: Colour) -> list[Piece]:
    """A five-pointed star."""
    return [(star_outline(x, y, half), ink)]


def star_outline(x: float, y: float, half: float) -> Outline:
    """Return a plump five-pointed star."""
    outer, inner = arc(x, y, half, half, -90, 270), arc(x, y, half * 0.5, half * 0.5, -54, 306)
    step = (len(outer) - 1) / 5
    return [ring[round(step * point)] for point in range(5) for ring in (outer, inner)]


def heart(x: float, y: float, half: float, ink: Colour) -> list[Piece]:
    """A heart."""
    return [(heart_outline(x, y, half), ink)]


def heart_outline(x: float, y: float, half: float) -> Outline:
    """Return a round-shouldered heart."""
    right = [(0, -0.55), (0.5, -0.92), (1.0, -0.5), (0.78, 0.15), (0, 0.95)]
    side = curve([(x + dx * half, y + dy * half) for dx, dy in right])
    return side + [(2 * x - px, py) for px, py in reversed(side)]


def lemon(x: float, y: float, half: float, ink: Colour) -> list[Piece]:
    """A tilted lemon with one leaf."""
    body = leaf(x - half, y, 2 * half, 0, half * 0.62)
    round_body = ellipse(x, y, half * 0.78, half * 0.58)
    return [
        (leaf(x + half * 0.6, y - half * 0.45, half * 0.9, -70, half * 0.28), _GREEN),
        (turned(body, -28, (x, y)), ink),
        (turned(round_body, -28, (x, y)), ink),
        (
            turned(ellipse(x - half * 0.25, y - half * 0.2, half * 0.24, half * 0.1), -28, (x, y)),
            light(ink, 0.6),
        ),
    ]


def orange(x: float, y: float, half: float, ink: Colour) -> list[Piece]:
    """A slice of orange."""
    pieces = [(ellipse(x, y, half), ink), (ellipse(x, y, half * 0.86), light(ink, 0.75))]
    for angle in range(0, 360, 60):
        wedge = [(x, y), *arc(x, y, half * 0.76, half * 0.76, angle + 5, angle + 55)]
        pieces.append((wedge, light(ink, 0.2)))
    return pieces


def bee(x: float, y: float, half: float, ink: Colour) -> list[Piece]:
    """A round striped bee."""
    wing: Colour = (206, 222, 226)
    pieces: list[Piece] = [
        (turned(ellipse(x - half * 0.2, y - half * 0.62, half * 0.28, half * 0.5), -24, (x, y)), wing),
        (turned(ellipse(x + half * 0.2, y - half * 0.62, half * 0.28, half * 0.5), 24, (x, y)), wing),
        (ellipse(x, y, half * 0.92, half * 0.56), _GOLD),
    ]
    for dx, tall in ((-0.36, 0.5), (0.02, 0.56), (0.4, 0.48)):
        pieces.append((rect(x + (dx - 0.1) * half, y - tall * half, x + (dx + 0.1) * half, y + tall * half), ink))
    pieces.append((ellipse(x - half * 0.78, y - half * 0.02, half * 0.26), ink))
    return pieces


def bean(x: float, y: float, half: float, ink: Colour) -> list[Piece]:
    """A coffee bean with its crease."""
    crease = bend((x - half * 0.04, y - half), (x + half * 0.5, y), (x - half * 0.04, y + half))
    crease += bend((x + half * 0.1, y + half), (x + half * 0.74, y), (x + half * 0.1, y - half))
    pieces: list[Piece] = [(ellipse(x, y, half * 0.68, half), ink), (crease, light(ink, 0.6))]
    return [(turned(outline, 32, (x, y)), colour) for outline, colour in pieces]


def cake(x: float, y: float, half: float, ink: Colour) -> list[Piece]:
    """A two-tier birthday cake with one lit candle."""
    icing: Colour = (252, 246, 232)
    pieces: list[Piece] = [
        (rect(x - half * 0.85, y + half * 0.3, x + half * 0.85, y + half * 0.95, half * 0.1), ink),
        (
            rect(x - half * 0.55, y - half * 0.25, x + half * 0.55, y + half * 0.32, half * 0.1),
            light(ink, 0.3),
        ),
        (rect(x - half * 1.05, y + half * 0.9, x + half * 1.05, y + half, half * 0.05), dark(ink, 0.35)),
        (rect(x - half * 0.06, y - half * 0.65, x + half * 0.06, y - half * 0.25), (120, 160, 180)),
        (leaf(x, y - half * 0.62, half * 0.38, -90, half * 0.18), _GOLD),
    ]
    for step in range(5):
        pieces.append((ellipse(x + half * (step - 2) * 0.35, y + half * 0.34, half * 0.175, half * 0.13), icing))
    for step in range(3):
        pieces.append((ellipse(x + half * (step - 1) * 0.36, y - half * 0.22, half * 0.18, half * 0.12), icing))
    return pieces


def house(x: float, y: float, half: float, ink: Colour) -> list[Piece]:
    """A small house with a heart of smoke."""
    return [
        (rect(x + half * 0.32, y - half * 0.75, x + half * 0.55, y - half * 0.1), dark(ink, 0.3)),
        *heart(x + half * 0.62, y - half * 1.0, half * 0.16, light(ink, 0.35)),
        (rect(x - half * 0.68, y - half * 0.1, x + half * 0.68, y + half * 0.95), light(ink, 0.72)),
        ([(x - half * 0.95, y), (x, y - half * 0.82), (x + half * 0.95, y)], ink),
        (rect(x - half * 0.2, y + half * 0.35, x + half * 0.2, y + half * 0.95, half * 0.06), dark(ink, 0.1)),
        (rect(x - half * 0.52, y + half * 0.18, x - half * 0.28, y + half * 0.45), _GOLD),
        (rect(x + half * 0.28, y + half * 0.18, x + half * 0.52, y + half * 0.45), _GOLD),
    ]


def dot(x: float, y: float, half: float, ink: Colour) -> list[Piece]:
    """A spot."""
    return [(ellipse(x, y, half), ink)]


def scattered(emblem: Emblem, ink: Colour, cell: float, fill: float = 0.42, lean: float = 0.0) -> Pattern:
    """Return a half-drop repeat of an emblem.

    Args:
        emblem: what is repeated.
        ink: its colour.
        cell: distance between two neighbours in units.
        fill: half height of the emblem as a share of the cell.
        lean: degrees by which neighbours lean, in turn left and right.
    """

    def pattern(box: Box) -> list[Piece]:
        x0, y0, x1, y1 = box
        middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
        columns, rows = int((x1 - x0) / cell) + 3, int((y1 - y0) / cell) + 3
        pieces: list[Piece] = []
        for row in range(-rows, rows + 1):
            for column in range(-columns, columns + 1):
                x = middle_x + (column + (row % 2) / 2) * cell
                y = middle_y + row * cell * 0.9
                if not (x0 - cell < x < x1 + cell and y0 - cell < y < y1 + cell):
                    continue
                turn = lean if (column + row) % 2 else -lean
                for outline, colour in emblem(x, y, cell * fill, ink):
                    pieces.append((turned(outline, turn, (x, y)) if turn else outline, colour))
        return pieces

    return pattern


def striped(ink: Colour, width: float, level: bool = False) -> Pattern:
    """Return upright stripes (or `level` ones), centred on the body."""

    def pattern(box: Box) -> list[Piece]:
        x0, y0, x1, y1 = box
        start, end = (y0, y1) if level else (x0, x1)
        count = int((end - start) / width / 4) + 2
        pieces: list[Piece] = []
        for step in range(-count, count + 1):
            low = (start + end) / 2 + (2 * step - 0.5) * width
            band = rect(x0, low, x1, low + width) if level else rect(low, y0, low + width, y1)
            pieces.append((band, ink))
        return pieces

    return pattern


def gingham(ground: Colour, ink: Colour, width: float) -> Pattern:
    """Return checks: half ink where one stripe runs, full ink where two cross."""

    def pattern(box: Box) -> list[Piece]:
        half = mix(ground, ink, 0.5)
        upright, level = striped(half, width)(box), striped(half, width, level=True)(box)
        crossings = []
        for column, _ in upright:
            for row, _ in level:
                crossings.append((rect(column[0][0], row[0][1], column[1][0], row[2][1]), ink))
        return [*upright, *level, *crossings]

    return pattern
