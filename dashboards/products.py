"""The board of products and stock: what lies on the shelf, what is missing, what to order, what sells and what not.

Stock is that of the moment, what was asked for and not had that of the last whole days; only the best and the worst
sellers are of the period. Who may not know what products cost reads pieces in place of money at cost.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from dashboards.board import Board, Tile
from dashboards.looking import Look
from dashboards.products_shown import DUE, OUT, Shown, product_list, too_much
from dashboards.products_sold import classes, sellers
from dashboards.products_stock import cover, missed, overstock, reorder, stock_outs
from domain.products.purchasing import to_order
from domain.products.reordering import MOST_COVER, SupplierOrder
from domain.records.products_board import MISSED_DAYS, Standing, StockMoney
from domain.records.supply import WEEK

TITLE = "Products and stock"


def make_board(look: Look) -> Board:
    """The board of the products and the period that are asked for.

    Raises:
        BadFilter: there is no such part of the shop, or the warehouse does not reach so far.
    """
    period = look.period
    shown = Shown.of(look)
    if not shown.products:
        nothing = "There are no products of this kind." if shown.every else "There are no products yet."
        return Board(title=TITLE, as_of=look.view.as_of, choices=shown.choices(), said=(nothing,))
    orders = _orders(shown)
    best, worst = sellers(shown, period)
    return Board(
        title=TITLE,
        as_of=look.view.as_of,
        choices=shown.choices(),
        tiles=_tiles(shown, orders),
        sections=(
            classes(shown),
            reorder(shown, orders),
            cover(shown),
            overstock(shown),
            stock_outs(shown),
            missed(shown),
            best,
            worst,
            product_list(shown),
        ),
        said=(f"Stock of now; sellers of {look.called}.",),
    )


def stock_money(look: Look) -> StockMoney:
    """What the whole shop ties up beyond what is enough, and what was asked for and not had in `MISSED_DAYS`.

    It is cheap. `tied_up` is None for who may not know what products cost.
    """
    found = look.uow.products_board.money(look.now)
    return found if look.sees_costs else replace(found, tied_up=None)


def middle_cover(products: Sequence[Standing]) -> float | None:
    """Half of what is wanted is of products that last so many days or less; None where nothing is known to be."""
    known = [(one.stock.cover, one.stock.demand.weekly) for one in products if one.stock.demand is not None]
    lasting = sorted((max(cover, 0.0), weekly) for cover, weekly in known if cover is not None)
    half, sum_so_far = sum(weekly for _, weekly in lasting) / 2, 0.0
    for days, weekly in lasting:
        sum_so_far += weekly
        if sum_so_far >= half:
            return days
    return None


def _orders(shown: Shown) -> list[SupplierOrder]:
    """What to order of the products that are looked at; each supplier's minimum is that of its whole order."""
    today = shown.now.astimezone(shown.look.shop.time_zone).date()
    found = to_order(shown.look.uow, today=today, now=shown.now)
    kept = [
        replace(order, lines=tuple(line for line in order.lines if line.stock.product_id in shown.by_id))
        for order in found
    ]
    return [order for order in kept if order.lines]


def _tiles(shown: Shown, orders: Sequence[SupplierOrder]) -> tuple[Tile, ...]:
    meaning, seen = shown.look.meaning, shown.look.sees_costs
    on_shelf = [(one, max(one.stock.on_hand, 0)) for one in shown.with_retired]
    pieces = sum(count for _, count in on_shelf)
    worth = sum((one.stock.unit_cost * count for one, count in on_shelf), Decimal(0))
    over = too_much(shown)
    tied_up = sum((one.stock.unit_cost * count for one, count in over), Decimal(0))
    too_many = shown.money(tied_up) if seen else shown.count(sum(count for _, count in over))
    out = sum(one.stock.on_hand <= 0 for one in shown.products)
    lines = sum(len(order.lines) for order in orders)
    amount = sum((order.amount for order in orders), Decimal(0))
    to_pay = shown.money(amount) if seen else f"{shown.count(sum(order.pieces for order in orders))} pieces"
    of = "1 supplier" if len(orders) == 1 else f"{shown.count(len(orders))} suppliers"
    middle = middle_cover(shown.products)
    lost = sum((one.missed_money for one in shown.products), Decimal(0))
    lost_pieces = sum(one.missed_lately for one in shown.products)
    return (
        Tile(
            label="In stock, at cost" if seen else "Pieces in stock",
            value=shown.money(worth) if seen else shown.count(pieces),
            note=(f"{shown.count(pieces)} pieces; " if seen else "")
            + f"{too_many} of it beyond {MOST_COVER // WEEK} weeks",
            href="#over",
        ),
        Tile(
            label="Out of stock",
            value=shown.count(out),
            note=f"of {shown.count(len(shown.products))} products",
            href=shown.list_of(OUT),
        ),
        Tile(
            label="To reorder",
            value=shown.count(lines),
            note=f"{to_pay} of {of}" if lines else "nothing now",
            meaning=meaning("prediction_demand.reorder_point"),
            href="#reorder" if lines else shown.list_of(DUE),
        ),
        Tile(
            label="Days of cover",
            value="–" if middle is None else shown.count(middle),
            note="no demand is predicted" if middle is None else "half of what is wanted lasts no longer",
            meaning=meaning("prediction_demand.weekly_demand"),
            href="#cover",
        ),
        Tile(
            label="Asked for and not had",
            value=shown.money(lost),
            note=f"{shown.count(lost_pieces)} pieces in {MISSED_DAYS} days, at price",
            meaning=meaning("product_standings.missing_last_28"),
            href="#missed",
        ),
    )
