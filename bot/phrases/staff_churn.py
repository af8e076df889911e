"""What is said of customers who may be leaving, and of those whom staff collects to write to them."""

from collections.abc import Sequence
from datetime import date

from bot.phrases.wording import listed
from bot.shop import Shop
from domain.records.predictions import RELIABLE, Kept, RiskMoves

NOT_PREDICTED = (
    "It is not predicted yet who may leave: that comes after the night's build of the warehouse, or at once by "
    "`parley predict train`. It needs some months of orders and some customers who came back and some who did not; "
    "`parley predict train` says what is missing."
)
NOBODY = "Nobody is likelier to leave than to stay."
NOBODY_COLLECTED = "Nobody is in your campaign audience yet: the buttons below /churn put somebody there."
AUDIENCE = "Your campaign audience"
NOT_COLLECTED = "Nobody in your campaign audience is called that. /churn audience lists who is in it."
NO_SUCH_CUSTOMER = "Nobody at risk is called that. /churn lists who is."
SEVERAL = "More than one customer is called that; press the button with the number of their line."
ONLY_MARKETING = (
    "It says whom to write to, and nothing else: nobody pays more, waits longer or is answered differently for it."
)


def title(shop: Shop, *, as_of: date) -> str:
    """Above those at risk."""
    return f"Who may be leaving, as of {shop.full_date(as_of)}"


def at_stake(shop: Shop, *, customers: int, days: int, amount: str) -> str:
    """How many are at risk, of what, and what they used to bring."""
    who = f"{shop.counted(customers, 'customer')} {'is' if customers == 1 else 'are'}"
    return (
        f"{who} likelier than not to order nothing in {days} days. {amount} is at stake: "
        "what they used to bring in 90 days, times how likely each is to leave."
    )


def customer(shop: Shop, *, place: int, pseudonym: str, probability: float, since: date, collected: bool) -> str:
    """A customer at risk: "1 · cust_7f3a12 · 83% · at risk since Oct 3"."""
    there = " · in your audience" if collected else ""
    return f"{place} · {pseudonym} · {shop.percent(probability, 0)} · at risk since {shop.short_day(since)}{there}"


def why(*, reasons: str, bought: Sequence[str]) -> str:
    """Below a customer: why, and what they bought most."""
    return f"{reasons}. Bought most: {listed(list(bought))}." if bought else f"{reasons}."


def moved(shop: Shop, *, moves: RiskMoves) -> str:
    """Who came into risk and left it, in the days before."""
    came, left = (shop.counted(count, "customer") for count in (moves.entered, moves.left))
    return f"In 7 days {came} came into risk, and {left} left it by ordering."


def kept(shop: Shop, *, found: Kept, days: int) -> str:
    """How the last predictions came out whose days are over."""
    if not found.customers:
        return f"Of {shop.full_date(found.as_of)} there is nothing to compare."
    said, came = (shop.percent(one, 0) for one in (found.said, found.came))
    return (
        f"On {shop.full_date(found.as_of)} we expected {said} of {shop.counted(found.customers, 'customer')} to order "
        f"nothing in {days} days; {came} did. {_verdict(shop, found.said - found.came)}"
    )


def _verdict(shop: Shop, missed: float) -> str:
    if abs(missed) < RELIABLE:
        return "That can be relied on."
    more = "too many" if missed > 0 else "too few"
    return (
        f"We expected {more} by {shop.number(100 * abs(missed))} points: "
        "take the percentages as an order, not as counts."
    )


def added(*, pseudonym: str, was_there: bool) -> str:
    """Somebody was put into the audience."""
    return f"{pseudonym} {'was in your campaign audience already' if was_there else 'is in your campaign audience'}."


def dropped(*, pseudonym: str) -> str:
    """Somebody was taken out of it."""
    return f"{pseudonym} is not in your campaign audience any more."


def audience(shop: Shop, *, customers: int) -> str:
    """Above the audience."""
    return f"{AUDIENCE} · {shop.counted(customers, 'customer')}"


def exported(shop: Shop, *, customers: int, as_of: date) -> str:
    """With the file of all at risk."""
    return (
        f"{shop.counted(customers, 'customer')} who may be leaving, as of {shop.full_date(as_of)}. They are "
        "pseudonyms. That you took it is in the audit log."
    )
