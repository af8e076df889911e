"""Promotions in Postgres, and which orders used them."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, insert, or_, select, text, update
from sqlalchemy.exc import IntegrityError

from domain.errors import CodeTaken
from domain.model import Discount
from domain.promotions.codes import normal
from domain.records.promotions import Kind, Patron, Promotion, Standing
from domain.records.segments import Segment
from storage.locks import are_there, keep_tables, lock_promotions
from storage.tables import promotion, promotion_use

_THIS = promotion.c
_FIELDS = [column for column in promotion.columns if column.name != "same_code"]
_PROMOTION: Select[Any] = select(*_FIELDS)
_NEWEST = (_THIS.ended_at.is_(None).desc(), _THIS.promotion_id.desc())
# No further than to the limit: one that was set late on a promotion of many uses costs no more.
_USES = text("""
    SELECT p.promotion_id, (SELECT count(*) FROM (
        SELECT FROM shop.promotion_use u
        WHERE u.promotion_id = p.promotion_id AND u.given_back_at IS NULL LIMIT p.most_uses
    ) AS counted) AS uses
    FROM shop.promotion p WHERE p.promotion_id = ANY(:ids)
""")
_PATRON = text("""
    SELECT EXISTS (
        SELECT FROM shop.orders WHERE hashed_email = :it AND state <> 'cancelled' AND order_id <> :but
    ) AS ordered, coalesce((
        SELECT jsonb_object_agg(promotion_id, uses) FROM (
            SELECT u.promotion_id, count(*) AS uses FROM shop.promotion_use u JOIN shop.orders o USING (order_id)
            WHERE o.hashed_email = :it AND u.promotion_id = ANY(:ids) AND u.given_back_at IS NULL
                AND u.order_id <> :but
            GROUP BY 1
        ) AS counted
    ), '{}') AS uses
""")
_CUSTOMERS = "mart.dim_customers"
_SEGMENT = text("SELECT segment FROM mart.dim_customers WHERE hashed_email = :it")
_NONE = Decimal("0.00")
_SAME_CODE = "uq_promotion_same_code"


class PostgresPromotions:
    """Implements `domain.records.promotions.Promotions`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def for_cart(self, codes: Collection[str], held: Collection[int], now: datetime) -> list[Promotion]:
        """See `domain.records.promotions.Promotions.for_cart`."""
        ways: list[ColumnElement[bool]] = [and_(_THIS.code == "", *_live(now))]
        if held:
            ways.append(_THIS.promotion_id.in_(list(held)))
        found = {one.promotion_id: one for one in self._read(_PROMOTION.where(or_(*ways)))}
        found |= {one.promotion_id: one for one in self.of_codes(codes).values()}
        return [found[promotion_id] for promotion_id in sorted(found)]

    def of_codes(self, codes: Collection[str]) -> dict[str, Promotion]:
        """See `domain.records.promotions.Promotions.of_codes`."""
        if not codes:
            return {}
        chosen: Select[Any] = select(*_FIELDS, _THIS.same_code).where(_THIS.same_code.in_(list(codes)))
        rows = self._connection.execute(chosen.order_by(*_NEWEST))
        found: dict[str, Promotion] = {}
        for row in rows:
            found.setdefault(row.same_code, _promotion(row))
        return found

    def get(self, promotion_id: int) -> Promotion | None:
        """See `domain.records.promotions.Promotions.get`."""
        return next(iter(self._read(_PROMOTION.where(_THIS.promotion_id == promotion_id))), None)

    def listed(self, now: datetime) -> list[Promotion]:
        """See `domain.records.promotions.Promotions.listed`."""
        chosen = _PROMOTION.where(_THIS.listed, *_live(now))
        return self._read(chosen.order_by(_THIS.ends_at.asc().nulls_last(), _THIS.promotion_id))

    def uses(self, promotions: Collection[Promotion]) -> dict[int, int]:
        """See `domain.records.promotions.Promotions.uses`."""
        if not promotions:
            return {}
        ids = [one.promotion_id for one in promotions]
        return {row.promotion_id: row.uses for row in self._connection.execute(_USES, {"ids": ids})}

    def lock(self, promotion_ids: Collection[int]) -> dict[int, Promotion]:
        """See `domain.records.promotions.Promotions.lock`."""
        limited = or_(_THIS.most_uses.is_not(None), _THIS.most_per_customer.is_not(None), _THIS.first_order)
        chosen = _PROMOTION.where(_THIS.promotion_id.in_(list(promotion_ids)), limited)
        return {row.promotion_id: _promotion(row) for row in lock_promotions(self._connection, chosen)}

    def lock_one(self, promotion_id: int) -> Promotion | None:
        """See `domain.records.promotions.Promotions.lock_one`."""
        rows = lock_promotions(self._connection, _PROMOTION.where(_THIS.promotion_id == promotion_id))
        return _promotion(rows[0]) if rows else None

    def standings(self, now: datetime, *, over: bool, limit: int, offset: int = 0) -> list[Standing]:
        """See `domain.records.promotions.Promotions.standings`."""
        is_over = or_(_THIS.ended_at.is_not(None), _THIS.ends_at <= now)
        chosen = _PROMOTION.where(is_over if over else or_(is_over.is_(None), ~is_over))
        newest = chosen.order_by(_THIS.promotion_id.desc()).limit(limit).offset(offset)
        return self._standings(self._read(newest))

    def standing(self, promotion_id: int) -> Standing | None:
        """See `domain.records.promotions.Promotions.standing`."""
        one = self.get(promotion_id)
        return None if one is None else self._standings([one])[0]

    def named(self, name: str) -> list[Promotion]:
        """See `domain.records.promotions.Promotions.named`."""
        ways = [func.lower(_THIS.name) == name.lower()]
        if code := normal(name):
            ways.append(_THIS.same_code == code)
        return self._read(_PROMOTION.where(or_(*ways)).order_by(*_NEWEST))

    def add(self, added: Promotion) -> Promotion:
        """See `domain.records.promotions.Promotions.add`."""
        values = _values(added)
        try:
            with self._connection.begin_nested():
                promotion_id = self._connection.execute(
                    insert(promotion).values(values).returning(_THIS.promotion_id)
                ).scalar_one()
        except IntegrityError as exc:
            raise _taken(exc, added) from exc
        return replace(added, promotion_id=promotion_id)

    def save(self, saved: Promotion) -> Promotion:
        """See `domain.records.promotions.Promotions.save`."""
        saved = replace(saved, version=saved.version + 1)
        try:
            with self._connection.begin_nested():
                self._connection.execute(
                    update(promotion).where(_THIS.promotion_id == saved.promotion_id).values(_values(saved))
                )
        except IntegrityError as exc:
            raise _taken(exc, saved) from exc
        return saved

    def _standings(self, promotions: Sequence[Promotion]) -> list[Standing]:
        used = promotion_use.c
        rows = self._connection.execute(
            select(used.promotion_id, func.count().label("uses"), func.sum(used.amount).label("given"))
            .where(used.promotion_id.in_([one.promotion_id for one in promotions]), used.given_back_at.is_(None))
            .group_by(used.promotion_id)
        )
        done = {row.promotion_id: (row.uses, row.given) for row in rows}
        standings = []
        for one in promotions:
            uses, given = done.get(one.promotion_id, (0, _NONE))
            standings.append(Standing(promotion=one, uses=uses, given=given))
        return standings

    def _read(self, chosen: Select[Any]) -> list[Promotion]:
        return [_promotion(row) for row in self._connection.execute(chosen)]


class PostgresPromotionUses:
    """Implements `domain.records.promotions.PromotionUses`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def patron(self, hashed_email: str, promotion_ids: Collection[int], *, but: int = 0) -> Patron:
        """See `domain.records.promotions.PromotionUses.patron`."""
        row = self._connection.execute(_PATRON, {"it": hashed_email, "ids": list(promotion_ids), "but": but}).one()
        uses = {int(promotion_id): uses for promotion_id, uses in row.uses.items()}
        return Patron(segment=self._segment(hashed_email), ordered=row.ordered, uses=uses)

    def segments_known(self) -> bool:
        """See `domain.records.promotions.PromotionUses.segments_known`."""
        return are_there(self._connection, [_CUSTOMERS])

    def _segment(self, hashed_email: str) -> Segment | None:
        if not self.segments_known():
            return None
        keep_tables(self._connection, [_CUSTOMERS])
        segment = self._connection.execute(_SEGMENT, {"it": hashed_email}).scalar()
        return Segment(segment) if segment in list(Segment) else None

    def put(self, order_id: int, discounts: Sequence[Discount]) -> None:
        """See `domain.records.promotions.PromotionUses.put`."""
        used = promotion_use.c
        self._connection.execute(promotion_use.delete().where(used.order_id == order_id))
        if discounts:
            self._connection.execute(
                insert(promotion_use), [{"order_id": order_id, **asdict(one)} for one in discounts]
            )

    def give_back(self, order_id: int, at: datetime) -> None:
        """See `domain.records.promotions.PromotionUses.give_back`."""
        used = promotion_use.c
        self._connection.execute(
            update(promotion_use)
            .where(used.order_id == order_id, used.given_back_at.is_(None))
            .values(given_back_at=at)
        )


def _live(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (_THIS.ended_at.is_(None), _THIS.starts_at <= now, or_(_THIS.ends_at.is_(None), _THIS.ends_at > now))


def _promotion(row: Row[Any]) -> Promotion:
    values = {name: value for name, value in row._mapping.items() if name != "same_code"}
    return Promotion(
        **values
        | {
            "kind": Kind(row.kind),
            "segment": None if row.segment is None else Segment(row.segment),
            "product_ids": tuple(row.product_ids),
            "categories": tuple(row.categories),
        }
    )


def _values(one: Promotion) -> dict[str, Any]:
    values = {column.name: getattr(one, column.name) for column in _FIELDS if column.name != "promotion_id"}
    return values | {
        "kind": str(one.kind),
        "segment": None if one.segment is None else str(one.segment),
        "product_ids": list(one.product_ids),
        "categories": list(one.categories),
        "same_code": normal(one.code) or None,
    }


def _taken(error: IntegrityError, one: Promotion) -> Exception:
    """What a constraint that was hurt means in our words; the error itself where it is another one."""
    return CodeTaken(one.code) if _SAME_CODE in str(error.orig) else error
