"""How customers rated their orders, as a section of a board: how many, their mean, and how many of them were low."""

from collections.abc import Sequence

from charts.chart import Chart
from charts.counts import bars
from dashboards.board import Section, table, text
from dashboards.looking import Look
from domain.periods import Period
from domain.records.boards import BoardName
from domain.records.marketing_board import RatedIn

PATH = BoardName.MARKETING.path


def ratings(look: Look, periods: Sequence[Period], found: Sequence[RatedIn]) -> Section:
    """Ratings by period, of those that are charted."""
    span, known = periods[-1].span, {one.first_day: one for one in found}
    each = [known.get(one.first) or RatedIn(first_day=one.first) for one in periods]
    now, there = each[-1], any(one.ratings for one in each)
    rows = [
        (
            text(look.shop.period(period), look.filters.address(PATH, day=period.first)),
            look.number(one.ratings),
            look.number(one.mean, 2),
            look.share(one.low / one.ratings if one.ratings else None),
        )
        for period, one in zip(periods[::-1], each[::-1], strict=True)
    ]
    mean = f", {look.shop.number(now.mean, 2)} of 5 on average" if now.mean is not None else ""
    return Section(
        key="ratings",
        title=f"Ratings of orders that came, by {span}",
        meaning=look.meaning("rating_days"),
        chart=Chart(
            panels=(
                bars(periods, [one.mean or 0.0 for one in each], "Mean of 5", look.shop),
                bars(periods, [one.ratings for one in each], "Orders rated", look.shop),
            )
        )
        if there
        else None,
        alt=f"In {look.shop.period(periods[-1])} {look.shop.counted(now.ratings, 'order')} rated{mean}.",
        table=table((str(span), "orders rated", "mean", "1 or 2, of rated"), rows if there else ()),
        empty=f"No order was rated since {look.shop.full_date(periods[0].first)}.",
    )
