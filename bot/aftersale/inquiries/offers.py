"""What the shop has of the kind that somebody ordered: how many kinds, and which, with their prices."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.aftersale.inquiries.asking import Answer, Asking
from bot.aftersale.which.naming import find_named
from bot.aftersale.which.options import says_options
from bot.aftersale.world import World
from bot.messages import Line, Row
from bot.phrases import inquiries as phrases
from bot.phrases import variants as phrases_variants
from bot.shopping import things, variants
from domain.model import Product
from domain.plans import Deed, Place, PlannedWish
from domain.products.natural_order import ranks_of
from domain.products.variants import Group, value_of
from nlu.rules.aftersale_phrases import LISTS
from nlu.rules.aftersale_question_words import PICKS, PRICE_BELOW
from nlu.rules.option_steps import OptionStep

MOST = 10  # rows of a list


def kinds(asking: Asking) -> Answer | None:
    """In how many kinds something is sold."""
    group = _group(asking, asking.inquiry.text) or _group(asking, asking.before)
    if group is None:
        return None
    there = len(group.buyable)
    said = phrases_variants.kinds(count=there, name=group.name, gone=len(group.variants) - there)
    return Answer(lines=(said,))


def offers(asking: Asking) -> Answer | None:
    """What there is of the kind of something that was ordered, as it is wanted, with prices."""
    world = asking.world
    places = asking.subject().places or asking.context_places()
    places = tuple(place for place in places if world.group_of(place.product_id) is not None)
    group = world.group_of(places[0].product_id) if places else None
    if group is None or any(world.group_of(place.product_id) != group for place in places):
        return None
    like = world.products[places[0].product_id] if len(places) == 1 else None
    about = f"{asking.before[-300:]} {asking.inquiry.text}"
    meant = _meant(about, group, like)
    weighed = PlannedWish(deed=Deed.EXCHANGE, among=places, words=(about.strip(),))
    lines = listed(asking, group, meant, some=len(meant) < len(group.buyable))
    return Answer(lines=lines, spoken_of=places, weighed=weighed if meant else None)


def picked(text: str, world: World, weighed: PlannedWish | None) -> PlannedWish | None:
    """The wish that a choice among what was shown is: "I take the dearest of those"; None where none is made."""
    if weighed is None or PICKS.search(text.lower()) is None:
        return None
    keys = {place.product_id for place in weighed.among}
    others = [span for span in find_named(text.lower(), world).things if not keys & {*span.keys}]
    there = tuple(place for place in weighed.among if world.quantity(place))
    if not there or others:
        return None
    return replace(weighed, among=there, words=_words_of(text, world, weighed))


def _words_of(text: str, world: World, weighed: PlannedWish) -> tuple[str, ...]:
    """How what is chosen shall be: exactly as one of what was shown is, where it is clear which."""
    product_id = weighed.among[0].product_id
    group, like = world.group_of(product_id), world.products[product_id]
    if group is None:
        return (*weighed.words, text)
    shown = _meant(" ".join(weighed.words), group, like)
    meant = _meant(text, replace(group, variants=shown), like) if says_options(text, group) else shown
    if len(meant) != 1:
        return (*weighed.words, text)
    return (", ".join(f"{name} {value}" for name, value in meant[0].options),)


def listed(asking: Asking, group: Group, meant: Sequence[Product], *, some: bool) -> tuple[Line, ...]:
    """Variants with their prices, the cheapest first; `some` where they are not all of their kind."""
    if not meant:
        return (phrases.no_offers(name=group.name),)
    heading = phrases.offers if some else phrases.all_offers
    ordered = sorted(meant, key=lambda one: (one.sale_price, one.title))
    rows = [Row(one.title, asking.turn.shop.money(one.sale_price)) for one in ordered[:MOST]]
    more = [phrases.more_offers(count=len(meant) - MOST)] if len(meant) > MOST else []
    return (heading(name=group.name, count=len(meant)), *rows, *more)


def _meant(text: str, group: Group, like: Product | None) -> tuple[Product, ...]:
    """The variants in stock that fit words, not only the likeliest; all where they say nothing of how it shall be."""
    wish = says_options(text, group)
    left = [one for one in group.buyable if like is None or one.product_id != like.product_id or not wish]
    for axis, values in wish.wanted.items():
        left = [one for one in left if value_of(one, axis) in values]
    for axis, values in wish.excluded.items():
        left = [one for one in left if value_of(one, axis) not in values]
    for step in wish.steps:
        left = _stepped(left, step, group, like)
    limit = PRICE_BELOW.search(text.lower())
    if limit is not None:
        left = [one for one in left if one.sale_price <= Decimal(limit["amount"].replace(",", ""))]
    if wish.by_price and wish.price_to_the_end and left and LISTS.search(text.lower()):
        return tuple(left)  # all of them are asked for, of which one is taken then
    if wish.by_price and wish.price_to_the_end and left:
        utmost = (max if wish.by_price > 0 else min)(one.sale_price for one in left)
        left = [one for one in left if one.sale_price == utmost]
    elif wish.by_price and like is not None:
        left = [one for one in left if (one.sale_price - like.sale_price) * wish.by_price > 0]
    return tuple(left)


def _stepped(left: Sequence[Product], step: OptionStep, group: Group, like: Product | None) -> list[Product]:
    """Those that have more or less of an option than what was ordered, or the most or least of all."""
    for axis in group.axes:
        ranks = ranks_of(axis.values) or {}
        if (step.axis and axis.name.casefold() != step.axis.casefold()) or not ranks:
            continue
        sizes = {one.product_id: ranks[value_of(one, axis.name)] for one in left if value_of(one, axis.name) in ranks}
        here = ranks.get(value_of(like, axis.name)) if like is not None else None
        if step.to_the_end and sizes:
            utmost = (max if step.way > 0 else min)(sizes.values())
            return [one for one in left if sizes.get(one.product_id) == utmost]
        if here is not None:
            return [one for one in left if one.product_id in sizes and _beyond(sizes[one.product_id], here, step.way)]
    return list(left)


def _beyond(size: tuple[float, ...], here: tuple[float, ...], way: int) -> bool:
    return size > here if way > 0 else size < here


def _group(asking: Asking, text: str) -> Group | None:
    """The thing that words name, of what was ordered or of all that is sold."""
    if not text.strip():
        return None
    turn = asking.turn
    found = things.named(replace(turn, message=replace(turn.message, text=text.strip())))
    if found is not None:
        return found
    places: Sequence[Place] = asking.context_places()
    product = asking.world.products.get(places[0].product_id) if places else None
    return variants.group_of(turn, product) if product is not None and text == asking.inquiry.text else None
