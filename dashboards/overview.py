"""The overview: the figures of a period that a founder reads on a phone, and the money that is at stake."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from charts.chart import Chart
from charts.parts import ranking
from dashboards import products
from dashboards.board import Board, Section, Tile, table, text
from dashboards.looking import Look
from dashboards.sales import FIGURES, figure_tile, trend_section
from domain.records.boards import BOARD_READERS, BoardName
from domain.records.marts import EVERYTHING
from domain.records.predictions import Risks
from domain.records.products_board import MISSED_DAYS
from reports.report import money
from reports.sales import CHARTED

TITLE = "Overview"
FEW = 2  # of the figures of sales
NO_CAMPAIGNS = (
    "There are no campaigns yet, so nothing is known of what they bring against customers who are left alone."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stake:
    """Money that is to be won or lost, over which time, and the board that tells more."""

    label: str
    amount: Decimal | None
    over: str
    meaning: str
    board: BoardName


def make_board(look: Look) -> Board:
    """The board of the period that is asked for, of the whole shop.

    Raises:
        BadFilter: the warehouse does not reach so far.
    """
    period, choices = look.period, look.filters.choices()
    trend = tuple(look.view.marts.sold_in(period.before(CHARTED[period.span]), period, EVERYTHING))
    if not trend or trend[-1].period != period:
        nothing = f"Nothing was ordered up to {look.shop.period(period)}."
        return Board(title=TITLE, as_of=look.view.as_of, choices=choices, said=(nothing,))
    risks = look.uow.churn_risks.top(0)
    stakes = _stakes(look, risks)
    return Board(
        title=TITLE,
        as_of=look.view.as_of,
        choices=choices,
        tiles=(
            *(figure_tile(look, trend, *figure, href=_lead(look, BoardName.SALES)) for figure in FIGURES[:FEW]),
            *(_tile(look, one) for one in stakes[: len(stakes) - 1]),
        ),
        sections=(trend_section(look, trend), _section(look, stakes)),
        said=(f"{look.called}.",),
    )


def _stakes(look: Look, risks: Risks | None) -> tuple[Stake, ...]:
    """What is at stake; the last one is what recommendations brought."""
    stock = products.stock_money(look)
    period = look.period
    shown = look.uow.marketing_board.recommended(period.first, period.last, period.span)
    return (
        Stake(
            label="At risk of leaving",
            amount=risks.at_stake if risks else None,
            over=f"the next {risks.days} days; {look.shop.number(risks.total)} customers"
            if risks
            else "not predicted yet",
            meaning=look.meaning("prediction_churn.at_stake"),
            board=BoardName.CUSTOMERS,
        ),
        Stake(
            label="Asked for and not there",
            amount=stock.missed_money,
            over=f"the last {MISSED_DAYS} days; {look.shop.number(stock.missed)} pieces",
            meaning=look.meaning("fct_stock_days.missing"),
            board=BoardName.PRODUCTS,
        ),
        Stake(
            label="Tied up in too much stock",
            amount=stock.tied_up,
            over="now, at cost" if stock.tied_up is not None else "costs are on the page, for admins and finance",
            meaning="What is on the shelf and on its way beyond what is enough, at what the shop pays for it.",
            board=BoardName.PRODUCTS,
        ),
        Stake(
            label="Brought by recommendations",
            amount=sum((one.paid for one in shown), Decimal(0)),
            over=look.shop.period(period),
            meaning=look.meaning("recommendation_days.paid"),
            board=BoardName.MARKETING,
        ),
    )


def _tile(look: Look, stake: Stake) -> Tile:
    value = "–" if stake.amount is None else money(stake.amount, look.shop)
    return Tile(label=stake.label, value=value, note=stake.over, meaning=stake.meaning, href=_lead(look, stake.board))


def _section(look: Look, stakes: Sequence[Stake]) -> Section:
    known = [one for one in stakes if one.amount is not None]
    title = f"Money at stake, {look.shop.currency}"
    rows = [(text(one.label, _lead(look, one.board)), text(one.over), look.number(one.amount, 2)) for one in stakes]
    most = max(known, key=lambda one: one.amount or 0, default=None)
    return Section(
        key="stakes",
        title=title,
        meaning=" ".join(f"{one.label}: {one.meaning}" for one in stakes),
        chart=_chart(look, known, title) if known else None,
        alt=f"Most: {most.label.lower()}, {money(most.amount or Decimal(0), look.shop)}." if most else "",
        table=table(("what", "over", "amount"), rows),
        notes=(NO_CAMPAIGNS,),
        is_wide=True,
    )


def _chart(look: Look, known: Sequence[Stake], title: str) -> Chart:
    values = [float(one.amount or 0) for one in known]
    labels = [money(one.amount or Decimal(0), look.shop) for one in known]
    return Chart(panels=(ranking([one.label for one in known], values, labels, title),))


def _lead(look: Look, board: BoardName) -> str:
    """Where more of it is told, for who may see that board."""
    return look.filters.address(board.path) if look.roles & BOARD_READERS[board] else ""
