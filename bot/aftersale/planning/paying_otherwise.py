"""Finds what follows where it cannot be paid, or paid back, as it is wished."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.aftersale.hearing.listening import listen
from bot.aftersale.planning import paying
from bot.aftersale.planning.deciding import with_wishes, without
from bot.aftersale.world import World
from bot.phrases import aftersale as phrases
from bot.phrases.sorry import sorry
from bot.turn import Turn
from domain.errors import GiftCardTooLow, RefundElsewhere
from domain.plans import Plan
from domain.records.payments import Method


@dataclass(frozen=True, kw_only=True, slots=True)
class Otherwise:
    """The plan that takes the place of one that cannot be paid so, with what is to be told.

    Without a plan nothing is done; of `methods` it is asked which one pays.
    """

    plan: Plan | None
    notes: tuple[str, ...]
    methods: Sequence[Method] = ()


def find(turn: Turn, world: World, plan: Plan, wrong: Sequence[GiftCardTooLow | RefundElsewhere]) -> Otherwise | None:
    """What follows; None where nothing else pays, so that the summary tells why it cannot be.

    First what the customer said to do then. Who insists on what they were told is impossible gets nothing done. Else
    money goes back the way that it came, which the summary shows, and another method pays.
    """
    reasons = tuple(dict.fromkeys(sorry(turn, error) for error in wrong))
    refused = _key(plan, wrong)
    if plan.unless_paid:
        other = _as_was_said(turn, world, replace(plan, refused=refused))
        if other is None:
            return Otherwise(plan=None, notes=(*reasons, phrases.SO_NOTHING))
        return Otherwise(plan=other, notes=(*reasons, phrases.SO_AS_YOU_SAID))
    if plan.refused == refused:
        return Otherwise(plan=None, notes=(*reasons, phrases.SO_NOTHING))
    plan = replace(plan, refused=refused)
    if elsewhere := {error.order_id: "" for error in wrong if isinstance(error, RefundElsewhere)}:
        methods_of = tuple({**dict(plan.methods_of), **elsewhere}.items())
        return Otherwise(plan=replace(plan, methods_of=methods_of), notes=reasons)
    others = paying.others(turn, world, plan)
    if len(others) == 1:
        paid = replace(plan, method_id=others[0].method_id, methods_of=())
        return Otherwise(plan=paid, notes=reasons)
    return Otherwise(plan=plan, notes=reasons, methods=others) if others else None


def where_unknown(turn: Turn, world: World, plan: Plan) -> Otherwise | None:
    """What follows where what shall pay is none of theirs, and they said what to do then; None where they did not."""
    if not paying.is_lost(plan):
        return None
    why = phrases.none_of_yours(said=plan.unknown)
    other = _as_was_said(turn, world, replace(plan, unknown=""))
    if other is None:
        return Otherwise(plan=None, notes=(why, phrases.SO_NOTHING))
    return Otherwise(plan=other, notes=(why, phrases.SO_AS_YOU_SAID))


def _as_was_said(turn: Turn, world: World, plan: Plan) -> Plan | None:
    """The plan with what was said to do where what shall pay cannot; None where that is nothing."""
    words = plan.unless_paid
    said = listen(turn, words, world, plan.wishes)
    changed = replace(plan, unless_paid="", method_id="", methods_of=())
    paid = paying.meant(turn, world, changed, said.payments)
    if paid is not None:
        changed, *_ = paying.paid_by(changed, paid)
    changed = with_wishes(without(changed, said.heard.dropped, said.heard.spared), said.wishes)
    does = paid is not None or said.wishes or changed.wishes != plan.wishes
    return changed if changed.wishes and does else None


def _key(plan: Plan, wrong: Sequence[GiftCardTooLow | RefundElsewhere]) -> str:
    """What cannot pay for what."""
    chosen = dict(plan.methods_of)
    told = {
        f"{error.order_id}:{chosen.get(error.order_id, plan.method_id)}"
        if isinstance(error, RefundElsewhere)
        else error.method_id
        for error in wrong
    }
    return " ".join(sorted(told))
