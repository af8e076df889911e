"""Who comes back and who may leave: the sections of the board of customers that look over months and ahead."""

from collections.abc import Sequence

from charts import customer_maps as maps
from dashboards.board import Cell, Section, table, text
from dashboards.customer_list import Chosen
from dashboards.looking import Look
from domain.periods import Period, Span
from domain.records.customers_board import CohortMonth, Risked, RiskShare
from domain.records.segments import ZERO
from reports.report import money

COHORTS = 12


def retention(look: Look) -> Section:
    """By the month of the first order: who ordered again in which month after it; only months that are over."""
    found = look.uow.customers_board.cohorts(COHORTS)
    cohorts: dict[object, list[CohortMonth]] = {}
    for one in found:
        cohorts.setdefault(one.cohort, []).append(one)
    longest = max((one.months_later for one in found), default=0)
    rows = [
        (
            text(look.shop.month(months[0].cohort)),
            look.number(months[0].customers),
            *(look.share(float(one.share)) for one in months),
            *[Cell(said="", value=None)] * (longest - len(months)),
        )
        for months in reversed(cohorts.values())
    ]
    title = "Who comes back: % of the customers of a month who order again"
    later = [f"{count} {'month' if count == 1 else 'months'} later" for count in range(1, longest + 1)]
    return Section(
        key="cohorts",
        title=title,
        meaning=look.meaning("cohort_retention"),
        chart=maps.cohorts(found, title, look.shop) if found else None,
        alt=_came_back(look, found) if found else "",
        table=table(("first order in", "customers", *later), rows),
        empty="No month after a first order is over yet: it can be told when one is.",
        is_wide=True,
    )


def _came_back(look: Look, found: Sequence[CohortMonth]) -> str:
    """What the map shows, with how many came back in the month after their first, of all its cohorts together."""
    first = [one for one in found if one.months_later == 1]
    back, of = sum(one.ordered for one in first), sum(one.customers for one in first)
    month = Period.containing(look.view.as_of, Span.MONTH)
    last = month if month.last == look.view.as_of else month.before()
    return (
        f"A row for each month of first orders, with how many ordered first in it; then the share of them that ordered "
        f"in the 1st, 2nd, 3rd … month after. Of {look.shop.counted(of, 'customer')} {look.shop.percent(back / of, 0)} "
        f"came back in the month after their first. Months up to {look.shop.period(last)}, which are over."
    )


def risk(look: Look, found: Risked | None) -> Section:
    """By probability and value tier: how many may leave, and what is at stake; each leads to the list of them."""
    if found is None:
        nothing = (
            "It is not predicted yet who may leave: that comes with the night's build, once there are some months."
        )
        return Section(key="risk", title="Who may leave", meaning="", table=table((), ()), empty=nothing)
    days = look.shop.counted(found.run.days, "day")
    title = f"Who may leave: customers, and {look.shop.currency} at stake, by probability to order nothing in {days}"
    hrefs = {(one.tenth, one.tier or maps.NO_TIER): _leads_to(one) for one in found.shares}
    rows = [
        (
            text(maps.tenth_called(one.tenth, look.shop), _leads_to(one)),
            text(one.tier or maps.NO_TIER),
            look.number(one.customers),
            Cell(said=money(one.at_stake, look.shop), value=one.at_stake),
        )
        for one in sorted(found.shares, key=lambda one: -one.tenth)
    ]
    return Section(
        key="risk",
        title=title,
        meaning=f"{look.meaning('prediction_churn')} {look.meaning('prediction_churn.at_stake')}",
        chart=maps.risks(found.shares, hrefs, title, look.shop) if found.shares else None,
        alt=_most(look, found) if found.shares else "",
        table=table(("probability to leave", "tier", "customers", f"at stake, {look.shop.currency}"), rows),
        empty="Nobody ordered of late, so nobody can leave.",
        is_wide=True,
    )


def _leads_to(one: RiskShare) -> str:
    return Chosen(tier=one.tier, risk=(10 * one.tenth, 10 * one.tenth + 10)).address


def _most(look: Look, found: Risked) -> str:
    most = max(found.shares, key=lambda one: one.at_stake)
    stake = sum((one.at_stake for one in found.shares), ZERO)
    return (
        f"In each cell how many customers, and below it what is at stake in {look.shop.currency}: a click lists them. "
        f"Most is at stake at {maps.tenth_called(most.tenth, look.shop)} with {most.tier or maps.NO_TIER} value: "
        f"{money(most.at_stake, look.shop)} of {money(stake, look.shop)}, "
        f"of {look.shop.counted(most.customers, 'customer')}. "
        f"As predicted on {look.shop.full_date(found.run.as_of)}."
    )
