"""Chooses where a shop takes things of an order back once: for money, or for something else, and both are wished."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.aftersale.planning.deciding import meaning
from bot.aftersale.world import World
from bot.phrases import aftersale as phrases
from bot.turn import Turn
from domain.aftersale.acts import Act, ExchangeItems, ReturnItems
from domain.aftersale.checking import NOTHING, Verdict
from domain.errors import ReturnsUsedUp
from domain.plans import Deed, Plan
from nlu.rules.aftersale_payments import TAKES_OTHER_KIND


def among(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """A return and an exchange of one order, the later one of which only the other one makes impossible."""
    for late in (one for one in verdicts if isinstance(one.error, ReturnsUsedUp)):
        for first in verdicts:
            both = isinstance(first.act, ReturnItems | ExchangeItems) and isinstance(
                late.act, ReturnItems | ExchangeItems
            )
            if both and first.error is None and _order_of(first.act) == _order_of(late.act):
                return [first, late]
    return []


def choose(turn: Turn, world: World, plan: Plan, alone: Mapping[Act, Verdict]) -> tuple[Plan, str] | None:
    """The plan with the one of two that is said first, or gives back more where that is preferred, and what each is.

    None where one of them would be impossible without the other, too.
    """
    if any(one.error is not None for one in alone.values()):
        return None
    first, late = alone.values()
    kept = late if plan.saves and late.pays < first.pays else first
    order_id = _order_of(kept.act)
    kept_deed = Deed.RETURN if isinstance(kept.act, ReturnItems) else Deed.EXCHANGE
    gone = tuple(
        wish
        for wish in plan.wishes
        if (place := wish.place) is not None
        and place.order_id == order_id
        and meaning(world, wish) in (Deed.RETURN, Deed.EXCHANGE)
        and meaning(world, wish) is not kept_deed
    )
    amounts = {type(one.act): _amount(turn, one) for one in (first, late)}
    told = phrases.excludes(
        order_id=order_id,
        returns=amounts[ReturnItems],
        exchanges=amounts[ExchangeItems],
        kept_returns=kept_deed is Deed.RETURN,
    )
    left = tuple(wish for wish in plan.wishes if wish not in gone)
    return replace(plan, wishes=left, aside=gone), told


def takes_other_kind(plan: Plan, text: str) -> bool:
    """Whether a message takes what was put aside: "the exchange instead"."""
    found = TAKES_OTHER_KIND.search(text.lower()) if plan.aside else None
    if found is None:
        return False
    kind = found["kind"] or found["other"] or ""
    exchanges = kind.startswith(("exchang", "swap"))
    aside = plan.aside[0].deed in (Deed.EXCHANGE, Deed.CHANGE)
    return not kind or exchanges == aside


def taken_instead(plan: Plan) -> Plan:
    """The plan with what was put aside in the place of what excludes it."""
    ids = {place.order_id for wish in plan.aside for place in wish.among}
    kept = tuple(wish for wish in plan.wishes if not ids & {place.order_id for place in wish.among})
    gone = tuple(wish for wish in plan.wishes if wish not in kept and wish.deed is not Deed.SHIP_TO)
    return replace(plan, wishes=(*kept, *plan.aside), aside=gone)


def _order_of(act: Act) -> int:
    return getattr(act, "order_id", 0)


def _amount(turn: Turn, verdict: Verdict) -> str:
    amount = turn.shop.money(abs(verdict.pays))
    return phrases.back(amount=amount) if verdict.pays <= NOTHING else phrases.pays(amount=amount)
