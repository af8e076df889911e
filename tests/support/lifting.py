"""Campaigns with customers whose true reaction is known, measured by the shop's own code: how often is it right?

What is real: the audience, the drawing of groups (`begin`), approval, orders (`place_order`), cancelling, counting
(`campaign_results`) and `lift`; in the first runs also sending, by the job, with a mailer in memory. In the others the
mails, which change nothing of what is counted, are left out. Time is made up: a campaign each forty days.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from math import exp
from typing import Any

import numpy as np
from sqlalchemy import Engine as Database
from sqlalchemy import text

from domain.model import Order, OrderLine, OrderState, Terms
from domain.orders.ordering import place_order
from domain.outreach.campaigning import Drawing, begin, locked
from domain.outreach.lift import Lift, lift_of
from domain.records.campaigns import Arm, Campaign, CampaignState
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.campaigning import CampaignStage
from tests.support.factories import make_product
from tests.support.shop import SHOP
from tests.support.stocking import create_product

APART = timedelta(days=40)
TERMS = Terms(cancel_window=timedelta(minutes=30), quote_hold=timedelta(minutes=15), most_per_line=10, ask_above=10)
_MU, _SIGMA = 3.0, 0.7  # of the logarithm of an order's amount
_AGAIN = 0.15  # of those who order, order once more
_NOISE = 0.02  # of all order before their window, or behind it, or cancel what they ordered


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What is simulated: `effect` is by how much likelier who is written to orders, where others do by `base`."""

    effect: float
    base: float = 0.10
    customers: int = 2000
    hold_out: Decimal = Decimal("0.4")
    runs: int = 200
    mailed: int = 1  # of the runs
    seed: int = 20

    @property
    def net(self) -> float:
        """The effect on what a customer brings."""
        return self.effect * exp(_MU + _SIGMA**2 / 2) * (1 + _AGAIN)


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one campaign was found to change, and how large its groups were."""

    lift: Lift
    mailed: int = 0


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How often the runs were right about a truth."""

    truth: Truth
    runs: Sequence[Run] = field(repr=False)

    @property
    def covered(self) -> int:
        """Runs whose interval holds the effect."""
        found = [run.lift.interval for run in self.runs]
        return sum(one is not None and one.low <= self.truth.effect <= one.high for one in found)

    @property
    def net_covered(self) -> tuple[int, int]:
        """Runs whose interval of revenue holds the truth, and how many have one."""
        found = [run.lift.revenue for run in self.runs]
        between = [
            (float(one.low), float(one.high)) for one in found if one and one.low is not None and one.high is not None
        ]
        return sum(low - 0.005 <= self.truth.net <= high + 0.005 for low, high in between), len(between)

    @property
    def claimed(self) -> int:
        """Runs that claim a difference."""
        return sum(run.lift.claimed for run in self.runs)

    @property
    def seen(self) -> int:
        """Runs whose interval leaves out zero, whether or not enough customers were counted."""
        return sum(run.lift.interval is not None and not run.lift.interval.has_zero for run in self.runs)

    @property
    def mean(self) -> float:
        """The mean of what was found, which is the effect where nothing is biased."""
        return float(np.mean([run.lift.difference for run in self.runs]))

    @property
    def held_out(self) -> float:
        """The share of all members that was left alone."""
        alone = sum(run.lift.held_out.members for run in self.runs)
        return alone / (alone + sum(run.lift.treated.members for run in self.runs))


def simulate(database: Database, truth: Truth, told: Callable[[int], object] = lambda _: None) -> Tally:
    """Runs campaigns one after another over the same customers; `told` hears of each that is done."""
    stage = CampaignStage(database)
    rng = np.random.default_rng([truth.seed, round(1000 * truth.effect)])
    stage.customers(truth.customers)
    with stage.unit_of_work() as uow:
        create_product(uow, make_product(product_id="MUG", quantity=10**7), actor="test", now=stage.clock.now())
        uow.commit()
    likely = rng.beta(20 * truth.base, 20 * (1 - truth.base), truth.customers)  # some order more than others
    runs = []
    for number in range(truth.runs):
        runs.append(_run(stage, truth, likely, rng, mailed=number < truth.mailed))
        stage.clock.moment += APART
        told(number)
    return Tally(truth=truth, runs=runs)


def _run(stage: CampaignStage, truth: Truth, likely: Any, rng: np.random.Generator, *, mailed: bool) -> Run:
    campaign = stage.approved(hold_out=truth.hold_out)
    before = len(stage.mails)
    if mailed:
        while stage.stands(campaign).state is not CampaignState.DONE:
            stage.sends(campaign)
    else:
        _begin(stage, campaign)
    with stage.unit_of_work() as uow:
        _order(uow, campaign, truth, likely, rng)
        uow.commit()
    end = stage.clock.now() + campaign.window + timedelta(days=2)
    with stage.unit_of_work() as uow:
        (found,) = uow.campaign_results.of([campaign], end)
    return Run(lift=lift_of(found), mailed=len(stage.mails) - before)


def _begin(stage: CampaignStage, campaign: Campaign) -> None:
    drawing = Drawing(key=SHOP.hash_key, limits=SHOP.limits)
    with stage.unit_of_work() as uow:
        begin(uow, locked(uow, campaign.campaign_id), drawing, stage.clock.now())
        uow.commit()


def _order(uow: PostgresUnitOfWork, campaign: Campaign, truth: Truth, likely: Any, rng: np.random.Generator) -> None:
    """What the members order, by what is true of them."""
    members = text("""
        SELECT hashed_email, arm, due_at FROM chat.campaign_member WHERE campaign_id = :id ORDER BY hashed_email
    """)
    rows = uow.connection.execute(members, {"id": campaign.campaign_id}).all()
    wanted: list[tuple[str, datetime, bool]] = []
    for row, chance in zip(rows, likely, strict=True):
        days = campaign.window / timedelta(days=1)
        here, again, before, behind, cancelled = rng.random(5)
        if here < chance + (truth.effect if row.arm == Arm.TREATED else 0):
            times = 2 if again < _AGAIN else 1
            wanted += [(row.hashed_email, row.due_at + timedelta(days=days * at), True) for at in rng.random(times)]
        if before < _NOISE:
            wanted.append((row.hashed_email, row.due_at - timedelta(hours=1), True))
        if behind < _NOISE:
            wanted.append((row.hashed_email, row.due_at + campaign.window, True))
        if cancelled < _NOISE:
            wanted.append((row.hashed_email, row.due_at + timedelta(days=1), False))
    for hashed_email, at, stands in wanted:
        amount = Decimal(str(round(float(rng.lognormal(_MU, _SIGMA)), 2)))
        order = place_order(uow, _made(hashed_email, at, amount), terms=TERMS)
        if not stands:
            uow.orders.change_state(order.order_id, OrderState.CANCELLED, at + timedelta(minutes=5))


def _made(hashed_email: str, at: datetime, amount: Decimal) -> Order:
    line = OrderLine(product_id="MUG", quantity=1, unit_price=amount)
    return Order(
        order_id=0,
        hashed_email=hashed_email,
        lines=(line,),
        placed_at=at,
        cancel_until=at + TERMS.cancel_window,
        source="simulation",
    )
