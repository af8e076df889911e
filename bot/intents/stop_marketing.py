"""stop_marketing: one message ends all marketing to an address, with a receipt of what stops and what does not."""

from bot.messages import Reply
from bot.phrases import consenting as phrases_consenting
from bot.trust import consenting
from bot.turn import Turn
from nlu.rules.deeds import STOP_MAILS
from nlu.rules.marketing_wishes import asks_about_it
from nlu.rules.moods import Mood, mood_of


def handle(turn: Turn) -> list[Reply]:
    """Stops at once, without asking whether it is meant; "don't stop the mails" stops nothing, nor does a question.

    An address that a message tells of, and asks for no end, is asked about.
    """
    if mood_of(turn.understanding.text, STOP_MAILS) is Mood.REFUSED:
        return [Reply(text=phrases_consenting.NOT_STOPPED)]
    if asks_about_it(turn.understanding.text) or asks_about_it(turn.written):
        return consenting.tell(turn)
    asks = mood_of(turn.understanding.text, STOP_MAILS) is Mood.COMMAND
    return consenting.stop(turn) if asks or not turn.emails else consenting.ask_stop(turn, turn.emails[0].value)
