"""What customers hear of codes and discounts: what one gives, why it gives nothing, and what to do next."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from bot.phrases.wording import items, listed, sentence
from bot.shop import Shop
from domain.records.promotions import Kind, Promotion

HEADING = "Right now there is:"
NONE = "There is no discount or code just now. What you see is what it costs."
WHICH_CODE = "Which code is it? Write it like “use code SPRING10”, and I will try it."
TOO_MANY_TRIES = "That were many codes that do not exist. Please try again in an hour; your order goes on without one."
NO_CODE = "There is no code in your order."
USE_ONE = "If you have one, write it like “use code SPRING10”."
NOT_NEEDED = "No code is needed: an order goes through without one."
NO_END = "with no end set so far"
KEPT_OUT = "All right, without it."
SEGMENTS = "some customers of ours"
OTHER_THINGS = "other things"


def row(*, name: str, code: str) -> str:
    """What a row of a list calls a promotion."""
    return f"{name}, code {code}" if code and code.casefold() != name.casefold() else name


def gives(shop: Shop, promotion: Promotion, titles: dict[str, str]) -> str:
    """What a promotion gives, in one sentence without its end: "10% off candles, from $30"."""
    what = ""
    match promotion.kind:
        case Kind.PERCENT:
            what = f"{percent(shop, promotion.percent)} off"
        case Kind.AMOUNT:
            what = f"{shop.money(promotion.amount or Decimal(0))} off"
        case Kind.FREE_ITEM:
            what = f"one {titles.get(promotion.free_product, promotion.free_product)} free"
        case Kind.N_FOR_M:
            what = f"{promotion.buy} for {promotion.pay}"
    things = things_of(promotion, titles)
    free = promotion.kind is Kind.FREE_ITEM
    parts = [
        f"{what} {'with' if free else 'on' if promotion.kind is Kind.N_FOR_M else ''} {things}" if things else what
    ]
    if promotion.least_pieces > 1:
        parts.append(f"from {items(promotion.least_pieces)}")
    if promotion.least_amount:
        parts.append(f"from {shop.money(promotion.least_amount)}")
    if promotion.first_order:
        parts.append("on your first order")
    if promotion.segment is not None:
        parts.append(f"for {SEGMENTS}")
    return sentence(", ".join(" ".join(part.split()) for part in parts))


def things_of(promotion: Promotion, titles: dict[str, str]) -> str:
    """What a promotion is for; blank where it is everything."""
    names = [titles.get(one, one) for one in promotion.product_ids]
    return listed([*names, *(one.lower() for one in promotion.categories)]) if names or promotion.categories else ""


def percent(shop: Shop, share: Decimal | None) -> str:
    """10%, 12.5%."""
    value = share or Decimal(0)
    return shop.percent(value / 100, 0 if value == value.to_integral() else 1 if value * 10 == (value * 10) // 1 else 2)


def until(shop: Shop, ends_at: datetime | None, now: datetime) -> str:
    """Until when something holds: the last day, where it ends with one."""
    if ends_at is None:
        return ""
    there = ends_at.astimezone(shop.time_zone)
    if (there.hour, there.minute, there.second) == (0, 0, 0):
        return f"until {shop.short_date((there - timedelta(days=1)).date())}"
    return f"until {shop.local(ends_at, now)}"


def applied(*, name: str, amount: str) -> str:
    """A code takes something off."""
    return f"{name} takes {amount} off."


def kept(*, name: str, gives: str) -> str:
    """There is no cart yet, and the code waits for it."""
    return f"{name} is noted: {gives}. It comes off once something it is for is in your cart."


def no_more(*, name: str) -> str:
    """A promotion of the last card is not on the new one."""
    return f"{name} comes off no more."


def removed(names: Sequence[str]) -> str:
    """Codes were taken out."""
    return f"{listed(names)} {'is' if len(names) == 1 else 'are'} taken out."


def noted(names: Sequence[str], *, ends: bool = False) -> str:
    """Codes are in a conversation; what `ends` that."""
    told = f"{listed(names)} {'is' if len(names) == 1 else 'are'} noted."
    return f"{told} “Remove the code” takes {'it' if len(names) == 1 else 'them'} out." if ends else told


def by_itself(names: Sequence[str]) -> str:
    """What comes off without a code cannot be taken out."""
    return f"{listed(names)} comes off by itself, without a code, so it stays."


def counts(*, name: str) -> str:
    """What comes off without a code, to who asks what does."""
    return f"{name} comes off by itself, without a code."


def not_in_order(*, code: str) -> str:
    """A code was to be taken out that is not there."""
    return f"{code} is not in your order."


def unknown(*, code: str) -> str:
    """No promotion has this code."""
    return f"I know no code {code}. Please check how it is written; “any discounts?” lists what there is."


def not_yet(*, name: str, starts: str) -> str:
    """It begins later."""
    return f"{name} begins {starts}. Write it again from then on."


def over(*, name: str) -> str:
    """Its time is over, or it was ended."""
    return f"{name} is over. “Any discounts?” lists what there is now."


def used_up(*, name: str) -> str:
    """So many orders had it as there was for."""
    return f"{name} was used as often as it could be. “Any discounts?” lists what there is now."


def used_by_you(*, name: str) -> str:
    """This customer used it as often as one may."""
    return f"You have used {name} already, as often as one can. Your order goes on without it."


def needs_proof(*, name: str) -> str:
    """It asks who somebody is."""
    return (
        f"{name} needs a confirmed e-mail. Write “verify my e-mail”, type the code from the mail, and it counts if it "
        "is for you."
    )


def not_first(*, name: str) -> str:
    """It is for first orders, and this customer has ordered."""
    return f"{name} is for a first order, and you have ordered before. Your order goes on without it."


def other_segment(*, name: str) -> str:
    """It is for others."""
    return f"{name} is for {SEGMENTS} only. “Any discounts?” lists what is for everybody."


def other_products(*, name: str, things: str) -> str:
    """Nothing in the cart is what it is for."""
    return f"{name} is for {things}, and none of that is in your cart yet. Add some and it comes off."


def pieces(*, name: str, needs: int, there: int, things: str) -> str:
    """Too few pieces."""
    of = f" of {things}" if things else ""
    return f"{name} needs {items(needs)}{of}, and your cart has {there}. Add {needs - there} more and it comes off."


def too_little(*, name: str, needs: str, there: str, things: str) -> str:
    """It costs too little."""
    of = f" of {things}" if things else ""
    return f"{name} needs {needs}{of}, and yours come to {there}. Add something and it comes off."


def item(*, name: str, title: str) -> str:
    """What would be free is not in the cart."""
    return f"{name} makes one {title} free. Add it to your cart and its price comes off."


def less(*, name: str, instead: Sequence[str], as_much: bool) -> str:
    """Something else takes off more, or the same, and both together do not go."""
    off = "as much" if as_much else "more"
    if len(instead) > 1:
        return f"{name} cannot be combined with {listed(instead)}, which together take off {off}, so those stay."
    return f"{name} cannot be combined with {listed(instead)}, which takes off {off}, so that one stays."


def nothing_left(*, name: str, beside: Sequence[str]) -> str:
    """What comes off otherwise leaves nothing that it could take off."""
    return f"{name} is not needed now: with {listed(beside)} there is nothing left to pay of what it is for."


def nothing(*, name: str) -> str:
    """It comes to less than a cent."""
    return f"{name} comes to less than a cent of what is in your cart, so it takes nothing off now."


def about(*, name: str, gives: str, until: str) -> str:
    """What a code is, to who asks about it."""
    return f"{name}: {gives}, {until}."


def offered(*, code: str, gives: str, until: str) -> str:
    """What a campaign offers: "With the code SPRING10: 10% off candles, until Dec 31." """
    lead = f"With the code {code}: {gives}" if code else f"{gives}, by itself"
    return f"{lead}{', ' + until if until else ''}."


def would_take(*, name: str, amount: str, code: str) -> str:
    """What a code would do to the cart, to who only asks."""
    return f"It is not used now. {name} would take {amount} off what is in your cart: “use code {code}” uses it."


def ask_to_use(*, code: str) -> str:
    """How to use a code that was only asked about."""
    return f"Write “use code {code}” and it comes off."


def gone(*, name: str) -> str:
    """A promotion of a card was used up, or is not for this customer, before the yes."""
    return f"{name} has no use left for this order."
