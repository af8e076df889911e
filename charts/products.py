"""The charts of products and their stock: what classes bring, how long stock lasts, when it was out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt

from charts.chart import Chart
from charts.parts import ALONE, WIDE, looked_up, named, panel, ranking, short, view
from charts.written import Written, called_day
from domain.periods import days_from

ABC, XYZ = "ABC", "XYZ"
MOST = 12  # bars of a ranking, and products of a map
_DARK = 0.6  # of the way, from where on pale letters are read better
_TITLE, _ROW = 76, 26  # CSS pixels of the map of stock-outs
_LONGEST = 20  # letters of a name there


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassCell:
    """A class of products: how many, their share of what all bring, and where they are listed."""

    abc: str
    xyz: str
    products: int
    share: float
    href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Bin:
    """So many products, and where they are listed."""

    name: str
    products: int
    href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Out:
    """A time without any: from one day to another, both included, of the product at that place of the map."""

    place: int
    name: str
    first: date
    last: date


def class_grid(cells: Sequence[ClassCell], title: str, by: Written) -> Chart:
    """What the classes bring, A above B above C, from steady demand on the left to erratic; darker brings more."""
    most = max(one.share for one in cells)
    rows = [
        {
            "abc": one.abc,
            "xyz": one.xyz,
            "class": f"{one.abc}{one.xyz}",
            "share": one.share,
            "products": one.products,
            "count": f"{by.number(one.products)} product{'' if one.products == 1 else 's'}",
            "brings": by.percent(one.share, 0),
            "dark": one.share > _DARK * most,
            "href": one.href,
        }
        for one in cells
    ]
    said = [
        alt.Tooltip("class:N", title="class"),
        alt.Tooltip("products:Q", title="products", format=","),
        alt.Tooltip("brings:N", title="of net"),
    ]
    swings = "{X: ['X', 'steady'], Y: ['Y', 'swings'], Z: ['Z', 'now and then']}[datum.value]"
    base = view(rows).encode(
        alt.X("xyz:O", sort=list(XYZ), axis=alt.Axis(title=None, labelExpr=swings)),
        alt.Y("abc:O", sort=list(ABC), axis=alt.Axis(title=None)),
        alt.Href("href:N"),
        tooltip=said,
    )
    shade = alt.Color("share:Q", legend=None, scale=alt.Scale(domain=[0, most or 1], range="heatmap", clamp=True))
    share, count = alt.Text("brings:N"), alt.Text("count:N")
    layers = [base.mark_rect(style="edged", strokeWidth=2, cursor="pointer").encode(shade)]
    for is_dark, style in ((False, "ink"), (True, "on-accent")):
        shown = f"datum.dark == {str(is_dark).lower()}"
        big = base.mark_text(style=style, fontSize=20, fontWeight=600, dy=-10, cursor="pointer").encode(share)
        small = base.mark_text(style=style, dy=13, cursor="pointer").encode(count)
        layers += [one.transform_filter(shown) for one in (big, small)]
    return Chart(panels=(panel(*layers, title=title, height=ALONE),))


def bins(found: Sequence[Bin], title: str, by: Written) -> Chart:
    """How many products last how long, as bars below each other with their numbers; each leads to its list."""
    rows = [
        {
            "place": place,
            "lasts": one.name,
            "products": one.products,
            "count": by.number(one.products),
            "href": one.href,
        }
        for place, one in enumerate(found)
    ]
    names = [one.name for one in found]
    said = [alt.Tooltip("lasts:N", title="lasts"), alt.Tooltip("count:N", title="products")]
    base = view(rows).encode(named(names), alt.X("products:Q", title="products", axis=None), tooltip=said)
    layers = [
        base.mark_bar(style="accent", height={"band": WIDE}, cursor="pointer").encode(alt.Href("href:N")),
        base.mark_text(align="left", dx=6).encode(alt.Text("count:N")),
        view().mark_rule(style="faint").encode(x=alt.datum(0)),
    ]
    return Chart(panels=(panel(*layers, names=names, title=title, height=ALONE),))


def stock_outs(names: Sequence[str], outs: Sequence[Out], first: date, last: date, title: str, by: Written) -> Chart:
    """Products below each other, with a bar for each time in which none was there, over the days of the title."""
    shown = [short(name, _LONGEST) for name in names]
    rows = [
        {
            "place": one.place,
            "name": one.name,
            "begins": _number(one.first),
            "ends": _number(one.last) + 1,
            "from": one.first.isoformat(),
            "to": one.last.isoformat(),
            "days": (one.last - one.first).days + 1,
        }
        for one in outs
    ]
    months = {_number(day): called_day(day, by) for day in days_from(first, last) if day.day == 1}
    called = looked_up({str(number): name for number, name in months.items()})
    axis = alt.Axis(title=None, values=list(months), labelExpr=called, grid=True)
    scale = alt.Scale(domain=[_number(first), _number(last) + 1], nice=False, zero=False)
    said = [alt.Tooltip(f"{name}:N", title=name) for name in ("name", "from", "to", "days")]
    bars = view(rows).mark_rect(style="accent", height={"band": 0.62})
    placed = bars.encode(named(shown), alt.X("begins:Q", axis=axis, scale=scale), alt.X2("ends:Q"), tooltip=said)
    return Chart(panels=(panel(placed, title=title, height=_TITLE + _ROW * len(names), names=shown),))


def _number(day: date) -> int:
    """A day as a number: days since 1970."""
    return (day - date(1970, 1, 1)).days


def ranked(names: Sequence[str], values: Sequence[float], labels: Sequence[str], title: str) -> Chart:
    """The first of these as bars."""
    shown = [short(name) for name in names[:MOST]]
    return Chart(panels=(ranking(shown, values[:MOST], labels[:MOST], title),))
