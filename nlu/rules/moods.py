"""Reads how a deed that is hard to take back is spoken of: ordered, refused, asked about, or only thought of.

A model guesses what a message is about; whether it says yes is decided here, by words, and wins over the model.
A clear yes is made of nothing but words that say yes to the deed. Everything else is none, whatever it sounds like,
but a reason: behind a clear yes it may stand (`is_a_reason`) where the reader hears no other wish in it.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import islice

from nlu.rules.agreeing import agrees
from nlu.rules.deeds import Deed
from nlu.rules.mood_clauses import Clause, clauses_of, match
from nlu.rules.mood_words import (
    ABLE,
    ANOTHER_TIME,
    ASKING,
    ASKING_ANYWHERE,
    FAREWELLS,
    IT,
    NEGATIONS,
    NO,
    OBJECTING,
    POLITE_IF,
    REQUESTS,
    SHOWING,
    STARTS,
    TELLING,
    THANKS,
    THOUGHT_OF,
    WITH,
    YES,
    phrase_set,
)
from nlu.rules.patterns import rule


class Mood(StrEnum):
    """How a message speaks of a deed."""

    COMMAND = "command"
    REFUSED = "refused"
    ASKED = "asked"
    WONDERED = "wondered"  # hypothetical, wished for another time, hesitated over, told of


class Stance(StrEnum):
    """What a message answers to "shall I do it?"."""

    YES = "yes"
    NO = "no"
    ASKS = "asks"
    UNCLEAR = "unclear"


LONGEST_REASON = 12  # words
# What takes a yes back, bounds it, asks, or wants something else; beside these a story is not told.
_NO_REASON = rule(
    r"[?\d]|n['’]?t\b(?<!can't)|\b(?:but|except|unless|if|only|not|no|never|nor|none|wait|stop|hold|instead|rather|without|before"
    r"|until|when|after|later|tomorrow|maybe|perhaps|think|guess|suppose|hope|should|could|would|may|might|make|add|remove"
    r"|change|send|ship|put|cancel|another|other|wrong|actually|although|though|however|first|than|or|once|assuming"
    r"|provid\w{1,4}|pending|subject|kidding|joking|jk|ask|let|back|address|office|place|moved?|elsewhere|deliver\w{0,4}|pay)\b",
    re.IGNORECASE,
)
# What a reason is told by; of all that may stand behind a yes only this is none that may bound it. Who is glad of
# something gives no reason to take it away, and who regrets it none to get it.
_REASON = rule(r"\b(?:because|cos|already (?:got|have|has|bought|gave))\b", re.IGNORECASE)
_FOR_WHAT = rule(r"\b(?:for (?:my|our|his|her|the|a|mum|dad)|birthday|wedding|present|gift|surprise)\b", re.IGNORECASE)
_GLAD = rule(
    r"\b(?:looking forward|can'?t wait|excited|love(?:s|ly)?|happy|glad|perfect|wonderful|brilliant|fantastic)\b",
    re.IGNORECASE,
)
_REGRETS = rule(r"\b(?:changed (?:my|our) mind|no longer|by mistake)\b", re.IGNORECASE)
_WAS_IT_DONE = phrase_set(
    """
    did you | did u | did they | did anyone | have you | have u | haven't you | didn't you | has it been | have they |
    has my | is my data | was my | were my | am i | was i | have i been | why did you | when did you | why have you
    """
)
_PLAIN = frozenset(word for phrase in YES | WITH | NO | IT | STARTS for word in phrase.split()) | {"order"}


def mood_of(text: str, deed: Deed) -> Mood | None:
    """How a message speaks of a deed; None where it does not mention it. What it says last counts, a refusal most."""
    clauses = list(clauses_of(text))
    moods = [mood for clause in clauses if (mood := _mood(clause, deed)) is not None]
    if not moods:
        return None
    if any(clause.question and clause.begins(ASKING) and not clause.begins(REQUESTS | ABLE) for clause in clauses):
        return Mood.ASKED
    thought = any(
        clause.begins(phrase_set("if | unless | in case | what if | suppose | only if | even if")) for clause in clauses
    )
    if thought and Mood.ASKED not in moods and not _politely(clauses):
        return Mood.WONDERED if moods[-1] is not Mood.REFUSED else Mood.REFUSED
    last = next(clause for clause in reversed(clauses) if clause.words)
    if Mood.ASKED not in moods and _says_no(last) and _mood(last, deed) is None:
        return Mood.REFUSED
    for mood in (Mood.COMMAND, Mood.ASKED, Mood.WONDERED):
        if mood in moods and moods[-1] is not Mood.REFUSED:
            return mood
    return Mood.REFUSED


def stance_of(text: str, deed: Deed, *, cold: bool = False) -> Stance:
    """What a message answers when it was asked whether the deed shall be done; `cold` as `agreeing` has it."""
    if agrees(text, deed, cold=cold):
        return Stance.YES
    mood = mood_of(text, deed)
    if mood is Mood.ASKED:
        return Stance.ASKS
    clauses = list(clauses_of(text))
    if mood is Mood.REFUSED or (mood is None and any(_says_no(clause) for clause in clauses)):
        return Stance.NO
    return Stance.UNCLEAR


def is_a_reason(text: str, deed: Deed) -> bool:
    """Whether words behind a yes tell why, and take nothing back, bound and ask nothing: "it's for my brother"."""
    glad, regrets = _GLAD.search(text) is not None, _REGRETS.search(text) is not None
    fits, against = (glad or _FOR_WHAT.search(text), regrets) if deed.gives else (regrets, glad)
    told = (fits or _REASON.search(text)) and len(text.split()) <= LONGEST_REASON
    return bool(told) and not against and _NO_REASON.search(text) is None


def asks_back(text: str) -> bool:
    """Whether a message asks something, whatever it sounds like besides: "is that right", "correct?"."""
    return any(clause.question or clause.begins(ASKING) for clause in clauses_of(text))


def only_asks(text: str) -> bool:
    """Whether nothing but politeness stands beside what a message asks, or asks to be shown."""
    clauses = [clause for clause in clauses_of(text) if clause.words and not _leads_in(clause)]
    return bool(clauses) and all(map(_only_asks, clauses))


def _only_asks(clause: Clause) -> bool:
    if clause.begins(OBJECTING):
        return False
    if clause.begins(REQUESTS):
        return clause.has(ASKING_ANYWHERE | TELLING)
    return clause.begins(ASKING | SHOWING) or (clause.question and clause.begins(ABLE))


def _leads_in(clause: Clause) -> bool:
    return (
        not clause.question
        and not clause.begins(ASKING | SHOWING)
        and all(word in _PLAIN | THANKS | FAREWELLS for word in clause.words)
    )


def asks_besides(text: str, deed: Deed) -> bool:
    """Whether a message that speaks of a deed asks something else too: "forget me, and what about my order?"."""
    clauses = [clause for clause in clauses_of(text) if clause.words]
    asking = [clause for clause in clauses if clause.question or clause.begins(ASKING)]
    return any(_mood(clause, deed) is None and not all(word in _PLAIN for word in clause.words) for clause in asking)


def asks_of_the_past(text: str, deed: Deed) -> bool:
    """Whether all that is said of a deed asks if it was done: "did you forget me?", "have you deleted my data"."""
    clauses = [clause for clause in clauses_of(text) if _mood(clause, deed) is not None]
    return bool(clauses) and all(clause.begins(_WAS_IT_DONE) for clause in clauses)


def begins_with_yes(text: str) -> bool:
    """Whether a yes comes first in a message, whatever follows it."""
    return any(clause.begins(YES) for clause in islice(clauses_of(text), 1))


def names_only(text: str, deed: Deed) -> bool:
    """Whether a message, asked what shall be done it to, names the deed or its things and nothing else."""
    return agrees(text, deed) is not None


def is_alone(text: str, deed: Deed) -> bool:
    """Whether a message speaks of nothing but the deed, so that nothing is lost when only that is answered."""
    return all(
        _mood(clause, deed) is not None or all(word in _PLAIN for word in clause.words) for clause in clauses_of(text)
    )


def _mood(clause: Clause, deed: Deed) -> Mood | None:
    place = next((at for at in range(len(clause.words)) if match(clause.words, at, deed.verbs | deed.done)), None)
    if place is None:
        return None
    if clause.has(ASKING_ANYWHERE) or (clause.begins(ASKING) and not clause.begins(REQUESTS)):
        able = clause.begins(ABLE) and not clause.has(ANOTHER_TIME | ASKING_ANYWHERE | THOUGHT_OF)
        if not able:
            negated_statement = clause.has(phrase_set("no | not | don't | never"), place) and not clause.question
            if not (negated_statement and not clause.begins(ASKING)):
                return Mood.ASKED
    behind = place + match(clause.words, place, deed.verbs | deed.done)
    nothing = clause.words[behind : behind + 1] == ("nothing",)
    if nothing or clause.has(NEGATIONS, place) or clause.has(phrase_set("not"), None):
        bare_no = clause.words[:place] and all(word in ("no", "oh", "yes", "ok") for word in clause.words[:place])
        return Mood.WONDERED if bare_no else Mood.REFUSED
    if clause.has(THOUGHT_OF) and not clause.has(POLITE_IF):
        return Mood.WONDERED
    if not match(clause.words, place, deed.verbs):
        wished = clause.has(phrase_set("want | like | need | wish | mind | get | request | requesting"), place)
        return Mood.COMMAND if wished else Mood.WONDERED
    return Mood.COMMAND


def _says_no(clause: Clause) -> bool:
    return clause.begins(NO)


def _politely(clauses: Sequence[Clause]) -> bool:
    return any(clause.has(POLITE_IF) for clause in clauses)
