"""The map of the week: how much is ordered on which weekday at which hour."""

from collections.abc import Sequence

import altair as alt

from charts.chart import Chart
from charts.parts import panel, view
from charts.written import Written, called_weekdays
from domain.records.marts import HourSold

_HEIGHT = 300  # CSS pixels


def week_map(found: Sequence[HourSold], title: str, by: Written) -> Chart:
    """Weekdays from top to bottom, hours from left to right; the darker, the more orders."""
    days = called_weekdays(by, short=True)
    orders = {(one.weekday, one.hour): one.orders for one in found}
    first, last = min(one.hour for one in found), max(one.hour for one in found)
    rows = [
        {"weekday": name, "hour": f"{hour:02}:00", "orders": orders.get((weekday, hour), 0)}
        for weekday, name in enumerate(days, 1)
        for hour in range(first, last + 1)
    ]
    scale = alt.Scale(domain=[0, max(orders.values())], range="heatmap")
    shown = alt.Axis(title=None, labelExpr="substring(datum.value, 0, 2)", labelOverlap=True)
    cells = (
        view(rows)
        .mark_rect()
        .encode(
            alt.X("hour:O", title="hour", axis=shown),
            alt.Y("weekday:O", title="weekday", sort=days, axis=alt.Axis(title=None)),
            alt.Color("orders:Q", title="orders", legend=alt.Legend(title=None, gradientLength=120), scale=scale),
        )
    )
    return Chart(panels=(panel(cells, title=title, height=_HEIGHT),))
