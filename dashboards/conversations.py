"""The board of conversations: how far they come, where they are misunderstood, and how soon people answer."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from urllib.parse import quote

from charts import support as support_charts
from charts.chart import Chart
from charts.counts import Step, bars, funnel
from charts.counts import two_parts as stacked
from dashboards.board import Board, Cell, Choice, Section, Tile, table, text
from dashboards.looking import BadFilter, Look
from domain.periods import Period
from domain.records.boards import BoardName
from domain.records.conversations_board import MANY, AskedByMany, IntentIn, Talked, TalkedIn
from domain.records.marts import TicketTimes
from domain.records.staff import Role
from domain.text import one_line
from reports.sales import CHARTED
from reports.speed import Speed, lasting, waited
from reports.warehouse import comparison

PATH = BoardName.CONVERSATIONS.path
TITLE = "Conversations"
NOT_BUILT = "The warehouse has no counts of conversations yet: its next build makes them (`parley analytics build`)."
MAY_READ_QUESTIONS = frozenset({Role.ADMIN, Role.SUPPORT})  # as `/answers`
MOST_QUESTIONS = 20
CHARTED_INTENTS, MOST_INTENTS = 3, 15
NO_INTENTS = frozenset({"button", "not_understood", "other"})  # see `chat_intents`
STEPS = ("hello", "list", "cart", "order card", "order")
_CHANNEL = "channel"
_NOTHING = Talked()


@dataclass(frozen=True, kw_only=True)
class _Found:
    """Everything that is shown: of the periods that are charted, the last one is asked for."""

    periods: Sequence[Period]
    talked: Sequence[TalkedIn]
    intents: Sequence[IntentIn]
    tickets: Sequence[TicketTimes]

    @property
    def period(self) -> Period:
        return self.periods[-1]

    def channels(self, period: Period) -> dict[str, Talked]:
        """How conversations of a period went, by channel, the most first."""
        found = {one.channel: _NOTHING + one for one in self.talked if one.first_day == period.first}
        return dict(sorted(found.items(), key=lambda one: (-one[1].conversations, one[0])))

    def wanted(self, period: Period) -> Counter[str]:
        """The messages of a period by what they wanted."""
        found: Counter[str] = Counter()
        for one in self.intents:
            if one.first_day == period.first:
                found[one.intent] += one.turns
        return found

    def all(self, period: Period) -> Talked:
        """The same of all channels that are asked for."""
        return reduce(Talked.__add__, self.channels(period).values(), _NOTHING)


def make_board(look: Look) -> Board:
    """The board of the period and the channel that are asked for.

    Raises:
        BadFilter: nobody ever wrote in such a channel, or the warehouse does not reach so far.
    """
    period, asked = look.period, look.uow.conversations_board
    if not asked.is_built():
        return Board(title=TITLE, as_of=look.view.as_of, choices=look.filters.choices(), said=(NOT_BUILT,))
    channels, channel = asked.channels(), (look.query.get(_CHANNEL) or "").strip()
    if channel and channel not in channels:
        there = f"there are {', '.join(channels)}" if channels else "nobody wrote yet"
        raise BadFilter(f"Nobody ever wrote in such a channel; {there}.")
    periods = period.trend(CHARTED[period.span])
    since = periods[0].before().first
    talked = [one for one in asked.talked(since, period.last, period.span) if channel in ("", one.channel)]
    intents = [one for one in asked.intents(since, period.last, period.span) if channel in ("", one.channel)]
    tickets = look.view.marts.tickets(since, period.last)
    found = _Found(periods=periods, talked=talked, intents=intents, tickets=tickets)
    options = (("", "all"), *((name, name) for name in channels))
    questions = (_questions(look),) if MAY_READ_QUESTIONS & look.roles else ()
    return Board(
        title=TITLE,
        as_of=look.view.as_of,
        choices=(*look.filters.choices(), Choice(name=_CHANNEL, label="Channel", value=channel, options=options)),
        tiles=_tiles(look, found),
        sections=(
            _funnel(look, found),
            _over_time(look, found),
            *questions,
            _wanted(look, found),
            _troubles(look, found),
            _tickets(look, found),
        ),
        said=(look.called + (f", {channel}" if channel else "") + ".",),
    )


def _tiles(look: Look, found: _Found) -> tuple[Tile, ...]:
    period, before = found.period, found.period.before()
    what = f"the {period.span} before"
    now, then, say = found.all(period), found.all(before), look.shop.number
    speed, speed_then = (_speed(look, found, one) for one in (period, before))
    quick = look.compared(speed.to_answer or 0, None if speed.to_answer is None else speed_then.to_answer or None, what)
    return (
        Tile(
            label="Conversations",
            value=say(now.conversations),
            compared=look.compared(now.conversations, then.conversations, what),
            note=f"{say(now.turns)} messages answered",
            meaning=look.meaning("chat_days.conversations"),
            href="#trend",
        ),
        Tile(
            label="Orders from them",
            value=say(now.orders),
            compared=look.compared(now.orders, then.orders, what),
            note=f"in {look.shop.part(now.reached_order, now.conversations)} of conversations",
            meaning=look.meaning("chat_days.orders"),
            href="#funnel",
        ),
        Tile(
            label="Misunderstood",
            value=look.shop.part(now.misunderstood, now.turns),
            note=f"{say(now.misunderstood)} of {say(now.turns)} messages; "
            f"{what} {look.shop.part(then.misunderstood, then.turns)}",
            meaning=look.meaning("chat_days.misunderstood"),
            href="#troubles",
        ),
        Tile(
            label="Handed to people",
            value=say(now.handed_off),
            compared=look.compared(now.handed_off, then.handed_off, what),
            note=f"{look.shop.part(now.handed_off, now.conversations)} of conversations",
            meaning=look.meaning("chat_days.handed_off"),
            href="#troubles",
        ),
        Tile(
            label="To the first answer",
            value=lasting(speed.to_answer, look.shop),
            compared=quick,
            note=f"median of {say(len(speed.answers))}, all channels",
            meaning=look.meaning("fct_tickets.minutes_to_answer"),
            href="#tickets",
        ),
    )


def _speed(look: Look, found: _Found, period: Period) -> Speed:
    zone = look.shop.time_zone
    return Speed.of(found.tickets, period.begins(zone), period.ends(zone))


def _reached(one: Talked) -> tuple[int, ...]:
    return (one.conversations, one.reached_list, one.reached_cart, one.reached_card, one.reached_order)


def _funnel(look: Look, found: _Found) -> Section:
    period, channels, whole = found.period, found.channels(found.period), found.all(found.period)
    title = f"How far conversations came: {look.shop.period(period)}"
    steps = [Step(name=name, count=count) for name, count in zip(STEPS, _reached(whole), strict=True)]
    rows = [
        (
            text(name, _address(look, channel=name) if name in channels else ""),
            *map(look.number, _reached(one)),
            look.share(one.reached_order / one.conversations if one.conversations else None),
        )
        for name, one in (*channels.items(), ("all", whole))
    ]
    lost = [(before.count - after.count, before.name, after.name) for before, after in itertools.pairwise(steps)]
    most = max(lost, key=lambda one: one[0])
    say = look.shop.number
    said = f"Of {say(whole.conversations)} conversations {say(whole.reached_order)} came to an order"
    return Section(
        key="funnel",
        title=title,
        meaning=" ".join(
            (
                look.meaning("chat_days"),
                *(
                    f"{name.capitalize()}: {look.meaning(f'chat_days.{column}')}"
                    for name, column in zip(
                        STEPS,
                        ("conversations", "reached_list", "reached_cart", "reached_card", "reached_order"),
                        strict=True,
                    )
                ),
            )
        ),
        chart=Chart(panels=(funnel(steps, f"{title}, conversations", look.shop),)) if channels else None,
        alt=f"{said}; most, {say(most[0])}, ended between {most[1]} and {most[2]}. Shares are of all conversations.",
        table=table(("channel", *STEPS, "orders, of hello"), rows if channels else ()),
        empty=f"Nobody wrote in {look.shop.period(period)}.",
    )


def _over_time(look: Look, found: _Found) -> Section:
    span, periods = found.period.span, found.periods
    each = [found.all(one) for one in periods]
    there = any(one.conversations for one in each)
    values = [(one.reached_order, one.conversations - one.reached_order) for one in each]
    rows = [
        (_period(look, one), *map(look.number, _reached(talked)), look.number(talked.orders), look.number(talked.turns))
        for one, talked in zip(periods[::-1], each[::-1], strict=True)
    ]
    most = max(zip(periods, each, strict=True), key=lambda one: one[1].conversations)
    parts = ("with an order", "without")
    return Section(
        key="trend",
        title=f"Conversations by {span}",
        meaning=look.meaning("chat_days.conversations"),
        chart=stacked(periods, parts, values, "Conversations", look.shop) if there else None,
        alt=f"Most conversations: {look.shop.number(most[1].conversations)} in {look.shop.period(most[0])}, "
        f"{look.shop.number(most[1].reached_order)} with an order.",
        table=table((str(span), *STEPS, "orders placed", "messages"), rows if there else ()),
        empty=f"Nobody wrote since {look.shop.full_date(periods[0].first)}.",
    )


def _wanted(look: Look, found: _Found) -> Section:
    span, periods = found.period.span, found.periods
    each = [found.wanted(one) for one in periods]
    befores = [found.wanted(periods[0].before()), *each]
    messages = [found.all(one).turns for one in periods]
    now = each[-1]
    most = [name for name, _ in _most_first(now) if name not in NO_INTENTS][:CHARTED_INTENTS]
    rows = [
        (
            _period(look, period),
            text(_called(name)),
            look.number(turns),
            look.share(turns / of_all if of_all else None),
            text(str(comparison(turns, before[name], f"the {span} before", look.shop)) if before else "–"),
        )
        for period, wanted, of_all, before in zip(
            periods[::-1], each[::-1], messages[::-1], befores[-2::-1], strict=True
        )
        for name, turns in _most_first(wanted)
    ]
    panels = tuple(
        bars(periods, [wanted[name] for wanted in each], _called(name).capitalize(), look.shop) for name in most
    )
    share = look.shop.part(now[most[0]], messages[-1]) if most else ""
    first = f"Most wanted: {_called(most[0])}, in {share} of messages" if most else ""
    return Section(
        key="wanted",
        title=f"What people wanted, by {span}, messages",
        meaning=look.meaning("chat_intents"),
        chart=Chart(panels=panels) if most else None,
        alt=f"{first}; then {', '.join(map(_called, most[1:]))}." if most[1:] else f"{first}.",
        table=table((str(span), "what", "messages", f"of all of the {span}", "on the one before"), rows),
        most=len(now) or MOST_INTENTS,
        empty=f"What was wanted is not known of {look.shop.period(found.period)}.",
    )


def _most_first(wanted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(wanted.items(), key=lambda one: (-one[1], one[0]))


def _called(intent: str) -> str:
    return intent.replace("_", " ")


def _troubles(look: Look, found: _Found) -> Section:
    span, periods = found.period.span, found.periods
    each = [found.all(one) for one in periods]
    there = any(one.conversations for one in each)
    misread = [one.misunderstood / one.turns * 100 if one.turns else 0.0 for one in each]
    handed = [one.handed_off / one.conversations * 100 if one.conversations else 0.0 for one in each]
    rows = [
        (
            _period(look, one),
            look.number(talked.misunderstood),
            look.share(talked.misunderstood / talked.turns if talked.turns else None),
            look.number(talked.handed_off),
            look.share(talked.handed_off / talked.conversations if talked.conversations else None),
        )
        for one, talked in zip(periods[::-1], each[::-1], strict=True)
    ]
    worst = max(zip(periods, misread, strict=True), key=lambda one: one[1])
    now = each[-1]
    said = f"In {look.shop.period(found.period)} {look.shop.part(now.misunderstood, now.turns)} of messages were not "
    said += f"understood and {look.shop.part(now.handed_off, now.conversations)} of conversations went to a person"
    return Section(
        key="troubles",
        title=f"Misunderstood and handed to people, by {span}",
        meaning=f"{look.meaning('chat_days.misunderstood')} {look.meaning('chat_days.handed_off')}",
        chart=Chart(
            panels=(
                bars(periods, misread, "Not understood, % of messages", look.shop),
                bars(periods, handed, "To people, % of conversations", look.shop),
            )
        )
        if there
        else None,
        alt=f"{said}; most was misunderstood in {look.shop.period(worst[0])}, {look.shop.percent(worst[1] / 100)}.",
        table=table(
            (str(span), "not understood", "of messages", "handed to people", "of conversations"), rows if there else ()
        ),
        empty=f"Nobody wrote since {look.shop.full_date(periods[0].first)}.",
    )


def _questions(look: Look) -> Section:
    asked = look.uow.conversations_board.asked_by_many(MOST_QUESTIONS)
    zone = look.shop.time_zone
    rows = [
        (
            text(_worded(one)),
            look.number(one.people),
            look.number(one.times),
            Cell(said=look.shop.day(one.last_at), value=one.last_at.astimezone(zone).date()),
        )
        for one in asked
    ]
    return Section(
        key="questions",
        title="What many ask and nobody answered yet",
        meaning=(
            f"Questions that wait for an answer now, alike ones together, that at least {MANY} people asked; words "
            "that only one of them used are not shown. /answers in a chat lists all, and takes the answer."
        ),
        table=table(("question", "people", "times", "asked last"), rows),
        empty=f"No open question was asked by {MANY} people or more; /answers in a chat lists all that wait.",
    )


def _worded(one: AskedByMany) -> str:
    words = one_line(one.text) or f"each in other words: number {one.number} of /answers"
    return f"{words} ({one.product_id})" if one.product_id else words


def _tickets(look: Look, found: _Found) -> Section:
    span, periods = found.period.span, found.periods
    speeds = [_speed(look, found, one) for one in periods]
    there = any(speeds)
    rows = [
        (
            _period(look, one),
            look.number(speed.opened),
            look.number(speed.unanswered),
            Cell(said=lasting(speed.to_answer, look.shop), value=speed.to_answer),
            Cell(said=lasting(speed.to_resolve, look.shop), value=speed.to_resolve),
            look.number(speed.still_open),
        )
        for one, speed in zip(periods[::-1], speeds[::-1], strict=True)
    ]
    last = speeds[-1]
    said = (
        f"In {look.shop.period(found.period)} {look.shop.counted(last.opened, 'ticket')} came; the first answer took "
    )
    said += (
        f"{lasting(last.to_answer, look.shop)} in the middle; {look.shop.number(last.still_open)} were open at its end"
    )
    charted = [
        support_charts.Week(first=one.first, opened=speed.opened, to_answer=speed.to_answer)
        for one, speed in zip(periods, speeds, strict=True)
    ]
    return Section(
        key="tickets",
        title=f"Tickets and the time to answer, by {span}, all channels",
        meaning=f"{look.meaning('fct_tickets')} {look.meaning('fct_tickets.minutes_to_answer')}",
        chart=support_charts.by_period(charted, found.period, lasting(last.to_answer, look.shop), look.shop)
        if there
        else None,
        alt=f"{said}, the oldest for {waited(last.oldest, look.shop)}." if last.still_open else f"{said}.",
        table=table(
            (str(span), "opened", "not answered", "to first answer", "to resolution", "open at the end"),
            rows if there else (),
        ),
        empty=f"No ticket was opened since {look.shop.full_date(periods[0].first)}.",
    )


def _period(look: Look, period: Period) -> Cell:
    return text(look.shop.period(period), _address(look, period=period))


def _address(look: Look, *, period: Period | None = None, channel: str | None = None) -> str:
    """This board's address, with another period or channel."""
    day = look.filters.day if period is None else period.first
    address = look.filters.address(PATH, day=day)
    named = (look.query.get(_CHANNEL) or "").strip() if channel is None else channel
    return f"{address}&{_CHANNEL}={quote(named, safe='')}" if named else address
