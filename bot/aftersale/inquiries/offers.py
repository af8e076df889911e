"""What the shop has of the kind that somebody ordered: how many kinds, and which, with their prices."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.aftersale.inquiries.asking import Answer, Asking
from bot.aftersale.options import says_options
from bot.messages import Line, Row
from bot.phrases import inquiries as phrases
from bot.phrases import variants as phrases_variants
from bot.shopping import things, variants
from domain.model import Product
from domain.plans import Place
from domain.products.variants import Group, choose
from nlu.rules.aftersale_question_words import PRICE_BELOW

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
    return Answer(lines=listed(asking, group, meant, some=len(meant) < len(group.buyable)), spoken_of=places)


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
    """The variants in stock that words mean; all where they say nothing of how it shall be."""
    wish = says_options(text, group)
    there = replace(group, variants=tuple(one for one in group.buyable if like is None or one != like or not wish))
    meant = choose(there, wish, like) if wish else there.variants
    limit = PRICE_BELOW.search(text.lower())
    if limit is not None:
        most = Decimal(limit["amount"].replace(",", ""))
        pool = meant if not wish.by_price else there.variants
        below = replace(there, variants=tuple(one for one in pool if one.sale_price <= most))
        meant = choose(below, wish, like) if wish.by_price else below.variants
    return tuple(meant)


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
