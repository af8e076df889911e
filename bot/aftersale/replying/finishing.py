"""Ends a plan: carried out at one clear yes, exactly as it was shown, or dropped with nothing done."""

from collections.abc import Sequence

from bot.aftersale.inquiries import money
from bot.aftersale.planning import showing
from bot.aftersale.planning.failing import failed_before, failing
from bot.aftersale.planning.stepping import acts_now, customer, fingerprint, next_step, verdicts_of
from bot.aftersale.which.lately import orders_lately
from bot.aftersale.world import World, world_of
from bot.messages import Reply
from bot.orders.standing import PROFILE
from bot.phrases import aftersale as phrases
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
from domain.aftersale.carrying_out import carry_out
from domain.conversation import Did, Sitting
from domain.errors import CustomerError, ShopError
from domain.plans import Deed, Place, Plan, PlannedWish, Spoken
from domain.records.returns import number_of
from nlu.rules.aftersale_phrases import STRONGLY
from nlu.rules.deeds import CARRY_OUT
from nlu.rules.moods import Stance, stance_of

LATELY = 20  # orders of a sitting
_GOES_ON = {Deed.RETURN, Deed.DISCARD, Deed.CANCEL, Deed.EXCHANGE, Deed.CHANGE}


def refuses(text: str) -> bool:
    """Whether a message is a no, and nothing else."""
    return stance_of(STRONGLY.sub("", text.lower()), CARRY_OUT) is Stance.NO


def carry(turn: Turn, world: World, plan: Plan) -> list[Reply]:
    """Does all that the summary showed; where that would be different by now, it is shown anew and nothing is done."""
    ready = acts_now(world, plan)
    if ready is None:
        return next_step(turn, world, plan)
    verdicts = verdicts_of(turn, plan, ready)
    if fingerprint(verdicts) != plan.shown:
        return next_step(turn, world, plan, [phrases.CHANGED_MEANWHILE])
    good = [one for one in verdicts if one.error is None]
    try:
        with turn.uow.savepoint():
            carried = carry_out(
                turn.uow,
                [one.act for one in good],
                customer(turn, plan),
                shown=good,
                terms=turn.shop.terms,
                now=turn.now,
                told_in=turn.message.chat,
            )
    except ShopError as error:
        if not isinstance(error, CustomerError):
            raise
        return next_step(turn, world_of(turn), plan, [phrases.CHANGED_MEANWHILE])
    conversation = turn.conversation
    conversation.plan = conversation.pending = None
    conversation.misunderstood = 0
    conversation.sitting = _sitting(turn, plan, [one.act for one in good])
    conversation.spoken = _spoken(turn, plan, [one.act for one in good], failing(plan, ready, verdicts))
    conversation.spoken_of = _things_of([one.act for one in good])
    for act in (one.act for one in good):
        if isinstance(act, ChangeOwnAddress):
            conversation.address_id = act.address_id
        turn.note_done(_deed_of(act))
    for one in carried:
        returned = number_of(one.requested.return_id) if one.requested is not None else ""
        turn.note_deed(Did.CARRIED_OUT, returned or str(getattr(one.verdict.act, "order_id", PROFILE)))
    return showing.done(turn, carried, money.so_far(turn, world_of(turn), len(carried)))


def _spoken(turn: Turn, plan: Plan, acts: Sequence[Act], failed: Sequence[PlannedWish]) -> Spoken:
    """What was done, for who goes on with "the lamp too", and what could not be."""
    good = [wish for wish in plan.wishes if wish.place is not None and wish not in failed]
    done = [wish for wish in good if wish.deed in _GOES_ON]
    places = _things_of(acts)
    became = {
        Place(order_id=act.order_id, product_id=one.product_id): Place(order_id=act.order_id, product_id=one.becomes)
        for act in acts
        if isinstance(act, ChangeItems)
        for one in act.pieces
        if one.becomes
    }
    if done:
        places = tuple(became.get(wish.place, wish.place) for wish in done if wish.place is not None)
    left = failed_before(turn, places)
    return Spoken(
        places=places,
        at=turn.now,
        deed=done[-1].deed if done else None,
        failed=(*left, *failed),
    )


def _things_of(acts: Sequence[Act]) -> tuple[Place, ...]:
    """What a question may be of that comes next: what an order holds now, or the order."""
    found: list[Place] = []
    for act in acts:
        if isinstance(act, ChangeItems):
            found += [Place(order_id=act.order_id, product_id=one.becomes) for one in act.pieces if one.becomes]
        elif not isinstance(act, ChangeOwnAddress):
            found.append(Place(order_id=act.order_id))
    return tuple(found)


def _sitting(turn: Turn, plan: Plan, acts: Sequence[Act]) -> Sitting:
    """What was done here lately, with these acts."""
    before = turn.conversation.sitting
    ids = [act.order_id for act in acts if not isinstance(act, ChangeOwnAddress)]
    known = tuple(dict.fromkeys((*(() if before is None else before.order_ids), *orders_lately(turn))))
    others = {act.order_id for act in acts if not isinstance(act, ChangeOwnAddress | ChangeAddress)}
    told = plan.pay_told and any(isinstance(act, ChangeItems | ExchangeItems) for act in acts)
    moved = [*(() if before is None else before.moved), *(one for one in ids if one not in known)]
    return Sitting(
        order_ids=tuple(dict.fromkeys((*known, *ids)))[-LATELY:],
        moved=tuple(one for one in dict.fromkeys(moved) if one not in others)[-LATELY:],
        at=turn.now,
        pay_told=told or (before is not None and before.pay_told),
        method_id=plan.method_id if told else "" if before is None else before.method_id,
    )


def drop(turn: Turn, why: Sequence[str] = (phrases.KEPT,)) -> list[Reply]:
    """Ends a plan with nothing done."""
    turn.conversation.plan = turn.conversation.pending = None
    turn.conversation.misunderstood = 0
    return [Reply(text="\n".join(why))]


def _deed_of(act: object) -> str:
    match act:
        case CancelOrder():
            return "cancel_order"
        case ReturnItems():
            return "return"
        case ExchangeItems():
            return "exchange"
        case _:
            return "change_order"
