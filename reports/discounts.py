"""The report on discounts: discounted orders against those at full price, promotions, and prices that were cut."""

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from bot.shop import Shop
from charts import customers as customer_charts
from charts.customers import OVERLAPPED
from domain.csv_cells import harmless
from domain.records.marts import DISCOUNTED, FULL_PRICE, DiscountSide, Marts, Promotion, PromotionUse
from domain.text import one_line
from reports.report import NEW, Comparison, Figure, Picture, Report, Table, change, money
from reports.warehouse import DASH, Asked, Unanswerable, View, amount, as_of_note, percent, share

ALL = "all"
UNCERTAIN = "?"
CALLED = {ALL: "all time", "90 days": "last 90 days", "28 days": "last 28 days"}
_SIDES = ("span side orders gross discount net margin average_order average_margin margin_share is_enough").split()
_CUTS = (
    "promotion_id product_id title started_on price_before price_after days_compared orders_before orders_after "
    "net_before net_after net_change comparison is_overlapped is_enough"
).split()
_USES = "span promotion_id title code orders customers gross discount net".split()
_DEFINED = (
    "discount_effectiveness",
    *(f"discount_effectiveness.{name}" for name in ("average_order", "margin", "margin_share", "is_enough")),
    "promotion_effects",
    *(f"promotion_effects.{name}" for name in ("days_compared", "net_change", "is_overlapped")),
    "promotion_uses",
    *(f"promotion_uses.{name}" for name in ("gross", "discount", "net")),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Discounted and full price by span, codes and automatic discounts, and prices that were cut, the latest first."""

    sides: tuple[DiscountSide, ...]
    promotions: tuple[Promotion, ...]
    uses: tuple[PromotionUse, ...] = ()

    def side(self, span: str, side: str) -> DiscountSide:
        """One of them."""
        return next(one for one in self.sides if (one.span, one.side) == (span, side))


def collect(marts: Marts, asked: Asked) -> Found:
    """Reads the figures.

    Raises:
        Unanswerable: nothing was ever ordered.
    """
    found = Found(
        sides=tuple(marts.discounts()), promotions=tuple(marts.promotions()), uses=tuple(marts.promotion_uses())
    )
    if not any(one.orders for one in found.sides):
        raise Unanswerable("Nothing was ordered yet, so there is neither a discount nor a full price to compare.")
    return found


def make_report(found: Found, asked: Asked, view: View) -> Report:
    """Puts the figures into words, tables and a picture."""
    off, full, shop = found.side(ALL, DISCOUNTED), found.side(ALL, FULL_PRICE), view.shop
    average = (
        Figure(label="Average order at full price", value=amount(full.average_order, view.shop))
        if off.average_order is None
        else Figure(
            label="Average discounted order",
            value=amount(off.average_order, view.shop),
            compared=() if full.average_order is None else (_against(off.average_order, full.average_order, shop),),
        )
    )
    return Report(
        name=asked.name,
        period=asked.period,
        title=view.title(asked),
        made_at=view.now,
        headlines=(
            Figure(
                label="Discounted orders",
                value=view.shop.number(off.orders),
                note=f"{share(off.orders, off.orders + full.orders, shop)} of all",
            ),
            Figure(
                label="Taken off",
                value=money(off.discount, shop),
                note=f"{share(off.discount, off.gross, shop)} of gross",
            ),
            average,
        ),
        notes=(*_notes(found, view, asked.top), as_of_note(view, asked)),
        figures=(),
        tables=(_sides(found, view), *_cuts(found, view, asked.top), *_uses(found, view, asked.top)),
        picture=_picture(found, view, asked.top),
        csv=_csv(found),
        definitions=view.defined(*_DEFINED),
        as_of=view.as_of,
    )


def _against(now: Decimal, before: Decimal, shop: Shop) -> Comparison:
    return Comparison(change=change(now, before, shop), what=FULL_PRICE)


def _notes(found: Found, view: View, top: int) -> list[str]:
    off, full = found.side(ALL, DISCOUNTED), found.side(ALL, FULL_PRICE)
    if not off.orders and not found.promotions:
        return ["No order had a discount and no price was cut, so there is nothing to compare."]
    notes = []
    if not off.orders:
        notes.append("No order had a discount.")
    elif not full.orders:
        notes.append("Every order had a discount.")
    else:
        notes.append("Who gets a discount is not drawn by lot: a difference is no proof of an effect.")
        few = [one for one in (off, full) if not one.is_enough]
        notes += [f"Uncertain: fewer than {view.fewest} orders {_at(one)}." for one in few]
    flagged = sum(one.is_overlapped for one in found.promotions)
    small = sum(not one.is_enough for one in found.promotions)
    if not found.promotions:
        notes.append("No price was cut.")
    if flagged:
        notes.append(
            f"{OVERLAPPED} {view.shop.counted(flagged, 'price')} cut while another of the category was: their effects "
            "cannot be told apart."
        )
    if small:
        notes.append(
            f"{UNCERTAIN} {view.shop.counted(small, 'price')} cut with fewer than {view.fewest} orders before and "
            "after: uncertain."
        )
    if len(found.promotions) > top:
        notes.append(f"The latest {top} of {len(found.promotions)} cut prices are shown; the file has all.")
    return notes


def _at(side: DiscountSide) -> str:
    return "with a discount" if side.side == DISCOUNTED else "at full price"


def _sides(found: Found, view: View) -> Table:
    return Table(
        title="Discounted and full price",
        headings=("orders of", "orders", "an order", "margin an order", "margin of net", "net"),
        rows=tuple(
            (
                f"{CALLED.get(one.span, one.span)}, {one.side}{_doubt(one)}",
                view.shop.number(one.orders),
                amount(one.average_order, view.shop),
                amount(one.average_margin, view.shop),
                percent(one.margin_share, view.shop),
                money(one.net, view.shop),
            )
            for one in found.sides
            if one.orders or any(other.orders for other in found.sides if other.side == one.side)
        ),
    )


def _doubt(side: DiscountSide) -> str:
    return "" if side.is_enough or not side.orders else f" {UNCERTAIN}"


def _uses(found: Found, view: View, top: int) -> tuple[Table, ...]:
    ever = [one for one in found.uses if one.span == ALL]
    if not ever:
        return ()
    return (
        Table(
            title="Promotions, all time",
            headings=("promotion", "orders", "customers", "gross", "taken off", "net"),
            rows=tuple(
                (
                    _called(one),
                    view.shop.number(one.orders),
                    view.shop.number(one.customers),
                    money(one.gross, view.shop),
                    money(one.discount, view.shop),
                    money(one.net, view.shop),
                )
                for one in ever[:top]
            ),
        ),
    )


def _called(one: PromotionUse) -> str:
    return f"{one.name} ({one.code})" if one.code and one.code.casefold() != one.name.casefold() else one.name


def _cuts(found: Found, view: View, top: int) -> tuple[Table, ...]:
    if not found.promotions:
        return ()
    return (
        Table(
            title="Cut prices, before and after",
            headings=("product, price, since", "orders before", "orders after", "days each", "net"),
            rows=tuple(
                (
                    f"{one.title}, {money(one.price_before, view.shop)} to {money(one.price_after, view.shop)}, "
                    f"{view.shop.full_date(one.started_on)}{_flags(one)}",
                    view.shop.number(one.orders_before) if one.days_compared else DASH,
                    view.shop.number(one.orders_after) if one.days_compared else DASH,
                    view.shop.number(one.days_compared),
                    _change(one, view.shop),
                )
                for one in found.promotions[:top]
            ),
        ),
    )


def _flags(one: Promotion) -> str:
    flags = f"{OVERLAPPED if one.is_overlapped else ''}{'' if one.is_enough else UNCERTAIN}"
    return f" {flags}" if flags else ""


def _change(one: Promotion, shop: Shop) -> str:
    """How net changed, as the mart says."""
    if not one.days_compared:
        return "too young"
    if one.comparison == "compared":
        return change(one.net_after, one.net_before, shop)
    return NEW if one.comparison == NEW else one.comparison


def _picture(found: Found, view: View, top: int) -> Picture:
    cuts = [one for one in found.promotions[:top] if one.days_compared]
    pairs = {
        CALLED.get(span, span): (found.side(span, DISCOUNTED).average_order, found.side(span, FULL_PRICE).average_order)
        for span in dict.fromkeys(one.span for one in found.sides)
    }
    alt = "Bars of the average order, " + "; ".join(
        f"{span}: "
        + ", ".join(
            f"{money(average, view.shop)} {side}"
            for side, average in zip((DISCOUNTED, f"at {FULL_PRICE}"), pair, strict=True)
            if average is not None
        )
        for span, pair in pairs.items()
    )
    if cuts:
        alt += ". Below, orders of products before and after their price was cut: " + ", ".join(
            f"{one_line(one.title)} {one.orders_before} and {one.orders_after}" for one in cuts
        )
    return Picture(chart=customer_charts.discounts(pairs, cuts, view.shop), alt=f"{alt}.")


def _csv(found: Found) -> str:
    """The sides, the cut prices, then the promotions; a column that the one has not is blank."""
    rows = [{"kind": "orders", **{name: getattr(one, name) for name in _SIDES}} for one in found.sides]
    rows += [
        {"kind": "cut price", **{name: harmless(getattr(one, name)) for name in _CUTS}} for one in found.promotions
    ]
    rows += [
        {
            "kind": "promotion",
            "title": harmless(one.name),
            **{name: harmless(getattr(one, name)) for name in _USES if name != "title"},
        }
        for one in found.uses
    ]
    return str(
        pd.DataFrame(rows, columns=["kind", *dict.fromkeys((*_SIDES, *_CUTS, *_USES))], dtype=object).to_csv(
            index=False
        )
    )
