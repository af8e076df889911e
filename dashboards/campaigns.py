"""The part of the board of marketing on campaigns: what went out, who ordered in which group, and what that proves."""

from collections.abc import Sequence

from bot.lift import points, revenue, verdict
from charts.chart import Chart
from charts.lifts import Found, lifts
from dashboards.board import Cell, Choice, Section, table, text
from dashboards.looking import BadFilter, Look
from domain.numbers import plain_number
from domain.outreach.lift import CONFIDENCE, LEAST_IN_ARM, Verdict
from domain.outreach.measuring import Measured, begun, measure
from domain.records.campaign_results import Group, Messages

ASKED = "campaign"
NONE_YET = "No campaign has begun and no automation was switched on yet; /campaign in a chat makes them."
MEANING = (
    "Before a campaign begins, chance leaves some of its customers alone. Both groups are compared over the same days "
    "from each customer's own moment on, whatever reached them: a message that was withheld counts as one that was "
    "sent. Only customers whose days are over are compared, each once. The interval holds the true difference in 95 of "
    f"100 such campaigns (Newcombe). Nothing is claimed below the customers that find it in four of five cases, nor "
    f"below {LEAST_IN_ARM} in a group; until then it is not known, whatever the shares look like."
)
_BY_SERVICE = "the mail service says so: not sure"
_NOT_ASKED = "nobody asks the mail service (mail.count_reading)"
_SURE = "known for sure"
_FOUND = {Verdict.UNKNOWN: "not known yet", Verdict.NONE: "none found"}


def read(look: Look) -> list[Measured]:
    """All that began, with what they came to by now."""
    return measure(look.uow.campaign_results, begun(look.uow.campaigns), look.now)


def choice(look: Look, found: Sequence[Measured]) -> Choice:
    """Which campaign is shown alone.

    Raises:
        BadFilter: there is none of that number.
    """
    asked = (look.query.get(ASKED) or "").strip()
    if asked and _asked(look, found) is None:
        raise BadFilter("No campaign of that number has begun.")
    options = (("", "all"), *((str(one.campaign.campaign_id), _name(one)) for one in found))
    return Choice(name=ASKED, label="Campaign", value=asked, options=options)


def sections(look: Look, found: Sequence[Measured], path: str) -> tuple[Section, ...]:
    """All of them; before them the one that is asked for, with its groups and messages."""
    one = _asked(look, found)
    alone = () if one is None else (_groups(look, one), _messages(look, one))
    return (*alone, _all(look, found, path))


def _asked(look: Look, found: Sequence[Measured]) -> Measured | None:
    number = plain_number((look.query.get(ASKED) or "").strip())
    return next((one for one in found if one.campaign.campaign_id == number), None)


def _name(one: Measured) -> str:
    return one.campaign.kind.replace("_", " ") if one.campaign.kind.automatic else one.campaign.name


def _all(look: Look, found: Sequence[Measured], path: str) -> Section:
    drawn = [shown for one in found if (shown := _drawn(look, one)) is not None]
    title = "Campaigns: who ordered more for them, points"
    known = [one for one in found if one.lift.claimed]
    said = "; ".join(f"{_name(one)}: {points(one.lift.difference or 0, look.shop)}" for one in known)
    return Section(
        key="campaigns",
        title="Campaigns and automations",
        meaning=MEANING,
        chart=Chart(panels=lifts(drawn, title).panels) if drawn else None,
        alt=f"A dot and a line for each of {look.shop.counted(len(drawn), 'campaign')}: the difference in who ordered, "
        f"and where it lies with {look.shop.percent(CONFIDENCE, 0)} confidence. Known: {said or 'nothing yet'}.",
        table=table(
            (
                "campaign",
                "state",
                "in it",
                "left alone",
                "sent",
                "withheld",
                "failed",
                "opened, says the service",
                "clicked, says the service",
                "link followed",
                "unsubscribed",
                "ordered, in it",
                "ordered, left alone",
                f"net, in it, {look.shop.currency}",
                f"net, left alone, {look.shop.currency}",
                "what it changed",
            ),
            [_row(look, one, path) for one in found],
        ),
        is_wide=True,
        empty=NONE_YET,
        notes=(
            "Ordered and net are of those whose days are over; opened is told by a picture that mail programs load.",
        )
        if found
        else (),
    )


def _row(look: Look, one: Measured, path: str) -> tuple[Cell, ...]:
    result, messages = one.result, one.result.messages
    return (
        text(_name(one), f"{look.filters.address(path)}&{ASKED}={one.campaign.campaign_id}#campaign"),
        text(str(one.campaign.state)),
        look.number(result.treated.members),
        look.number(result.held_out.members),
        *map(look.number, (messages.sent, messages.held, messages.failed)),
        *_read(look, messages),
        *map(look.number, (messages.followed, messages.unsubscribed)),
        _share(look, result.treated),
        _share(look, result.held_out),
        look.number(result.treated.net, 2),
        look.number(result.held_out.net, 2),
        text(verdict(one, look.shop)),
    )


def _read(look: Look, messages: Messages) -> tuple[Cell, Cell]:
    """What was opened and clicked; nothing, where nobody asks the mail service."""
    asked = look.shop.counts_reading or messages.opened
    return (
        look.number(messages.opened if asked else None),
        look.number(messages.clicked if asked else None),
    )


def _share(look: Look, group: Group) -> Cell:
    return look.share(group.share if group.customers else None)


def _drawn(look: Look, one: Measured) -> Found | None:
    """Its dot and line; None while a group has nobody."""
    lift, shop = one.lift, look.shop
    interval, difference = lift.interval, lift.difference
    if interval is None or difference is None:
        return None
    said = _FOUND.get(lift.verdict, points(difference, shop))
    between = f" ({points(interval.low, shop)} to {points(interval.high, shop)})" if one.is_known else ""
    return Found(
        name=_name(one),
        difference=difference * 100,
        low=interval.low * 100,
        high=interval.high * 100,
        label=f"{said}{between}",
        is_known=one.is_known,
    )


def _groups(look: Look, one: Measured) -> Section:
    result, shop = one.result, look.shop
    groups = (result.treated, result.held_out)
    days = one.campaign.window.days
    lift = one.lift
    rows = [
        (text("customers"), *(look.number(group.members) for group in groups)),
        (text(f"ordered in their {days} days, so far"), *(look.number(group.so_far) for group in groups)),
        (text(f"customers whose {days} days are over"), *(look.number(group.customers) for group in groups)),
        (text("ordered, of these"), *(look.number(group.ordered) for group in groups)),
        (text("the same as a share"), *(_share(look, group) for group in groups)),
        (text(f"net of them, {shop.currency}"), *(look.number(group.net, 2) for group in groups)),
        (text(f"net a customer, {shop.currency}"), *(_per_customer(look, group) for group in groups)),
    ]
    counted = f"{shop.counted(lift.needed, 'customer')} in both groups would find it"
    return Section(
        key="campaign",
        title=f"{_name(one)}: who ordered",
        meaning=MEANING,
        table=table(("", "in the campaign", "left alone"), rows),
        notes=tuple(filter(None, (verdict(one, shop), revenue(one, shop), "" if one.is_known else f"{counted}."))),
    )


def _per_customer(look: Look, group: Group) -> Cell:
    return look.number(group.net / group.customers if group.customers else None, 2)


def _messages(look: Look, one: Measured) -> Section:
    found = one.result.messages
    opened, clicked = _read(look, found)
    known = _NOT_ASKED if opened.value is None else _BY_SERVICE
    rows = [
        (text("sent"), look.number(found.sent), text("the mail service or the chat took them")),
        (text("of these, into a chat"), look.number(found.in_chat), text(f"{_SURE}: they arrived")),
        *((text(f"withheld: {why}"), look.number(count), text(_SURE)) for why, count in found.withheld.items()),
        (text("failed"), look.number(found.failed), text("the mail service says so")),
        (text("handed over without an answer"), look.number(found.unsettled), text("sent or not: nobody knows")),
        (text("waiting"), look.number(found.waiting), text(_SURE)),
        (text("opened"), opened, text(known)),
        (text("clicked"), clicked, text(known)),
        (text("link followed into a cart"), look.number(found.followed), text(_SURE)),
        (text("unsubscribed"), look.number(found.unsubscribed), text("a press in the message, or the service says so")),
    ]
    return Section(
        key="campaign_messages",
        title=f"{_name(one)}: messages",
        meaning=(
            "What became of its messages. Mail programs that load no pictures open nothing, and those that load all of "
            "them open everything; a link of ours that was followed put a product into a cart."
        ),
        table=table(("what", "messages", "how it is known"), rows),
    )
