"""Tells a condition from what hangs on it: "add a lamp, but only if it is under $50"."""

import re
from dataclasses import dataclass

from nlu.rules.patterns import rule

_LEADS = r"(?:[\s,;–-]{0,3}\b(?:but|and|only|just|though)\b){0,3}[\s,;–-]{0,3}"
# "Tell me if", "not sure if" and "is it ok if" ask; "even if", "as if" and "what if" are none.
_ASKED = "".join(
    rf"(?<!{word} )"
    for word in "know check checking see sure wonder wondering ask asking tell me us what even as idea unsure certain "
    "care matter mind ok okay fine alright nice good great lovely glad grateful appreciated curious possible".split()
)
# What the shop looks after by itself, mere politeness, and what is only so said.
_IS = r"(?:(?:it|that|this|they)(?:'?s|'?re| is(?:n'?t| not)?| are(?:n'?t| not)?)? )?(?:still )?"
_THERE = r"(?:(?:you|u|ya)(?:'ve)?|there(?:'?s| is| are)) (?:still )?(?:have|got)?"
_NO_CONDITION = (
    r"(?! not\W{0,3}\Z| (?:so|yes|not)\b| (?:you|u|ya) (?:could|would|please|don'?t mind)\b"
    r"| i(?:'?m| am) (?:not )?(?:blind|wrong|mistaken|missing|allowed|reading)\b"
    r"| i (?:remember|recall|understand|read)\b"
    r"| (?:possible|poss|any|i (?:may|can|could)|(?:you|u|ya) (?:can|like)"
    rf"|{_THERE} ?(?:it|them|any|some|that|those|enough|left|there|in stock){{0,1}}(?: left| there| in stock)?"
    rf"|{_IS}(?:ok|okay|fine|alright|all right|available|in stock|on stock"
    r"|(?:not )?too (?:late|much (?:trouble|work|hassle|to ask))|no trouble))"
    r"(?=\W{0,3}(?:\Z|[.,;!\n]|please\b|pls\b|thanks\b|thank\b)))"
)
# Which may be waited for.
_BACK = r".{0,24}\b(?:back(?! (?:under|below|to|at|down)\b)|in stock|available|re-?stock\w{0,3}|(?:get|have) more)\b"
_CONDITION = rule(
    rf"(?P<leads>{_LEADS})(?:(?:{_ASKED}\bif|\bunless|\b(?:as|so) long as|\b(?:provided|providing|assuming|supposing)"
    rf"|\bin case)\b{_NO_CONDITION}"
    r"|\b(?:only|but|just) (?:when|once|after|as soon as)\b|\bdepending on\b|\bon (?:the )?condition\b"
    rf"|\b(?:when|once|after|as soon as)(?!{_BACK}) (?:my|our|his|her|it|they|that|this|there|the|your|prices?"
    r"|you (?!can\b|could\b|get\b|have\b|ship\b|send\b|do\b|like\b|are\b|find\b|wish\b))(?:'s|'re)?\b)",
    re.IGNORECASE,
)
# "Order it tomorrow": the deed shall wait, and nothing else is said.
_LATER = rule(
    r"\A(?P<rest>\W{0,3}(?:(?:please|pls|ok|okay|yes|just|only|then|and|but|not now,?|let'?s|you can|i'?ll"
    r"|i want to)\W{1,3}){0,3}"
    r"(?:place|order|buy|take|confirm|submit|purchase|cancel|change|do|forget)"
    r"(?: (?:it|this|that|them|me|all|my order|the order|this order|everything)){0,2}),?"
    r" (?P<time>(?:tomorrow|later|next \w{3,9}|(?:on |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|tonight|some ?day"
    r"|(?:in|after) (?:an?|one|two|three|a few|\d{1,2}) (?:minute|hour|day|week|month)s?|another (?:day|time)"
    r"|at the end of \w{2,5} \w{3,8}|when i .{3,60}|not (?:now|yet|today))\b.{0,30})\Z",
    re.IGNORECASE,
)
_DEED = rule(
    r"\W{0,3}(?:(?:please|pls|ok|okay|yes|sure|just|only|then|and|but|so|let'?s|you can|i(?:'?ll| will)?"
    r"|we(?:'?ll)?|want to)\W{1,3}){0,4}"
    r"(?:place|order|buy|take|have|get|confirm|submit|purchase|cancel|forget|erase|delete|empty|ship|send|do)\b"
    r"(?: (?:it|this|that|them|me|all|my|the|order|orders|cart|data|everything|both|now)){0,3}\W{0,5}\Z",
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
    if (later := _LATER.match(text)) is not None and not text.rstrip().endswith("?"):
        return Conditional(condition=later["time"].strip(" .!"), rest=later["rest"].strip())
    found = _CONDITION.search(text)
    if found is None or text.rstrip().endswith("?"):
        return None
    begins, before = found.end("leads"), text[: found.start()].strip()
    leads_on = not before or before[-1] in ".!?;\n"
    ends = (_CLAUSE_ENDS if leads_on else _SENTENCE_ENDS).search(text, found.end())
    until = len(text) if ends is None else ends.start()
    rest = f"{text[: found.start()]}{text[until:]}".strip(" ,;")
    return Conditional(condition=text[begins:until].strip(), rest=rest)


def orders(text: str) -> bool:
    """Whether words without a condition order what is there, or undo it: "buy it", "I'll take them", "forget me"."""
    return _DEED.match(text) is not None
