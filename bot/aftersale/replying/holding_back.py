"""What may hold a yes to a summary back: conditions that the shop can look at, and remarks beside it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.aftersale.hearing.listening import listen
from bot.aftersale.planning.deciding import meaning
from bot.aftersale.planning.stepping import acts_now, fingerprint, verdicts_of
from bot.aftersale.replying import answers
from bot.aftersale.replying.taking_in import differs, says_something, take_in
from bot.aftersale.which.naming import find_named
from bot.aftersale.world import World
from bot.turn import Turn
from domain.aftersale.acts import (
    Act,
    CancelOrder,
    ChangeAddress,
    ChangeItems,
    ChangeOwnAddress,
    ExchangeItems,
    ReturnItems,
)
from domain.aftersale.checking import NOTHING, Verdict
from domain.conversation import Asked
from domain.plans import Deed, Plan
from nlu.rules.aftersale_phrases import MAY_BOUND_A_YES, NO_YES_YET, OF_A_PART, OF_ONESELF
from nlu.rules.aftersale_unpaid import INSISTS
from nlu.rules.patterns import rule
from nlu.rules.plan_answers import Answer
from nlu.rules.staying import spares_whole_orders
from nlu.rules.yes_conditions import Of, YesCondition

KIND_OF = {
    Deed.RETURN: "return",
    Deed.DISCARD: "return",
    Deed.CANCEL: "cancel",
    Deed.EXCHANGE: "exchange",
    Deed.CHANGE: "exchange",
    Deed.SHIP_TO: "address",
    Deed.LIVE_AT: "address",
}
_KIND_OF_ACT: Mapping[type[Act], str] = {
    ReturnItems: "return",
    CancelOrder: "cancel",
    ExchangeItems: "exchange",
    ChangeItems: "exchange",
    ChangeAddress: "address",
    ChangeOwnAddress: "address",
}
# Words beside a yes that put it off, or want something else.
_PUTS_OFF = rule(
    r"\b(?:wait|hold|stop|later|tomorrow|until|till|not\s(?:yet|now|sure|today)|maybe|perhaps|guess|suppose|think|hope|first|once|after"
    r"|before|ask|instead|rather|other|another|different|than|undo|forget|also|too|as\swell)\b"
)


def kinds_shown(verdicts: Sequence[Verdict]) -> set[str]:
    """What kinds of deeds a summary shows."""
    return {_KIND_OF_ACT[type(one.act)] for one in verdicts}


def kinds_called(world: World, plan: Plan, kinds: Collection[str]) -> set[str]:
    """Those kinds, and what they were called when they were wished for: who cancels what came sends it back."""
    called = {*kinds}
    for wish in plan.wishes:
        if wish.deed in KIND_OF and KIND_OF.get(meaning(world, wish) or wish.deed) in kinds:
            called |= {"cancel", "return"} if wish.deed is Deed.DISCARD else {KIND_OF[wish.deed]}
    return called


def comes_to_the_same(turn: Turn, world: World, changed: Plan, plan: Plan) -> bool:
    """Whether a plan comes to the very same as another, with the same money from and to the same places."""
    if not differs(changed, plan):
        return True
    before, after = acts_now(world, plan), acts_now(world, changed)
    if before is None or after is None:
        return False
    return fingerprint(verdicts_of(turn, changed, after)) == fingerprint(verdicts_of(turn, plan, before))


def without_orders(plan: Plan, order_ids: Collection[int]) -> Plan:
    """The plan without what empties these orders."""
    kept = (
        wish
        for wish in plan.wishes
        if wish.place is None or wish.place.order_id not in order_ids or wish.deed in (Deed.SHIP_TO, Deed.LIVE_AT)
    )
    return replace(plan, wishes=tuple(kept), doubted="")


def as_conditioned(turn: Turn, world: World, plan: Plan, condition: YesCondition) -> Plan | None:
    """The plan as a condition wants it; None where it says nothing of what is in it that could be looked at."""
    said = listen(turn, condition.words, world, plan.wishes)
    heard = said.heard
    refuses_or_pays = bool(heard.dropped or heard.spared or heard.refused or said.payments)
    wants = any(answers.says(world, place, text) for places, text in heard.words for place in places)
    there = {place for wish in plan.wishes for place in wish.among}
    places = [place for wish in said.wishes for place in wish.among]
    places += [place for named in heard.named for place in named]
    if not (refuses_or_pays or wants) or any(place not in there for place in places):
        return None
    if said.payments and not plan.unless_paid:
        plan = replace(plan, unless_paid=INSISTS)
    taken = take_in(turn, world, plan, condition.words, Asked.CONFIRM_PLAN)
    fits = refuses_or_pays or comes_to_the_same(turn, world, taken.plan, plan)
    return None if taken.methods or taken.notes or not fits else taken.plan


def amount_of(condition: YesCondition, verdicts: Sequence[Verdict]) -> Decimal:
    """The amount that a condition is about."""
    pays = sum((one.pays for one in verdicts), NOTHING)
    if condition.of is Of.BACK:
        return -pays
    totals = [one.quote.total for one in verdicts if one.quote is not None and isinstance(one.act, ChangeItems)]
    return sum(totals, NOTHING) if condition.of is Of.TOTAL and totals else pays


def kept_back(verdicts: Sequence[Verdict]) -> Decimal:
    """How much less is paid back than was paid for what goes."""
    paid = NOTHING
    for one in verdicts:
        if isinstance(one.act, CancelOrder) and one.order is not None:
            paid += one.order.total
        if isinstance(one.act, ReturnItems):
            paid += sum((swap.before * swap.pieces.quantity for swap in one.swaps), NOTHING)
    return paid + sum((one.pays for one in verdicts if isinstance(one.act, CancelOrder | ReturnItems)), NOTHING)


def remarks_of(turn: Turn, world: World, plan: Plan, answer: Answer) -> tuple[str, list[str]]:
    """What is said beside a yes and takes it back, and what may: of all that changes nothing in what is shown."""
    doubts: list[str] = []
    for one in answer.remarks:
        plain = OF_ONESELF.sub(" ", one.lower())
        if spares_whole_orders(plain) or _is_of_others(world, plan, plain):
            continue
        if OF_A_PART.search(plain):
            return one, doubts
        holds_back = NO_YES_YET.search(plain) is not None
        if not (holds_back or MAY_BOUND_A_YES.search(plain)) or says_something(listen(turn, one, world, plan.wishes)):
            continue  # it bounds nothing, or is so already
        if holds_back:
            return one, doubts
        doubts.append(one)
    return "", doubts


def things_of(verdicts: Sequence[Verdict]) -> int:
    """How many things something is done with."""
    return sum(len(one.swaps) or 1 for one in verdicts)


def _is_of_others(world: World, plan: Plan, said: str) -> bool:
    """Whether words speak of what is not planned alone, and want nothing of it: "the tent order stays"."""
    named = find_named(said, world)
    keys = {key for span in named.things for key in span.keys}
    numbers = {key for span in named.orders for key in span.keys}
    planned = [place for wish in plan.wishes for place in wish.among]
    meant = any(one.product_id in keys or str(one.order_id) in numbers for one in planned)
    return bool(keys or numbers) and not meant and _PUTS_OFF.search(said) is None
