"""The picture of whether probabilities can be believed: what was predicted against what came."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.drawing import ACCENT, FAINT, INK, canvas, png, title

HEIGHT = 5.6  # inches


@dataclass(frozen=True, kw_only=True)
class Point:
    """Customers of about the same probability: its mean, the share that left, how many they are."""

    predicted: float
    came: float
    customers: int


def reliability(points: Sequence[Point], said: str) -> bytes:
    """What came against what was predicted, in percent; on the line all would have come as predicted. PNG.

    Raises:
        ValueError: there are no points.
    """
    if not points:
        raise ValueError("no points")
    with canvas(HEIGHT) as figure:
        axes = figure.subplots()
        axes.plot([0, 100], [0, 100], color=FAINT, linestyle="--", linewidth=1.2)
        axes.plot(
            [100 * point.predicted for point in points],
            [100 * point.came for point in points],
            color=ACCENT,
            marker="o",
            markersize=8,
            linewidth=2.4,
        )
        axes.annotate("dashed: it comes as predicted", (97, 3), fontsize=10, color=INK, ha="right")
        axes.set_xlim(0, 100)
        axes.set_ylim(0, 100)
        axes.set_xlabel("Predicted to leave, %")
        axes.set_ylabel("Left, %")
        axes.grid(color=FAINT, linewidth=0.4, alpha=0.6)
        axes.set_axisbelow(True)
        title(axes, f"Can it be believed?\n{said}")
        return png(figure)
