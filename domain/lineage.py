"""The way of the data as a picture: what is made of what, from left to right; where each box and line goes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.records.data_products import Edge

WIDE, HIGH = 284, 30  # of a box, in the picture's units
_ACROSS, _DOWN = 64, 14  # between boxes
READER = "reader: "  # how the name of who reads begins
_READERS, _BETWEEN = 5, 99
_LETTERS = 37  # that a box holds


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
    """Boxes, and the lines between them, each by the four points of a Bézier curve."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    curves: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines as paths of SVG."""
        return tuple(
            f"M{x1} {y1} C{x2} {y2} {x3} {y3} {x4} {y4}" for (x1, y1), (x2, y2), (x3, y3), (x4, y4) in self.curves
        )


def picture(edges: Sequence[Edge], ports: Iterable[str]) -> Picture:
    """The picture of these steps; `ports` stand out. What is between two columns is left out, its ends are joined."""
    own = set(ports)
    columns_of = {name: _column(name, own) for edge in edges for name in (edge.parent, edge.child)}
    columns_of |= {edge.child: _READERS for edge in edges if edge.parent in own and edge.child not in own}
    shown = _joined(edges, columns_of)
    names = {name for edge in shown for name in (edge.parent, edge.child)}
    ranks = {column: rank for rank, column in enumerate(sorted({columns_of[name] for name in names}))}
    columns: dict[int, list[str]] = {}
    for name in sorted(names):
        columns.setdefault(ranks[columns_of[name]], []).append(name)
    height = max((len(names) for names in columns.values()), default=0) * (HIGH + _DOWN) + _DOWN
    boxes: dict[str, Box] = {}
    for rank, inside in sorted(columns.items()):
        middle = {name: _middle(name, shown, boxes) for name in inside}
        top = (height - len(inside) * (HIGH + _DOWN) + _DOWN) // 2
        for place, name in enumerate(sorted(inside, key=lambda one: (middle[one], one))):
            said = name.removeprefix(READER)
            boxes[name] = Box(
                name=said,
                shown=said if len(said) <= _LETTERS else f"{said[: _LETTERS - 1]}…",
                x=_DOWN + rank * (WIDE + _ACROSS),
                y=top + place * (HIGH + _DOWN),
                kind="port" if name in own else "reader" if name.startswith(READER) else name.partition(".")[0],
            )
    width = 2 * _DOWN + max(len(columns), 1) * (WIDE + _ACROSS) - _ACROSS
    curves = tuple(_curve(boxes[edge.parent], boxes[edge.child]) for edge in shown)
    return Picture(width=width, height=height, boxes=tuple(boxes.values()), curves=curves)


def _column(name: str, own: Collection[str]) -> int:
    """In which column something stands: tables, what reads them, marts, others' ports, one's own, readers; or none."""
    schema = name.partition(".")[0]
    if name in own:
        return 4
    if name.startswith(READER):
        return _READERS
    if schema in ("intermediate", "raw"):
        return _BETWEEN
    return {"shop": 0, "pii": 0, "staging": 1, "sources": 1, "mart": 2}.get(schema, 3)


def _joined(edges: Sequence[Edge], columns: Mapping[str, int]) -> list[Edge]:
    """The steps from a column to a later one; what leads through others of its column, or of none, is joined."""
    parents: dict[str, set[str]] = {}
    for edge in edges:
        parents.setdefault(edge.child, set()).add(edge.parent)

    def left_of(name: str, column: int, seen: frozenset[str]) -> set[str]:
        found: set[str] = set()
        for parent in parents.get(name, set()) - seen:
            if columns[parent] < column:
                found.add(parent)
            else:
                found |= left_of(parent, column, seen | {parent})
        return found

    used = {name for name, column in columns.items() if 2 < column < _BETWEEN}
    steps = {Edge(child=name, parent=parent) for name in used for parent in left_of(name, columns[name], frozenset())}
    for _ in range(2):  # what is used is made of something itself
        new = {edge.parent for edge in steps} - {edge.child for edge in steps}
        steps |= {Edge(child=one, parent=parent) for one in new for parent in left_of(one, columns[one], frozenset())}
    return sorted(steps, key=lambda edge: (edge.child, edge.parent))


def _middle(name: str, edges: Sequence[Edge], boxes: Mapping[str, Box]) -> float:
    """The height of what a thing is made of, beside which it stands."""
    above = [boxes[edge.parent].y for edge in edges if edge.child == name and edge.parent in boxes]
    return sum(above) / len(above) if above else 0.0


def _curve(left: Box, right: Box) -> tuple[tuple[int, int], ...]:
    x1, y1, x2, y2 = left.x + WIDE, left.y + HIGH // 2, right.x, right.y + HIGH // 2
    half = (x1 + x2) // 2
    return (x1, y1), (half, y1), (half, y2), (x2, y2)
