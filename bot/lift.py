"""What is said of a campaign's results, the same in chats, mails, reports, on boards and by the API."""

from decimal import Decimal

from bot.numbers import MINUS
from bot.shop import Shop
from domain.outreach.lift import CONFIDENCE, Verdict
from domain.outreach.measuring import Measured
from domain.records.campaign_results import Group

_MOST_NEEDED = 1_000_000  # customers; more are not counted out


def verdict(of: Measured, shop: Shop) -> str:
    """What the campaign changed, or that it is not known: nothing is claimed before enough customers were counted."""
    lift = of.lift
    if not of.result.held_out.members:
        if of.campaign.hold_out and not of.is_settled:
            return "Not known yet: so far nobody was left alone to compare with."
        return "Not known: nobody is left alone to compare with."
    if lift.difference is None or lift.interval is None:
        return f"Not known yet: the first {of.campaign.window.days} days are not over."
    if not of.is_known:
        needed = f"{_about(lift.missing, shop)} more customers"
        if of.is_settled:
            return f"Not known: {needed} would have been needed."
        return f"Not known yet: {needed} are needed."
    found = f"{_group(lift.treated, shop)} in the campaign, {_group(lift.held_out, shop)} left alone"
    low, high = points(lift.interval.low, shop), points(lift.interval.high, shop)
    sure = f"{shop.percent(CONFIDENCE, 0)} sure: {low} to {high} points"
    if lift.verdict is Verdict.NONE:
        return f"No difference found in who ordered: {found} ({sure})."
    size = shop.number(abs(lift.difference) * 100, 1)
    return f"{lift.verdict.capitalize()} ordered, by {size} points: {found} ({sure})."


def revenue(of: Measured, shop: Shop) -> str:
    """What the campaign changed in net revenue of a customer; blank while that is not known."""
    found = of.lift.revenue
    if not of.is_known or found is None or found.low is None or found.high is None:
        return ""
    said, low, high = (amount(one, shop) for one in (found.difference, found.low, found.high))
    return f"Net of a customer: {said} ({shop.percent(CONFIDENCE, 0)} sure: {low} to {high})."


def line(of: Measured, shop: Shop) -> str:
    """A campaign in a line: who was in it, what was sent, what it changed."""
    result, messages = of.result, of.result.messages
    who = f"{shop.counted(result.treated.members, 'customer')} in it, {shop.number(result.held_out.members)} left alone"
    parts = [f"{shop.number(messages.sent)} sent", f"{shop.number(messages.held)} withheld"]
    if messages.failed:
        parts.append(f"{shop.number(messages.failed)} failed")
    if messages.unsubscribed:
        parts.append(f"{shop.number(messages.unsubscribed)} unsubscribed")
    return f"{called(of)}: {who}; {', '.join(parts)}. {verdict(of, shop)}"


def called(of: Measured) -> str:
    """What a campaign is called, an automation by its kind."""
    campaign = of.campaign
    return f"Automation {campaign.kind.replace('_', ' ')}" if campaign.kind.automatic else f"Campaign “{campaign.name}”"


def points(share: float, shop: Shop) -> str:
    """A difference of shares in points, with its sign: +3.1; −0.4; 0.0."""
    said = shop.number(abs(share) * 100, 1)
    if said == shop.number(0, 1):
        return said
    return f"{'+' if share > 0 else MINUS}{said}"


def amount(value: Decimal, shop: Shop) -> str:
    """A difference of money, with its sign: +$0.42; −$0.10; $0.00."""
    sign = {1: "+", -1: MINUS, 0: ""}[(value > 0) - (value < 0)]
    return f"{sign}{shop.money(abs(value))}"


def _group(group: Group, shop: Shop) -> str:
    return f"{shop.percent(group.share)} of {shop.number(group.customers)}"


def _about(count: int, shop: Shop) -> str:
    """A number of customers, rounded up to two digits, or to tens."""
    if count > _MOST_NEEDED:
        return f"more than {shop.number(_MOST_NEEDED)}"
    step = 10 ** max(1, len(str(count)) - 2)
    return f"about {shop.number(-(-count // step) * step)}"
