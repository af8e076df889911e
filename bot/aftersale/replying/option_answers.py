"""Puts into a plan what an answer says of options: of what was asked, of what it names, of all that it holds for."""

from dataclasses import replace

from bot.aftersale.into import targets
from bot.aftersale.into.variants_meant import choose_variant, is_as_said
from bot.aftersale.which import options
from bot.aftersale.world import World
from domain.model import Product
from domain.plans import Deed, Plan, PlannedWish
from nlu.rules.aftersale_phrases import HOLDS_FOR_ALL
from nlu.rules.choices import number_said

_SWAPS = {Deed.EXCHANGE, Deed.CHANGE, Deed.EITHER}


def with_options(world: World, plan: Plan, text: str) -> Plan:
    """The plan with what an answer says of options, of what was asked and of what it names besides.

    Where that still leaves several, the best of them is taken: the summary shows it, and can be corrected.
    """
    if (nth := _of_those_shown(world, plan, text)) is not None:
        return _at(plan, plan.about, replace(plan.wishes[plan.about], words=(nth.product_id,)))
    told: list[int] = []
    for keys, words in targets.words_for(text, world, plan.wishes, plan.about):
        swaps = [at for at, wish in enumerate(plan.wishes) if wish.deed in _SWAPS]
        of_it = [at for at in swaps if {place.product_id for place in plan.wishes[at].among} & {*keys}]
        for at in [plan.about] if plan.about in of_it else of_it[:1]:
            plan = _at(plan, at, replace(plan.wishes[at], words=(*plan.wishes[at].words, words)))
            told.append(at)
            for other in _held_for(world, plan, at, words, text) if at == plan.about else ():
                plan = _at(plan, other, replace(plan.wishes[other], words=(*plan.wishes[other].words, words)))
                told.append(other)
    for at in dict.fromkeys(told):
        plan = _at(plan, at, _settled(world, plan.wishes[at], text))
    return plan


def _held_for(world: World, plan: Plan, about: int, words: str, text: str) -> list[int]:
    """The other wishes that what is said of one holds for: the cheapest is wanted of all, "i7, the same for both".

    Of none that something was said of by itself.
    """
    own = plan.wishes[about]
    groups = [[world.group_of(place.product_id) for place in wish.among if place.product_id] for wish in plan.wishes]
    priced = all(options.is_by_price(words, group) for group in groups[about])
    of_all = HOLDS_FOR_ALL.search(text.lower()) is not None
    return [
        at
        for at, wish in enumerate(plan.wishes)
        if at != about
        and wish.deed is own.deed
        and not wish.words
        and (priced or (of_all and groups[at] == groups[about]))
    ]


def _of_those_shown(world: World, plan: Plan, text: str) -> Product | None:
    """The variant at a place of the list that was shown: "the second one"."""
    wish = plan.wishes[plan.about] if plan.about < len(plan.wishes) else None
    number = number_said(text.lower().strip(" .!").removeprefix("the ").removesuffix(" one"))
    if wish is None or wish.place is None or number is None:
        return None
    delivered = world.is_delivered(wish.place.order_id)
    choice = choose_variant(world, wish.place.product_id, wish.words, delivered=delivered)
    shown = choice.variants or choice.close
    return shown[number - 1] if 0 < number <= len(shown) and (choice.axis is None or not choice.variants) else None


def _settled(world: World, wish: PlannedWish, answer: str) -> PlannedWish:
    """A wish that was answered for: of several variants that would do the first is wanted.

    Where none does, and the answer insists on what is not there, it stays as it is.
    """
    if wish.place is None:
        return wish
    delivered = world.is_delivered(wish.place.order_id)
    choice = choose_variant(world, wish.place.product_id, wish.words, delivered=delivered)
    best = next(iter((*choice.variants, *choice.close)), None)
    if best is None or choice.product is not None or choice.already or wish.ways_out:
        return wish
    if choice.variants or options.leaves_open(answer) or is_as_said(world, wish.place.product_id, best, answer):
        return replace(wish, words=(best.product_id,))
    group, earlier = world.group_of(wish.place.product_id), wish.words[:-1]
    if group is not None and options.wish_of(wish.words, group).strange and not options.wish_of(earlier, group).strange:
        return wish  # said for the first time, it is told, and asked once more
    return replace(wish, ways_out=(PlannedWish(deed=Deed.LEAVE),))


def _at(plan: Plan, at: int, wish: PlannedWish) -> Plan:
    return replace(plan, wishes=(*plan.wishes[:at], wish, *plan.wishes[at + 1 :]))
