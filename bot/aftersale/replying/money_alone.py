"""Answers what is said of money alone, with nothing to be done by it: it holds for what comes next in the sitting."""

from dataclasses import replace

from bot.aftersale.hearing.listening import Listened
from bot.aftersale.planning import paying
from bot.aftersale.planning.asking import labels_of
from bot.aftersale.world import SITTING_MINUTES, World
from bot.messages import Reply
from bot.phrases import aftersale as phrases
from bot.turn import Turn
from domain.plans import Deed, Plan, PlannedWish
from nlu.rules.aftersale_phrases import BUYS
from nlu.rules.moods import only_asks


def told(turn: Turn, world: World, said: Listened) -> list[Reply] | None:
    """That a way to pay is noted; None of other messages, and where nothing was done in this sitting."""
    sitting, plain = turn.conversation.sitting, said.text.lower()
    if sitting is None or (turn.now - sitting.at).total_seconds() > SITTING_MINUTES * 60:
        return None
    wants = said.wishes or said.heard.refused or said.heard.dropped or said.heard.words
    if wants or not said.payments or BUYS.search(plain) or only_asks(said.text) or "?" in plain:
        return None
    orders = [order for order_id in sitting.order_ids if (order := world.order(order_id)) is not None]
    plan = Plan(wishes=tuple(PlannedWish(deed=Deed.EXCHANGE, among=tuple(world.places_of(one))) for one in orders))
    paid = paying.meant(turn, world, plan, said.payments)
    if paid is None or not (paid.as_paid or paid.method):
        return None
    method_id, label = ("", "") if paid.method is None else (paid.method.method_id, labels_of(paid.method))
    turn.conversation.sitting = replace(sitting, pay_told=True, method_id=method_id)
    return [Reply(text=phrases.pays_from_now(label=label))]
