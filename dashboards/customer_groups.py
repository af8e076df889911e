"""Groups of customers: the grid of scores, segments, value tiers, and members of the loyalty scheme against others."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from charts import customer_maps as maps
from charts.customers import loyalty as months_chart
from dashboards.board import Cell, Section, table, text
from dashboards.customer_list import Chosen
from dashboards.looking import Look
from domain.periods import Period, Span
from domain.records.marts import MEMBERS, OTHERS, LoyaltyMonth
from domain.records.segments import Group, Overview, Segment, Share, Tier
from reports.loyalty import FIGURES, NOT_CAUSAL
from reports.report import change, money

MONTHS = 24
_NOT_BUILT = "There are no segments yet: they come with the first orders and the night's build after them."
_YEAR = "paid in 365 days"


def scores(look: Look) -> Section:
    """How lately and how often customers order, each scored from 1 to 5."""
    found = look.uow.customers_board.scored()
    title = f"How lately and how often they order: customers, and what they {_YEAR} in {look.shop.currency}"
    rows = [
        (look.number(one.recency), look.number(one.frequency), look.number(one.customers), _amount(look, one.net))
        for one in sorted(found, key=lambda one: (-one.recency, -one.frequency))
    ]
    most = max(found, key=lambda one: one.net, default=None)
    said = ""
    if most is not None:
        said = (
            f"In each cell how many customers, and below it what they {_YEAR}; the best are at the upper right. Most "
            f"was paid at recency {most.recency}, frequency {most.frequency}: {money(most.net, look.shop)} by "
            f"{look.shop.counted(most.customers, 'customer')}."
        )
    return Section(
        key="rfm",
        title=title,
        meaning=look.meaning("rfm_segments"),
        chart=maps.rfm(found, title) if found else None,
        alt=said,
        table=table(("recency score", "frequency score", "customers", f"{_YEAR}, {look.shop.currency}"), rows),
        empty="Nobody ordered yet.",
    )


def segments(look: Look, found: Overview | None) -> Section:
    """Customers and net of each segment."""
    return _groups(look, found, list(Segment), "segment", "rfm_segments")


def tiers(look: Look, found: Overview | None) -> Section:
    """Customers and net of each tier of lifetime value; who never ordered is beside them."""
    return _groups(look, found, [*Tier, Segment.PROSPECT], "value tier", "clv_tiers")


def _groups(look: Look, found: Overview | None, kinds: Sequence[Group], called: str, meant: str) -> Section:
    title = f"By {called}: what they {_YEAR}, {look.shop.currency} · customers"
    there: dict[str, tuple[Share, str]] = {}
    if found is not None:
        there = {group: (found.of(group), _leads_to(group)) for group in kinds if found.of(group).customers}
        if Tier.HIGH in kinds and found.without_tier.customers:
            there[maps.NO_TIER] = found.without_tier, ""
    total = found.total if found else Share()
    rows = [_row(look, name, one, total, href) for name, (one, href) in there.items()]
    best = max(there.items(), key=lambda item: item[1][0].net, default=None)
    labels = [f"{look.shop.number(one.net)} · {look.shop.number(one.customers)}" for one, _ in there.values()]
    said = ""
    if best is not None:
        name, (one, _) = best
        said = f"{name} paid most: {money(one.net, look.shop)}, of {look.shop.counted(one.customers, 'customer')}."
    head = (called, "customers", "of all customers", f"{_YEAR}, {look.shop.currency}", "of all that was paid")
    return Section(
        key=called.replace(" ", "-"),
        title=title,
        meaning=look.meaning(meant),
        chart=maps.groups(list(there), [float(one.net) for one, _ in there.values()], labels, title) if there else None,
        alt=said,
        table=table(head, [*rows, _row(look, "all", total, total, Chosen().address)] if rows else []),
        empty=_NOT_BUILT,
    )


def _leads_to(group: Group) -> str:
    return (Chosen(tier=group) if isinstance(group, Tier) else Chosen(segment=group)).address


def _row(look: Look, name: str, one: Share, total: Share, href: str) -> tuple[Cell, ...]:
    of_net = float(one.net / total.net) if total.net > 0 else None
    return (
        text(name, href),
        look.number(one.customers),
        look.share(one.customers / total.customers),
        _amount(look, one.net),
        look.share(of_net),
    )


def _amount(look: Look, value: Decimal) -> Cell:
    return Cell(said=money(value, look.shop), value=value)


def loyalty(look: Look) -> Section:
    """Members of the loyalty scheme against others, over all time."""
    sides = {one.side: one for one in look.view.marts.loyalty() if one.orders}
    title = "Loyalty scheme: members as a share of others, over all time"
    meaning = look.meaning("loyalty_impact")
    if len(sides) < len((MEMBERS, OTHERS)):
        nothing = "Nothing to compare: there are orders of members, or of others, and not of both."
        return Section(key="loyalty", title=title, meaning=meaning, table=table((), ()), empty=nothing)
    mine, theirs = sides[MEMBERS], sides[OTHERS]
    compared, rows = {}, []
    for label, of, said, is_compared in FIGURES:
        one, other = of(mine), of(theirs)
        moved = Cell(said="", value=None)
        if is_compared and one is not None and other:
            compared[label] = float(one / other * 100)
            moved = Cell(said=change(one, other, look.shop), value=round(float(one / other - 1), 4))
        values = (Cell(said=said(value, look.shop), value=value) for value in (one, other))
        rows.append((text(label), *values, moved))
    few = [one.side for one in (mine, theirs) if not one.is_enough]
    notes = (NOT_CAUSAL, *([f"Uncertain: too few orders of {' and of '.join(few)} to compare by."] if few else []))
    return Section(
        key="loyalty",
        title=title,
        meaning=meaning,
        chart=maps.against(compared, title, look.shop) if compared else None,
        alt=f"Others are {look.shop.percent(1, 0)}: "
        + ", ".join(f"{label} {look.shop.percent(value / 100, 0)}" for label, value in compared.items())
        + ".",
        table=table(("", MEMBERS, OTHERS, "members on others"), rows),
        notes=notes,
    )


def loyalty_months(look: Look) -> Section:
    """The average order of members and of others in each month; one that is not over stands in the table only."""
    found = look.view.marts.loyalty_months()
    shown = sorted({one.first_day for one in found})[-MONTHS:]
    over = [one for one in found if one.first_day in shown and _is_over(look, one.first_day)]
    by_month = {(one.first_day, one.side): one for one in found}
    rows = [
        _month(look, first, by_month.get((first, MEMBERS)), by_month.get((first, OTHERS))) for first in reversed(shown)
    ]
    title = f"Average order by month, {look.shop.currency}: members and others"
    last = over[-1].first_day if over else None
    said = ", ".join(f"{money(one.average_order, look.shop)} of {one.side}" for one in over if one.first_day == last)
    return Section(
        key="loyalty-months",
        title=title,
        meaning=look.meaning("loyalty_months"),
        chart=months_chart(over, {}, look.shop) if over else None,
        alt=f"The average order of each month that is over; in {look.shop.month(last)} {said}." if last else "",
        table=table(
            ("month", "orders of members", "average order", "orders of others", "average order of others"), rows
        ),
        empty="Nothing was ordered yet.",
    )


def _is_over(look: Look, first: date) -> bool:
    return Period.containing(first, Span.MONTH).last <= look.view.as_of


def _month(look: Look, first: date, mine: LoyaltyMonth | None, theirs: LoyaltyMonth | None) -> tuple[Cell, ...]:
    cells = [
        cell
        for one in (mine, theirs)
        for cell in (
            look.number(one.orders if one else 0),
            _amount(look, one.average_order) if one else Cell(said="–", value=None),
        )
    ]
    return text(f"{look.shop.month(first)}{'' if _is_over(look, first) else ', not over'}"), *cells
