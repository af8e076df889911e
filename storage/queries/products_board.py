"""What the board of products and stock is made of: the shop's stock now, beside what the marts say of each product."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, text

from domain.products.reordering import DEAD_AFTER, MOST_COVER
from domain.records.products_board import ProductSold, Standing, StockMoney, StockOut
from domain.records.supply import WEEK
from storage.repositories.supply import COLUMNS, RUN, STOCK, stock_of_row

_STANDINGS = text(f"""
    SELECT {COLUMNS}, coalesce(nullif(p.category, ''), 'other') AS category, p.sale_price,
           p.retired_at IS NOT NULL AS is_retired, coalesce(s.last_sold_on, s.came_on) AS moved_on,
           coalesce(s.units_last_91, 0) AS units, coalesce(s.net_last_91, 0.00) AS net,
           coalesce(s.missing_last_91, 0) AS missed, coalesce(s.days_out_last_91, 0) AS days_out,
           coalesce(s.missing_last_28, 0) AS missed_lately
    {STOCK.format(join="LEFT")} LEFT JOIN mart.product_standings s ON s.product_id = p.product_id
    ORDER BY p.product_id
""")
_SOLD = text("""
    SELECT product_id, coalesce(now.units, 0) AS units, coalesce(now.net, 0.00) AS net,
           coalesce(now.margin, 0.00) AS margin, coalesce(before.net, 0.00) AS net_before
    FROM (
        SELECT product_id, sum(units)::bigint AS units, sum(net) AS net, sum(margin) AS margin
        FROM mart.product_days WHERE sales_date BETWEEN :first AND :last GROUP BY product_id
    ) AS now FULL JOIN (
        SELECT product_id, sum(net) AS net
        FROM mart.product_days WHERE sales_date >= :before AND sales_date < :first GROUP BY product_id
    ) AS before USING (product_id)
""")
_OUTS = text("""
    SELECT product_id, first_day, last_day, is_out FROM mart.stock_outs
    WHERE product_id = ANY(CAST(:ids AS text[])) ORDER BY product_id, first_day
""")
_MONEY = text(f"""
    SELECT coalesce(sum(p.wholesale_cost * CASE
               WHEN p.retired_at IS NOT NULL OR p.quantity <= 0 THEN 0
               WHEN coalesce(s.last_sold_on, s.came_on) <= :dead_since THEN p.quantity
               WHEN d.weekly_demand > 0 THEN greatest(p.quantity - ceil(d.weekly_demand * :weeks), 0)
               ELSE 0 END), 0)::numeric(18, 2) AS tied_up,
           coalesce(sum(s.missing_last_28) FILTER (WHERE p.retired_at IS NULL), 0)::bigint AS missed,
           coalesce(sum(s.missing_last_28 * p.sale_price) FILTER (WHERE p.retired_at IS NULL), 0)::numeric(18, 2)
               AS missed_money
    FROM shop.product p LEFT JOIN mart.product_standings s ON s.product_id = p.product_id
    LEFT JOIN raw.prediction_demand d ON d.product_id = p.product_id AND d.run_id = {RUN}
""")  # noqa: S608 - our own names


class PostgresProductsBoard:
    """Implements `domain.records.products_board.ProductsBoard`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def standings(self) -> list[Standing]:
        """See `domain.records.products_board.ProductsBoard.standings`."""
        return [_standing(row) for row in self._connection.execute(_STANDINGS)]

    def sold(self, before: date, first: date, last: date) -> dict[str, ProductSold]:
        """See `domain.records.products_board.ProductsBoard.sold`."""
        rows = self._connection.execute(_SOLD, {"before": before, "first": first, "last": last})
        found = (dict(row._mapping) for row in rows)
        return {one.pop("product_id"): ProductSold(**one) for one in found}

    def stock_outs(self, product_ids: Sequence[str]) -> list[StockOut]:
        """See `domain.records.products_board.ProductsBoard.stock_outs`."""
        rows = self._connection.execute(_OUTS, {"ids": list(product_ids)})
        return [StockOut(**row._mapping) for row in rows]

    def money(self, now: datetime) -> StockMoney:
        """See `domain.records.products_board.ProductsBoard.money`."""
        terms = {"dead_since": (now - DEAD_AFTER).astimezone(UTC).date(), "weeks": MOST_COVER // WEEK}
        return StockMoney(**self._connection.execute(_MONEY, terms).one()._mapping)


def _standing(row: Row[Any]) -> Standing:
    moved = None if row.moved_on is None else datetime.combine(row.moved_on, time(), UTC)
    return Standing(
        stock=stock_of_row(row, moved),
        category=row.category,
        price=row.sale_price,
        is_retired=row.is_retired,
        units=row.units,
        net=row.net,
        missed=row.missed,
        days_out=row.days_out,
        missed_lately=row.missed_lately,
    )
