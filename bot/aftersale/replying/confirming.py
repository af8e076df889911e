"""What is said to a summary: a clear yes does all of it, other words change it, and what holds a yes back is told."""

from dataclasses import replace

from bot.aftersale.planning import paying
from bot.aftersale.planning.asking import ask_method
from bot.aftersale.planning.deciding import meaning
from bot.aftersale.planning.stepping import acts_now, next_step, verdicts_of
from bot.aftersale.replying import putting_again
from bot.aftersale.replying.agreed_parts import agreed_parts
from bot.aftersale.replying.bounding import Bounded, bounded
from bot.aftersale.replying.finishing import carry, drop, refuses
from bot.aftersale.replying.holding_back import (
    KIND_OF,
    amount_of,
    as_conditioned,
    comes_to_the_same,
    kept_back,
    kinds_called,
    kinds_shown,
    remarks_of,
    things_of,
    without_orders,
)
from bot.aftersale.replying.taking_in import TakenIn, differs, take_in
from bot.aftersale.world import World
from bot.messages import Reply
from bot.phrases import aftersale as phrases
from bot.turn import Turn
from domain.aftersale.acts import CancelOrder
from domain.aftersale.checking import NOTHING
from domain.conversation import Asked
from domain.plans import Plan
from nlu.rules.aftersale_phrases import (
    WAITS,
    WANTS_ELSE,
)
from nlu.rules.aftersale_reasons import read_reason
from nlu.rules.agreeing import agrees, asks_advice
from nlu.rules.deeds import CARRY_OUT, CARRY_OUT_VERBS, PLACE, aside
from nlu.rules.deeds import Deed as Spoken
from nlu.rules.moods import only_asks
from nlu.rules.plan_answers import Answer, is_bare_name, read_answer
from nlu.rules.staying import spares_whole_orders, told_to_go_out, told_to_stay
from nlu.rules.yes_conditions import Of, read_condition


def at_summary(turn: Turn, world: World, plan: Plan, text: str, *, asks: bool = False) -> list[Reply] | None:
    """What a message does while the summary stands; None where it does nothing to it: it asks, or is not understood.

    `asks` is whether the message asked something else, which its `text` is without: then a yes is none yet.
    """
    if is_bare_name(text):
        return next_step(turn, world, plan, [phrases.CLEAR_YES])
    text = told_to_stay(text)
    if not any(world.is_open(place.order_id) for wish in plan.wishes for place in wish.among):
        text = told_to_go_out(text)
    spoken = _spoken(plan)
    if (parts := agreed_parts(world, plan, text, spoken)) is not None:
        return _agreed_parts(turn, world, plan, parts, asks=asks)
    if (bounds := bounded(world, plan, text)) is not None:
        if bounds.plan != plan or not bounds.rest:
            return _bounded(turn, world, plan, bounds, spoken)
        text = bounds.rest
    answer = read_answer(text, spoken)
    told = answer.rest if answer.agrees else text
    taken = take_in(turn, world, plan, told, Asked.CONFIRM_PLAN) if told else TakenIn(plan=plan)
    changed = _of_kinds(world, taken.plan, answer) if answer.agrees else taken.plan
    if taken.methods:
        return ask_method(turn, changed, taken.methods, taken.notes)
    if paying.is_lost(changed) or changed.unknown != plan.unknown:
        return next_step(turn, world, replace(changed, doubted=""), taken.notes)
    if not comes_to_the_same(turn, world, changed, plan):
        return next_step(turn, world, replace(changed, doubted=""), taken.notes)
    if answer.agrees and not (asks or answer.asks) and not turn.takes_back_by_sign:
        if not read_answer(text, _strict(turn, spoken)).agrees:
            return next_step(turn, world, replace(changed, doubted=""), [_why_not_yet(turn)])
        return _agreed(turn, world, replace(changed, shown=plan.shown), answer)
    if WAITS.fullmatch(text.lower().strip()):
        return None if asks else putting_again.wait(turn, plan)
    told_else = any(WANTS_ELSE.search(one.lower()) for one in answer.remarks)
    hesitates = bool(answer.remarks) and (told_else or WAITS.match(text.lower()) is not None)
    if refuses(text) and not asks and not hesitates:
        return drop(turn)
    if differs(changed, plan) or taken.notes:
        return next_step(turn, world, changed, taken.notes)
    if taken.again and not asks:
        return next_step(turn, world, replace(changed, doubted=""), [phrases.SO_IT_STANDS])
    if not asks and not only_asks(text) and (reason := read_reason(text.lower())):
        turn.conversation.plan = replace(plan, reason=reason)
        return putting_again.ask_again(plan)
    return None


def _agreed_parts(turn: Turn, world: World, plan: Plan, parts: Plan, *, asks: bool) -> list[Reply]:
    """Does a plan all of whose things a yes names; what it names of them, or leaves out, is shown anew."""
    if not parts.wishes:
        return drop(turn)
    if parts.wishes != plan.wishes or asks or turn.takes_back_by_sign:
        return next_step(turn, world, replace(parts, doubted=""))
    return carry(turn, world, plan)


def _bounded(turn: Turn, world: World, plan: Plan, bounds: Bounded, spoken: Spoken) -> list[Reply]:
    """Shows what is left within the bounds that were set, with all else that was said; no yes of before counts."""
    answer = read_answer(bounds.rest, spoken)
    told = answer.rest if answer.agrees else bounds.rest
    taken = take_in(turn, world, bounds.plan, told, Asked.CONFIRM_PLAN) if told else TakenIn(plan=bounds.plan)
    if taken.methods:
        return ask_method(turn, taken.plan, taken.methods, taken.notes)
    if not taken.plan.wishes:
        return drop(turn)
    notes = [phrases.ONLY_THAT] if taken.plan == plan else []
    return next_step(turn, world, replace(taken.plan, doubted=""), [*notes, *taken.notes])


def answers_another_question(plan: Plan, text: str) -> bool:
    """Whether a message asks if the shop would do it, or says yes to what is bought, which this question is not."""
    spoken = _spoken(plan)
    if any(asks_advice(text, deed) for deed in (spoken, PLACE)):
        return True
    said = text.lower().replace("after all", " ")
    return agrees(said, PLACE) is True and agrees(said, spoken) is None


def _strict(turn: Turn, spoken: Spoken) -> Spoken:
    """What says yes where something was said since the summary stood there, or where it does what nobody named."""
    pending = turn.conversation.pending
    if pending is None or not (pending.aside or pending.by_name):
        return spoken
    return aside(spoken, offered=pending.by_name)


def _why_not_yet(turn: Turn) -> str:
    pending = turn.conversation.pending
    return phrases.ONCE_MORE if pending is not None and pending.by_name else phrases.CLEAR_YES


def _spoken(plan: Plan) -> Spoken:
    """What is asked about, with the verbs that say yes to this plan."""
    verbs = (CARRY_OUT_VERBS.get(KIND_OF.get(wish.deed, ""), frozenset()) for wish in plan.wishes)
    return replace(CARRY_OUT, verbs=CARRY_OUT.verbs.union(*verbs))


def _of_kinds(world: World, plan: Plan, answer: Answer) -> Plan:
    """The plan with what a yes is said to alone: "yes to the exchanges"."""
    if not answer.kinds:
        return plan
    kept = tuple(wish for wish in plan.wishes if KIND_OF.get(meaning(world, wish) or wish.deed) in answer.kinds)
    return replace(plan, wishes=kept) if kept else plan


def _agreed(turn: Turn, world: World, plan: Plan, answer: Answer) -> list[Reply]:
    """Does it all at a yes that nothing holds back; what may hold it back is told once."""
    ready = acts_now(world, plan)
    if ready is None:
        return next_step(turn, world, plan)
    good = [one for one in verdicts_of(turn, plan, ready) if one.error is None]
    told: list[str] = []
    gone = {one.act.order_id for one in good if isinstance(one.act, CancelOrder)}
    if gone and any(map(spares_whole_orders, (*answer.conditions, *answer.remarks))):
        return next_step(turn, world, without_orders(plan, gone))
    shown = kinds_shown(good)
    if answer.kinds and not answer.kinds & kinds_called(world, plan, shown):
        said = phrases.KINDS[min(answer.kinds)]
        return _not_met(turn, plan, said, phrases.of_another_kind(said=said, stands=sorted(shown)))
    for said in answer.conditions:
        condition = read_condition(said)
        if condition.of is Of.LIFE:
            return _not_met(turn, plan, said, phrases.cannot_wait(said=said), waits=True)
        if spares_whole_orders(said):
            continue  # none of them is cancelled
        if condition.of is Of.ELSE:
            other = as_conditioned(turn, world, plan, condition)
            if other is None:
                told.append(phrases.cannot_tell(said=said))
            elif paying.is_lost(other) or not comes_to_the_same(turn, world, other, plan):
                return next_step(turn, world, other)
        elif condition.of is Of.TOTAL and gone:
            return _not_met(turn, plan, said, phrases.nothing_stays(said=said))
        elif condition.of is Of.ALL_BACK:
            if (less := kept_back(good)) > NOTHING:
                told_why = phrases.not_all_back(said=said, amount=turn.shop.money(less))
                return _not_met(turn, plan, said, told_why)
        elif not condition.holds(amount := amount_of(condition, good)):
            return _not_met(turn, plan, said, phrases.not_so(said=said, amount=turn.shop.money(amount)))
    held, doubts = remarks_of(turn, world, plan, answer)
    if held and plan.doubted == held:
        return putting_again.not_understood(turn, world, plan)
    if held:
        turn.conversation.plan = replace(plan, doubted=held)
        return [putting_again.hold(turn, plan, phrases.holds_back(said=held))]
    told += [phrases.no_change(said=doubts)] if doubts else []
    things = things_of(good)
    if answer.count and answer.count not in (things, len(good), len(plan.wishes)):
        if answer.count < things:
            return [putting_again.put(plan, phrases.fewer(count=things, said=answer.count))]
        told.append(phrases.so_many(count=things))
    if told and not plan.doubted:
        return next_step(turn, world, replace(plan, doubted=told[0]), told)
    return carry(turn, world, plan)


def _not_met(turn: Turn, plan: Plan, said: str, text: str, *, waits: bool = False) -> list[Reply]:
    """Tells why what a yes hangs on is not so; where the same is said once more, nothing is done."""
    if plan.doubted == said and waits:
        return [putting_again.hold(turn, plan, phrases.TAKE_YOUR_TIME)]
    if plan.doubted == said:
        return drop(turn, [phrases.not_so_again(said=said)])
    turn.conversation.plan = replace(plan, doubted=said)
    return [putting_again.hold(turn, plan, text) if waits else putting_again.put(plan, text)]
