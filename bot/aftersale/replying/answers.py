"""Reads what a message answers to the open question of a plan, and puts it into the plan."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.aftersale.addresses.written import answered_address
from bot.aftersale.hearing.listening import Listened
from bot.aftersale.replying.option_answers import with_options
from bot.aftersale.which import options
from bot.aftersale.world import World
from bot.turn import CLEAR, Turn
from domain.conversation import Asked
from domain.plans import Deed, Place, Plan, PlannedWish
from domain.products.catalogue import plain_words, singular
from domain.products.variants import value_of
from domain.records.returns import ReturnReason
from nlu.rules.aftersale_address_clauses import WITHHOLDS
from nlu.rules.aftersale_phrases import BECOMES_SO, ONLY_THAT, SAME_ONCE_MORE, WANTS_ANOTHER, WANTS_MONEY
from nlu.rules.aftersale_reasons import read_reason
from nlu.rules.agreeing import agrees
from nlu.rules.deeds import CARRY_OUT, PLACE
from nlu.rules.moods import only_asks
from nlu.rules.retractions import refuses

_SWAPS = {Deed.EXCHANGE, Deed.CHANGE, Deed.EITHER}
THE_SAME = "the same one"
_ITEM_DEEDS = {Deed.RETURN, Deed.EXCHANGE, Deed.CHANGE, Deed.DISCARD, Deed.EITHER}


def pressed(turn: Turn, world: World, plan: Plan, what: str, value: str) -> Plan | None:
    """The plan with what a button says; None for a button that does not fit to it."""
    wish = plan.wishes[plan.about] if plan.about < len(plan.wishes) else None
    if what == "why":
        return replace(plan, reason=value, asked_why=True) if value in {*ReturnReason} else None
    if what == "pay":
        return replace(plan, method_id=value, methods_of=())
    if wish is None:
        return None
    match what:
        case "order":
            return _narrowed(plan, [place for place in wish.among if str(place.order_id) == value])
        case "item":
            return _narrowed(plan, [place for place in wish.among if place.product_id == value])
        case "all":
            return _each(plan, wish.among)
        case "value":
            return _put(plan, replace(wish, words=(*wish.words, value)))
        case "variant" if (product := world.products.get(value)) is not None:
            return _put(plan, replace(wish, words=(product.product_id,)))
        case "swap":
            return _put(plan, _another(world, wish))
        case "address" if value.isdecimal():
            return _to_address(turn, world, plan, int(value))
        case "money":
            return _put(plan, replace(wish, deed=Deed.RETURN, words=()))
        case _:
            return None


def answered(turn: Turn, world: World, plan: Plan, said: Listened, kind: Asked) -> Plan:
    """The plan with what a message answers to what is asked; the same where it does not answer it."""
    wish = plan.wishes[plan.about] if plan.about < len(plan.wishes) else None
    if kind is Asked.WHY_RETURN:
        return replace(plan, reason=said.reason or (ReturnReason.OTHER if not said.wishes else ""), asked_why=True)
    if wish is None or said.heard.wishes:
        return plan
    match kind:
        case Asked.EXCHANGE_OR_REFUND:
            return _money_or_another(world, plan, wish, said)
        case Asked.WHICH_OPTION if said.heard.bare is Deed.RETURN:
            return _put(plan, replace(wish, deed=Deed.RETURN, words=()))
        case Asked.PLAN_ADDRESS:
            return _to_address(turn, world, plan, answered_address(turn, said.text, world, wish))
        case _:
            return plan


def _money_or_another(world: World, plan: Plan, wish: PlannedWish, said: Listened) -> Plan:
    """The plan with money back, or with another one; of what has no other kind a mere yes is to the money."""
    plain = said.text.lower()
    only_money = bool(wish.words) and _has_no_kinds(world, wish)
    if only_money and agrees(plain, CARRY_OUT):
        return _put(plan, replace(wish, deed=Deed.RETURN, words=()))
    another = WANTS_ANOTHER.search(plain) or _says(world, wish, said.text)
    if not only_money and said.heard.bare is not Deed.RETURN and another:
        return _put(plan, _another(world, wish, said.text))
    return _put(plan, replace(wish, deed=Deed.RETURN, words=())) if WANTS_MONEY.search(plain) else plan


def _has_no_kinds(world: World, wish: PlannedWish) -> bool:
    return wish.place is not None and world.group_of(wish.place.product_id) is None


def _another(world: World, wish: PlannedWish, text: str = "") -> PlannedWish:
    """The wish for another one: of what has no other kinds that is the same once more, elsewhere it is another kind."""
    if _has_no_kinds(world, wish):
        return replace(wish, deed=Deed.EXCHANGE, words=(THE_SAME,))
    kept = tuple(one for one in wish.words if SAME_ONCE_MORE.search(one.lower()) is None)
    return replace(wish, deed=Deed.EXCHANGE, words=(*kept, text) if text else kept)


def tells_no_reason(turn: Turn, world: World, plan: Plan, text: str, *, asks: bool = False) -> bool:
    """Whether a message, asked why something comes back, tells none: a yes, a no, a question, something to buy.

    `asks` is whether it asked something besides, which its `text` is without.
    """
    if read_reason(text.lower()):
        return False
    asks = (asks and text.rstrip()[-1:] not in ".!") or text.rstrip().endswith("?") or only_asks(text)
    return (
        asks
        or _buys(turn, world, plan)
        or any(agrees(text, deed) is not None for deed in (CARRY_OUT, PLACE))
        or refuses(text)
    )


def _buys(turn: Turn, world: World, plan: Plan) -> bool:
    """Whether something else shall be bought; "I need only one tablet" tells why a tablet comes back."""
    named = turn.understanding.first("product")
    if not turn.meant.buys or turn.understanding.confidence < CLEAR or named is None:
        return False
    places = [place for wish in plan.wishes for place in wish.among if place.product_id]
    back = {singular(word) for place in places for word in plain_words(world.title_of(place.product_id))}
    return back.isdisjoint(singular(word) for word in plain_words(named.value))


def with_words(world: World, plan: Plan, said: Listened, kind: Asked | None) -> Plan:
    """The plan with what is said of how known wishes shall be, what is added to it, and what alone is meant."""
    heard = said.heard
    if kind in (Asked.PLAN_ORDER, Asked.WHICH_ITEM):
        return plan
    if kind is Asked.WHICH_OPTION and not heard.wishes:
        return with_options(world, plan, said.text)
    for places, text in heard.words:
        plan = _told(world, plan, places, text)
    for text in heard.loose:
        plan = _told_of_last(world, plan, text, kind)
    named = [place for places in heard.named for place in places]
    if not named or heard.wishes:
        return plan
    if ONLY_THAT.search(said.text.lower()):
        kept = tuple(wish for wish in plan.wishes if set(wish.among) & set(named))
        return replace(plan, wishes=kept) if kept else plan
    return plan if only_asks(said.text) else _added(world, plan, heard.named)


def _told(world: World, plan: Plan, places: Sequence[Place], text: str) -> Plan:
    for at, wish in enumerate(plan.wishes):
        if set(wish.among) & set(places) and _says(world, wish, text):
            if wish.deed not in _SWAPS and not _says_otherwise(world, wish, text):
                continue  # "the pricier tablet" only tells which
            deed = Deed.EXCHANGE if wish.deed in (Deed.RETURN, Deed.EITHER, Deed.DISCARD) else wish.deed
            wishes = (*plan.wishes[:at], replace(wish, deed=deed, words=(*wish.words, text)), *plan.wishes[at + 1 :])
            return replace(plan, wishes=wishes)
    return plan


def _says_otherwise(world: World, wish: PlannedWish, text: str) -> bool:
    """Whether a text says what something shall become: by a word for that, or by what it is not."""
    products = [world.products[place.product_id] for place in wish.among if place.product_id]
    wants = [options.says_options(text, world.group_of(one.product_id)).wanted for one in products]
    return BECOMES_SO.search(text.lower()) is not None or any(
        value_of(one, axis) not in values
        for one, wanted in zip(products, wants, strict=True)
        for axis, values in wanted.items()
    )


def _told_of_last(world: World, plan: Plan, text: str, kind: Asked | None) -> Plan:
    """What is said of no thing in particular is said of what was asked, else of the one that it can be said of."""
    swaps = [at for at, wish in enumerate(plan.wishes) if wish.deed in (Deed.EXCHANGE, Deed.CHANGE, Deed.EITHER)]
    if kind is Asked.WHICH_OPTION:
        about = [plan.about] if plan.about < len(plan.wishes) else []
    else:
        about = [at for at in swaps if _says(world, plan.wishes[at], text)]
        about = about if len(about) == 1 else []
    for at in about:
        wish = plan.wishes[at]
        if _says(world, wish, text) or (kind is Asked.WHICH_OPTION and options.leaves_open(text)):
            plan = replace(
                plan, wishes=(*plan.wishes[:at], replace(wish, words=(*wish.words, text)), *plan.wishes[at + 1 :])
            )
    return plan


def says(world: World, place: Place, text: str) -> bool:
    """Whether a text says anything of the options of what is at a place."""
    return options.tells(text, world.group_of(place.product_id))


def _says(world: World, wish: PlannedWish, text: str) -> bool:
    return any(says(world, place, text) for place in wish.among)


def _added(world: World, plan: Plan, named: Iterable[Sequence[Place]]) -> Plan:
    """The plan with more of what was wished for last: "and the mug too"."""
    last = next((wish for wish in reversed(plan.wishes) if wish.deed in _ITEM_DEEDS), None)
    if last is None:
        return plan
    there = {place for wish in plan.wishes for place in wish.among}
    new = [PlannedWish(deed=last.deed, among=tuple(places)) for places in named if places and not there & set(places)]
    return replace(plan, wishes=(*plan.wishes, *new))


def placed(turn: Turn, world: World, plan: Plan, text: str) -> Plan | None:
    """The plan with the address that a message tells which speaks of nothing else; None of other messages.

    Whoever does not like to write it down tells where it stands, and asks nothing by that.
    """
    at_once = WITHHOLDS.search(text.lower()) is not None and not text.rstrip().endswith("?")
    address_id = answered_address(turn, text, world, plan.wishes[plan.about]) if at_once else 0
    return _to_address(turn, world, plan, address_id) if address_id else None


def _to_address(turn: Turn, world: World, plan: Plan, address_id: int) -> Plan:
    """The plan with where all that goes of which it is not known yet; what goes there already is left as it is."""
    moves = (Deed.SHIP_TO, Deed.LIVE_AT)
    there = turn.uow.people.address(address_id) if address_id else ""
    wishes = [
        replace(one, address_id=one.address_id or address_id) if one.deed in moves else one for one in plan.wishes
    ]
    needed = [
        one for one in wishes if not (there and one.deed is Deed.SHIP_TO and _goes_there(turn, world, one, there))
    ]
    return replace(plan, wishes=tuple(needed or wishes))


def _goes_there(turn: Turn, world: World, wish: PlannedWish, address: str) -> bool:
    orders = [world.order(place.order_id) for place in wish.among]
    ids = [order.address_id for order in orders if order is not None]
    return bool(ids) and all(one is not None and turn.uow.people.address(one) == address for one in ids)


def _narrowed(plan: Plan, places: Sequence[Place]) -> Plan:
    wish = plan.wishes[plan.about]
    return _put(plan, replace(wish, among=tuple(places), several=False)) if places else plan


def _each(plan: Plan, places: Sequence[Place]) -> Plan:
    """The plan with a wish for each of the places in the place of one for some of them."""
    wish = plan.wishes[plan.about]
    each = [replace(wish, among=(place,), several=False) for place in places]
    return replace(plan, wishes=(*plan.wishes[: plan.about], *each, *plan.wishes[plan.about + 1 :]))


def _put(plan: Plan, wish: PlannedWish) -> Plan:
    return replace(plan, wishes=(*plan.wishes[: plan.about], wish, *plan.wishes[plan.about + 1 :]))
