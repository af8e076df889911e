"""The board of customers: how many and how good, who comes back, who may be leaving, and who they are by pseudonym."""

from dataclasses import replace

from dashboards.board import Board, Section, Tile
from dashboards.customer_groups import loyalty, loyalty_months, scores, segments, tiers
from dashboards.customer_list import Chosen, likely, listed
from dashboards.customer_risk import retention, risk
from dashboards.looking import Look
from domain.periods import Period, Span
from domain.records.customers_board import TENTHS, Numbers, Risked
from domain.records.predictions import RISK_FROM
from domain.records.segments import ZERO, Segment
from reports.report import money
from reports.warehouse import share

TITLE = "Customers"
ACTIVE_DAYS = 90
_FILTERED = "The filters choose who is listed by pseudonym; all other figures are of all customers."


def make_board(look: Look) -> Board:
    """The board, its list filtered as the address asks.

    Raises:
        BadFilter: there is no such segment, tier, range of risk, or place to go on from.
    """
    chosen = Chosen.read(look.query)
    numbers, risks = _numbers(look), look.uow.customers_board.risks()
    if not numbers.customers:
        nobody = "Nobody is a customer yet: the first order brings one, and the night after it this page."
        return Board(title=TITLE, as_of=look.view.as_of, said=(nobody,))
    found = look.uow.segments.overview()
    sections: tuple[Section, ...] = (
        scores(look),
        segments(look, found),
        tiers(look, found),
        retention(look),
        risk(look, risks),
        listed(look, chosen, risks),
        loyalty(look),
        loyalty_months(look),
    )
    return Board(
        title=TITLE,
        as_of=look.view.as_of,
        tiles=_tiles(look, numbers, risks),
        sections=sections,
        choices=chosen.choices(look.shop),
        said=(_FILTERED,),
    )


def _numbers(look: Look) -> Numbers:
    began, before = _months(look)
    return look.uow.customers_board.numbers(look.view.as_of, ACTIVE_DAYS, began, before)


def _months(look: Look) -> tuple[Period, Period]:
    """The month as far as it is known, and as many days of the one before; of a month that is over all of that one."""
    month = Period.containing(look.view.as_of, Span.MONTH)
    before = month.before()
    if month.last == look.view.as_of:
        return month, before
    last = min(before.last, before.first + (look.view.as_of - month.first))
    return replace(month, last=look.view.as_of), replace(before, last=last)


def _tiles(look: Look, numbers: Numbers, risks: Risked | None) -> tuple[Tile, ...]:
    began, before = _months(look)
    is_over = began == Period.containing(began.first, Span.MONTH)
    compared = look.shop.period(before) if is_over else look.shop.days(before.first, before.last)
    return (
        Tile(
            label="Customers in all",
            value=look.shop.number(numbers.customers),
            note=f"{look.shop.number(numbers.ordered)} of them ordered, and did not cancel",
            meaning=look.meaning("dim_customers"),
        ),
        Tile(
            label=f"Active: ordered in {ACTIVE_DAYS} days",
            value=look.shop.number(numbers.active),
            note=f"{share(numbers.active, numbers.ordered, look.shop)} of those who ever ordered",
            meaning=look.meaning("dim_customers.last_order_date"),
        ),
        Tile(
            label="VIPs",
            value=look.shop.number(numbers.vips),
            note=f"{share(numbers.vips, numbers.ordered, look.shop)} of those who ever ordered",
            meaning=look.meaning("rfm_segments"),
            href=Chosen(segment=Segment.VIP).address,
        ),
        _risk_tile(look, risks),
        Tile(
            label=f"New in {look.shop.period(began)}",
            value=look.shop.number(numbers.began),
            compared=look.compared(numbers.began, numbers.began_before, compared),
            note="" if is_over else f"up to {look.shop.full_date(look.view.as_of)}; the month is not over",
            meaning=look.meaning("dim_customers.first_order_date"),
        ),
    )


def _risk_tile(look: Look, risks: Risked | None) -> Tile:
    label, meaning = "At risk, as predicted", look.meaning("prediction_churn.at_stake")
    if risks is None:
        return Tile(label=label, value="–", note="not predicted yet", meaning=meaning)
    these = [one for one in risks.shares if one.tenth >= RISK_FROM * len(TENTHS)]
    stake = sum((one.at_stake for one in these), ZERO)
    days = look.shop.counted(risks.run.days, "day")
    return Tile(
        label=label,
        value=look.shop.number(sum(one.customers for one in these)),
        note=f"{money(stake, look.shop)} at stake; likelier than not to order nothing in {days}",
        meaning=meaning,
        href=likely().address,
    )
