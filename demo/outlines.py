"""Owns plane geometry for the pictures: every shape is a list of points in units of 1/100 of the picture."""

import math
from collections.abc import Sequence

Point = tuple[float, float]
Outline = list[Point]
Box = tuple[float, float, float, float]


def bounds(points: Sequence[Point]) -> Box:
    """Return left, top, right and bottom of the points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> Outline:
    """Return points along an ellipse, in degrees; 0 is right and, as y grows downwards, 90 is below."""
    steps = max(8, int(abs(end - start) / 5))
    angles = (math.radians(start + (end - start) * step / steps) for step in range(steps + 1))
    return [(cx + rx * math.cos(angle), cy + ry * math.sin(angle)) for angle in angles]


def ellipse(cx: float, cy: float, rx: float, ry: float | None = None) -> Outline:
    """Return a whole ellipse, or a circle when only one radius is given."""
    return arc(cx, cy, rx, rx if ry is None else ry, 0, 360)


def rounded(corners: Sequence[Point], radius: float) -> Outline:
    """Return a polygon whose corners are bent over `radius` units of each edge."""
    outline: Outline = []
    for index, corner in enumerate(corners):
        start = _towards(corner, corners[index - 1], radius)
        end = _towards(corner, corners[(index + 1) % len(corners)], radius)
        outline += bend(start, corner, end)
    return outline


def rect(x0: float, y0: float, x1: float, y1: float, radius: float = 0.0) -> Outline:
    """Return an upright rectangle with rounded corners."""
    corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    return rounded(corners, radius) if radius else corners


def taper(cx: float, top: float, bottom: float, half_top: float, half_bottom: float, r: float = 0.0) -> Outline:
    """Return a symmetrical trapezoid around `cx` with corners rounded by `r`."""
    corners = [
        (cx - half_top, top),
        (cx + half_top, top),
        (cx + half_bottom, bottom),
        (cx - half_bottom, bottom),
    ]
    return rounded(corners, r) if r else corners


def vessel(cx: float, top: float, bottom: float, half_top: float, half_bottom: float, ry: float) -> Outline:
    """Return a round vessel seen slightly from above; `ry` is how far its ends bulge."""
    return arc(cx, top, half_top, ry, 180, 360) + arc(cx, bottom, half_bottom, ry, 0, 180)


def turned_profile(cx: float, profile: Sequence[Point]) -> Outline:
    """Return a vase-like body from (y, half width) pairs, mirrored around `cx` and smoothed."""
    right = curve([(cx + half, y) for y, half in profile])
    return right + [(2 * cx - x, y) for x, y in reversed(right)]


def bend(start: Point, control: Point, end: Point, steps: int = 8) -> Outline:
    """Return points along a quadratic Bézier curve."""
    outline = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        outline.append((a * start[0] + b * control[0] + c * end[0], a * start[1] + b * control[1] + c * end[1]))
    return outline


def curve(points: Sequence[Point], closed: bool = False) -> Outline:
    """Return a smooth path through all points (Catmull-Rom spline, uniform knots)."""
    ring = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    path: Outline = []
    for p0, p1, p2, p3 in zip(ring, ring[1:], ring[2:], ring[3:], strict=False):
        path += [_spline(p0, p1, p2, p3, step / 10) for step in range(11)]
    return path


def leaf(x: float, y: float, length: float, angle: float, width: float) -> Outline:
    """Return a pointed leaf that grows from (x, y) in direction `angle` (degrees, 0 is right)."""
    turn = math.radians(angle)
    tip = (x + length * math.cos(turn), y + length * math.sin(turn))
    side = (-math.sin(turn) * width, math.cos(turn) * width)
    middle = ((x + tip[0]) / 2, (y + tip[1]) / 2)
    one = (middle[0] + side[0], middle[1] + side[1])
    other = (middle[0] - side[0], middle[1] - side[1])
    return bend((x, y), one, tip) + bend(tip, other, (x, y))


def closed(outline: Sequence[Point]) -> Outline:
    """Return the outline led back to its first point, for drawing its edge as a line."""
    return [*outline, outline[0]]


def turned(outline: Sequence[Point], degrees: float, about: Point) -> Outline:
    """Return the outline turned clockwise around a point."""
    turn = math.radians(degrees)
    cos, sin = math.cos(turn), math.sin(turn)
    ax, ay = about
    return [(ax + (x - ax) * cos - (y - ay) * sin, ay + (x - ax) * sin + (y - ay) * cos) for x, y in outline]


def moved(outline: Sequence[Point], dx: float, dy: float) -> Outline:
    """Return the outline shifted."""
    return [(x + dx, y + dy) for x, y in outline]


def _towards(corner: Point, neighbour: Point, distance: float) -> Point:
    dx, dy = neighbour[0] - corner[0], neighbour[1] - corner[1]
    # Half an edge at most, so that two roundings on a short edge meet instead of crossing.
    share = min(0.5, distance / (math.hypot(dx, dy) or 1.0))
    return corner[0] + dx * share, corner[1] + dy * share


def _spline(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    def along(a: float, b: float, c: float, d: float) -> float:
        bend_ = 2 * a - 5 * b + 4 * c - d
        return 0.5 * (2 * b + (c - a) * t + bend_ * t * t + (3 * b - a - 3 * c + d) * t**3)

    return along(p0[0], p1[0], p2[0], p3[0]), along(p0[1], p1[1], p2[1], p3[1])
