"""Takes a plan to its next step: checks it, asks what is open, or shows what a yes would do."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from bot.aftersale.planning import asking, differences, excluding, failing, paying_otherwise, showing
from bot.aftersale.planning.deciding import Ask, Ready, decide, way_out
from bot.aftersale.planning.paying_otherwise import Otherwise
from bot.aftersale.world import SITTING_MINUTES, World
from bot.messages import Reply
from bot.phrases import aftersale as phrases
from bot.shopping import cards
from bot.turn import Turn
from domain.aftersale.carrying_out import tell_apart
from domain.aftersale.checking import Customer, Verdict, check
from domain.errors import GiftCardTooLow, RefundElsewhere
from domain.plans import Plan, PlannedWish
from domain.records.returns import ReturnReason


def next_step(turn: Turn, world: World, plan: Plan, notes: Sequence[str] = (), *, missed: int = 0) -> list[Reply]:
    """The next question of a plan, or its summary; the plan is kept for the answer.

    Args:
        turn: the message.
        world: the customer's orders.
        plan: what is wished.
        notes: what is said ahead.
        missed: how many answers to the same question were not understood: it is asked in other words then.
    """
    if not plan.wishes:
        turn.conversation.plan = turn.conversation.pending = None
        return [Reply(text="\n".join([*notes, phrases.NOTHING_LEFT_TO_DO]))]
    turn.conversation.misunderstood = missed
    if (other := paying_otherwise.where_unknown(turn, world, plan)) is not None:
        return _otherwise(turn, world, other, notes)
    plan, step = decide(world, plan)
    if isinstance(step, Ask):
        return asking.ask(turn, world, plan, step, notes)
    verdicts = verdicts_of(turn, plan, step)
    plan, step, verdicts = _with_ways_out(turn, world, plan, step, verdicts)
    if isinstance(step, Ask):
        return asking.ask(turn, world, plan, step, notes)
    if (known := differences.of_sitting(turn, plan, verdicts)) != plan:
        plan, verdicts = known, verdicts_of(turn, known, step)
    if (left := differences.open_difference(turn, world, plan, verdicts)) is not None:
        return asking.ask_difference(turn, plan, left, notes)
    wrong = [one.error for one in verdicts if isinstance(one.error, GiftCardTooLow | RefundElsewhere)]
    if wrong and (other := paying_otherwise.find(turn, world, plan, wrong)) is not None:
        return _otherwise(turn, world, other, notes)
    alone = {one.act: verdicts_of(turn, plan, Ready(acts=(one.act,)))[0] for one in excluding.among(verdicts)}
    if alone and (kept := excluding.choose(turn, world, plan, alone)) is not None:
        plan, told = kept
        return next_step(turn, world, plan, [*notes, told])
    plan = replace(plan, shown=fingerprint(verdicts))
    if all(one.error is not None for one in verdicts):
        failing.note(turn, failing.failing(plan, step, verdicts))
    return showing.summary(turn, world, plan, step, verdicts, notes)


def _otherwise(turn: Turn, world: World, other: Otherwise, notes: Sequence[str]) -> list[Reply]:
    """What follows where it cannot be paid as it is wished."""
    if other.plan is None:
        turn.conversation.plan = turn.conversation.pending = None
        return [Reply(body=(*notes, *other.notes), buttons=(cards.HUMAN,))]
    if other.methods:
        return asking.ask_method(turn, other.plan, other.methods, [*notes, *other.notes])
    return next_step(turn, world, other.plan, [*notes, *other.notes])


def verdicts_of(turn: Turn, plan: Plan, ready: Ready) -> tuple[Verdict, ...]:
    """What each act would do now."""
    return check(turn.uow, ready.acts, customer(turn, plan), terms=turn.shop.terms, now=turn.now)


def customer(turn: Turn, plan: Plan) -> Customer:
    """Who wants it done, with what pays and why things come back."""
    sitting = turn.conversation.sitting
    fresh = sitting is not None and (turn.now - sitting.at).total_seconds() < SITTING_MINUTES * 60
    return Customer(
        identity=turn.identity,
        method_id=plan.method_id,
        method_of=dict(plan.methods_of),
        reason=ReturnReason(plan.reason) if plan.reason else ReturnReason.OTHER,
        lately=sitting.order_ids if sitting is not None and fresh else (),
        moved=sitting.moved if sitting is not None and fresh else (),
    )


def fingerprint(verdicts: Sequence[Verdict]) -> str:
    """What a summary shows, in short: the same for summaries that are the same to a customer."""
    return hashlib.sha256(repr([tell_apart(one) for one in verdicts]).encode()).hexdigest()[:16]


def _with_ways_out(
    turn: Turn, world: World, plan: Plan, step: Ready, verdicts: Sequence[Verdict]
) -> tuple[Plan, Ask | Ready, tuple[Verdict, ...]]:
    """The same; where something cannot be done, and the customer said what to do then, that takes its place."""
    while True:
        bad = {getattr(one.act, "order_id", 0) for one in verdicts if one.error is not None}
        wishes = tuple(_or_way_out(wish, bad, step.cannot) for wish in plan.wishes)
        if wishes == plan.wishes:
            return plan, step, tuple(verdicts)
        plan, again = decide(world, replace(plan, wishes=wishes))
        if isinstance(again, Ask):
            return plan, again, ()
        step, verdicts = again, verdicts_of(turn, plan, again)


def _or_way_out(wish: PlannedWish, bad: set[int], cannot: Sequence[PlannedWish]) -> PlannedWish:
    place = wish.place
    fails = place is not None and (place.order_id in bad or wish in cannot)
    out = way_out(wish) if fails else None
    return wish if out is None else out


def acts_now(world: World, plan: Plan) -> Ready | None:
    """What a plan comes to now; None while something of it is open."""
    _, step = decide(world, plan, asks_why=False)
    return step if isinstance(step, Ready) else None
