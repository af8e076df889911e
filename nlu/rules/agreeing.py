"""Reads whether a message says yes to a deed: by words that all go with that yes, and with no other."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from itertools import dropwhile, pairwise

from nlu.rules.cleaning import shorten
from nlu.rules.deeds import Deed
from nlu.rules.mood_clauses import clauses_of, match
from nlu.rules.mood_words import (
    A_NOUN,
    ALONE,
    ASKING,
    BESIDE_ALONE,
    CONFIRMS,
    DOUBTING,
    FAREWELLS,
    IT,
    MERE,
    NO,
    NO_YES,
    ONE_ORDER,
    POINTING,
    POLITE,
    READY,
    REQUESTS,
    THANKS,
    WEARY,
    WISHING,
    WITH,
    YES,
)
from nlu.rules.patterns import rule

_TO = CONFIRMS | {"to", "for"}  # what is named behind them is what is agreed to
# Whoever makes up their mind in the message says yes by its end.
_DECIDED = rule(
    r"\A\W{0,3}(?:(?:well|hm+|ok|okay|oh)\W{1,3}){0,2}(?:i\s(?:suppose|think|guess|believe|reckon)|i['’]?m\safraid|i\sam\safraid)\sso\W{1,3}(?=yes\b)",
    re.IGNORECASE,
)
_NUMBER_SIGNS = frozenset({"#", "number", "no."})


class _Says(Enum):
    """What a piece of a message does for a yes to the deed."""

    YES = auto()
    ACT = auto()  # the deed is ordered
    CONTENT = auto()  # with what is shown
    MERE = auto()
    ALONE = auto()  # a yes that counts only alone
    ITSELF = auto()  # the deed as a thing: "the cancellation"
    NAME = auto()  # what the deed takes away
    REQUEST = auto()
    BESIDE = auto()


def agrees(text: str, deed: Deed, *, cold: bool = False) -> bool | None:
    """Whether a message whose every word goes with a yes to the deed does say one; None where a word does not.

    Args:
        text: the message.
        deed: what was asked about.
        cold: whether anger, a good-bye or hesitation is shown beside the words; then a mere "ok" is no yes.
    """
    said = _read(text, deed)
    if said is None:
        return None
    if not deed.gives and _undoes_itself(said):
        return None
    return not _asks_advice(said, deed) and not _is_weary(said) and _adds_up(said, deed, cold=cold)


def asks_advice(text: str, deed: Deed) -> bool:
    """Whether a message only asks if the deed would be done, which tells no wish: "would you buy it?"."""
    said = _read(text, deed)
    return said is not None and _asks_advice(said, deed) and _adds_up(said, deed, cold=False)


def _read(text: str, deed: Deed) -> Sequence[tuple[_Says, str]] | None:
    """What the pieces of a message say, in their order; None where a word goes with no yes."""
    if shorten(text) != text:
        return None  # what is cut off may say no
    said: list[tuple[_Says, str]] = []
    for clause in clauses_of(_DECIDED.sub("", text)):
        if clause.begins(ASKING) and not clause.begins(REQUESTS):
            return None
        at = 0
        while at < len(clause.words):
            found = _piece(clause.words, at, deed)
            if found is None:
                return None
            says, length = found
            said.append((says, " ".join(clause.words[at : at + length])))
            at += length
        if clause.question and all(says is not _Says.REQUEST for says, _ in said):
            return None
    return said


def _asks_advice(said: Sequence[tuple[_Says, str]], deed: Deed) -> bool:
    """Whether a polite form asks what the shop would do, or is able to do, in place of telling it to.

    It tells it to where it is polite besides ("please"), or behind a yes; else only where it asks whether the shop
    "could" do what is its own to do at this question, and takes nothing away.
    """
    at = next((at for at, (says, _) in enumerate(said) if says is _Says.REQUEST), None)
    if at is None:
        return False
    before, (_, request), behind = said[:at], said[at], said[at + 1 :]
    beside = {phrase for says, phrase in behind if says is _Says.BESIDE}
    sure = any(says is _Says.YES for says, _ in before)
    acts = {phrase for says, phrase in said if says is _Says.ACT}
    acts |= {phrase for says, phrase in behind if says is _Says.YES}
    own = bool(acts) and acts <= (deed.own or deed.verbs)
    ready = request in READY
    if not deed.final and not POLITE.isdisjoint(phrase for _, phrase in said):
        return False
    if beside & DOUBTING:
        return True
    if ready and beside & THANKS and not deed.final:
        return False
    if sure:
        return not (ready or own)
    goes_ahead = "go ahead" in acts and len(acts) > 1  # "can you go ahead and cancel it"
    return deed.final or not (ready and ((own and deed.gives) or goes_ahead))


def _is_weary(said: Sequence[tuple[_Says, str]]) -> bool:
    """Whether a yes is said over and over to be rid of it, or in irony: "yeah yeah", "great, just great"."""
    phrases = [phrase for _, phrase in said]
    over = any(one == next_one in WEARY for one, next_one in pairwise(phrases))
    return over or any(
        just == "just" and one == again for one, just, again in zip(phrases, phrases[1:], phrases[2:], strict=False)
    )


def _undoes_itself(said: Sequence[tuple[_Says, str]]) -> bool:
    """Whether the deed is done to itself, which is its opposite: "cancel the cancellation", "scrap cancel"."""
    acts = any(one[0] is next_one[0] is _Says.ACT and one != next_one for one, next_one in pairwise(said))
    return acts or {_Says.ITSELF, _Says.ACT} <= {says for says, _ in said}


def _adds_up(said: Sequence[tuple[_Says, str]], deed: Deed, *, cold: bool) -> bool:
    kinds = {says for says, _ in said}
    if _Says.NAME in kinds and _Says.ACT not in kinds:
        return False  # "yes, my order" may want it
    if _Says.ACT in kinds or (_Says.YES in kinds and not deed.by_name):
        return True
    beside = {phrase for says, phrase in said if says is _Says.BESIDE}
    if cold:
        return False
    parting = not beside.isdisjoint(FAREWELLS) and beside.isdisjoint(THANKS)
    if not deed.by_name and (_Says.CONTENT in kinds or (_Says.MERE in kinds and not parting)):
        return True
    return _Says.ALONE in kinds and kinds <= {_Says.ALONE, _Says.BESIDE} and beside <= BESIDE_ALONE


def _piece(words: Sequence[str], at: int, deed: Deed) -> tuple[_Says, int] | None:
    """What the longest phrase at that place says, and how many words it has; None where it goes with no yes."""
    verb = match(words, at, deed.verbs)
    if verb == 1 and words[at] == "order" and not _orders_something(words, at, deed):
        verb = 0
    yes = max(verb, match(words, at, YES | deed.yeses))
    beside = match(words, at, WITH | IT | deed.things | deed.beside)
    if match(words, at, NO | NO_YES) > max(yes, beside):
        return None
    if wished := _done_to_it(words, at, deed):
        return _Says.ACT, wished
    if led := match(words, at, REQUESTS):
        return _Says.REQUEST, led
    if itself := _itself(words, at, deed, verb):
        return _Says.ITSELF, itself
    if yes and yes >= beside:
        return _yes(words, at, deed, verb, yes)
    if (lone := match(words, at, ALONE)) and lone >= beside:
        is_enough = " ".join(words[at : at + lone]) in deed.alone
        return (_Says.ALONE if is_enough else _Says.BESIDE), lone
    if deed.numbered and words[at].isdecimal() and len(words[at]) > 2:
        return None if _is_agreed_to(words, at) else (_Says.BESIDE, 1)
    if not beside or _orders_something(words, at, deed):
        return None
    name = " ".join(words[at : at + beside])
    if deed.gives or name not in deed.things - POINTING or _is_numbered(words, at + beside, deed):
        return _Says.BESIDE, beside
    if _is_agreed_to(words, at):
        return None
    return (_Says.BESIDE if words[at - 1 : at] in (("whole",), ("entire",)) else _Says.NAME), beside


def _yes(words: Sequence[str], at: int, deed: Deed, verb: int, yes: int) -> tuple[_Says, int] | None:
    phrase = " ".join(words[at : at + yes])
    if verb == yes:
        backs = phrase in deed.backs and not _has_a_thing(words, at + yes, deed)
        return None if backs else (_Says.ACT, yes)
    if phrase in YES:
        return _Says.YES, yes
    return (_Says.MERE if phrase in MERE else _Says.CONTENT), yes


def _itself(words: Sequence[str], at: int, deed: Deed, verb: int) -> int:
    """How many words name the deed as a thing: "(the) cancel", "(to) cancelling"; 0 where they do not."""
    before = words[at - 1] if at else ""
    if deed.gives:
        return 0
    return (verb if before in A_NOUN else 0) or (match(words, at, deed.done) if before in A_NOUN | {"to"} else 0)


def _has_a_thing(words: Sequence[str], at: int, deed: Deed) -> bool:
    """Whether what the deed is done to stands there: "undo my order" calls it off, "undo" and "undo it" may not."""
    while at < len(words) and words[at] in ONE_ORDER and not match(words, at, deed.things):
        at += 1
    return match(words, at, deed.things) > 0


def _is_agreed_to(words: Sequence[str], at: int) -> bool:
    """Whether the yes is said to what is named there, and not to the deed: "yes to my order", "confirm order 1001"."""
    led = ONE_ORDER | _NUMBER_SIGNS | {"order"}
    return next(dropwhile(led.__contains__, reversed(words[:at])), "") in _TO


def _is_numbered(words: Sequence[str], at: int, deed: Deed) -> bool:
    number = next(dropwhile(_NUMBER_SIGNS.__contains__, words[at:]), "")
    return deed.numbered and number.isdecimal()


def _done_to_it(words: Sequence[str], at: int, deed: Deed) -> int:
    """How many words say "I want it cancelled"; 0 where they do not."""
    wishing = match(words, at, WISHING)
    for things in (1, 2):
        behind = at + wishing + things
        if wishing and all(word in IT or word in deed.things for word in words[at + wishing : behind]):
            done = match(words, behind, deed.done)
            if done:
                return wishing + things + done
    return 0


def _orders_something(words: Sequence[str], at: int, deed: Deed) -> bool:
    """Whether the "order" at that place is a verb, as in "yes order it"."""
    if words[at] != "order":
        return False
    before, behind = words[at - 1] if at else "", words[at + 1 : at + 2]
    numbered = bool(behind) and (behind[0] == "#" or behind[0].isdecimal())
    return not numbered and before not in ONE_ORDER and not (at and match(words, at - 1, deed.verbs))
