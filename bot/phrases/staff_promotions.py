"""What staff reads of promotions: lists, cards, forms, and why an input cannot be used."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from bot.phrases import promotions
from bot.shop import Shop
from domain.records.promotions import Kind, Promotion, State
from domain.records.segments import Segment

TITLE = "Promotions"
OVER_TITLE = "Promotions that are over"
NONE = "There is no promotion. /promo new makes one, for example: /promo new SPRING10 10% on candles until 2026-12-31"
NONE_OVER = "No promotion is over yet."
WHAT_NEW = "What shall it give?"
WHAT_ELSE = "What is to be changed?"
WHICH = "Which promotion?"
NOTHING_CHANGED = "It is like that already. Nothing was changed."
UNDONE = "Undone. Orders that have it keep what they have."
MADE = "It is made."
KEPT = "Cards that are shown and orders that have it keep it; limits count at once."
NO_SEGMENTS = "No warehouse is built yet, so nobody is in a segment; it gives nothing until one is."
NEEDS_PROOF = "It counts for customers whose e-mail is proven."
ENDED = "It is ended: no new card gets it. Orders and cards that have it keep it."
NEW, EDIT, END, ENDED_ONES = "New promotion", "Edit", "End", "Over"
FORM_NEW = "New promotion"
STATES = {State.COMING: "to come", State.LIVE: "live", State.OVER: "over"}
LABELS = {
    "code": "Code",
    "gives": "What it gives",
    "things": "What it is for",
    "least": "From how much on",
    "who": "For whom",
    "starts": "From",
    "until": "Until",
    "max": "How often in all",
    "each": "How often for each customer",
    "combinable": "With other promotions",
    "listed": "Told to who asks",
    "name": "Name",
}
HINTS = {
    "code": "SPRING10; blank: it comes off by itself",
    "gives": "10%, $5 off, free TEA-TOWEL or 3 for 2",
    "things": "candles, MUG-RED; blank: everything",
    "least": "3 pieces, $30, or both: 3 pieces $30",
    "who": "first order, or a segment: VIP; blank: everybody",
    "starts": "2026-12-01; blank: now",
    "until": "2026-12-31, that day too; blank: until it is ended",
    "max": "100; blank: as often as one likes",
    "each": "1; blank: as often as one likes",
    "combinable": "yes or no",
    "listed": "yes or no",
    "name": "Spring sale: what cards and mails call it",
}
FACTS = {
    "name": "Name",
    "code": "Code",
    "kind": "Kind",
    "percent": "Percent",
    "amount": "Amount",
    "free_product": "Free",
    "buy": "Pieces",
    "pay": "of which are paid",
    "product_ids": "Products",
    "categories": "Categories",
    "least_pieces": "From pieces",
    "least_amount": "From",
    "first_order": "First order",
    "segment": "Segment",
    "most_uses": "Uses at most",
    "most_per_customer": "For each customer",
    "combinable": "With others",
    "listed": "Told to who asks",
    "starts_at": "Starts",
    "ends_at": "Ends",
    "ended_at": "Ended",
}
NO_GIFT = "It does not say what it gives: 10%, $5 off, free ID or 3 for 2."
NO_PAGE = "There is no such page."


def edit(*, label: str) -> str:
    """The title of the form that changes one."""
    return f"Edit {label}"


def line(shop: Shop, promotion: Promotion, titles: dict[str, str], now: datetime, *, uses: int) -> str:
    """One in a list: its name, what it gives, until when, and how often it was used."""
    name = promotion.label if promotion.code else f"{promotion.label} (by itself)"
    parts = [f"{name}: {promotions.gives(shop, promotion, titles)}"]
    state = promotion.state(now)
    if state is State.COMING:
        parts.append(f"from {shop.local(promotion.starts_at, now)}")
    if state is State.OVER:
        parts.append("ended" if promotion.ended_at else "over")
    elif promotion.ends_at is not None:
        parts.append(promotions.until(shop, promotion.ends_at, now))
    parts.append(used(shop, uses, promotion.most_uses))
    return " · ".join(parts)


def used(shop: Shop, uses: int, most: int | None) -> str:
    """How often it was used: "used 3 times", "used 3 of 100 times"."""
    if most is not None:
        return f"used {shop.number(uses)} of {shop.number(most)} times"
    return "not used yet" if not uses else f"used {shop.number(uses)} time{'' if uses == 1 else 's'}"


def gives(shop: Shop, promotion: Promotion) -> str:
    """What it gives, as the form takes it."""
    match promotion.kind:
        case Kind.PERCENT:
            return f"{(promotion.percent or Decimal(0)).normalize():f}%"
        case Kind.AMOUNT:
            return f"{promotion.amount} off"
        case Kind.FREE_ITEM:
            return f"free {promotion.free_product}"
        case Kind.N_FOR_M:
            return f"{promotion.buy} for {promotion.pay}"


def bad_code(*, code: str, least: int, most: int) -> str:
    """What cannot be a code."""
    return f"“{code[:40]}” is no code: {least} to {most} letters and digits, with a letter among them."


def code_is_product(*, code: str) -> str:
    """A code that would be taken for something to buy."""
    return f"{code} is a product or a category, so as a code it would be misunderstood. Choose another one."


def bad_gift(*, text: str) -> str:
    """What stands where it says what a promotion gives."""
    return f"“{text[:40]}” does not say what it gives: 10%, $5 off, free ID or 3 for 2."


def bad_percent(*, text: str) -> str:
    """A share beyond all of it, or of nothing."""
    return f"{text[:20]}% is no discount: it goes from above 0% to 100%."


def bad_n_for_m(*, buy: int, pay: int) -> str:
    """As many are paid as are bought, or more."""
    return f"{buy} for {pay} gives nothing: the second number is the smaller one, from 1 on."


def no_thing(*, text: str) -> str:
    """Neither a product nor a category."""
    return f"I know no product and no category “{text[:40]}”."


def bad_least(*, text: str) -> str:
    """What stands where it says from how much on."""
    return f"“{text[:40]}” does not say from how much on: 3 pieces, $30, or 3 pieces $30."


def bad_who(*, text: str) -> str:
    """Nobody is called so."""
    names = ", ".join(one for one in Segment if one is not Segment.PROSPECT)
    return f"“{text[:40]}” is nobody: write first order, or a segment: {names}."


def bad_date(*, text: str) -> str:
    """A day that no calendar has, or that can be read two ways."""
    return f"“{text[:40]}” is no day that I can read. Write it like 2026-12-31, or 2026-12-31 18:00."


def ends_before(*, text: str) -> str:
    """It would end before it begins, or is over already."""
    return f"{text[:40]} is over, or before it begins."


def bad_number(*, text: str) -> str:
    """No number of uses."""
    return f"“{text[:40]}” is not a number of times from 1 on."


def bad_yes(*, text: str) -> str:
    """Neither yes nor no."""
    return f"“{text[:40]}” is neither yes nor no."


def too_long(*, most: int) -> str:
    """A name that no row holds."""
    return f"A name has at most {most} characters."


def unread(*, text: str) -> str:
    """Words that say nothing of a promotion."""
    return f"I cannot read “{text[:60]}” there."


def fact(shop: Shop, name: str, value: str) -> str:
    """A fact of the audit log in words."""
    if not value:
        return "–"
    if name.endswith("_at"):
        return shop.dated(datetime.fromisoformat(value))
    if name in ("amount", "least_amount"):
        return shop.money(Decimal(value))
    if name in ("product_ids", "categories"):
        return value.strip("[]").replace('"', "")
    return value


def changes(shop: Shop, changed_from: dict[str, str], changed_to: dict[str, str]) -> Sequence[tuple[str, str]]:
    """Label and before → after for each changed fact."""
    return [
        (FACTS[name], f"{fact(shop, name, changed_from.get(name, ''))} → {fact(shop, name, value)}")
        for name, value in changed_to.items()
    ]
