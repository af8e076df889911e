"""What is bought together: the neighbours of the newest fit, and the orders since it, counted when they are asked for.

So a new order counts at once and a cancelled one no more, without any state beside the fit. How a fit is read and
swapped is in `fits.py`.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, text

from domain.records.catalogue import ANY_PRICE, PriceRange
from domain.records.companions import Companion
from storage.repositories.products import COLUMNS, NAMES, WITHIN, bounds_terms, to_product
from storage.tables import fit

# Without a fit, and in the time since one, at most so many orders are counted.
LATEST_ORDERS = 20_000
DOUBT = 10  # so many orders without the other product are added to a share, so that 2 of 2 does not beat 37 of 112

# Orders that the fit has not counted add one, orders that it has counted and that were cancelled since take one away.
_SINCE = f"""
    served AS (
        SELECT fit_id, began_at, counted_until FROM shop.fit WHERE finished_at IS NOT NULL ORDER BY fit_id DESC LIMIT 1
    ), since AS MATERIALIZED (
        (SELECT order_id, 1 AS sign FROM shop.orders
         WHERE state <> 'cancelled' AND placed_at >= coalesce((SELECT counted_until FROM served), '-infinity')
         ORDER BY placed_at DESC LIMIT {LATEST_ORDERS})
        UNION ALL
        SELECT order_id, -1 FROM shop.orders, served
        WHERE cancelled_at >= served.began_at AND placed_at < served.counted_until
    ), lines AS MATERIALIZED (
        SELECT DISTINCT order_id, sign, product_id
        -- A lookup for each order; of its own accord the planner reads all lines of the shop.
        FROM since, LATERAL (SELECT product_id FROM shop.order_line l WHERE l.order_id = since.order_id OFFSET 0) AS its
    )
"""  # noqa: S608 - only our own number
_EVER = f"""
    WITH {_SINCE}, sold AS (
        SELECT product_id AS sold_id, sum(orders) AS orders FROM (
            SELECT product_id, orders_of_product AS orders FROM shop.neighbour JOIN served USING (fit_id)
            WHERE product_id = other_id
            UNION ALL
            SELECT product_id, sign FROM lines
        ) AS parts GROUP BY product_id
    )
"""  # noqa: S608 - only our own names
_LATELY = """
    WITH sold AS (
        SELECT l.product_id AS sold_id, count(DISTINCT l.order_id) AS orders
        FROM shop.orders o JOIN shop.order_line l USING (order_id)
        WHERE o.state <> 'cancelled' AND o.placed_at >= :since
        GROUP BY l.product_id
    )
"""
_BEST = f"""
    SELECT {COLUMNS}, coalesce(sold.orders, 0), coalesce(sold.orders, 0), ''
    FROM shop.product LEFT JOIN sold ON product_id = sold_id
    WHERE retired_at IS NULL AND quantity > 0 AND NOT product_id = ANY(:without) AND {WITHIN} AND (
        CASE WHEN :some THEN product_id = ANY(:among)
             ELSE sold.orders > 0 END
    )
    ORDER BY :category <> '' AND category = :category DESC, coalesce(sold.orders, 0) DESC, product_id LIMIT :limit
"""  # noqa: S608 - only our own column names
_BEST_SELLERS_EVER, _BEST_SELLERS_LATELY = text(_EVER + _BEST), text(_LATELY + _BEST)

_BOUGHT_WITH = text(f"""
    WITH {_SINCE}, mine AS (
        SELECT order_id, sign, product_id AS because FROM lines WHERE product_id = ANY(:ids)
    ), counted AS (
        SELECT because, lines.product_id AS other_id, sum(mine.sign) AS together
        FROM mine JOIN lines USING (order_id)
        WHERE NOT lines.product_id = ANY(:ids)
        GROUP BY because, lines.product_id
    ), fitted AS (
        SELECT n.* FROM shop.neighbour n JOIN served USING (fit_id) WHERE n.product_id = ANY(:ids)
    ), sizes AS (
        SELECT because, sum(orders) AS orders FROM (
            SELECT because, sum(sign) AS orders FROM mine GROUP BY because
            UNION ALL
            SELECT product_id, max(orders_of_product) FROM fitted GROUP BY product_id
        ) AS parts GROUP BY because
    ), pairs AS (
        SELECT because, other_id, orders, coalesce(f.orders_together, 0) + coalesce(c.together, 0) AS together,
               f.score, f.basket_score
        FROM (SELECT product_id AS because, other_id, score, basket_score, orders_together FROM fitted) AS f
        FULL JOIN counted c USING (because, other_id) JOIN sizes USING (because)
        WHERE NOT other_id = ANY(:ids)
    ), ranked AS (
        SELECT other_id, because, together, orders,
               row_number() OVER (
                   PARTITION BY other_id ORDER BY together::real / (orders + {DOUBT}) DESC, because
               ) AS nth,
               sum(coalesce(CASE WHEN :one THEN score ELSE basket_score END, together::real / (orders + {DOUBT})))
                   OVER (PARTITION BY other_id) AS rank
        FROM pairs WHERE together > 0
    ), popular AS (
        SELECT other_id AS popular_id, n.basket_score AS share FROM shop.neighbour n JOIN served USING (fit_id)
        WHERE :taste AND n.product_id = n.other_id AND n.other_id IN (SELECT other_id FROM ranked)
    )
    SELECT {COLUMNS}, together, orders, because
    FROM ranked JOIN shop.product ON product_id = other_id LEFT JOIN popular ON popular_id = other_id
    WHERE nth = 1 AND retired_at IS NULL AND quantity > 0 AND NOT product_id = ANY(:without) AND {WITHIN}
    ORDER BY rank / :parts + coalesce(share, 0) DESC, product_id LIMIT :limit
""")  # noqa: S608 - only our own column names


class PostgresRecommender:
    """Implements `domain.records.companions.Recommender`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def bought_with(
        self, product_ids: Sequence[str], limit: int, *, without: Collection[str] = (), bounds: PriceRange = ANY_PRICE
    ) -> list[Companion]:
        """See `domain.records.companions.Recommender.bought_with`."""
        one = len(set(product_ids)) == 1
        return self._found(product_ids, {"limit": limit, **_limits(without, bounds), "one": one, "taste": False})

    def for_taste(
        self, product_ids: Sequence[str], limit: int, *, without: Collection[str] = (), bounds: PriceRange = ANY_PRICE
    ) -> list[Companion]:
        """See `domain.records.companions.Recommender.for_taste`."""
        return self._found(product_ids, {"limit": limit, **_limits(without, bounds), "one": False, "taste": True})

    def _found(self, product_ids: Sequence[str], terms: dict[str, Any]) -> list[Companion]:
        ids = sorted(set(product_ids))
        terms |= {"ids": ids, "parts": max(len(ids), 1) if terms["taste"] else 1}
        return [_companion(row) for row in self._connection.execute(_BOUGHT_WITH, terms)]

    def best_sellers(
        self,
        since: datetime | None,
        limit: int,
        *,
        without: Collection[str] = (),
        bounds: PriceRange = ANY_PRICE,
        category: str = "",
        among: Sequence[str] = (),
    ) -> list[Companion]:
        """See `domain.records.companions.Recommender.best_sellers`."""
        terms = {"limit": limit, **_limits(without, bounds), "category": category}
        terms |= {"some": bool(among), "among": list(among)}
        if since is None:
            return [_companion(row) for row in self._connection.execute(_BEST_SELLERS_EVER, terms)]
        return [_companion(row) for row in self._connection.execute(_BEST_SELLERS_LATELY, terms | {"since": since})]


def _limits(without: Collection[str], bounds: PriceRange) -> dict[str, Any]:
    return {"without": sorted(without), **bounds_terms(bounds)}


def _companion(row: Row[Any]) -> Companion:
    together, orders, because = tuple(row)[len(NAMES) :]
    return Companion(product=to_product(row), together=int(together), orders=int(orders), because=because)


def last_finished(connection: Connection) -> datetime | None:
    """When the fit that is served was finished."""
    newest = select(fit.c.finished_at).where(fit.c.finished_at.is_not(None)).order_by(fit.c.fit_id.desc()).limit(1)
    finished: datetime | None = connection.execute(newest).scalar()
    return finished
