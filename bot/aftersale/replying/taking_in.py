"""Puts all that one message says into a plan: what it answers, adds, leaves out, and what shall pay."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.aftersale.addresses.written import with_address
from bot.aftersale.heard import Heard
from bot.aftersale.hearing.listening import Listened, listen
from bot.aftersale.planning import paying
from bot.aftersale.planning.deciding import with_wishes, without
from bot.aftersale.planning.excluding import taken_instead, takes_other_kind
from bot.aftersale.replying import answers, correcting
from bot.aftersale.replying.choosing import chosen
from bot.aftersale.which.options import leaves_open
from bot.aftersale.world import World
from bot.phrases import aftersale as phrases
from bot.phrases import talk as phrases_talk
from bot.turn import Turn
from domain.conversation import Asked
from domain.plans import Deed, Plan, PlannedWish
from domain.records.payments import Method
from nlu.rules.aftersale_payments import PREFERS_MORE
from nlu.rules.aftersale_phrases import ONE_MORE, ONLY_THIS
from nlu.rules.staying import told_to_stay


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenIn:
    """A plan with what a message says, what is to be told of it, and the ways to pay of which one is meant.

    `again` is whether it wishes for something that was planned before.
    """

    plan: Plan
    again: bool = False
    notes: tuple[str, ...] = ()
    methods: Sequence[Method] = ()


def take_in(turn: Turn, world: World, plan: Plan, text: str, kind: Asked | None) -> TakenIn:
    """The plan with all that a message says while `kind` is asked."""
    if kind is Asked.CONFIRM_PLAN and takes_other_kind(plan, text):
        return TakenIn(plan=taken_instead(plan))
    text = told_to_stay(text)
    if kind is Asked.CONFIRM_PLAN and (counted := correcting.counted(world, plan, text)) is not None:
        return TakenIn(plan=counted)
    if kind is Asked.CONFIRM_PLAN:
        plan, text = correcting.in_its_place(world, plan, text)
    said = listen(turn, text, world, plan.wishes)
    if kind in (Asked.WHY_RETURN, Asked.PAY_HOW):
        said = _without_reasons(said)
    changed = answers.answered(turn, world, plan, said, kind) if kind is not None else plan
    if kind in (Asked.PLAN_ORDER, Asked.WHICH_ITEM):
        changed, said = chosen(world, changed, said, of_one_order=kind is Asked.WHICH_ITEM)
    heard, notes = said.heard, what_cannot_be(world, said.heard)
    if heard.strange and not heard.orders:
        notes.append(phrases.no_such_order(numbers=heard.strange))
    goes_there = kind is Asked.PLAN_ADDRESS and changed != plan
    if not said.addresses.wishes:
        changed = with_address(turn, changed, said.text)
        if said.addresses.written and not any(wish.address_id for wish in changed.wishes):
            notes.append(phrases_talk.not_done(words=said.addresses.written))
    changed = replace(without(changed, heard.dropped, heard.spared), partly=changed.partly or bool(notes))
    wishes: Sequence[PlannedWish] = heard.wishes if goes_there else said.wishes
    if kind is Asked.CONFIRM_PLAN:
        wishes = [_shown(plan, wish, text) for wish in wishes if _is_of_something(world, plan, wish)]
    changed = with_wishes(changed, wishes)
    if kind is Asked.CONFIRM_PLAN and ONLY_THIS.search(text.lower()):
        changed = _only(plan, changed, wishes)
    changed = answers.with_words(world, changed, said, kind)
    if said.reason and not changed.reason:
        changed = replace(changed, reason=said.reason)
    saves = changed.saves or PREFERS_MORE.search(text.lower()) is not None
    changed = replace(changed, unless_paid=said.unless_paid or changed.unless_paid, saves=saves)
    methods: Sequence[Method] = ()
    if (paid := paying.meant(turn, world, changed, said.payments)) is not None:
        changed, told, methods = paying.paid_by(changed, paid)
        notes += told
    again = bool(wishes) and not differs(changed, plan)
    return TakenIn(plan=changed, again=again, notes=tuple(notes), methods=methods)


def what_cannot_be(world: World, heard: Heard) -> list[str]:
    """Why some of what was said is not even planned: it is lost, or the shop's data does not fulfil its condition."""
    lost = [phrases.is_lost(title=world.title_of(place.product_id)) for place in dict.fromkeys(heard.lost)]
    return [*lost, *(phrases.unmet(said=said) for said in heard.unmet)]


def _without_reasons(said: Listened) -> Listened:
    """The same without what only tells why: "I no longer need it" is no wish where that was asked, nor is
    "take it off my card" where it was asked what pays.
    """
    wishes = [wish for wish in said.heard.wishes if wish.deed not in (Deed.DISCARD, Deed.EITHER)]
    return replace(said, heard=replace(said.heard, wishes=wishes, dropped=[]))


def says_something(said: Listened) -> bool:
    """Whether a message says anything of placed orders, of addresses or of what pays."""
    heard = said.heard
    wishes = [wish for wish in heard.wishes if not wish.several]
    told = wishes or heard.words or heard.dropped or heard.named or heard.spared or heard.refused
    return bool(told or said.addresses.wishes or said.payments)


def differs(changed: Plan, plan: Plan) -> bool:
    """Whether anything else is wished for in one plan than in the other."""
    return _wanted(changed) != _wanted(plan)


def _wanted(plan: Plan) -> Plan:
    """A plan without what only tells how it came to be."""
    told = replace(plan, questions=0, shown="", about=0, doubted="", unless_paid="", refused="", pay_told=False)
    return replace(told, saves=False, partly=False)


def _only(plan: Plan, changed: Plan, wishes: Sequence[PlannedWish]) -> Plan:
    """The plan with those wishes alone that are said once more: "exchange only the lamp"."""
    there = {place for wish in plan.wishes for place in wish.among}
    again = {place for wish in wishes for place in wish.among}
    if not again or not again <= there:
        return changed
    moves = (Deed.SHIP_TO, Deed.LIVE_AT)  # of things alone it is said
    of_things = any(place.product_id for place in again)
    return replace(
        changed,
        wishes=tuple(wish for wish in changed.wishes if {*wish.among} & again or (of_things and wish.deed in moves)),
    )


def _is_of_something(world: World, plan: Plan, wish: PlannedWish) -> bool:
    """Whether a wish is more than an odd word of what the summary shows: "make it quick"."""
    there = {place for known in plan.wishes for place in known.among}
    if not wish.words or wish.deed not in (Deed.CHANGE, Deed.EXCHANGE) or not {*wish.among} <= there:
        return True
    told = any(answers.says(world, place, text) for place in wish.among for text in wish.words)
    return told or any(map(leaves_open, wish.words))


def _shown(plan: Plan, wish: PlannedWish, text: str) -> PlannedWish:
    """A wish that may be about several places is about the one that the summary shows, unless it is of one more."""
    there = {place for known in plan.wishes for place in known.among}
    shown = tuple(place for place in wish.among if place in there)
    return replace(wish, among=shown) if shown and len(wish.among) > 1 and not ONE_MORE.search(text.lower()) else wish
