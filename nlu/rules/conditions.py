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
    r"|at the end of \w{2,5} \w{3,8}|when i .{3,60}|not (?:now|yet|today))\b(?!['’]s| order).{0,30})\Z",
    re.IGNORECASE,
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_UNIT = r"(?:min(?:ute)?|hour|hr|day|week|weekend|month|year)s?"
# Times that are surely to come, and those that may have been: an order of Friday is no order on Friday.
TO_COME = (
    rf"(?:tomorrow(?: (?:morning|noon|afternoon|evening|night))?|later(?: (?:on|today|this {_UNIT}|tonight))?|tonight"
    rf"|next (?:{_UNIT}|{_DAY}|time|pay\s?day|spring|summer|autumn|fall|winter)|some ?day|another (?:day|time)"
    rf"|(?:in|after) (?:an?|one|two|three|four|five|six|ten|a few|a couple of|half an?|\d{{1,3}}) {_UNIT}"
    r"|after (?:the |my |our )?(?:pay\s?day|weekend|holidays?|vacation|christmas|easter|new year|lunch|work|dinner"
    rf"|{_DAY})"
    rf"|(?:at )?the end of (?:the |this |next )?{_UNIT}|(?:at|on|over) the weekend"
    rf"|this (?:evening|weekend|coming {_DAY})"
    r"|when(?:ever)? i(?:'m| am| get| have| come| can| know| hear)\b[^.!?\n]{2,50}|not (?:now|yet|today))"
)
PERHAPS = (
    rf"(?:(?:on |this |the coming )?{_DAY}(?: (?:morning|afternoon|evening|night))?|on the \d{{1,2}}(?:st|nd|rd|th)?)"
)
_IS_A_TIME = rule(rf"\A(?:{TO_COME}|{PERHAPS})", re.IGNORECASE)
_POLITE = r"(?:[\s,.!)]{1,3}(?:please|pls|plz|thanks|thank you|thx|ok|okay|instead|only|again|then)\b){0,3}[\s.!)]{0,6}"
_AT_THE_END = rule(
    r"(?<!for )(?<!by )(?<!until )(?<!till )(?<!before )(?<!since )(?<!from )(?<!of )(?<!last )(?<!per )(?<!\w)"
    rf"(?P<time>(?P<surely>{TO_COME})|{PERHAPS}){_POLITE}\Z",
    re.IGNORECASE,
)
_AT_THE_BEGINNING = rule(
    r"\A\W{0,3}(?:(?:please|pls|ok|okay|hi|hey|hello|and|then|but|so)\W{1,3}){0,3}"
    rf"(?P<time>{TO_COME}|{PERHAPS})[\s,:]{{1,3}}"
    r"(?P<rest>.+)\Z",
    re.IGNORECASE | re.DOTALL,
)
# What is done to orders, or to what is kept: "make it 3", "the same again"; "I need 3 mugs tomorrow" tells of mugs.
_ACT = rule(
    r"\A\W{0,3}(?:(?:please|pls|plz|ok|okay|yes|just|then|and|but|so|hi|hey|hello|let'?s|(?:can|could|will|would) you"
    r"|you can|can i|could i|i'?ll|i will|i want(?: you)? to|i'?d like(?: you)? to|i would like(?: you)? to"
    r"|i need(?: you)? to)\W{1,3}){0,4}"
    r"(?:cancel|call off|change|make (?:it|that|them|the|my|this)|set|add|put|remove|drop|take|swap|replace|re-?order"
    r"|repeat|update|order (?:it|this|that|them|the|my|again|one more|more)|(?:the )?same (?:again|order|thing)|forget"
    r"|erase|delete|wipe|empty|double|halve|increase|reduce|place|buy (?:it|this|that|them|the same)|confirm|submit)\b",
    re.IGNORECASE,
)
# Where another clause has the time: "make it 5, I need them on Friday".
OF_ELSE = rule(
    r"[,.;:!?–—\n]\s{0,3}(?:(?:because|since|as|so|but|and|cause|cos|it'?s)\s{1,3}){0,2}"
    r"(?:i|we|he|she|they|it|my|our|there|the party)\b"
    r"|\b(?:because|since|so that|who|need(?:s|ed)?|arriv\w{1,4}|deliver\w{0,4}|comes?|leave|party|birthday|wedding"
    r"|guests?)\b",
    re.IGNORECASE,
)
# Where it was then: "cancel what I ordered on Friday".
THEN = rule(
    r"\b(?:placed|made|ordered|bought|purchased|did|was|were|came|arrived|got|from|of|had|order (?:i|we))\b",
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
    later: bool = False  # it is a time, at which something shall be done


def conditional(text: str) -> Conditional | None:
    """The first condition of a message; None where it sets none, or asks something by it."""
    if (later := _LATER.match(text)) is not None and not text.rstrip().endswith("?"):
        return Conditional(condition=later["time"].strip(" .!"), rest=later["rest"].strip(), later=True)
    if (waits := _waits(text)) is not None:
        return waits
    found = _CONDITION.search(text)
    if found is None or text.rstrip().endswith("?"):
        return None
    begins, before = found.end("leads"), text[: found.start()].strip()
    leads_on = not before or before[-1] in ".!?;\n"
    ends = (_CLAUSE_ENDS if leads_on else _SENTENCE_ENDS).search(text, found.end())
    until = len(text) if ends is None else ends.start()
    rest = f"{text[: found.start()]}{text[until:]}".strip(" ,;")
    return Conditional(condition=text[begins:until].strip(), rest=rest)


def _waits(text: str) -> Conditional | None:
    """What shall be done at a time to come, and the time: "make it 3 tomorrow", "next week cancel both"."""
    if text.rstrip().endswith("?"):
        return None
    if (first := _AT_THE_BEGINNING.match(text)) is not None and _ACT.match(first["rest"]):
        return Conditional(condition=first["time"].strip(), rest=first["rest"].strip(), later=True)
    last = _AT_THE_END.search(text)
    if last is None or not _ACT.match(text):
        return None
    rest = text[: last.start()].strip(" ,")
    if OF_ELSE.search(rest) or (last["surely"] is None and THEN.search(rest)):
        return None
    return Conditional(condition=last["time"].strip(), rest=rest, later=True)


def is_a_time(condition: str) -> bool:
    """Whether a condition is but a time: "tomorrow", "when I get paid"."""
    return _IS_A_TIME.match(condition) is not None


def orders(text: str) -> bool:
    """Whether words without a condition order what is there, or undo it: "buy it", "I'll take them", "forget me"."""
    return _DEED.match(text) is not None
