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

    def sized(self, width: int | str) -> dict[str, Any]:
        """The spec so wide, axes and legend included."""
        fit = {"type": "fit", "contains": "padding"}
        return {**self.spec, "width": width, "height": self.height, "autosize": fit}


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """The panels, the upper one first."""

    panels: tuple[Panel, ...]


def specs(chart: Chart, theme: Theme, locale: str) -> list[dict[str, Any]]:
    """For vega-embed, a spec for each panel: only a view alone can be as wide as what it stands in."""
    return [{**spec, "config": looks(theme, locale)} for spec in unthemed(chart)]


def unthemed(chart: Chart) -> list[dict[str, Any]]:
    """The same without colours, fonts and locale, which a page has once for all of its charts: `looks`."""
    return [panel.sized("container") for panel in chart.panels]


def looks(theme: Theme, locale: str) -> dict[str, Any]:
    """Colours, fonts and how numbers are written in a browser, which tells of a mark what it is made by."""
    return config(theme, SYSTEM_FONTS, locale) | {"mark": {"tooltip": {"content": "encoding"}}}
