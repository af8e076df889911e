"""What is said of segments and value tiers of customers."""

from datetime import date
from decimal import Decimal

from bot.phrases.wording import listed
from bot.shop import Shop
from domain.records.segments import Group, Segment, Tier

NOT_BUILT = (
    "There are no segments yet: they come when there are customers and the warehouse is built, each night or at once "
    "by `parley analytics build`. `parley analytics status` says how the last build went."
)
ALL = "All"
NO_TIER = "No tier"
BY_HABIT = "By how lately, how often and for how much they order:"
BY_VALUE = "By lifetime value:"
NEVER_ORDERED = "no orders"
MEANINGS: dict[Group, str] = {
    Segment.VIP: "They order often and for much, and did so of late.",
    Segment.REGULAR: "They are neither the best nor new, and are not leaving.",
    Segment.NEW: "They ordered of late, and not often yet.",
    Segment.LAPSING: "They used to order often, and have not for a long time.",
    Segment.CHURN_RISK: "They never ordered often, and have not for a long time.",
    Segment.PROSPECT: "They are known, and have no order that was not cancelled.",
    Tier.HIGH: "The fifth of customers who brought most.",
    Tier.MEDIUM: "Below the best fifth, above the last.",
    Tier.LOW: "The fifth of customers who brought least.",
}


def title(shop: Shop, *, as_of: date) -> str:
    """Above all segments."""
    return f"Customers by segment, as of {shop.full_date(as_of)}"


def group_title(shop: Shop, *, group: Group, as_of: date) -> str:
    """Above the customers of one."""
    return f"{named(group=group)}, as of {shop.full_date(as_of)}"


def named(*, group: Group) -> str:
    """A segment by its name, a tier by what it is one of."""
    return f"{group} lifetime value" if isinstance(group, Tier) else str(group)


def share(shop: Shop, *, group: str, customers: int, total: int) -> str:
    """How many are in a segment: "VIP · 771 · 21.3%"."""
    return f"{group} · {shop.number(customers)} · {shop.percent(Decimal(customers) / total)}"


def total(shop: Shop, *, customers: int) -> str:
    """All of them."""
    return f"{ALL} · {shop.counted(customers, 'customer')}"


def how_to_list(*, group: str) -> str:
    """Below all segments: what the amounts are, and what comes next."""
    name = group.lower()
    return (
        f"Amounts: what they paid in the 365 days up to that day. /segment {name} lists one of them, "
        f"/segment {name} csv gives it as a file."
    )


def habits(shop: Shop, *, days_since: int | None, usual_gap: Decimal | None) -> str:
    """When somebody ordered last, and how often they do."""
    if days_since is None:
        return NEVER_ORDERED
    ago = f"{shop.counted(days_since, 'day')} ago"
    last = f"ordered {ago if days_since else 'that day'}"
    if usual_gap is None:
        return f"{last}, on one day only"
    usual = shop.rounded(usual_gap)
    return f"{last}, usually every {'day' if usual == '1' else f'{usual} days'}"


def what_is_listed(*, group: Group) -> str:
    """Above the customers: who they are, and what the amounts are."""
    return f"{MEANINGS[group]} Amounts: lifetime value."


def nobody(shop: Shop, *, group: Group, as_of: date) -> str:
    """A group without customers."""
    return f"{named(group=group)}: no customers as of {shop.full_date(as_of)}."


def exported(shop: Shop, *, group: Group, customers: int, left_out: int, as_of: date) -> str:
    """With the file."""
    cut = f" of the most valuable; {shop.number(left_out)} more are left out" if left_out else ""
    return (
        f"{group_title(shop, group=group, as_of=as_of)}: {shop.counted(customers, 'customer')} in the file{cut}. "
        "They are pseudonyms. That you took it is in the audit log."
    )


def unknown(*, said: str, likely: str | None) -> str:
    """A name that no segment has."""
    meant = f" Do you mean {likely}?" if likely else ""
    segments, tiers = listed(list(Segment)), listed(list(Tier))
    return f"There is no segment “{said}”.{meant} There are {segments}, and by value {tiers}."
