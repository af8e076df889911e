"""deny: a no when nothing was asked, or "stop"; no to a question is answered in `bot/routing/questions.py`."""

from bot.intents import change_quantity
from bot.messages import Reply
from bot.orders import standing
from bot.phrases import privacy as phrases_privacy
from bot.phrases import talk as phrases_talk
from bot.shopping import basket, checkout
from bot.turn import Turn
from nlu.rules.deeds import FORGET
from nlu.rules.moods import Mood, mood_of

# Words of a no that speaks of nothing that was done.
_ONLY_NO = frozenset(
    f"{word}{sign}"
    for word in (
        "no nope nah not thanks thank you thx ty that's thats that is all it fine good great i'm im i am ok okay for"
        " now today nothing else more anything need cheers bye please"
    ).split()
    for sign in ("", ",", ".", "!")
)


def handle(turn: Turn) -> list[Reply]:
    """Stops a checkout if there is one; "no, 2 teapots" is a correction."""
    lines = basket.lines_said(turn)
    if any(line.quantity is not None for line in lines):
        return change_quantity.handle(turn)
    if lines and turn.conversation.cart:
        return [Reply(text=turn.words.what_to_change)]
    if turn.conversation.cart and (left_out := basket.leave_out(turn)):
        return checkout.next_step(turn, left_out)
    if turn.conversation.checking_out:
        return checkout.stop(turn)
    if mood_of(turn.message.text, FORGET) is Mood.REFUSED:
        return [Reply(text=phrases_privacy.ERASES_NOTHING)]
    told = [] if turn.message.choice is not None or turn.plain_words <= _ONLY_NO else standing.last(turn)
    return told or [Reply(text=phrases_talk.ALL_RIGHT)]
