"""Tells a condition from what hangs on it: "add a lamp, but only if it is under $50"."""

import re
from dataclasses import dataclass

from nlu.rules.patterns import rule

_LEADS = r"(?:[\s,;–-]{0,3}\b(?:but|and|only|just|though)\b){0,3}[\s,;–-]{0,3}"
# "Tell me if", "not sure if" ask; "even if", "as if" and "what if" are none; "if not" ends a question.
_ASKED = (
    r"(?<!know )(?<!check )(?<!see )(?<!sure )(?<!wonder )(?<!wondering )(?<!ask )(?<!asking )(?<!tell )(?<!me )"
    r"(?<!us )(?<!what )(?<!even )(?<!as )(?<!idea )(?<!unsure )(?<!certain )(?<!care )(?<!matter )(?<!mind )"
)
# What the shop looks after by itself, and mere politeness.
_NO_CONDITION = (
    r"(?! not\W{0,3}\Z| (?:you|u|ya) (?:could|would|please|don'?t mind)\b"
    r"| (?:possible|poss|any|i (?:may|can|could)|(?:you|u|ya) (?:can|like)"
    r"|(?:(?:you|u|ya)(?:'ve)?|there(?:'s| is| are)) (?:still )?(?:have|got)?"
    r" ?(?:it|them|any|some|that|those|enough|left|there|in stock){0,1}(?: left| there| in stock)?"
    r"|(?:(?:it|that|this|they)(?:'s|'re| is| are)? )?(?:still )?(?:ok|okay|fine|alright|all right|available"
    r"|in stock|on stock|not too (?:late|much trouble)|no trouble))"
    r"(?=\W{0,3}(?:\Z|[.,;!\n]|please\b|pls\b|thanks\b|thank\b)))"
)
_CONDITION = rule(
    rf"(?P<leads>{_LEADS})(?:{_ASKED}\bif\b{_NO_CONDITION}"
    r"|\b(?:only|but|just) (?:when|once|after|as soon as)\b|\bdepending on\b|\bin case\b|\bunless\b"
    r"|\b(?:as|so) long as\b|\b(?:provided|providing|assuming|supposing)\b|\bon (?:the )?condition\b)",
    re.IGNORECASE,
)
_SENTENCE_ENDS = rule(
    r"[.!?;\n](?=\s|\Z)|,\s(?=(?:and|also|plus|then|ship|send|deliver|to|my|please|pls|thanks)\b)|\Z", re.IGNORECASE
)
_CLAUSE_ENDS = rule(r",\s|\bthen\b|\Z", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Conditional:
    """A message's condition, as it was said, and the rest, which hangs on it; no rest where the two cannot be told."""

    condition: str
    rest: str


def conditional(text: str) -> Conditional | None:
    """The first condition of a message; None where it sets none, or asks something by it."""
    found = _CONDITION.search(text)
    if found is None or text.rstrip().endswith("?"):
        return None
    begins, before = found.end("leads"), text[: found.start()].strip()
    leads_on = not before or before[-1] in ".!?;\n"
    ends = (_CLAUSE_ENDS if leads_on else _SENTENCE_ENDS).search(text, found.end())
    until = len(text) if ends is None else ends.start()
    rest = f"{text[: found.start()]}{text[until:]}".strip(" ,;")
    return Conditional(condition=text[begins:until].strip(), rest=rest)
