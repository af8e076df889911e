"""after_sales: something that was ordered is broken, wrong, missing or late, or shall go back: a ticket for support."""

from bot.messages import Reply
from bot.orders import complaining
from bot.phrases import aftersales as phrases_aftersales
from bot.phrases import talk as phrases_talk
from bot.turn import Turn
from nlu.rules.complaints import asks_in_general
from nlu.rules.untroubled import agrees_one_day


def handle(turn: Turn) -> list[Reply]:
    """Answers with the ticket's number and when somebody answers; a button says nothing yet of what is wrong."""
    if not turn.message.text:
        return [Reply(text=phrases_aftersales.ASK_WHAT)]
    if turn.asked is not None and turn.asked.hard_to_undo and agrees_one_day(turn.message.text):
        return [Reply(text=phrases_talk.ALL_STAYS)]  # "yes, when pigs fly" is an answer, and no yes
    if asks_in_general(turn.message.text, complaining.kinds_of(turn)):
        return turn.carry_out(turn.intents["ask_shop"])
    return complaining.complain(turn)
