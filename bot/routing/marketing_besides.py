"""Does what is said about marketing beside other wishes, and lets all else be answered as if it alone had been said."""

from dataclasses import replace

from bot.messages import Reply
from bot.phrases import talk as phrases_talk
from bot.trust import consenting
from bot.turn import Handler, Turn
from nlu.rules import marketing_words
from nlu.rules.joints import without_words


def around(turn: Turn, otherwise: Handler) -> list[Reply]:
    """The answer to all of a message; what it says about marketing comes first, unless that has to be asked about."""
    words = turn.understanding.besides
    if not words:
        return otherwise(turn)
    conversation = turn.conversation
    waited = conversation.pending
    told = [reply for one in words for reply in _done(turn, one)]
    asked, conversation.pending = conversation.pending, waited
    if asked == waited:
        return [*told, *otherwise(_without(turn, words))]
    replies = otherwise(_without(turn, words))
    if conversation.pending is None:
        conversation.pending = asked
        return [*replies, *told]
    turn.noted.not_done = True  # one thing is asked at a time
    return [Reply(text="\n".join(phrases_talk.not_done(words=one) for one in words)), *replies]


def _done(turn: Turn, words: str) -> list[Reply]:
    """What it is answered that marketing begins or ends."""
    word = marketing_words.read(words)
    wanted = word is not None and word.wanted
    turn.note_done("start_marketing" if wanted else "stop_marketing")
    if word is not None and word.emails:
        act = consenting.start_for if wanted else consenting.stop_for
        return [reply for email in word.emails for reply in act(turn, email)]
    alone = replace(turn, understanding=turn.understanding.part(words, "stop_marketing"))
    return consenting.start(alone) if wanted else consenting.stop(alone)


def _without(turn: Turn, words: tuple[str, ...]) -> Turn:
    """The turn without these words where it is read as it was written, too."""
    return replace(turn, written=without_words(turn.written, words) or turn.message.text)
