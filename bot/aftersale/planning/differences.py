"""Asks what pays a difference, or gets it, where a shop leaves that to nobody but its customer; once in a sitting."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.aftersale.planning import paying
from bot.aftersale.world import SITTING_MINUTES, World
from bot.turn import Turn
from domain.aftersale.acts import ChangeItems, ExchangeItems
from domain.aftersale.checking import NOTHING, Verdict
from domain.plans import Deed, Plan
from domain.records.payments import Method, MethodKind

_SWAPS = (Deed.EXCHANGE, Deed.CHANGE, Deed.EITHER)
_MOVES = (Deed.SHIP_TO, Deed.LIVE_AT)


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """What is open: so much is to be paid on top, or goes back, and any of these ways to pay will do."""

    pays: Decimal
    methods: Sequence[Method]


def of_sitting(turn: Turn, plan: Plan, verdicts: Sequence[Verdict]) -> Plan:
    """The plan with what was said of differences before in the same sitting, where nothing is said of them now."""
    sitting = turn.conversation.sitting
    if plan.pay_told or sitting is None or not sitting.pay_told:
        return plan
    if (turn.now - sitting.at).total_seconds() > SITTING_MINUTES * 60:
        return plan
    ids = [one.order.order_id for one in _differing(verdicts) if one.order is not None]
    told = dict.fromkeys(ids, sitting.method_id) if sitting.method_id and not plan.method_id else {}
    methods_of = tuple({**told, **dict(plan.methods_of)}.items())
    return replace(plan, pay_told=True, methods_of=methods_of) if ids else plan


def open_difference(turn: Turn, world: World, plan: Plan, verdicts: Sequence[Verdict]) -> Difference | None:
    """What is to be asked; None where that was said, is nothing to this shop, or leaves no choice."""
    if not turn.shop.terms.asks_what_pays or plan.pay_told or plan.method_id or plan.methods_of or plan.unknown:
        return None
    found = _differing(verdicts)
    pays = sum((one.pays for one in found), NOTHING)
    used = [method for one in found for method in one.methods]
    methods = list({one.method_id: one for one in (*used, *paying.others(turn, world, plan))}.values())
    able = [one for one in methods if one in used or _covers(one, pays)]
    return Difference(pays=pays, methods=able) if pays and len(able) > 1 else None


def confined(plan: Plan, before: Plan) -> Plan:
    """The plan, an answer on a difference in which is said of nothing else that goes back."""
    swaps = [wish for wish in plan.wishes if wish.deed in _SWAPS]
    others = [wish for wish in plan.wishes if wish.deed not in (*_SWAPS, *_MOVES)]
    if not (swaps and others) or plan.method_id == before.method_id:
        return plan
    told = {place.order_id: plan.method_id for wish in swaps for place in wish.among}
    return replace(plan, method_id=before.method_id, methods_of=tuple(told.items()))


def _differing(verdicts: Sequence[Verdict]) -> list[Verdict]:
    return [
        one
        for one in verdicts
        if isinstance(one.act, ChangeItems | ExchangeItems) and one.error is None and one.pays != NOTHING
    ]


def _covers(method: Method, pays: Decimal) -> bool:
    return method.kind is not MethodKind.GIFT_CARD or pays <= (method.balance or NOTHING)
