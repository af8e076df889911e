"""What the reports of the warehouse's marts share: what was asked, how far the marts reach, and what figures mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.shop import Shop
from domain.periods import Period
from domain.records.marts import EVERYTHING, Glossary, Slice
from domain.records.sales import ReportName
from reports.report import NEW, NOT_COMPARED, Comparison, change, money

NEVER_BUILT = "The warehouse was never built: `parley analytics build` does it, then ask again."
DASH = "-"
_LONGEST_LIST = 12


class Unanswerable(Exception):
    """A report that cannot be made; its text says why, and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which report, on which period, of which sales; tables list the `top` of their rows."""

    name: ReportName
    period: Period
    of: Slice = EVERYTHING
    top: int = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """How the warehouse is looked at: by which shop, when, and by what its figures are defined.

    `as_of` is the last day that it knows, `asked_for` the last one that was asked for.
    """

    shop: Shop
    now: datetime
    as_of: date
    asked_for: date
    glossary: Glossary
    at_risk_days: int
    fewest: int

    def title(self, asked: Asked) -> str:
        """The report's."""
        when = f"as of {self.shop.full_date(self.as_of)}" if asked.name.of_a_day else self.shop.period(asked.period)
        return f"{self.shop.name}: {asked.name}, {when}"

    def defined(self, *names: str) -> tuple[tuple[str, str], ...]:
        """What models and columns mean, as dbt's descriptions say it; what has the same name is said together.

        Args:
            names: each `model` or `model.column`, and behind " as " another name than its own.
        """
        found: dict[str, str] = {}
        for name in names:
            of, _, called = name.partition(" as ")
            model, _, column = of.partition(".")
            meaning = self.glossary[model]
            term = called or (_term(column) if column else meaning.title)
            said = meaning.columns[column] if column else meaning.said
            found[term] = f"{found[term]} {said}" if term in found else said
        return tuple(found.items())


def _term(column: str) -> str:
    return column.removeprefix("is_").replace("_", " ").capitalize().replace("Clv", "CLV")


def ready(as_of: date, asked: Asked, shop: Shop, now: datetime) -> date:
    """The last day that the marts know, where that is enough for what is asked.

    Raises:
        Unanswerable: the warehouse does not reach the end of the period.
    """
    period = asked.period
    if period.last <= as_of or asked.name.of_a_day:
        return as_of
    ended, reached = shop.full_date(period.last), shop.full_date(as_of)
    if not period.is_over(now, shop.time_zone):
        raise Unanswerable(
            f"This {period.span} ends on {ended}: it can be told when it is over and the warehouse is "
            f"built again. Until then ask for one that ended by {reached}."
        )
    raise Unanswerable(
        f"The warehouse reaches to {reached}, and that {period.span} ended on {ended}: "
        "`parley analytics build` brings it up to yesterday, then ask again."
    )


def as_of_note(view: View, asked: Asked) -> str:
    """Up to which day the figures are, and what to do where that is not the one that was asked for."""
    said = f"As of {view.shop.full_date(view.as_of)}, the last day of the warehouse."
    if not asked.name.of_a_day or view.asked_for == view.as_of:
        return said
    if view.asked_for > view.as_of:
        return f"{said} `parley analytics build` brings it up to yesterday."
    return f"{said} How things stood on an earlier day is not kept."


def comparison(now: Decimal | int, before: Decimal | int | None, what: str, shop: Shop) -> Comparison:
    """How a figure compares, with the words of the marts: "new" where nothing was, "n/a" where nothing can be said."""
    if before is None:
        return Comparison(change=NOT_COMPARED, what=what)
    if before > 0:
        return Comparison(change=change(now, before, shop), what=what)
    return Comparison(change=NEW if before == 0 and now > 0 else NOT_COMPARED, what=what)


def share(part: Decimal | int, whole: Decimal | int, shop: Shop) -> str:
    """A part of the whole in percent; a dash where there is no whole."""
    return percent(Decimal(part) / Decimal(whole), shop) if whole > 0 else DASH


def amount(value: Decimal | int | None, shop: Shop) -> str:
    """Money in the shop's currency, or a dash where there is none to tell of."""
    return DASH if value is None else money(Decimal(value), shop)


def percent(value: Decimal | None, shop: Shop) -> str:
    """A share in percent, or a dash where there is none to tell of."""
    return DASH if value is None else shop.percent(value)


def listed(names: Sequence[str]) -> str:
    """Names in a row, of many the first."""
    left = len(names) - _LONGEST_LIST
    return ", ".join(names[:_LONGEST_LIST]) + (f" and {left} more" if left > 0 else "")
