"""The list of orders behind the figures of sales: which of them, how it goes on, and what each counts in the period."""

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from dashboards.board import Cell, Choice, Export, Section, table, text
from dashboards.looking import BadFilter, Look
from dashboards.paging import MOST_EXPORTED, NOTED, Paging
from domain.model import OrderState
from domain.records.auditing import of_orders
from domain.records.boards import ORDERS, BoardName
from domain.records.marts import Sold
from domain.records.order_list import ListedOrder, OrderPlace
from reports.report import money

PATH = BoardName.SALES.path
KEY = "orders"
_PLACE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})_([0-9]{1,7})")
_WHOSE = ("order", "customer")
_HEADINGS = ("day", "part of the day", "store", "channel", "state", "pieces", "gross", "discounts", "cancelled", "net")


def wants_cancelled(look: Look) -> bool:
    """Whether the address asks for the cancelled orders alone.

    Raises:
        BadFilter: it asks for those in another state.
    """
    said = look.query.get("state") or ""
    if said not in ("", OrderState.CANCELLED):
        raise BadFilter(f"Orders are listed all together, or with state={OrderState.CANCELLED} those cancelled alone.")
    return bool(said)


def choice(look: Look) -> Choice:
    """The filter, as it stands."""
    options = (("", "all"), (str(OrderState.CANCELLED), "cancelled"))
    return Choice(name="state", label="Listed orders", value=look.query.get("state") or "", options=options)


def address(look: Look, *, only_cancelled: bool, after: str = "") -> str:
    """Where the list is, of the period that is looked at, or where it goes on behind a place."""
    said = {"state": str(OrderState.CANCELLED) if only_cancelled else "", "after": after}
    query = urlencode({name: value for name, value in said.items() if value})
    here = look.filters.address(PATH, day=look.filters.day or look.period.first)
    return f"{here}{'&' if query else ''}{query}#{KEY}"


def listed(look: Look, sold: Sold) -> Section:
    """What was placed or cancelled in the period, the newest first: a page of it, or as a file all.

    Args:
        look: at the board.
        sold: what the orders come to.

    Raises:
        BadFilter: there is no such filter, or no such place to go on from.
    """
    only_cancelled, paging = wants_cancelled(look), Paging.of(look, KEY, _PLACE, _place)
    period, of = look.period, look.filters.of
    found = look.view.marts.orders(period, of, only_cancelled=only_cancelled, limit=paging.limit, after=paging.after)
    shown = paging.shown(found)
    which = f"{look.shop.period(period)}{', ' if of else ''}{of}"
    nothing = f"Nothing was {'' if only_cancelled else 'ordered or '}cancelled in {which}."
    return Section(
        key=KEY,
        title=f"{'Cancelled orders' if only_cancelled else 'Orders'}: {which}, {look.shop.currency}",
        meaning=look.meaning("sales_days"),
        table=table((*(_WHOSE if look.sees_orders else ()), *_HEADINGS), [_row(look, one) for one in shown]),
        empty="No more of them: the list ends before." if paging.after else nothing,
        notes=_notes(look, sold, only_cancelled=only_cancelled) if shown else (),
        links=paging.links(
            found,
            lambda after: address(look, only_cancelled=only_cancelled, after=after),
            _last(shown, paging.after) if shown else "",
        ),
        exports=Export(subject=of_orders(f"{which}{', cancelled' if only_cancelled else ''}"), rows="orders"),
        is_wide=True,
        cut=paging.cut(found, look.shop),
    )


def _row(look: Look, one: ListedOrder) -> tuple[Cell, ...]:
    """An order; which one it is and whose, is for those alone who may know that elsewhere."""
    whose = (
        Cell(said=str(one.order_id), value=one.order_id, href=f"{ORDERS}/{one.order_id}"),
        text(one.pseudonym or "forgotten"),
    )
    is_later = one.cancelled_date is not None and one.cancelled_date > look.period.last
    return (
        *(whose if look.sees_orders else ()),
        Cell(said=one.order_date.isoformat(), value=one.order_date),
        text(one.daypart),
        text(one.store_id),
        text(one.channel),
        text(f"{one.state} later" if is_later else one.state),
        look.number(one.units),
        *(look.number(amount, 2) for amount in (one.gross, one.discount, one.cancelled, one.net)),
    )


def _notes(look: Look, sold: Sold, *, only_cancelled: bool) -> tuple[str, ...]:
    span, category = look.period.span, look.filters.of.category
    orders, net = look.shop.counted(sold.orders, "order"), money(sold.net, look.shop)
    gone, lost = look.shop.counted(sold.cancelled_orders, "order"), money(sold.cancelled, look.shop)
    sums = f"{gone} cancelled, {lost} in all" if only_cancelled else f"{orders}, {net} net"
    notes = [f"{sums}: the figures above. The newest first. {NOTED}"]
    if sold.cancelled_orders:
        notes.append(
            f"An order counts in the {span} it is placed, a cancellation in the {span} of cancelling. "
            f"What was placed before this {span} and cancelled in it comes last."
        )
    if sold.returned:
        back = money(sold.returned, look.shop)
        notes.append(f"What came back in this {span}, {back} in all, is off the net above, and in no row here.")
    if category:
        notes.append(
            f"Of each order only what is of {category} is summed here. An order with other things too "
            "counts as one where its dearest line is."
        )
    if (0 if only_cancelled else sold.orders) + sold.cancelled_orders > MOST_EXPORTED:
        notes.append(f"The file has at most the newest {look.shop.number(MOST_EXPORTED)}.")
    return tuple(notes)


def _last(shown: Sequence[ListedOrder], after: OrderPlace | None) -> str:
    """The place of the last order that is shown."""
    day = shown[-1].order_date
    before = after.shown if after is not None and after.day == day else 0
    return f"{day}_{before + sum(one.order_date == day for one in shown)}"


def _place(found: re.Match[str]) -> OrderPlace:
    return OrderPlace(day=date.fromisoformat(found[1]), shown=int(found[2]))
