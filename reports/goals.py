"""Says where a figure came from and where it shall be: as lines of a chart, and in words."""

from bot.shop import Shop
from charts.parts import Mark
from domain.records.goals import Goal


def marks(goal: Goal, shop: Shop) -> tuple[Mark, ...]:
    """Lines of a chart in percent."""
    return tuple(Mark(level=share * 100, name=f"{name}: {_percent(share, shop)}") for name, share in _named(goal))


def said(goal: Goal, shop: Shop) -> str:
    """The same in a sentence with a space before it, for what tells of the chart; blank where nothing is set."""
    named = [f"the {name} at {_percent(share, shop)}" for name, share in _named(goal)]
    return f" Lines mark {' and '.join(named)}." if named else ""


def noted(goal: Goal, shop: Shop) -> str:
    """The goal beside a figure; blank where none is set."""
    return "" if goal.goal is None else f"goal: {_percent(goal.goal, shop)}"


def _named(goal: Goal) -> list[tuple[str, float]]:
    return [(name, share) for name, share in (("start", goal.start), ("goal", goal.goal)) if share is not None]


def _percent(share: float, shop: Shop) -> str:
    return shop.percent(share, 0 if round(share, 2) == share else 1)
