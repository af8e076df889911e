"""Where the shop comes from with a figure and where it wants to be: lines on the charts of that figure."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal:
    """A share of one at the start, and the one that is wanted; None where the shop did not say."""

    start: float | None = None
    goal: float | None = None


NO_GOAL = Goal()


@dataclass(frozen=True, kw_only=True, slots=True)
class Goals:
    """The goals of marketing."""

    churn: Goal = NO_GOAL
    cart_abandonment: Goal = NO_GOAL
    click_through: Goal = NO_GOAL
