"""Reads what a message says of an order that came: a number, praise, blame, or a wish that is none of these."""

import re
from dataclasses import replace

from bot.messages import Reply
from bot.orders import reordering
from bot.turn import CLEAR, About, Turn
from nlu.emoji_words import emoji_to_words
from nlu.own_words import own_words
from nlu.rules import marketing_words
from nlu.rules.patterns import rule
from nlu.rules.ratings import Score, corrected, hangs_on, score_said
from nlu.rules.said import Saying
from nlu.sayings import hear

CERTAIN = 0.9  # how sure the reader must be of a question that has no question mark
_ENDS = rule(r"[,;:!?\n–—]|\.(?!\d)|-(?=\s)|(?<=\s)-")  # of a clause, and of no range or fraction
_MERE = frozenset("ok okay fine alright cool well super nice thanks good".split())  # and no praise in front of more


def score_of(turn: Turn) -> Score | None:
    """The number of a message, also in its last clause: "all good, 5 from me", "sorry that I forgot, 4"."""
    text = turn.message.text
    if (score := score_said(text, turn.written) or corrected(text)) is not None:
        return score
    said = max((end.end() for end in _ENDS.finditer(text)), default=0)
    behind, head = score_said(text[said:], "") if said else None, text[: max(said - 1, 0)]
    if behind is None or behind.why:
        return None
    if hear(head, Saying.IS_UNHAPPY) is not None and not _is_glad(head):
        return replace(behind, why=head)
    if not _is_glad(head) and ("?" in head or _names_before(turn, said)):
        return None
    return replace(behind, why=head) if turn.meant.tells else behind


def hanging(turn: Turn) -> str:
    """On what the number of a message hangs; blank where it hangs on nothing."""
    return hangs_on(turn.understanding.condition or turn.message.text)


def tries(turn: Turn) -> bool:
    """Whether a clause of a message gives something that is no number."""
    return any(hear(clause, Saying.RATES) is not None for clause in _ENDS.split(turn.message.text))


def blames(turn: Turn) -> bool:
    """Whether a message says that it was not good, in words or by a sign alone."""
    by_sign = _is_a_sign(turn) and turn.message.text == "no"
    return by_sign or (turn.said(Saying.IS_UNHAPPY) is not None and turn.said(Saying.IS_GLAD) is None)


def praises(turn: Turn) -> bool:
    """Whether a clause of a message is praise and nothing takes it back, or a sign alone says so."""
    text = turn.message.text
    if _is_a_sign(turn):
        return text in ("yes", "thanks", "ok")
    turns = hear(text, Saying.BUT) is not None
    return not turns and any(_is_praise(clause) for clause in _ENDS.split(text))


def wants_else(turn: Turn, said: str) -> bool:
    """Whether words are a wish or a question of their own, and do not tell how the order was.

    The model hears a question about prices in "cheap quality" and an order in "the box", so a wish has to name more.
    """
    meant, sure = turn.meant, turn.understanding.confidence >= CLEAR
    if meant.tells and turn.sure:
        return False
    if "?" in said or hear(said, Saying.ASKS_BACK) or marketing_words.read(said) is not None:
        return True
    if reordering.wants_again(said) is not None:
        return True
    if meant.fills_cart:
        counted = _stands_in(turn, said, "quantity") or hear(said, Saying.WISHES_FOR) is not None
        return sure and counted and (turn.only_names or _stands_in(turn, said, "product"))
    if meant.asks:
        return sure and any(wish.confidence >= CERTAIN for wish in turn.understanding.wishes)
    if meant.about is About.CONTACT:
        return meant.name != "note" and sure
    return sure and meant.name not in ("affirm", "deny", "thanks", "out_of_scope", "note")


def carry_out_rest(turn: Turn, said: str) -> list[Reply]:
    """Does what these words of a message want, as if they were all of it."""
    rest = _rest_of(turn, said)
    again = reordering.wants_again(said)
    return rest.carry_out() if again is None else reordering.last_order(rest)


def _is_glad(text: str) -> bool:
    return any(_is_praise(clause) for clause in _ENDS.split(text))


def _is_praise(clause: str) -> bool:
    return hear(clause, Saying.IS_GLAD) is not None and clause.strip(" .,!").lower() not in _MERE


def _is_a_sign(turn: Turn) -> bool:
    """Whether all that was written is emoji."""
    own = own_words(turn.written)
    return emoji_to_words(own) != own and re.search(r"[^\W\d_]", re.sub(r":[a-z0-9_+-]{1,60}:", "", own)) is None


def _names_before(turn: Turn, end: int) -> bool:
    """Whether something of the catalogue, or how many of it, stands before a place in a message; "not 5" is none."""
    whole = turn.understanding
    named = (one for one in (*whole.all("product"), *whole.all("quantity")) if one.start < end)
    return any(whole.text[: one.start].lower().split()[-1:] != ["not"] for one in named)


def _stands_in(turn: Turn, said: str, name: str) -> bool:
    """Whether the reader found something of that name in these words of a message."""
    whole = turn.understanding
    start = max(whole.text.rfind(said), 0)
    return any(start <= one.start and one.end <= start + len(said) for one in whole.all(name))


def _rest_of(turn: Turn, said: str) -> Turn:
    """The turn as if only these words of its message had been said."""
    whole = turn.understanding
    start = max(whole.text.rfind(said), 0)
    entities = tuple(
        replace(entity, start=entity.start - start, end=entity.end - start)
        for entity in whole.entities
        if start <= entity.start and entity.end <= start + len(said)
    )
    understanding = replace(whole, text=said, entities=entities, wishes=())
    return replace(turn, message=replace(turn.message, text=said), understanding=understanding)
