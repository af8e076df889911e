"""Reads the answer to the question how an order was, from 1 to 5: a number, and what else is said beside it.

Only who was just asked answers so: elsewhere the same words order, count or choose.
"""

import re
from dataclasses import dataclass

from nlu.rules.patterns import rule

BEST = 5
_WORDS = {word: number for number, word in enumerate("zero one two three four five six seven eight nine ten".split())}
_STAR_SIGNS = frozenset("⭐★🌟")
_EDGES = " \n.,;:!?-–—()"

_NUMBER = rf"(?<![\w$£€#.,/%-])(?P<score>\d{{1,3}}(?:[.,]\d)?|{'|'.join(_WORDS)})"
_STARS = r"(?:[- ]?(?:stars?|points?)\b)"
_OUT_OF = rf"(?: ?(?:/|out of|of) ?(?P<best>\d{{1,3}}|{'|'.join(_WORDS)}))"
_ENDS = r"(?![\w%]|[.,]\d)"
_BEFORE = (
    r"(?:i'?d|i'?ll|i|we'?d|we'?ll|we|would|will|only|just|say|give|gives|gave|rate|rated|score|it'?s|it|this order"
    r"|the order|my order|this|that'?s|that|you|them|gets|was|is|a|an|the|my|our|rating|vote|answer|number|solid|strong"
    r"|clear|easy|full|let'?s|call|giving|deserves?|worth|more like|rather|definitely|probably|maybe|hmm|hm"
    r"|well|oh|ok|okay|yes|so|and|as|at|to|with|go|for|everything|all"
    r"|overall|thanks|thank you|hi|hello|sure)"
)
_BEHIND = (
    r"(?:please|pls|thanks|thank you|thx|ty|cheers|from me|from us|for me|for you|for that|for this|for it|for sure"
    r"|for the order|i'?d say|i guess|i think|i suppose|definitely|overall|again|then|now|of course|to you|guys|maybe"
    r"|probably|tbh|honestly|imo|sorry)"
)
# Behind a number stand the words that explain it.
_WHY = r"(?:\W{0,2}[.,;:!()\n–—-]\W{0,2}| (?=(?:because|cause|cuz|since|but|though)\b))(?P<why>\w.*)"

_SAID = (
    rf"\W{{0,5}}(?:{_BEFORE}\W{{1,3}}){{0,7}}{_NUMBER}{_STARS}?{_OUT_OF}?{_STARS}?{_ENDS}"
    rf"(?:\W{{1,3}}{_BEHIND}\b){{0,4}}"
)
_ALONE = rule(rf"{_SAID}\W{{0,9}}", re.IGNORECASE)
_EXPLAINED = rule(rf"{_SAID}{_WHY}", re.IGNORECASE | re.DOTALL)
# "A 4" is a mark; "a 4 pack" and "a 4 inch pot" are things.
_MARK = rule(
    r"(?<!not )(?<!never )(?<!have )(?<!get )(?<!take )(?<!want )(?<!need )(?<!add )(?<!order )\ba (?P<score>\d{1,2}"
    r"|three|four|five)(?:[- ]stars?)?"
    r"(?: (?:for|to) (?:the|my|your|this|that|these|those|both|all)(?: \w{2,16}){1,2})?"
    r"(?=\W{0,3}(?:\Z|[.,;!\n)]|from (?:me|us)\b|and\b|but\b|because\b|thanks\b))",
    re.IGNORECASE,
)
_ANY = rf"(?:\d{{1,2}}|{'|'.join(_WORDS)})"
_BETWEEN = rule(
    rf"\W{{0,5}}(?:{_BEFORE}\W{{1,3}}){{0,7}}(?:(?:somewhere |something )?between (?:a )?{_ANY} and (?:a )?{_ANY}"
    rf"|{_ANY} ?(?:-|–|to|or) ?(?:a )?{_ANY}){_STARS}?(?:\W{{1,3}}{_BEHIND}\b){{0,4}}\W{{0,9}}",
    re.IGNORECASE,
)
# What is no order, but who brings it, what it comes in and who sells it.
_PART = (
    r"(?:courier|driver|rider|delivery(?: (?:man|guy|boy|lady|person|service|driver|company))?|post ?man|mail ?man"
    r"|(?:post|parcel|courier|shipping) (?:service|company)|packaging|packing|box|wrapping|shipping"
    r"|customer service|service|support|staff|web ?site|web ?shop|app|chat|bot|price|prices)"
)
_OF_A_PART = rule(
    rf"\b(?:rate|rated|give|gave|giving|gives|score)\s+(?:the|your|that|this)\s+{_PART}\s+(?:(?:a|an|only|just"
    rf"|with)\s+){{0,2}}"
    rf"{_ANY}{_ENDS}"
    rf"|(?<![\w.,]){_ANY}{_STARS}?(?: ?(?:/|out of) ?{_ANY})?\s+(?:for|to)\s+(?:(?:the|your|that|this)\s+)?{_PART}\b"
    rf"|\b{_PART}\s*(?::|was\b|is\b|gets\b|got\b|deserves\b|=)\s*(?:(?:a|an|only|just|maybe)\s+){{0,2}}{_ANY}{_STARS}?"
    rf"(?: ?(?:/|out of) ?{_ANY})?(?=\W{{0,3}}(?:\Z|[.,;!\n]|and\b|but\b))",
    re.IGNORECASE,
)
_OTHERWISE = (
    r"(?:(?:i\s+)?(?:meant?|wanted|intended)(?:\s+to\s+(?:say|press|give|hit|tap|click|write|put))?(?:\s+it)?"
    r"|(?:make|change|set|correct|turn|update)\s+(?:it|that|this|my\s+(?:rating|score|answer|number|stars?|review"
    r"|vote))"
    r"(?:\s+(?:in)?to|\s+be)?"
    r"|(?:it|that|this)\s+(?:should|was\s+(?:supposed|meant)\s+to)\s+(?:be|have\s+been|say)|should(?:'?ve"
    r"|\s+have)?\s+be(?:en)?"
    r"|actually|rather|oops|o{1,3}ps|wrong\s+(?:button|one|number|star)|mis-?(?:click|tap|type)(?:ed)?|typo"
    r"|no\W{1,3}wait|wait\W{1,3}no)"
)
_OTHERWISE_BESIDE = (
    r"(?:oh|no|nope|nah|wait|sorry|hm{1,4}|ah|oops|actually|well|ok|okay|my|bad|mistake|by|a|i|it|that|was|the|hit"
    r"|pressed|tapped|clicked|chose|typed|please|pls|can|could|you|but|and|just|on second thoughts?|thinking about it)"
)
_CORRECTED = rule(
    rf"\W{{0,5}}(?:{_OTHERWISE_BESIDE}\W{{1,3}}){{0,8}}(?:{_OTHERWISE}\W{{1,3}}){{1,3}}"
    rf"(?:(?:a|an|to|only|just|rather|it|as|more|like)\W{{1,3}}){{0,3}}{_NUMBER}{_STARS}?{_OUT_OF}?{_STARS}?{_ENDS}"
    rf"(?:\W{{1,3}}(?:{_BEHIND}|instead|not (?:a )?{_ANY})\b){{0,4}}(?:{_WHY}|\W{{0,9}})",
    re.IGNORECASE | re.DOTALL,
)
_EXPLICIT = rule(
    rf"{_NUMBER}(?: ?(?:/|out of) ?(?P<best>\d{{1,3}}|five|ten)\b{_STARS}?|{_STARS}){_ENDS}", re.IGNORECASE
)

_RATES = rule(
    rf"\W{{0,5}}(?:{_BEFORE}\W{{1,3}}){{0,6}}rate\s(?:it|this|that|them|everything|(?:the|my|this)\s(?:last\s)?order)\s"
    rf"(?:(?:as|with|at|a|an|only)\s){{0,2}}{_NUMBER}{_STARS}?{_OUT_OF}?{_STARS}?{_ENDS}(?:\W{{1,3}}{_BEHIND}\b){{0,4}}\W{{0,9}}",
    re.IGNORECASE,
)
_SIGNED = rule(r"(?<![\w.,/])(?P<score>\d{1,2}) ?x? ?[⭐★🌟]")
_DENIED = rule(rf"\bnot\s+(?:(?:worth|a|an|quite|really|the|full|any)\s+){{0,2}}{_ANY}{_STARS}?{_ENDS}", re.IGNORECASE)
_HANGS = rule(
    r"\b(?:if|unless|as long as|provided)\b(?! (?:i'?m (?:being )?(?:honest|fair)|(?:you|u) ask me|i (?:had|have"
    r"|must|may) to"
    r"|anything|possible|only))[^.!?\n]{3,120}",
    re.IGNORECASE,
)

_JOINS = rule(r"\A(?:and|also|plus|then)\b|\b(?:and|also|plus)\Z", re.IGNORECASE)
_POLITE = rule(r"\W{0,9}(?:(?:thanks|thank you|thx|ty|please|ok|yes)\W{0,3}){0,4}", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """What somebody gives: None where it is no one number from 1 to `BEST`; `why` is what they say beside it.

    It is `clear` where stars are named, or how many there could be; a number before other words may count things.
    """

    number: int | None
    why: str = ""
    clear: bool = False
    reason: bool = False  # whether `why` is why it is no other number, and no wish


def score_said(text: str, written: str) -> Score | None:
    """The score that a message gives; None where it gives none.

    Args:
        text: the message, with its emoji in words.
        written: the same with its emoji: stars count where no number is said.
    """
    if part := _OF_A_PART.search(text):
        return Score(number=None, why=_beside(text, part), clear=True)
    if alone := _ALONE.fullmatch(text):
        return Score(number=_number(alone), clear=True)
    if _BETWEEN.fullmatch(text):
        return Score(number=None, clear=True)
    if explicit := list(_EXPLICIT.finditer(text)):
        numbers = {_number(one) for one in explicit}
        return Score(number=numbers.pop() if len(numbers) == 1 else None, why=_beside(text, explicit[0]), clear=True)
    if mark := _MARK.search(text):
        return Score(number=_number(mark), why=_beside(text, mark), clear=True)
    if explained := _EXPLAINED.fullmatch(text):
        return Score(number=_number(explained), why=explained["why"].strip(_EDGES))
    why = "" if _POLITE.fullmatch(text) else text.strip(_EDGES)
    if signed := _SIGNED.search(written):
        return Score(number=_number(signed), why=why, clear=True)
    stars = sum(sign in _STAR_SIGNS for sign in written)
    return Score(number=stars, why=why, clear=True) if 1 <= stars <= BEST else None


def only_denies(text: str) -> bool:
    """Whether a message says what the score is not, and gives none: "not a 5, but not a 1 either"."""
    return _DENIED.search(text) is not None and score_said(text, text) is None


def hangs_on(text: str) -> str:
    """On what a score hangs that is none yet: "5 stars if you send a new one"; blank where it hangs on nothing."""
    found = _HANGS.search(text)
    return "" if found is None else found[0]


def stars_said(text: str, written: str) -> Score | None:
    """The same of a message that nobody asked for: stars, "out of 5" or the rating have to be named."""
    return score_said(text, written) if names_stars(text, written) or rates(text) else None


def names_stars(text: str, written: str) -> bool:
    """Whether a message names stars, "out of 5" or a rating."""
    return any(sign in _STAR_SIGNS for sign in written) or _EXPLICIT.search(text) is not None


def rates(text: str) -> bool:
    """Whether a message says in so many words that it rates, and nothing else: "rate it 5"."""
    return _RATES.fullmatch(text) is not None


def corrected(text: str) -> Score | None:
    """Another score in place of the one that was given: "oops, I meant 4", "make it a 2, the lid is loose"."""
    said = _CORRECTED.fullmatch(text)
    return None if said is None else Score(number=_number(said), why=(said["why"] or "").strip(_EDGES), clear=True)


def _number(said: re.Match[str]) -> int | None:
    best = _read(said.groupdict().get("best") or str(BEST))
    score = _read(said["score"])
    return score if best == BEST and score is not None and 1 <= score <= BEST else None


def _read(number: str) -> int | None:
    return _WORDS.get(number.lower(), int(number) if number.isdecimal() else None)


def _beside(text: str, said: re.Match[str]) -> str:
    """What stands behind the number; or else before it."""
    behind, before = text[said.end() :].strip(_EDGES), text[: said.start()].strip(_EDGES)
    return _JOINS.sub("", behind).strip(_EDGES) or _JOINS.sub("", before).strip(_EDGES)
