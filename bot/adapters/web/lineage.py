"""Draws the way of the data as a picture: what is made of what, from left to right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.records.data_products import Edge

WIDE, HIGH = 226, 30  # of a box, in the picture's units
_ACROSS, _DOWN = 64, 14  # between boxes
_READER = "reader: "
_LETTERS = 33  # that a box holds


@dataclass(frozen=True, kw_only=True)
class Box:
    """A table, a view or a reader, where it stands."""

    name: str
    shown: str
    x: int
    y: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Boxes, and the lines between them as paths of SVG."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]


def picture(edges: Sequence[Edge], ports: Iterable[str]) -> Picture:
    """The picture of these steps; `ports` stand out. A thing stands right of all that it is made of."""
    ranks = _ranks(edges)
    columns: dict[int, list[str]] = {}
    for name in sorted(ranks):
        columns.setdefault(ranks[name], []).append(name)
    height = max((len(names) for names in columns.values()), default=0) * (HIGH + _DOWN) + _DOWN
    own = set(ports)
    boxes: dict[str, Box] = {}
    for rank, names in sorted(columns.items()):
        middle = {name: _middle(name, edges, boxes) for name in names}
        top = (height - len(names) * (HIGH + _DOWN) + _DOWN) // 2
        for place, name in enumerate(sorted(names, key=lambda one: (middle[one], one))):
            shown = name.removeprefix(_READER)
            boxes[name] = Box(
                name=shown,
                shown=shown if len(shown) <= _LETTERS else f"{shown[: _LETTERS - 1]}…",
                x=_DOWN + rank * (WIDE + _ACROSS),
                y=top + place * (HIGH + _DOWN),
                kind="port" if name in own else "reader" if name.startswith(_READER) else name.partition(".")[0],
            )
    width = 2 * _DOWN + max(len(columns), 1) * (WIDE + _ACROSS) - _ACROSS
    lines = tuple(_line(boxes[edge.parent], boxes[edge.child]) for edge in edges)
    return Picture(width=width, height=height, boxes=tuple(boxes.values()), lines=lines)


def _ranks(edges: Sequence[Edge]) -> dict[str, int]:
    """How many steps lead to each name at most; what goes in a circle ends where it was."""
    ranks = dict.fromkeys((name for edge in edges for name in (edge.parent, edge.child)), 0)
    for _ in ranks:
        before = dict(ranks)
        for edge in edges:
            ranks[edge.child] = max(ranks[edge.child], ranks[edge.parent] + 1)
        if ranks == before or max(ranks.values()) > len(ranks):
            break
    return ranks


def _middle(name: str, edges: Sequence[Edge], boxes: Mapping[str, Box]) -> float:
    """The height of what a thing is made of, beside which it stands."""
    above = [boxes[edge.parent].y for edge in edges if edge.child == name and edge.parent in boxes]
    return sum(above) / len(above) if above else 0.0


def _line(left: Box, right: Box) -> str:
    x1, y1, x2, y2 = left.x + WIDE, left.y + HIGH // 2, right.x, right.y + HIGH // 2
    half = (x1 + x2) // 2
    return f"M{x1} {y1} C{half} {y1} {half} {y2} {x2} {y2}"
