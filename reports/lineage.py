"""Draws the way of the data to a product as a PNG, for chats."""

from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path

from domain.lineage import HIGH, WIDE, Picture
from reports.drawing import ACCENT, FAINT, INK, SHADE, canvas, png

_UNITS = 110  # of the picture, an inch
_INSET, _ROUND = 10, 6


def draw(picture: Picture) -> bytes:
    """The picture, readable without colour: ports have a thick frame, readers a dashed one."""
    with canvas() as figure:
        figure.set_layout_engine("none")
        figure.set_size_inches(picture.width / _UNITS, max(picture.height / _UNITS, 1))
        _draw(figure, picture)
        return png(figure)


def alt(picture: Picture) -> str:
    """What it shows, for who does not see it."""
    return f"From left to right: {', '.join(box.name for box in picture.boxes)}."


def _draw(figure: Figure, picture: Picture) -> None:
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, picture.width)
    axes.set_ylim(picture.height, 0)
    axes.axis("off")
    for line in picture.curves:
        path = Path(line, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
        axes.add_patch(PathPatch(path, fill=False, edgecolor=FAINT, linewidth=1))
    size = 72 * 12 / _UNITS  # as the page has it
    for box in picture.boxes:
        is_port, is_reader = box.kind == "port", box.kind == "reader"
        frame = FancyBboxPatch(
            (box.x + _ROUND, box.y + _ROUND),
            WIDE - 2 * _ROUND,
            HIGH - 2 * _ROUND,
            boxstyle=f"round,pad={_ROUND},rounding_size={_ROUND}",
            facecolor="white" if is_reader else SHADE,
            edgecolor=ACCENT if is_port else INK,
            linewidth=2.5 if is_port else 0.8,
            linestyle="--" if is_reader else "-",
        )
        axes.add_patch(frame)
        weight = "bold" if is_port else "normal"
        words: dict[str, Any] = {"fontsize": size, "va": "center", "weight": weight, "family": "monospace"}
        axes.text(box.x + _INSET, box.y + HIGH / 2, box.shown, **words)
