"""Reads whether a message wants no person: every clause that speaks of one refuses it, and none complains or asks."""

from nlu.rules.mood_clauses import Clause, clauses_of, match
from nlu.rules.mood_words import ASKING, phrase_set

_PERSON = phrase_set(
    """
    human | humans | human being | person | persons | people | agent | agents | operator | operators | staff |
    staff member | colleague | colleagues | employee | employees | representative | rep | somebody | someone |
    anybody | anyone | support | support agent | customer service | customer support | team | real person |
    ticket
    """
)
_HAND_OVER = phrase_set(
    """
    hand me over | pass me on | put me through | transfer me | connect me | forward me | hand it over |
    escalate | escalate it | escalate this | hand this over | transfer this | pass this on | hand over
    """
)
# A no to what is done or needed; "I can't reach anyone" and "no one answers" are none.
_REFUSES = phrase_set(
    """
    don't | dont | do not | don't you dare | never | no need | no need for | needn't | need not | not need |
    without | rather not | not | hate | spare me | instead of | rather than | over a |
    there's no need | there is no need | doesn't need | wouldn't want | wouldn't like | stop |
    avoid | no reason to | not necessary to | nobody needs to | nobody has to | nobody should | nobody must
    """
)
_NO = phrase_set("no | no real | no other | not a | not any")
_OVER = phrase_set("over a | over any | than a")  # "I prefer you over a person"
_UNNEEDED = phrase_set(
    """
    isn't necessary | is not necessary | isn't needed | is not needed | not needed | not necessary | not required |
    unnecessary | isn't required | is not required | aren't needed | are not needed | needn't | need not | is no help
    """
)
_BEHIND_NO = phrase_set(
    "needed | necessary | required | thanks | thank you | thx | for me | yet | now | today | at all | this time | here"
)
_STEPS_IN = phrase_set(
    """
    nobody needs to | no one needs to | nobody has to | no one has to | nobody should | no one should | nobody must
    """
)
_ONLY_ONE = phrase_set("only human | just human | i'm human | i am human | we are human | we're human")
# What is missed or does not work is no refusal, whatever no stands beside it.
_MISSES = phrase_set(
    """
    can't | cannot | can not | couldn't | could not | isn't there | there isn't | there is no | there's no one |
    there's nobody | haven't | hasn't | didn't | doesn't answer | does not answer | doesn't help | understand |
    get through | care | don't have | do not have | don't you have | don't you | don't know | bot | robot | machine |
    computer |
    chat | chatbot | unless | won't | will not | answer | answers | reply | replies
    """
)


def refuses_people(text: str) -> bool:
    """Whether a message says that nobody shall be called, and wishes for nobody."""
    told = [refused for clause in clauses_of(text) if (refused := _refuses(clause)) is not None]
    return bool(told) and all(told)


def _refuses(clause: Clause) -> bool | None:
    """Whether a clause refuses a person; None where it speaks of none."""
    words = clause.words
    if clause.has(_ONLY_ONE) or clause.has(_STEPS_IN):
        return True
    at = next((place for place in range(len(words)) if match(words, place, _PERSON | _HAND_OVER)), None)
    if at is None:
        return None
    if clause.question or clause.begins(ASKING):
        return False
    if clause.has(_OVER, at):
        return True
    named = match(words, at, _PERSON | _HAND_OVER)
    if clause.has(_UNNEEDED) and not clause.has(_UNNEEDED, at):
        return True
    if (at and match(words, at - 1, _NO)) or (at > 1 and match(words, at - 2, _NO) == 2):
        behind = words[at + named :]
        return not behind or bool(match(behind, 0, _BEHIND_NO))
    left_out = words[:1] == ("leave",) and "out" in words[at:]
    return (left_out or clause.has(_REFUSES, at)) and not clause.has(_MISSES)
