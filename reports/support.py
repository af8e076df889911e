"""The report on support: how many tickets came, how soon they were answered and resolved, and what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from decimal import Decimal

import pandas as pd

from bot.shop import Shop
from charts import support as support_charts
from charts.support import WEEK, Week
from domain.csv_cells import harmless
from domain.periods import Period, Span, midnight
from domain.records.marts import HELP_DESK, SHOP, Marts, TicketTimes
from reports.finance import CHARTED
from reports.report import Comparison, Figure, Picture, Report, Table
from reports.speed import Speed, lasting, middle, waited
from reports.warehouse import DASH, Asked, View, as_of_note, comparison, share

CALLED = {SHOP: "The shop's own", HELP_DESK: "The help desk's"}
_DAY = timedelta(days=1)
_DEFINED = (
    "fct_tickets as Tickets",
    "fct_tickets.minutes_to_answer as To the first answer",
    "fct_tickets.minutes_to_resolve as To resolution",
    "fct_tickets.origin",
    "fct_tickets.topic",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The tickets that there were."""

    tickets: tuple[TicketTimes, ...]

    def speed(self, period: Period, zone: tzinfo) -> Speed:
        """What support did in a period."""
        return Speed.of(self.tickets, period.begins(zone), period.ends(zone))

    def weeks(self, last: date, zone: tzinfo) -> list[tuple[date, Speed]]:
        """The same of each seven days up to a day, with their first one."""
        first = last + _DAY - CHARTED
        days = [first + WEEK * number for number in range(CHARTED // WEEK)]
        return [(day, Speed.of(self.tickets, midnight(day, zone), midnight(day + WEEK, zone))) for day in days]

    def topics(self, period: Period, zone: tzinfo) -> dict[tuple[str, str], Speed]:
        """The same of the period by whose the ticket is and what it is about, where there is anything, most first."""
        parts: dict[tuple[str, str], list[TicketTimes]] = {}
        for one in self.tickets:
            parts.setdefault((one.origin, one.topic), []).append(one)
        speeds = {part: Found(tickets=tuple(some)).speed(period, zone) for part, some in parts.items()}
        most_first = sorted(speeds.items(), key=lambda one: (-one[1].opened, -one[1].still_open, one[0]))
        return {part: speed for part, speed in most_first if speed}


def collect(marts: Marts, asked: Asked) -> Found:
    """Reads the tickets; a shop without any is a shop in which nobody needed support."""
    first = asked.period.last + _DAY - CHARTED
    return Found(tickets=tuple(marts.tickets(first, asked.period.last)))


def make_report(found: Found, asked: Asked, view: View) -> Report:
    """Puts the figures into words, tables and a picture."""
    zone, period = view.shop.time_zone, asked.period
    now, before = found.speed(period, zone), found.speed(period.before(), zone)
    topics, weeks = found.topics(period, zone), found.weeks(period.last, zone)
    figures = _figures(now, before, topics, period.span, view.shop)
    return Report(
        name=asked.name,
        period=period,
        title=view.title(asked),
        made_at=view.now,
        headlines=figures,
        notes=(*_notes(now, period.span, view.shop), as_of_note(view, asked)),
        figures=figures,
        tables=tuple(table for origin in CALLED if (table := _table(origin, topics, asked.top, view.shop))),
        picture=_picture(weeks, period, view.shop),
        csv=_csv(found, period, zone),
        definitions=view.defined(*_DEFINED),
        as_of=view.as_of,
    )


def _figures(
    now: Speed, before: Speed, topics: Mapping[tuple[str, str], Speed], span: Span, shop: Shop
) -> tuple[Figure, ...]:
    what = f"the {span} before"
    whose = {origin: sum(one.opened for (of, _), one in topics.items() if of == origin) for origin in CALLED}
    return (
        Figure(
            label="Tickets",
            value=shop.number(now.opened),
            compared=(comparison(now.opened, before.opened, what, shop),),
            note=f"{shop.number(whose[SHOP])} in the shop, {shop.number(whose[HELP_DESK])} in the help desk"
            if all(whose.values())
            else "",
        ),
        Figure(
            label="To the first answer",
            value=lasting(now.to_answer, shop),
            compared=(_times(now.to_answer, before.to_answer, what, shop),),
            note=f"median of {shop.number(len(now.answers))}",
        ),
        Figure(
            label="Answered within an hour",
            value=share(now.soon, now.opened, shop),
            note=f"{shop.number(now.soon)} of {shop.number(now.opened)}; "
            f"{what} {shop.number(before.soon)} of {shop.number(before.opened)}",
        ),
        Figure(
            label="To resolution",
            value=lasting(now.to_resolve, shop),
            compared=(_times(now.to_resolve, before.to_resolve, what, shop),),
            note=f"median of {shop.number(len(now.resolutions))}",
        ),
        Figure(
            label="Still open",
            value=shop.number(now.still_open),
            compared=(comparison(now.still_open, before.still_open, what, shop),),
            note=f"the oldest for {waited(now.oldest, shop)}" if now.still_open else "",
        ),
    )


def _times(now: Decimal | None, before: Decimal | None, what: str, shop: Shop) -> Comparison:
    """How a median compares, where there are both; of no time at all nothing is a share."""
    return comparison(now or 0, None if now is None else before or None, what, shop)


def _notes(now: Speed, span: Span, shop: Shop) -> list[str]:
    if not now.opened:
        return [f"No ticket was opened {'on' if span is Span.DAY else 'in'} this {span}."]
    if not now.unanswered:
        return []
    of = shop.counted(now.opened, "ticket")
    return [f"Not answered by the end of the {span}: {shop.number(now.unanswered)} of {of}."]


def _table(origin: str, topics: Mapping[tuple[str, str], Speed], top: int, shop: Shop) -> Table | None:
    """The topics of one desk, and the rest as one row, so that all rows add up; none where it had nothing to do."""
    parts = [(topic, speed) for (whose, topic), speed in topics.items() if whose == origin]
    if not parts:
        return None
    shown, rest = (parts, []) if len(parts) <= top + 1 else (parts[:top], parts[top:])
    rows = [_row(shop, topic.replace("_", " "), speed) for topic, speed in shown]
    if rest:
        rows.append(_row(shop, f"the other {len(rest)}", *(speed for _, speed in rest)))
    return Table(
        title=f"{CALLED[origin]} tickets by topic",
        headings=("topic", "opened", "to first answer", "to resolution", "at the end"),
        rows=tuple(rows),
    )


def _row(shop: Shop, name: str, *speeds: Speed) -> tuple[str, ...]:
    return (
        name,
        shop.number(sum(one.opened for one in speeds)),
        _median([minutes for one in speeds for minutes in one.answers], shop),
        _median([minutes for one in speeds for minutes in one.resolutions], shop),
        f"{shop.number(sum(one.still_open for one in speeds))} open",
    )


def _median(minutes: list[int], shop: Shop) -> str:
    return f"{lasting(middle(minutes), shop)} (of {shop.number(len(minutes))})" if minutes else DASH


def _picture(weeks: list[tuple[date, Speed]], period: Period, shop: Shop) -> Picture:
    charted = [Week(first=first, opened=one.opened, to_answer=one.to_answer) for first, one in weeks]
    last = lasting(charted[-1].to_answer, shop)
    return Picture(chart=support_charts.weeks(charted, period, last, shop), alt=_alt(weeks, shop))


def _alt(weeks: list[tuple[date, Speed]], shop: Shop) -> str:
    opened, known = [one.opened for _, one in weeks], [one.to_answer for _, one in weeks if one.to_answer is not None]
    since, until = shop.full_date(weeks[0][0]), shop.full_date(weeks[-1][0] + WEEK - _DAY)
    said = (
        f"Bars of tickets in each 7 days from {since} to {until}: {shop.number(sum(opened))} in all, "
        f"{shop.number(opened[-1])} in the last."
    )
    if not known:
        return f"{said} No first answer was given."
    return (
        f"{said} Below, a line of the median time to the first answer: from {lasting(min(known), shop)} to "
        f"{lasting(max(known), shop)}, in the last 7 days {lasting(weeks[-1][1].to_answer, shop)}."
    )


def _csv(found: Found, period: Period, zone: tzinfo) -> str:
    """Each seven days of the picture, the period and the one before, and its topics, as rows of plain numbers."""
    rows = [_plain("7 days", first, first + WEEK - _DAY, one) for first, one in found.weeks(period.last, zone)]
    for name, some in ((f"{period.span} before", period.before()), (str(period.span), period)):
        rows.append(_plain(name, some.first, some.last, found.speed(some, zone)))
    rows += [
        _plain("topic", period.first, period.last, speed, origin, topic)
        for (origin, topic), speed in found.topics(period, zone).items()
    ]
    return str(pd.DataFrame(rows, dtype=object).to_csv(index=False))


def _plain(
    breakdown: str, first: date, last: date, speed: Speed, origin: str = "all", topic: str = "all"
) -> dict[str, object]:
    return {
        "breakdown": breakdown,
        "origin": origin,
        "topic": harmless(topic),
        "first_day": first,
        "last_day": last,
        "opened": speed.opened,
        "not_answered": speed.unanswered,
        "answered_within_an_hour": speed.soon,
        "first_answers": len(speed.answers),
        "median_minutes_to_answer": speed.to_answer,
        "resolved": len(speed.resolutions),
        "median_minutes_to_resolve": speed.to_resolve,
        "still_open": speed.still_open,
        "oldest_open_minutes": speed.oldest and speed.oldest // timedelta(minutes=1),
    }
