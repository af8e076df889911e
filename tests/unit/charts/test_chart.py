"""Charts for browsers: as wide as the page, in its colours, each readable without colour."""

from datetime import date
from typing import Any

import pytest

from charts.chart import Chart, specs
from charts.drawing import SCALE, WIDTH, size
from charts.parts import Bar, over_time
from charts.theme import DARK, LIGHT, Theme
from tests.support.reported_shop import SHOP

BARS = [Bar(day=date(2026, 5, day), value=day, part="this day" if day == 3 else "other days") for day in (1, 2, 3)]
CHART = Chart(panels=(over_time(BARS, "Orders", SHOP, parts=("this day", "other days")),) * 2)


def luminance(colour: str) -> float:
    """By WCAG 2: https://www.w3.org/TR/WCAG21/#dfn-relative-luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_a_browser_gets_a_spec_for_each_panel_as_wide_as_its_place() -> None:
    found = specs(CHART, LIGHT, SHOP.locale)
    assert [spec["width"] for spec in found] == ["container"] * 2
    assert size(CHART) == (WIDTH * SCALE, sum(spec["height"] for spec in found) * SCALE)


def test_marks_have_no_colours_of_their_own() -> None:
    light, dark = (dict(specs(CHART, theme, SHOP.locale)[0]) for theme in (LIGHT, DARK))
    assert light.pop("config") != dark.pop("config")
    assert light == dark
    assert "#" not in str(light)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_told_apart_by_colour_is_so_in_greyscale(theme: Theme) -> None:
    assert contrast(theme.ink, theme.surface) > 7
    assert contrast(theme.accent, theme.surface) > 4.5
    assert contrast(theme.accent, theme.faint) > 2.5
    assert contrast(theme.on_accent, theme.accent) > 4.5
    assert contrast(theme.ink, theme.shade) > 7


def styles(value: Any) -> set[str]:
    """The styles that marks ask for."""
    if isinstance(value, dict):
        own = {value["style"]} if "style" in value else set()
        return own.union(*map(styles, value.values()))
    return set().union(*map(styles, value)) if isinstance(value, list) else set()


def test_every_style_is_in_the_theme() -> None:
    (spec, _) = specs(CHART, LIGHT, SHOP.locale)
    assert styles(spec["layer"]) <= set(spec["config"]["style"])
