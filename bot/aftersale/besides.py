"""Names what a message wishes for beside placed orders that no plan does: to be forgotten, to buy, to use a code."""

from collections.abc import Sequence
from dataclasses import replace

from bot.messages import Reply
from bot.phrases import talk as phrases_talk
from bot.shopping import meaning
from bot.turn import CLEAR, Turn
from domain.conversation import Asked
from nlu.rules.aftersale_phrases import BUYS_MORE
from nlu.rules.forgetting import forgetting_besides
from nlu.rules.joints import without_words
from nlu.rules.promo_codes import Act
from nlu.understanding import Wish, words_of

_ASKED = (Asked.CONFIRM_PLAN, Asked.CANCEL_ORDER)


def apart(turn: Turn) -> tuple[Turn, list[str]]:
    """The turn without such words, and those; as it is where nothing else is said."""
    forgets, rest = forgetting_besides(turn.written)
    told = [forgets] if forgets else []
    turn = replace(turn, written=rest) if forgets else turn
    for words in _bought(turn):
        if rest := without_words(turn.written, [words]):
            turn, told = replace(turn, written=rest), [*told, words]
    wish = turn.codes
    if wish is not None and wish.act is Act.USE:
        told += wish.codes
    return turn, told


def tell(turn: Turn, words: Sequence[str], replies: list[Reply]) -> list[Reply]:
    """The replies with what was not done above them; a plain yes may be to that, so all is shown once more then."""
    if not words:
        return replies
    conversation = turn.conversation
    pending = conversation.pending
    if pending is not None and pending.kind in _ASKED:
        conversation.pending = replace(pending, by_name=True)
    elif conversation.plan is not None:
        conversation.plan = replace(conversation.plan, partly=True)
    notes = [phrases_talk.not_done(words=one) for one in words]
    return [replies[0].with_lines(above=notes), *replies[1:]]


def _bought(turn: Turn) -> list[str]:
    """What shall be bought besides, as it was said, where the shop has it."""
    wishes = turn.understanding.wishes
    buying = [one for one in wishes if one.intent in ("order", "add_to_cart") and one.confidence >= CLEAR]
    if len(buying) == len(wishes):
        return []
    said = [(words_of(turn.understanding.text, one), one) for one in buying]
    return [words for words, wish in said if BUYS_MORE.match(words.lower()) and _is_sold(turn, wish)]


def _is_sold(turn: Turn, wish: Wish) -> bool:
    named = [one.value for one in wish.entities if one.name == "product"]
    found = [meaning.found(turn, name) for name in named]
    return bool(found) and all(match.product is not None or match.options for match in found)
