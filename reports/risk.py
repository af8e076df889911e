"""Says in a digest who came into risk of leaving and who left it, and how the last predictions came out."""

from dataclasses import dataclass
from decimal import Decimal

from bot.shop import Shop
from domain.records.predictions import RELIABLE, Kept, RiskMoves

DEFINITION = (
    "At risk",
    "likelier than not to order nothing in the days that predictions speak of (predictions.churn_days); /churn lists "
    "who is, and why",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Risk:
    """What is predicted of a week: who came and went, and how a prediction came out whose days were over by its end."""

    moves: RiskMoves | None
    kept: Kept | None
    days: int


def lines(risk: Risk, shop: Shop) -> tuple[str, ...]:
    """A sentence for each that is known."""
    told = [] if risk.moves is None else [_moved(risk.moves, shop)]
    return (*told, *([] if risk.kept is None or not risk.kept.customers else [_kept(risk.kept, risk.days, shop)]))


def rows(risk: Risk) -> list[tuple[str, str]]:
    """The same as plain numbers, by what they are."""
    moves, kept = risk.moves, risk.kept
    found = [] if moves is None else [("entered", moves.entered), ("left", moves.left), ("at_risk", moves.at_risk)]
    told = [(name, str(number)) for name, number in found]
    if kept is not None and kept.customers:
        told += [("expected_to_leave", f"{kept.expected:.1f}"), ("left_indeed", str(kept.left))]
        told += [("of_customers", str(kept.customers)), ("predicted_on", str(kept.as_of))]
    return told


def _moved(moves: RiskMoves, shop: Shop) -> str:
    entered, left = (shop.counted(count, "customer") for count in (moves.entered, moves.left))
    return f"{entered} came into risk of leaving, {left} left it by ordering; {shop.number(moves.at_risk)} are at risk."


def _kept(kept: Kept, days: int, shop: Shop) -> str:
    said, came = (shop.percent(Decimal(share), 0) for share in (kept.said, kept.came))
    missed = abs(100 * (kept.said - kept.came))
    apart = "fewer than expected" if kept.said > kept.came else "more than expected"
    verdict = "as expected" if missed < 100 * RELIABLE else apart
    return (
        f"On {shop.full_date(kept.as_of)} {said} of {shop.counted(kept.customers, 'customer')} were expected to order "
        f"nothing in {days} days, and {came} did: {verdict}."
    )
