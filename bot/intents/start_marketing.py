"""start_marketing: agrees to marketing by mail; an address that nobody proved is asked by a mail of its own first."""

from bot.messages import Reply
from bot.trust import consenting
from bot.turn import Turn
from nlu.rules.conditions import conditional
from nlu.rules.marketing_wishes import wishes_for_it


def handle(turn: Turn) -> list[Reply]:
    """Agrees for every address in the message, or for the one of this conversation, where that is plainly wished for.

    Who only asks, reports or thinks of it hears how it stands.
    """
    said = turn.message.text
    plain = not said or (wishes_for_it(said) and conditional(turn.written) is None)
    return consenting.start(turn) if plain else consenting.tell(turn)
