"""Reads by closed rules, in the bot's own process, what the reader may take for its opposite: what is not wanted done.

It is refused, only asked about, or only thought of: "I never said remove the teapot", "what if I removed it?".
"""

import re
from collections.abc import Collection
from dataclasses import replace

from nlu.rules.deeds import ADD, COUNT, REPLACE, TAKE_OUT, Deed
from nlu.rules.moods import Mood, mood_of
from nlu.rules.patterns import rule
from nlu.understanding import Guess, Understanding, Wish, words_of

ADDS = frozenset({"order", "add_to_cart"})
CHANGES = ADDS | {"change_quantity", "remove_from_cart", "swap"}
_DELETE = replace(TAKE_OUT, verbs=TAKE_OUT.verbs - {"take", "put", "cut"})
SURE_OF_A_NO = 0.9
_NOT_DONE = (Mood.REFUSED, Mood.ASKED, Mood.WONDERED)
# What only leads: "wait no scrap the basketball" refuses nothing, "don't forget to" urges.
_BEFORE = rule(
    r"^(?:(?:wait|no(?! (?:need|more|extra|further|longer|way|one))|nope|nah"
    r"|oh|hm+|ok|okay|sorry|actually|yes|yeah|well|u[mh]+|oops|never ?mind|no problem)\b"
    r"[\s,.!-]{0,4}){1,5}",
    re.IGNORECASE,
)
_URGES = rule(
    r"\b(?:don'?t|do not|never) (?:you )?(?:forget|hesitate)(?: to)?\b|\bwhy (?:don'?t|not) (?:you|we)\b", re.IGNORECASE
)
_KEEPS_IT = rule(
    r"\b(?:keep|keeping|leave|leaving) (?:it|them|that|those)\b(?! (?:out|off))|\bstill (?:want|need) (?:it|them)\b"
    r"|\bstop (?:removing|taking|deleting)\b|\bhate to lose\b|\bno need to\b|\bno (?:more|extra|further)\b(?! of)",
    re.IGNORECASE,
)
_NO_MORE = rule(r"\b(?:more|another|extra|additional|twice|second|order|buy|\d{1,4})\b", re.IGNORECASE)
_NOT_SO_MANY = rule(r"\W{0,3}not (?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|twelve)\b", re.IGNORECASE)
_CART = r"in (?:my|our|the) (?:cart|basket|trolley|bag)\b"
_WANTING = r"(?!.{0,120}\b(?:so|put|add|want|need|like|order|please|pls|throw)\b)"
_IS_THERE = rule(  # "in my cart: 2 mugs", "I have 2 mugs in my basket"
    rf"\A\W{{0,3}}(?:(?:so|hi|hello|ok|now)\W{{1,3}})?{_WANTING}"
    rf"(?:(?:already )?{_CART}\W{{0,2}}(?::|there(?:'s| is| are)\b|i(?:'ve| have)\b)"
    rf"|(?:(?:i|we)(?: already| currently)? have|(?:i|we)'?ve(?: already)? got|there(?:'s| is| are))\s"
    rf"(?:\d{{1,4}}|an?|the|some|my|two|three|four|five|six)\b[^.?!,:;]{{1,40}}\b{_CART})",
    re.IGNORECASE,
)
_ONLY_THOUGHT = rule(
    r"\b(?:might (?:order|buy|get|take|add)|maybe i'?ll|wish i could|can'?t have|suppose i|(?:before|when|if) i"
    r" (?:order|buy|bought|ordered|took|take|add)|would ?n'?t (?:buy|order|take)|not (?:ordering|buying|sure yet)"
    r"|thinking (?:about|of)|almost (?:bought|ordered))\b",
    re.IGNORECASE,
)
_THEN_NO = rule(r"\W{0,4}(?:but|and) no\W{0,3}", re.IGNORECASE)  # right behind what is wanted, and then nothing
_WHY = rule(r"\W{0,3}(?:(?:hey|and|but|so|hm+|wait|sorry)\W{1,3}){0,2}(?:why|how come|since when|who)\b", re.IGNORECASE)
_ENDS = rule(r"[.!?]\s")
_HANGS = rule(
    r"\b(?:if|unless|otherwise)\b(?! (?:possible|you (?:can|could|please|would|don'?t mind)|u can|i may|that'?s|it'?s"
    r"|not too late))",
    re.IGNORECASE,
)


def refusing(understanding: Understanding) -> Understanding:
    """The same; what is not wanted done is not done, and what shall stay stays."""
    text, read = understanding.text.replace("’", "'"), understanding.wishes
    wishes = _beside(tuple(_read(text, wish, read) for wish in read), read)
    heard = understanding.intent if understanding.ranking else ""
    acts = {wish.intent for wish in wishes}
    if heard == "remove_from_cart" and not acts & {heard, "keep"} and _stays(text):
        named = tuple(entity for entity in understanding.entities if entity.name in ("product", "left_out"))
        wishes = (_kept(Wish(start=0, end=len(text), intent="keep", confidence=1.0, entities=named)),)
    thought = any(new.intent == "stock_question" != old.intent for new, old in zip(wishes, read, strict=False))
    if heard in ADDS and not acts & CHANGES and (thought or _is_only_thought_of(text)):
        guess = Guess(intent="stock_question", confidence=1.0)
        understanding = replace(understanding, ranking=(guess, *understanding.ranking))
    elif heard in ADDS and acts == {"deny"} and all(wish.confidence >= SURE_OF_A_NO for wish in wishes):
        guess = Guess(intent="deny", confidence=1.0)  # "don't order anything yet"
        understanding = replace(understanding, ranking=(guess, *understanding.ranking))
    if wishes == read:
        return understanding
    before = {entity for wish in read for entity in wish.entities}
    entities = [entity for wish in wishes for entity in wish.entities]
    entities += [entity for entity in understanding.entities if entity not in before]
    return replace(understanding, wishes=wishes, entities=tuple(sorted(entities, key=lambda entity: entity.start)))


def _beside(wishes: tuple[Wish, ...], read: Collection[Wish]) -> tuple[Wish, ...]:
    """The wishes; what is left out beside a removal stays, and what "only" keeps beside a refused one goes."""
    if any(wish.intent == "remove_from_cart" for wish in wishes):  # "remove the teapot, not the mug"
        wishes = tuple(_kept(wish) if _skips(wish) else wish for wish in wishes)
    if any(new.intent == "keep" != old.intent for new, old in zip(wishes, read, strict=True)):
        wishes = tuple(_named(wish, "kept", "product") for wish in wishes)  # "don't remove the teapot, only the mug"
    return wishes


def _stays(text: str) -> bool:
    """Whether a message that speaks of taking out does not want it done; "I may not take it on a plane" is a reason."""
    refused = _is(text, TAKE_OUT, _NOT_DONE) and not _is(text, _DELETE, [Mood.COMMAND])
    return refused or _KEEPS_IT.search(text) is not None


def _is_only_thought_of(text: str) -> bool:
    return _ONLY_THOUGHT.search(text) is not None or _is(_URGES.sub("", text), ADD, [Mood.REFUSED])


def _read(text: str, wish: Wish, read: Collection[Wish]) -> Wish:
    said = _BEFORE.sub("", words_of(text, wish))
    urges = _URGES.search(said) is not None
    said = _URGES.sub("", said)
    match wish.intent:
        case "remove_from_cart" | "change_quantity" | "swap" if _WHY.match(said):
            return _kept(wish)  # "why are there 3 knives in my cart"
        case "remove_from_cart" if _hangs(text, wish, read):
            return replace(wish, confidence=0.0)  # "if it is not padded remove it": it is quoted as not done
        case "remove_from_cart":
            return _kept(wish) if _stays(said) else wish
        case "swap":
            return _kept(wish) if _is(said, REPLACE, _NOT_DONE) else wish
        case "change_quantity" if _skips(wish) and urges:
            return replace(_named(wish, "left_out", "product"), intent="add_to_cart")
        case "change_quantity" if _skips(wish):
            refused = _is(said, TAKE_OUT, [Mood.REFUSED]) or _is(said, COUNT, [Mood.REFUSED])
            return _kept(wish) if refused else _only_not_added(wish) if _NO_MORE.search(said) else wish
        case "change_quantity":
            refused = _is(said, COUNT, [Mood.REFUSED]) or _NOT_SO_MANY.match(said) is not None
            return _kept(wish) if refused else wish
        case "order" | "add_to_cart" if any(entity.name == "left_out" for entity in wish.entities):
            return wish  # the reader tells what is wanted from what is not
        case "order" | "add_to_cart" if _is(said, ADD, [Mood.REFUSED]):
            left_out = _only_not_added(_named(_without_numbers(wish), "product", "left_out"))
            return replace(left_out, intent="change_quantity")
        case "order" | "add_to_cart" if _IS_THERE.search(said):
            return _kept(wish)
        case "order" | "add_to_cart" if _ONLY_THOUGHT.search(said) or _is_taken_back(text, wish):
            return replace(wish, intent="stock_question")
        case _:
            return wish


def _is_taken_back(text: str, wish: Wish) -> bool:
    """Whether a plain "but no" stands right behind the only thing that is wanted."""
    return "," not in words_of(text, wish) and _THEN_NO.fullmatch(text, wish.end) is not None


def _hangs(text: str, wish: Wish, read: Collection[Wish]) -> bool:
    """Whether a condition leads to what is wanted, and to nothing before it."""
    done = [one.end for one in read if one.end <= wish.start and one.intent in CHANGES]
    begins = max([0, *done, *(end.end() for end in _ENDS.finditer(text, 0, wish.start))])
    return _HANGS.search(text, begins, wish.end) is not None


def _is(said: str, deed: Deed, moods: Collection[Mood]) -> bool:
    return mood_of(said, deed) in moods


def _skips(wish: Wish) -> bool:
    names = {entity.name for entity in wish.entities}
    return "left_out" in names and "product" not in names


def _kept(wish: Wish) -> Wish:
    """The wish as one that what it names stays as it is."""
    entities = tuple(
        replace(entity, name="stays", role="", group="")
        for entity in wish.entities
        if entity.name in ("product", "kept", "left_out", "replaced", "stays")
    )
    return replace(wish, intent="keep", entities=entities)


def _named(wish: Wish, name: str, other: str) -> Wish:
    entities = tuple(
        replace(one, name=other, role="", group=one.group or "1") if one.name == name else one for one in wish.entities
    )
    return replace(wish, entities=entities)


def _only_not_added(wish: Wish) -> Wish:
    entities = tuple(replace(one, role="added", group="") if one.name == "left_out" else one for one in wish.entities)
    return replace(wish, entities=entities)


def _without_numbers(wish: Wish) -> Wish:
    return replace(wish, entities=tuple(entity for entity in wish.entities if entity.name != "quantity"))
