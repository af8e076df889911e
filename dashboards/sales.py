"""The board of sales: how they go by day, week and month, what they are made of, and when in the week people order."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from bot.shop import Shop
from charts import hours, sales
from dashboards import order_list
from dashboards.board import Board, Cell, Choice, Section, Tile, table, text
from dashboards.looking import BadFilter, Look
from domain.periods import Period, Span
from domain.records.boards import BoardName
from domain.records.marts import Dimension, HourSold, Slice, Sold, SoldBy, SoldIn
from reports.report import change, money
from reports.sales import CALLED, CHARTED

PATH = BoardName.SALES.path
CANCELLED = "Cancelled"
TITLE = "Sales"
FIGURES: tuple[tuple[str, Callable[[Sold], Decimal | int], str], ...] = (
    ("Net", lambda sold: sold.net, "sales_days.net"),
    ("Orders", lambda sold: sold.orders, "sales_days.orders"),
    ("Discounts", lambda sold: sold.discount, "sales_days.discount"),
    (CANCELLED, lambda sold: sold.cancelled, "sales_days.cancelled"),
)
_NOTHING = Sold()
_MEANT = {Dimension.DAYPART: "fct_orders.daypart"}
_SPLITS = {Dimension.STORE: "Where", Dimension.CATEGORY: "What", Dimension.DAYPART: "When in the day"}


def make_board(look: Look) -> Board:
    """The board of the period and the part of the shop that are asked for.

    Raises:
        BadFilter: there is no such part, or the warehouse does not reach so far.
    """
    of, period, marts = look.filters.of, look.period, look.view.marts
    for dimension, said in of.named.items():
        if said not in marts.members(dimension):
            raise BadFilter(f"Nothing was ever sold in a {CALLED[dimension]} “{said}”.")
    trend = tuple(marts.sold_in(period.before(CHARTED[period.span]), period, of))
    if not trend or trend[-1].period != period:
        nothing = f"Nothing was ordered up to {look.shop.period(period)}."
        return Board(title=TITLE, as_of=look.view.as_of, choices=_choices(look), said=(nothing,))
    return Board(
        title=TITLE,
        as_of=look.view.as_of,
        choices=_choices(look),
        tiles=tuple(
            figure_tile(look, trend, *figure, href=order_list.address(look, only_cancelled=figure[0] == CANCELLED))
            for figure in FIGURES
        ),
        sections=(
            trend_section(look, trend),
            *(_split(look, one, period) for one in Dimension),
            _week(look, period),
            order_list.listed(look, trend[-1]),
        ),
        said=(look.called + (f", {of}" if of else "") + ".",),
    )


def _choices(look: Look) -> tuple[Choice, ...]:
    of = look.filters.of.named
    parts = [
        Choice(
            name=str(one),
            label=CALLED[one].capitalize(),
            value=of.get(one, ""),
            options=(("", "all"), *((name, name) for name in look.view.marts.members(one))),
        )
        for one in Dimension
    ]
    return (*look.filters.choices(), *parts, order_list.choice(look))


def figure_tile(
    look: Look, trend: Sequence[SoldIn], label: str, of: Callable[[Sold], Decimal | int], meant: str, *, href: str = ""
) -> Tile:
    """A figure of the last period, and how it compares with the one before."""
    now, before = of(trend[-1]), of(trend[-2]) if len(trend) > 1 else None
    said = look.shop.number(now) if isinstance(now, int) else money(now, look.shop)
    compared = look.compared(now, before, f"the {trend[-1].period.span} before")
    return Tile(label=label, value=said, compared=compared, meaning=look.meaning(meant), href=href)


def trend_section(look: Look, trend: Sequence[SoldIn]) -> Section:
    """Net over time, up to the last period."""
    span = trend[-1].period.span
    shown = trend[-CHARTED[span] :]
    means = [_mean(trend[max(0, at - 4) : at]) for at in range(len(trend) - len(shown), len(trend))]
    rows = [
        (
            text(look.shop.period(one.period), look.filters.address(PATH, day=one.period.first)),
            *_figures(look, one),
            _moved(one.net, before.net if before else None, look.shop),
        )
        for one, before in zip(reversed(shown), _befores(trend, len(shown)), strict=True)
    ]
    best = max(shown, key=lambda one: one.net)
    most, last = money(best.net, look.shop), look.shop.period(shown[-1].period)
    return Section(
        key="trend",
        title=f"Net by {span}, {look.shop.currency}",
        meaning=look.meaning("sales_days"),
        chart=sales.sales(shown, means, {}, look.shop),
        alt=f"Net of {len(shown)} {span}s up to {last}; the most, {most}, in {look.shop.period(best.period)}.",
        table=table(
            (str(span), "orders", "gross", "discounts", "cancelled", "returned", "net", "on the one before"), rows
        ),
    )


def _befores(trend: Sequence[SoldIn], count: int) -> list[SoldIn | None]:
    """The period before each of the last ones, the newest first."""
    before: list[SoldIn | None] = [None, *trend[:-1]]
    return before[::-1][:count]


def _split(look: Look, dimension: Dimension, period: Period) -> Section:
    of = look.filters.of
    now = list(look.view.marts.sold_by(dimension, period, of))
    before = {one.member: one for one in look.view.marts.sold_by(dimension, period.before(), of)}
    rows = [
        (
            text(one.member, look.filters.address(PATH, of=_with(look, dimension, one))),
            *_figures(look, one),
            _moved(one.net, before.get(one.member, _NOTHING).net, look.shop),
        )
        for one in now
    ]
    title = f"{_SPLITS[dimension]}: net by {CALLED[dimension]}, {look.shop.currency}"
    head = (
        CALLED[dimension],
        "orders",
        "gross",
        "discounts",
        "cancelled",
        "returned",
        "net",
        f"on the {period.span} before",
    )
    return Section(
        key=str(dimension),
        title=title,
        meaning=look.meaning(_MEANT.get(dimension, "sales_days.net")),
        chart=sales.parts(now, title, [money(one.net, look.shop) for one in now]) if now else None,
        alt=f"Most net: {now[0].member} with {money(now[0].net, look.shop)}." if now else "",
        table=table(head, rows),
        empty=f"Nothing was sold in {look.shop.period(period)}.",
    )


def _with(look: Look, dimension: Dimension, one: SoldBy) -> Slice:
    return Slice.of({**{str(name): said for name, said in look.filters.of.named.items()}, str(dimension): one.member})


def _week(look: Look, period: Period) -> Section:
    store = look.filters.of.store
    since = period if period.span is Span.MONTH else Period.containing(period.first, Span.WEEK).before(12)
    found = list(look.view.marts.hours(since.first, period.last, store))
    title = f"When people order: {look.shop.days(since.first, period.last)}"
    best = max(found, key=lambda one: one.orders, default=None)
    rows = [
        (text(_called(look, one)), look.number(one.hour), look.number(one.orders), look.number(one.net, 2))
        for one in found
    ]
    return Section(
        key="hours",
        title=title,
        meaning=look.meaning("sales_hours"),
        chart=hours.week_map(found, title, look.shop) if found else None,
        alt=f"Most orders: {_called(look, best)} at {best.hour}:00, {look.shop.number(best.orders)} of them."
        if best
        else "",
        table=table(("weekday", "hour", "orders", "net"), rows),
        empty=f"Nothing was ordered from {look.shop.days(since.first, period.last)}.",
    )


def _called(look: Look, one: HourSold) -> str:
    return look.shop.weekdays()[one.weekday - 1]


def _figures(look: Look, sold: Sold) -> tuple[Cell, ...]:
    amounts = (sold.gross, sold.discount, sold.cancelled, sold.returned, sold.net)
    return (look.number(sold.orders), *(look.number(one, 2) for one in amounts))


def _moved(now: Decimal, before: Decimal | None, shop: Shop) -> Cell:
    if before is None or before <= 0:
        return Cell(said="–", value=None)
    return Cell(said=change(now, before, shop), value=round(float(now / before - 1), 4))


def _mean(some: Sequence[SoldIn]) -> Decimal | None:
    return sum((one.net for one in some), Decimal(0)) / len(some) if len(some) > 1 else None
