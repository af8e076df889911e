"""Colours and fonts of all charts, as Vega's config; the colours are those of the pages (chat.css)."""

from dataclasses import dataclass
from typing import Any

from charts.written import vega_locale

SYSTEM_FONTS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif'
SIZE = 13  # of letters, in CSS pixels


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """What is dark in one is pale in the other, so that all can be told apart without colour."""

    surface: str
    ink: str
    accent: str
    on_accent: str
    faint: str
    shade: str
    line: str


LIGHT = Theme(
    surface="#ffffff",
    ink="#20251f",
    accent="#2b5d3f",
    on_accent="#ffffff",
    faint="#9aa39b",
    shade="#f0ece2",
    line="#e3dfd5",
)
DARK = Theme(
    surface="#1e231f",
    ink="#e7eae3",
    accent="#86c39a",
    on_accent="#0e1c13",
    faint="#5b655c",
    shade="#262c27",
    line="#333a34",
)


def config(theme: Theme, font: str, locale: str) -> dict[str, Any]:
    """Vega's config, with how the locale writes numbers.

    Bars take `range.ordinal`, lines `range.category`; marks of one colour name their style.
    """
    return {
        "locale": vega_locale(locale),
        "background": theme.surface,
        "font": font,
        "padding": {"left": 4, "top": 8, "right": 28, "bottom": 6},
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "color": theme.ink,
            "fontSize": 16,
            "subtitleColor": theme.ink,
            "subtitleFontSize": SIZE,
            "offset": 10,
        },
        "axis": {
            "domain": False,
            "ticks": False,
            "grid": False,
            "gridColor": theme.line,
            "labelColor": theme.ink,
            "labelFontSize": SIZE,
            "labelPadding": 6,
            "labelLimit": 260,
            "labelFlush": False,
            "titleColor": theme.ink,
            "titleFontSize": SIZE,
            "titleFontWeight": "normal",
            "titlePadding": 8,
        },
        "axisX": {"labelAngle": 0},
        "axisYQuantitative": {"grid": True, "minExtent": 44},
        "legend": {
            "orient": "top",
            "title": None,
            "offset": 8,
            "labelColor": theme.ink,
            "labelFontSize": SIZE,
            "labelLimit": 360,
            "columnPadding": 16,
            "symbolBaseStrokeColor": theme.ink,
            "symbolBaseFillColor": theme.ink,
            "layout": {"top": {"anchor": "start"}},
        },
        "range": {
            "category": [theme.accent, theme.ink, theme.ink, theme.ink],
            "ordinal": [theme.accent, theme.faint],
            "heatmap": [theme.shade, theme.accent],
        },
        "text": {"color": theme.ink, "fontSize": SIZE},
        "style": {
            "accent": {"color": theme.accent},
            "ink": {"color": theme.ink},
            "faint": {"color": theme.faint},
            "shade": {"color": theme.shade},
            "surface": {"color": theme.surface},
            "edged": {"stroke": theme.surface},
            "on-accent": {"color": theme.on_accent},
        },
    }
