"""What a chart is: panels below each other, each a Vega-Lite spec with its data, without width and colours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from charts.theme import SYSTEM_FONTS, Theme, config

Spec: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """One view; `height` is in CSS pixels, with title, axes and legend."""

    spec: Spec
    height: int

    def sized(self, width: int | str, looks: Spec) -> dict[str, Any]:
        """The spec so wide, axes and legend included, with colours and fonts."""
        fit = {"type": "fit", "contains": "padding"}
        return {**self.spec, "width": width, "height": self.height, "autosize": fit, "config": looks}


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """The panels, the upper one first."""

    panels: tuple[Panel, ...]


def specs(chart: Chart, theme: Theme) -> list[dict[str, Any]]:
    """For vega-embed, a spec for each panel: only a view alone can be as wide as what it stands in."""
    looks = config(theme, SYSTEM_FONTS) | {"mark": {"tooltip": {"content": "encoding"}}}
    return [panel.sized("container", looks) for panel in chart.panels]
