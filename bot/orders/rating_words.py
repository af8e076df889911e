"""Reads what a message says of an order that came: a number, praise, blame, or a wish that is none of these."""

import re
from dataclasses import replace

from rapidfuzz import fuzz

from bot.messages import Reply
from bot.orders import reordering
from bot.turn import CLEAR, About, Turn
from nlu.emoji_words import emoji_to_words
from nlu.own_words import own_words
from nlu.rules import marketing_words
from nlu.rules.patterns import rule
from nlu.rules.ratings import Score, corrected, hangs_on, only_denies, score_said
from nlu.rules.said import Saying
from nlu.sayings import hear

CERTAIN = 0.9  # how sure the reader must be of a question that has no question mark
_ENDS = rule(r"[,;:!?\n–—]|\.(?!\d)|-(?=\s)|(?<=\s)-")  # of a clause, and of no range or fraction
_CONCLUDES = rule(r"\W{0,3}(?:so|then|hence|therefore|overall|all in all|still|make it)\b", re.IGNORECASE)
_OF_A_SCORE = frozenset(
    "not give gave given giving rate rated say worth a be been deserves deserve maybe".split()
)  # before a number
_PRAISE = tuple("excellent perfect awesome amazing wonderful fantastic brilliant beautiful gorgeous delighted".split())
_ALIKE = 85  # of 100, from which on a word is one of praise but for a letter or two
_THANKS = frozenset(("thanks", "thank you", "many thanks", "thx", "ty", "cheers", "thanks a lot", "thank you so much"))
_MERE = frozenset("ok okay fine alright cool well super nice thanks good".split())  # and no praise in front of more


def score_of(turn: Turn) -> Score | None:
    """The number of a message, also in its last clause: "all good, 5 from me", "sorry that I forgot, 4".

    What a number comes to after a "but" is the one that counts: "it was a 5, but the lid is loose, so 3".
    """
    text = turn.message.text
    said = max((end.end() for end in _ENDS.finditer(text)), default=0)
    behind, head = score_said(text[said:], "") if said else None, text[: max(said - 1, 0)]
    behind = None if behind is not None and behind.why else behind
    if behind is not None and _CONCLUDES.match(text[said:]) and hear(head, Saying.BUT):
        return replace(behind, why=head, reason=True)
    if (score := score_said(text, turn.written) or corrected(text)) is not None or behind is None:
        return score
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
    text = turn.message.text
    if only_denies(text) and turn.understanding.first("product") is None:
        return True
    return any(hear(clause, Saying.RATES) is not None for clause in _ENDS.split(text))


def praises_only(turn: Turn) -> bool:
    """Whether all of a message is praise, also of what was bought or misspelt; the model may hear an order in it."""
    clauses = [clause for clause in _ENDS.split(turn.message.text) if any(map(str.isalnum, clause))]
    real = [clause for clause in clauses if clause.strip().lower() not in _THANKS]
    said = [hear(one, Saying.PRAISES_THING) or hear(one, Saying.IS_GLAD) or _is_misspelt(one) for one in real]
    return bool(said) and all(said) and "?" not in turn.message.text and not blames(turn)


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


def _is_misspelt(clause: str) -> bool:
    """Whether a word or two are praise but for a letter: "excelent"."""
    words = re.findall(r"[a-z]+", clause.lower())
    return len(words) < 3 and any(fuzz.ratio(word, praise) >= _ALIKE for word in words for praise in _PRAISE)


def _is_a_sign(turn: Turn) -> bool:
    """Whether all that was written is emoji."""
    own = own_words(turn.written)
    return emoji_to_words(own) != own and re.search(r"[^\W\d_]", re.sub(r":[a-z0-9_+-]{1,60}:", "", own)) is None


def _names_before(turn: Turn, end: int) -> bool:
    """Whether something of the catalogue, or how many of it, stands before a place in a message; "not 5" is none."""
    whole = turn.understanding
    counted = any(one.start < end and not _is_of_a_score(whole.text, one.start) for one in whole.all("quantity"))
    return counted or any(one.start < end for one in whole.all("product"))


def _stands_in(turn: Turn, said: str, name: str) -> bool:
    """Whether the reader found something of that name in these words of a message."""
    whole = turn.understanding
    start = max(whole.text.rfind(said), 0)
    found = (one for one in whole.all(name) if start <= one.start and one.end <= start + len(said))
    return any(name != "quantity" or not _is_of_a_score(whole.text, one.start) for one in found)


def _is_of_a_score(text: str, start: int) -> bool:
    """Whether the number that stands there is given, and counts nothing: "not 5", "I would give 4"."""
    before = text[:start].lower().split()
    return bool(before) and before[-1] in _OF_A_SCORE


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
