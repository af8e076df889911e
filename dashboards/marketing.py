"""The board of marketing: what recommendations bring, which messages go out and which do not, who agreed to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from bot.lift import verdict
from charts.chart import Chart
from charts.counts import Step, bars, funnel
from charts.counts import two_parts as stacked
from charts.parts import ranking, short
from dashboards import campaigns, marketing_goals
from dashboards.board import Board, Cell, Section, Tile, table, text
from dashboards.looking import Look
from dashboards.ratings import ratings
from domain.outreach.measuring import Measured
from domain.periods import Period
from domain.records.boards import BoardName
from domain.records.campaigns import CampaignKind
from domain.records.marketing_board import MessagesIn, Recommended, RecommendedIn, RecoveredIn
from domain.records.notifications import Kind, Outcome
from reports import goals
from reports.report import money
from reports.sales import CHARTED

PATH = BoardName.MARKETING.path
TITLE = "Marketing"
NOT_BUILT = "The warehouse has no counts of marketing yet: its next build makes them (`parley analytics build`)."
ANYWAY = "some would have ordered anyway"
STEPS = ("shown", "put into the cart", "ordered", "paid")
_NOTHING = Recommended()
_MOST_REASONS = 12


@dataclass(frozen=True, kw_only=True)
class _Found:
    """Everything that is shown: of the periods that are charted, the last one is asked for."""

    periods: Sequence[Period]
    recommended: Sequence[RecommendedIn]
    messages: Sequence[MessagesIn]
    recovered: Sequence[RecoveredIn]

    @property
    def period(self) -> Period:
        return self.periods[-1]

    @property
    def before(self) -> Period:
        return self.period.before()

    def shown_in(self, period: Period) -> Recommended:
        """What became of all that was shown in a period."""
        return reduce(Recommended.__add__, self.by_placement(period).values(), _NOTHING)

    def by_placement(self, period: Period) -> dict[str, Recommended]:
        """The same by placement, what brought most first."""
        found = {one.placement: _NOTHING + one for one in self.recommended if one.first_day == period.first}
        return dict(sorted(found.items(), key=lambda one: (-one[1].paid, -one[1].added, one[0])))

    def count(self, period: Period, *outcomes: Outcome, kind: str = "") -> int:
        """Messages of a period with one of these outcomes."""
        return sum(
            one.messages
            for one in self.messages
            if one.first_day == period.first and one.outcome in outcomes and kind in ("", one.kind)
        )

    def recovered_in(self, period: Period) -> RecoveredIn:
        """Orders of a period that followed a reminder."""
        none = RecoveredIn(first_day=period.first, orders=0, cancelled=0, net=Decimal(0))
        return next((one for one in self.recovered if one.first_day == period.first), none)


def make_board(look: Look) -> Board:
    """The board of the period that is asked for.

    Raises:
        BadFilter: the warehouse does not reach so far.
    """
    period, asked = look.period, look.uow.marketing_board
    measured = campaigns.read(look)
    choices = (*look.filters.choices(), campaigns.choice(look, measured))
    if not asked.is_built():
        return Board(title=TITLE, as_of=look.view.as_of, choices=choices, said=(NOT_BUILT,))
    periods = period.trend(CHARTED[period.span])
    terms = periods[0].before().first, period.last, period.span  # one more, to compare the first with
    found = _Found(
        periods=periods,
        recommended=asked.recommended(*terms),
        messages=asked.messages(*terms),
        recovered=asked.recovered(*terms),
    )
    talked = marketing_goals.talked_in(look, periods)
    return Board(
        title=TITLE,
        as_of=look.view.as_of,
        choices=choices,
        tiles=(*_tiles(look, found), *marketing_goals.tiles(look, talked, period)),
        sections=(
            _funnel(look, found),
            _over_time(look, found),
            marketing_goals.abandoned(look, talked),
            marketing_goals.churn(look),
            _reminders(look, found, measured),
            *campaigns.sections(look, measured, PATH),
            _placements(look, found),
            _withheld(look, found),
            _mails(look, found),
            ratings(look, periods, asked.rated(*terms)),
        ),
        said=(f"{look.called}.",),
    )


def _tiles(look: Look, found: _Found) -> tuple[Tile, ...]:
    period, zone = found.period, look.shop.time_zone
    what = f"the {period.span} before"
    now, before = found.shown_in(period), found.shown_in(found.before)
    carts, carts_before = found.recovered_in(period), found.recovered_in(found.before)
    people = look.uow.marketing_board.subscribers(period.begins(zone), period.ends(zone))
    sent, sent_before = (found.count(one, Outcome.SENT) for one in (period, found.before))
    held, held_before = (found.count(one, Outcome.WITHHELD) for one in (period, found.before))
    marketing = sum(found.count(period, Outcome.SENT, kind=kind) for kind in Kind if kind.marketing)
    return (
        Tile(
            label="From recommendations",
            value=money(now.paid, look.shop),
            compared=look.compared(now.paid, before.paid, what),
            note=f"{look.shop.counted(now.bought, 'product')} of {look.shop.number(now.shown)} shown",
            meaning=look.meaning("recommendation_days.paid"),
            href="#funnel",
        ),
        Tile(
            label="Carts recovered",
            value=look.shop.number(carts.orders),
            compared=look.compared(carts.orders, carts_before.orders, what),
            note=f"{money(carts.net, look.shop)}; {ANYWAY}",
            meaning=look.meaning("cart_recoveries"),
            href="#reminders",
        ),
        Tile(
            label="Messages sent",
            value=look.shop.number(sent),
            compared=look.compared(sent, sent_before, what),
            note=f"{look.shop.number(marketing)} of marketing",
            meaning=look.meaning("message_days"),
            href="#messages",
        ),
        Tile(
            label="Withheld",
            value=look.shop.number(held),
            compared=look.compared(held, held_before, what),
            note="a rule forbade them",
            meaning=look.meaning("message_days.outcome"),
            href="#reasons",
        ),
        Tile(
            label="Subscribers",
            value=look.shop.number(people.now),
            note=f"as of now; {look.shop.number(people.agreed)} agreed in the {period.span}",
            meaning="Who agreed to marketing and confirmed it, and whose address takes mails; by their latest word.",
        ),
        Tile(
            label="Unsubscribed",
            value=look.shop.number(people.stopped),
            note=f"in the {period.span}",
            meaning="Whose latest word is no, and was said in the period; also of those who had never agreed.",
        ),
    )


def _funnel(look: Look, found: _Found) -> Section:
    period, all_shown = found.period, found.shown_in(found.period)
    parts = found.by_placement(period)
    title = f"What became of recommendations: {look.shop.period(period)}"
    counts = (all_shown.shown, all_shown.added, all_shown.ordered, all_shown.bought)
    steps = [Step(name=name, count=count) for name, count in zip(STEPS, counts, strict=True)]
    rows = [(text(name), *_became(look, one)) for name, one in (*parts.items(), ("all", all_shown))]
    say, to_cart = look.shop.number, look.shop.part(all_shown.added, all_shown.shown)
    said = f"Of {say(all_shown.shown)} products shown, {say(all_shown.added)} ({to_cart}) went into a cart, "
    said += f"{say(all_shown.ordered)} were ordered and {say(all_shown.bought)} paid for."
    head = ("placement", *STEPS, "dismissed", "cart, of shown", "ordered, of cart", "paid, of ordered")
    return Section(
        key="funnel",
        title=title,
        meaning=look.meaning("recommendation_days"),
        chart=Chart(panels=(funnel(steps, f"{title}, products", look.shop),)) if parts else None,
        alt=f"{said} Shares are of what was shown; {say(all_shown.dismissed)} were waved away.",
        table=table((*head, f"paid, {look.shop.currency}"), rows if parts else ()),
        empty=f"Nothing was recommended in {look.shop.period(period)}.",
    )


def _became(look: Look, one: Recommended) -> tuple[Cell, ...]:
    counts = (one.shown, one.added, one.ordered, one.bought, one.dismissed)
    shares = ((one.added, one.shown), (one.ordered, one.added), (one.bought, one.ordered))
    return (
        *map(look.number, counts),
        *(look.share(part / whole if whole else None) for part, whole in shares),
        look.number(one.paid, 2),
    )


def _over_time(look: Look, found: _Found) -> Section:
    span, periods = found.period.span, found.periods
    each = [found.shown_in(one) for one in periods]
    rows = [
        (_period(look, one), *_became(look, shown))
        for one, shown in zip(reversed(periods), reversed(each), strict=True)
    ]
    best = max(zip(periods, each, strict=True), key=lambda one: one[1].paid)
    there = any(one.shown for one in each)
    currency = look.shop.currency
    rates = [one.added / one.shown * 100 if one.shown else 0.0 for one in each]
    head = (str(span), *STEPS, "dismissed", "cart, of shown", "ordered, of cart", "paid, of ordered")
    goal = look.shop.goals.click_through
    lines = goals.marks(goal, look.shop)
    said = f"Most was paid for what was shown in {look.shop.period(best[0])}: {money(best[1].paid, look.shop)}."
    clicked = f"Click-through of the last {span}: {look.shop.part(each[-1].added, each[-1].shown)}."
    return Section(
        key="recommended",
        title=f"Recommendations by {span}",
        meaning=look.meaning("recommendation_days"),
        chart=Chart(
            panels=(
                bars(periods, [float(one.paid) for one in each], f"Paid for what was shown, {currency}", look.shop),
                bars(periods, rates, "Click-through: put into the cart, % of shown", look.shop, marks=lines),
            )
        )
        if there
        else None,
        alt=f"{said} What was shown in the last 14 days may still be ordered. {clicked}{goals.said(goal, look.shop)}",
        table=table((*head, f"paid, {currency}"), rows if there else ()),
        empty=f"Nothing was recommended since {look.shop.full_date(periods[0].first)}.",
    )


def _placements(look: Look, found: _Found) -> Section:
    period = found.period
    parts = found.by_placement(period)
    title = f"Where recommendations pay: {look.shop.period(period)}, {look.shop.currency}"
    labels = [money(one.paid, look.shop) for one in parts.values()]
    values = [float(one.paid) for one in parts.values()]
    rows = [
        (
            text(name),
            look.number(one.paid, 2),
            look.number(one.bought),
            look.number(one.shown),
            look.share(one.bought / one.shown if one.shown else None),
        )
        for name, one in parts.items()
    ]
    best = next(iter(parts.items()), None)
    return Section(
        key="placements",
        title=title,
        meaning=look.meaning("recommendation_days.placement"),
        chart=Chart(panels=(ranking([short(name) for name in parts], values, labels, title),)) if parts else None,
        alt=f"Most was paid for “{best[0]}”: {money(best[1].paid, look.shop)}." if best else "",
        table=table(("placement", f"paid, {look.shop.currency}", "products paid", "shown", "paid, of shown"), rows),
        empty=f"Nothing was recommended in {look.shop.period(period)}.",
    )


def _mails(look: Look, found: _Found) -> Section:
    span, periods, period = found.period.span, found.periods, found.period
    not_sent = tuple(one for one in Outcome if one is not Outcome.SENT)
    values = [(found.count(one, Outcome.SENT), found.count(one, *not_sent)) for one in periods]
    there = any(map(sum, values))
    kinds = sorted({one.kind for one in found.messages if one.first_day == period.first})
    columns = ((Outcome.SENT,), (Outcome.WAITING, Outcome.SENDING), (Outcome.FAILED,), (Outcome.WITHHELD,))
    rows = [
        (
            text(kind.replace("_", " ")),
            *(look.number(found.count(period, *outcomes, kind=kind)) for outcomes in columns),
        )
        for kind in kinds
    ]
    rows.append((text("all"), *(look.number(found.count(period, *outcomes)) for outcomes in columns)))
    sent, others = values[-1]
    return Section(
        key="messages",
        title=f"Messages by {span}",
        meaning=f"{look.meaning('message_days')} Outcomes: {look.meaning('message_days.outcome')}",
        chart=stacked(periods, ("sent", "not sent"), values, "Messages", look.shop) if there else None,
        alt=f"In {look.shop.period(period)} {look.shop.number(sent)} of {look.shop.number(sent + others)} messages "
        f"went out; {look.shop.number(others)} failed, wait or were withheld.",
        table=table(
            (f"kind, {look.shop.period(period)}", "sent", "waiting", "failed", "withheld"), rows if there else ()
        ),
        empty=f"No message was wanted since {look.shop.full_date(periods[0].first)}.",
    )


def _withheld(look: Look, found: _Found) -> Section:
    period = found.period
    why: dict[tuple[str, str, Outcome], int] = {}
    for one in found.messages:
        if one.first_day == period.first and one.outcome not in (Outcome.SENT, Outcome.SENDING):
            why[one.reason, one.kind, one.outcome] = one.messages
    most = sorted(why.items(), key=lambda one: (-one[1], one[0]))
    held: dict[str, int] = {}
    for (reason, _, outcome), count in most:
        if outcome is Outcome.WITHHELD:
            held[reason] = held.get(reason, 0) + count
    ranked = sorted(held.items(), key=lambda one: (-one[1], one[0]))[:_MOST_REASONS]
    title = f"Why messages were withheld: {look.shop.period(period)}"
    names, counts = [short(reason) for reason, _ in ranked], [count for _, count in ranked]
    rows = [
        (text(reason), text(kind.replace("_", " ")), text(str(outcome)), look.number(count))
        for (reason, kind, outcome), count in most
    ]
    panels = (ranking(names, counts, [look.shop.number(one) for one in counts], title),) if ranked else ()
    return Section(
        key="reasons",
        title=title,
        meaning=look.meaning("message_days.reason"),
        chart=Chart(panels=panels) if panels else None,
        alt=f"The most frequent reason: {ranked[0][0]}, {look.shop.number(ranked[0][1])} times." if ranked else "",
        table=table(("reason", "kind", "outcome", "messages"), rows),
        empty=f"Nothing was withheld in {look.shop.period(period)}, nothing waits and nothing failed.",
    )


def _reminders(look: Look, found: _Found, measured: Sequence[Measured]) -> Section:
    span, periods = found.period.span, found.periods
    reminded = [found.count(one, Outcome.SENT, kind=Kind.CART_REMINDER) for one in periods]
    each = [found.recovered_in(one) for one in periods]
    rows = [
        (
            _period(look, one),
            *map(look.number, (sent, orders.orders, orders.cancelled)),
            look.number(orders.net, 2),
        )
        for one, sent, orders in zip(periods[::-1], reminded[::-1], each[::-1], strict=True)
    ]
    there = any(reminded) or any(one.orders for one in each)
    orders = look.shop.counted(each[-1].orders, "order")
    followed = f"In {look.shop.period(found.period)} {orders} followed a reminder within 7 days"
    return Section(
        key="reminders",
        title=f"Carts that were recalled, by {span}",
        meaning=look.meaning("cart_recoveries"),
        chart=Chart(
            panels=(
                bars(periods, [one.orders for one in each], "Orders after a reminder", look.shop),
                bars(periods, reminded, "Reminders sent", look.shop),
            )
        )
        if there
        else None,
        alt=f"{followed}, {money(each[-1].net, look.shop)} net; {ANYWAY}.",
        table=table(
            (str(span), "reminders sent", "orders after one", "cancelled", f"net, {look.shop.currency}"),
            rows if there else (),
        ),
        notes=tuple(verdict(one, look.shop) for one in measured if one.campaign.kind is CampaignKind.CART_LEFT),
        empty=f"No cart was recalled since {look.shop.full_date(periods[0].first)}.",
    )


def _period(look: Look, period: Period) -> Cell:
    return text(look.shop.period(period), look.filters.address(PATH, day=period.first))
