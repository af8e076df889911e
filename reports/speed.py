"""How fast support was: what is reckoned of its tickets, the words for it, and the digest's line on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Self

from bot.shop import Shop
from domain.records.marts import TicketTimes
from reports.warehouse import DASH

SOON = 60  # minutes within which a first answer comes soon
DEFINITION = (
    "Support",
    "tickets opened in the week, the shop's own and an imported help desk's; the median time to the first answers "
    "given in it, nights and weekends too; tickets still open at its end; in brackets the week before; /report support "
    "says more",
)
_DAY, _HOUR = 24 * 60, 60  # minutes
_HALF = Decimal("0.5")


@dataclass(frozen=True, kw_only=True, slots=True)
class Speed:
    """What support did in a time.

    `unanswered` and `soon` are of the tickets opened in it: without an answer by its end, and answered within an hour.
    `answers` and `resolutions` are the minutes that those took which came in it, whenever the ticket was opened.
    `still_open` counts all that were open at its end, the oldest of them for `oldest`.
    """

    opened: int
    unanswered: int
    soon: int
    answers: tuple[int, ...]
    resolutions: tuple[int, ...]
    still_open: int
    oldest: timedelta | None

    @classmethod
    def of(cls, tickets: Iterable[TicketTimes], since: datetime, until: datetime) -> Self:
        """The same from `since` up to but without `until`; what came later does not count, so it stays as it is."""
        known = [one for one in tickets if one.opened_at < until]
        opened = [one for one in known if one.opened_at >= since]
        waiting = [one.opened_at for one in known if one.resolved_at is None or one.resolved_at >= until]

        def took(each: Iterable[tuple[datetime | None, int | None]]) -> tuple[int, ...]:
            return tuple(minutes for at, minutes in each if at and minutes is not None and since <= at < until)

        return cls(
            opened=len(opened),
            unanswered=sum(one.first_answer_at is None or one.first_answer_at >= until for one in opened),
            soon=sum(one.minutes_to_answer is not None and one.minutes_to_answer <= SOON for one in opened),
            answers=took((one.first_answer_at, one.minutes_to_answer) for one in known),
            resolutions=took((one.resolved_at, one.minutes_to_resolve) for one in known),
            still_open=len(waiting),
            oldest=until - min(waiting) if waiting else None,
        )

    @property
    def to_answer(self) -> Decimal | None:
        """The median of minutes to the first answer; None without one."""
        return middle(self.answers)

    @property
    def to_resolve(self) -> Decimal | None:
        """The median of minutes to resolution; None without one."""
        return middle(self.resolutions)

    def __bool__(self) -> bool:
        """Whether there is anything to tell of."""
        return bool(self.opened or self.answers or self.resolutions or self.still_open)


def middle(minutes: Sequence[int]) -> Decimal | None:
    """The median, of an even number the mean of the two in the middle; None of nothing."""
    return median(map(Decimal, minutes)) if minutes else None


def lasting(minutes: Decimal | None, shop: Shop) -> str:
    """How long it took, to the minute, and from a day on to the hour: "12 min", "2 h 10 min", "3 days 4 h"."""
    if minutes is None:
        return DASH
    whole = int(minutes + _HALF)
    if not whole:
        return "under 1 min"
    days, hours, left = whole // _DAY, whole % _DAY // _HOUR, whole % _HOUR
    parts = [shop.counted(days, "day") if days else "", f"{hours} h" if hours else "", f"{left} min" if left else ""]
    return " ".join(filter(None, parts[:2] if days else parts))


def waited(oldest: timedelta | None, shop: Shop) -> str:
    """The same of a ticket's age."""
    return lasting(None if oldest is None else Decimal(oldest // timedelta(minutes=1)), shop)


def lines(week: Speed, before: Speed, shop: Shop) -> tuple[str, ...]:
    """A digest's sentence on a week and the one before; none where no ticket was opened in either."""
    if not week.opened and not before.opened:
        return ()
    answered = (
        f"first answer after {lasting(week.to_answer, shop)} in the middle" if week.answers else "no first answer"
    )
    then = lasting(before.to_answer, shop) if before.answers else "none"
    return (
        f"Support: {shop.counted(week.opened, 'ticket')} ({shop.number(before.opened)} the week before), "
        f"{answered} ({then}), "
        f"{shop.number(week.still_open)} still open ({shop.number(before.still_open)}).",
    )
