"""The charts of the sales report and of the ranking of stores."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import altair as alt

from charts.chart import Chart, Panel
from charts.parts import ALONE, HALF, Bar, over_time, panel, ranking, short, view
from charts.written import Written, called_weekdays
from domain.periods import Span
from domain.records.marts import Daypart, Place, SoldBy, SoldIn, WeekdayNet

MOST_PARTS = 12
_DARK = 0.6  # of the way, from where on pale letters are read better

Shares = Mapping[tuple[int, Daypart], float]


def sales(trend: Sequence[SoldIn], means: Sequence[Decimal | None], by_time: Shares, by: Written) -> Chart:
    """Net of each period as bars with the mean of those before as a line, and when in the week it was sold."""
    span = trend[-1].period.span
    this, earlier = f"this {span}", "earlier"
    bars = [
        Bar(
            day=one.period.first,
            value=float(one.net),
            part=this if one is trend[-1] else earlier,
            mean=None if mean is None else float(mean),
        )
        for one, mean in zip(trend, means, strict=True)
    ]
    upper = over_time(
        bars,
        f"Net a {span}, {by.currency}",
        by,
        parts=(this, earlier),
        mean="mean of last 4",
        labelled=Span.MONTH if span is Span.MONTH else Span.DAY,
        height=HALF if by_time else ALONE,
    )
    if not by_time:
        return Chart(panels=(upper,))
    return Chart(panels=(upper, _when(by_time, f"{len(trend)} {span}s" if len(trend) > 1 else f"this {span}", by)))


def stores(places: Sequence[Place], labels: Sequence[str], currency: str, said: str) -> Chart:
    """The stores by net as bars."""
    names = [f"{one.revenue_rank}. {short(one.store_id)}" for one in places]
    title = f"Net by store, {currency}, {said}"
    return Chart(panels=(ranking(names, [float(one.net) for one in places], labels, title, height=ALONE),))


def one_store(trend: Sequence[SoldIn], means: Sequence[Decimal | None], by: Written) -> Chart:
    """Where there is one store, its net over time, for there is nothing to rank."""
    return sales(trend, means, {}, by)


def shares(found: Sequence[WeekdayNet]) -> Shares:
    """How much of net each weekday and part of the day has, in percent; nothing where net is not above zero."""
    whole = sum((one.net for one in found), Decimal(0))
    return {(one.weekday, one.daypart): float(one.net / whole * 100) for one in found} if whole > 0 else {}


def _when(by_time: Shares, over: str, by: Written) -> Panel:
    """A map of weekdays and parts of the day; of one part of the day, the weekdays as bars."""
    title = f"When it was sold: % of net of {over}"
    parts = [one for one in Daypart if any(at == one for _, at in by_time)]
    if len(parts) == 1:
        values = [by_time.get((weekday, parts[0]), 0.0) for weekday in range(1, 8)]
        return ranking(
            called_weekdays(by), values, [by.percent(value / 100, 0) for value in values], title, height=HALF
        )
    most = max(by_time.values())
    days = called_weekdays(by, short=True)
    rows = [
        {
            "weekday": name,
            "part": part,
            "share": share,
            "dark": share > _DARK * most,
        }
        for weekday, name in enumerate(days, 1)
        for part in parts
        for share in [by_time.get((weekday, part), 0.0)]
    ]
    places = [
        alt.X("part:O", title="part of the day", sort=list(parts), axis=alt.Axis(title=None)),
        alt.Y("weekday:O", sort=days, axis=alt.Axis(title=None)),
    ]
    base = view(rows).encode(*places)
    share = alt.Color(
        "share:Q", title=title, legend=None, scale=alt.Scale(domain=[0, most], range="heatmap", clamp=True)
    )
    said = alt.Text("share:Q", format=".0f")
    layers = [
        base.mark_rect().encode(share),
        base.mark_text(style="ink").encode(said).transform_filter("!datum.dark"),
        base.mark_text(style="on-accent").encode(said).transform_filter("datum.dark"),
    ]
    return panel(*layers, title=title, height=HALF)


def parts(found: Sequence[SoldBy], title: str, labels: Sequence[str]) -> Chart:
    """The best stores, categories or parts of the day by net, as bars."""
    shown = found[:MOST_PARTS]
    names, values = [short(one.member) for one in shown], [float(one.net) for one in shown]
    return Chart(panels=(ranking(names, values, labels[: len(shown)], title),))
