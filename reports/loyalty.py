"""The report on loyalty: members of the scheme against others, as things stand."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from bot.shop import Shop
from charts import customers as customer_charts
from domain.records.marts import MEMBERS, LoyaltyMonth, LoyaltySide, Marts
from reports.report import Comparison, Figure, Picture, Report, change
from reports.warehouse import DASH, Asked, Unanswerable, View, amount, as_of_note, percent

NOT_CAUSAL = "Descriptive, not causal: members may have been better customers before they joined."
_COLUMNS = (
    "side customers orders net average_order orders_per_active_month repeat_rate clv clv_per_active_month is_enough"
).split()
_DEFINED = ("loyalty_impact", *(f"loyalty_impact.{name}" for name in _COLUMNS[1:]))


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Both sides, and their months."""

    members: LoyaltySide
    others: LoyaltySide
    months: tuple[LoyaltyMonth, ...]


def collect(marts: Marts, asked: Asked) -> Found:
    """Reads both sides.

    Raises:
        Unanswerable: nothing was ever ordered.
    """
    sides = {one.side == MEMBERS: one for one in marts.loyalty()}
    months = tuple(marts.loyalty_months())
    if not months:
        raise Unanswerable("Nothing was ordered yet, so there are neither members nor others to compare.")
    return Found(members=sides[True], others=sides[False], months=months)


def make_report(found: Found, asked: Asked, view: View) -> Report:
    """Puts the figures into words and a picture."""
    figures = tuple(_figure(found, view.shop, *row) for row in FIGURES)
    by_label = {one.label: one for one in figures}
    return Report(
        name=asked.name,
        period=asked.period,
        title=view.title(asked),
        made_at=view.now,
        headlines=tuple(_headline(by_label[label], found) for label in ("Average order", "Repeat rate", "Customers")),
        notes=(*_notes(found, view), as_of_note(view, asked)),
        figures=figures,
        tables=(),
        picture=_picture(found, view),
        csv=str(
            pd.DataFrame(
                [[getattr(one, column) for column in _COLUMNS] for one in (found.members, found.others)],
                columns=_COLUMNS,
            ).to_csv(index=False)
        ),
        definitions=view.defined(*_DEFINED),
        as_of=view.as_of,
    )


def _count(value: Decimal | int | None, shop: Shop) -> str:
    return shop.number(value or 0)


def _rate(value: Decimal | int | None, shop: Shop) -> str:
    return DASH if value is None else shop.number(value, 2)


def _percent(value: Decimal | int | None, shop: Shop) -> str:
    return percent(None if value is None else Decimal(value), shop)


_Of = Callable[[LoyaltySide], Decimal | int | None]
FIGURES: tuple[tuple[str, _Of, Callable[[Decimal | int | None, Shop], str], bool], ...] = (
    ("Customers", lambda side: side.customers, _count, False),
    ("Orders", lambda side: side.orders, _count, False),
    ("Average order", lambda side: side.average_order, amount, True),
    ("Orders per active month", lambda side: side.orders_per_active_month, _rate, True),
    ("Repeat rate", lambda side: side.repeat_rate, _percent, True),
    ("CLV", lambda side: side.clv, amount, True),
    ("CLV per active month", lambda side: side.clv_per_active_month, amount, True),
)


def _figure(
    found: Found, shop: Shop, label: str, of: _Of, said: Callable[[Decimal | int | None, Shop], str], compare: bool
) -> Figure:
    """Of members, against others; of all customers where nobody is a member."""
    mine, theirs = of(found.members), of(found.others)
    if not found.members.orders:
        return Figure(label=label, value=said(theirs, shop))
    known = compare and mine is not None and theirs is not None
    compared = (Comparison(change=change(mine or 0, theirs or 0, shop), what="others"),) if known else ()
    return Figure(label=label, value=said(mine, shop), compared=compared, note=f"{said(theirs, shop)} others")


def _headline(figure: Figure, found: Found) -> Figure:
    who = "members" if found.members.orders else "all customers"
    if figure.label == "Customers":
        return replace(figure, label="Members" if found.members.orders else "Customers")
    return replace(figure, label=f"{figure.label} of {who}")


def _notes(found: Found, view: View) -> list[str]:
    members, others = found.members, found.others
    if not members.orders:
        return ["No order is of a member of a loyalty scheme, so there is nothing to compare: the figures are of all."]
    notes = [
        f"{view.shop.counted(members.customers, 'member')} with {view.shop.counted(members.orders, 'order')} against "
        f"{view.shop.counted(others.customers, 'other')} with {view.shop.counted(others.orders, 'order')}.",
        NOT_CAUSAL,
    ]
    few = [one.side for one in (members, others) if not one.is_enough]
    if few:
        notes.append(f"Uncertain: fewer than {view.fewest} orders of {' and of '.join(few)}.")
    return notes


def _picture(found: Found, view: View) -> Picture:
    compared = {}
    for label, of, _, compare in FIGURES:
        mine, theirs = of(found.members), of(found.others)
        if compare and mine is not None and theirs:
            compared[label] = float(mine / theirs * 100)
    alt = "Bars of the average order by month, of all customers."
    if len({one.side for one in found.months}) > 1:
        said = ", ".join(f"{label} {view.shop.percent(Decimal(value) / 100, 0)}" for label, value in compared.items())
        alt = "Lines of the average order by month, of members and of others."
        alt += f" Bars of members as a share of others: {said}." if said else ""
    return Picture(chart=customer_charts.loyalty(found.months, compared, view.shop), alt=alt)
