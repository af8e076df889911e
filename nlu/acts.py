"""Cuts a message into its acts, where its clauses clearly begin different ones: "make the mugs 4 and drop the tray"."""

import re
from dataclasses import dataclass

from nlu.cleaning import clean, shorten
from nlu.vocabulary import NARRATIVE

REPLACE = "replace"  # no intent of the model: `nlu.replacements` reads it
KEEP = "keep"  # no intent either: what is said to stay in the cart
UNCLEAR = "unclear"
_TAKEN = (
    r"(?:remov|delet|drop|dropp|ditch|scrapp?|binn?|(?:take|taking|took|throw|kick)"
    r"(?: out| off| away| [\w' -]{1,40}? (?:out|off|away)\b))"
)
_NOT_TAKEN = (
    r"(?:(?:i|you|we) )?(?:really )?"
    r"(?:never|don'?t|do not|didn'?t|did not|shouldn'?t|should not|wouldn'?t|wasn'?t|no need)"
    r"(?: (?:ever|have|even|say|said|tell|told|ask|asked|mean|meant|want|wanted|supposed|going|you|to|that|for"
    rf"|please)){{0,5}} (?:{_TAKEN}(?:e|es|ed|ing)?|get(?:ting)? rid of)"
)
# What a clause begins with that is sure to be an act of its own, whatever stands around it.
_HEADS = (
    (
        KEEP,
        rf"{_NOT_TAKEN}|leave (?!out|off|away)[\w' -]{{1,40}}? (?:in|alone)"
        r"|keep(?= (?!only|just|it\b|me\b|in\b|on\b|to\b|an?\b|\d|one\b|two\b|three\b|four\b|five\b|six\b"
        r"|this\b|that\b)"
        r"(?!(?:the |my )?(?:old|same|previous|first|other|current|order|address|e-?mail|card|change|data|cart)\b)\w)",
    ),
    (
        "remove_from_cart",
        r"(?:remove|delete|drop|ditch|scrap|bin|lose|get rid of|leave out|(?:take|throw|kick) (?:out|off|away))"
        r"|take (?:the|that|those|my) [\w' -]{1,40}? (?:out|off|away)",
    ),
    (
        "change_quantity",
        r"(?:make|change|set|update|put) (?:the|it|that|them|those|my) (?:[\w'-]{1,20} ){0,4}?(?:to "
        r"|into )?(?:\d{1,4}|one|two|three"
        r"|four|five|six|seven|eight|nine|ten|twelve|a dozen)|(?:double|triple|halve|increase|reduce|lower"
        r"|raise) (?:the|it|that|them|my)",
    ),
    (REPLACE, r"(?:swap|exchange|replace) (?:the|my|it|that|those)"),
    ("cancel_order", r"cancel (?:my|the) (?:last |latest |previous |other )?order"),
    (
        "order_status",
        r"(?:where(?:'?s| is| are)?|when(?: will| does|'?s| is)|track|what(?:'s| is) the status of|how(?:'s"
        r"| is)) (?:my|the|our)"
        r" (?:\w{1,12} )?(?:order|parcel|package|delivery)|(?:has|did|is) my (?:\w{1,12} )?(?:order|parcel"
        r"|package)|where my"
        r" (?:\w{1,12} )?(?:order|parcel|package)",
    ),
    ("past_orders", r"(?:show|list)(?: me)? my (?:\w{1,12} )?orders|what (?:did|have) i (?:order|buy|bought|ordered)"),
    ("show_cart", r"(?:show|see)(?: me)? (?:my|the) (?:cart|basket)|what(?:'?s| is) in (?:my|the) (?:cart|basket)"),
    (
        "price_filter",
        r"(?:what(?:'?s| is| are)|which is|show(?: me)?|and) (?:your|the) (?:cheapest|dearest|most expensive"
        r"|least expensive)"
        r"|(?:what|anything|something|show)[\w ]{0,40} (?:under|below|less than|up to) [$£€]?\d",
    ),
    (
        "stock_question",
        r"(?:do you (?:have|sell|stock|carry)|have you got|how much (?:is|are|does|do|for)"
        r"|how many [\w ]{1,30} (?:do you|are|left)"
        r"|what (?:does|do) [\w ]{1,40} cost|what(?:'?s| is) the price of|(?:is"
        r"|are) the [\w ]{1,40} (?:in stock|available))",
    ),
    ("recommend", r"(?:recommend|suggest|what goes with|what (?:would|do) you (?:recommend|suggest)|what else goes)"),
    (
        "human",
        r"(?:(?:talk|speak) (?:to|with)|get me|connect me (?:to|with)) (?:a |an |some)?(?:human|person|someone"
        r"|agent|body)",
    ),
    ("order", r"(?:order|buy)(?= (?:me )?(?:\d|an?\b|one|two|three|four|five|six|some|another|the))"),
    (
        "add_to_cart",
        r"(?:add|put|throw in|toss in|chuck in|include|give me|get me|send me|i(?:'d| would) like|i(?:'?ll"
        r"| will) (?:take|have)|i want"
        r"|i need|(?:can|could|may) i (?:get|have|add|order))",
    ),
)
_LEADS = (
    r"(?:(?:please|pls|also|then|now|ok|okay|hi|hello|hey|so|well|actually|sorry|could you|can you|would you|tell me"
    r"|let me know|i'?d like to|i would like to|i want to|know|you can|just|and|but|yes|no|oh|thanks)[, ]{1,3}){0,5}"
)
_HEAD = re.compile(
    rf"{_LEADS}(?:{'|'.join(f'(?P<{intent}>{pattern})' for intent, pattern in _HEADS)})(?![\w'])", re.IGNORECASE
)
_STARTS = re.compile(r"[,.;!?\n]{1,3} {0,2}(?:(?:and|then|also|but|plus) )?| (?:and|then|but|plus|&) ", re.IGNORECASE)
# What an order may begin with that has no verb: "2 mugs", "a teapot".
_COUNTS = re.compile(rf"{_LEADS}(?:\d{{1,4}}\b|an?\b|one\b|two\b|three\b|four\b|five\b|six\b|some\b)", re.IGNORECASE)
_NOTHING = re.compile(rf"{_LEADS}(?:please|pls|thanks|thank you|ok|okay|yes|no|hi|hello|hey)?\W*", re.IGNORECASE)
# "Keep the teapot and drop the rest" is one wish.
_THE_REST = re.compile(r"\b(?:rest|others?|everything|all|only|just|but the|nothing else)\b", re.IGNORECASE)
_INSTEAD = re.compile(r"(?:\d{1,4}|an?|one|two|three|four|five|six) [\w' -]{1,60} instead\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """A part of a message that wants one thing; `intent` is empty for an order without a verb."""

    text: str
    intent: str


def find_acts(text: str) -> list[Act]:
    """The acts of a message in their order, neighbours that want the same as one; none unless two of them differ."""
    said = clean(shorten(text))
    begins = [(0, _intent(said, 0))]
    for start in _STARTS.finditer(said):
        if intent := _intent(said, start.end()):
            begins.append((start.end(), intent))
    if _THE_REST.search(said):
        begins = [(begin, "" if intent == KEEP else intent) for begin, intent in begins if begin == 0 or intent != KEEP]
    acts: list[Act] = []
    ends = [begin for begin, _ in begins[1:]] + [len(said)]
    for (begin, intent), end in zip(begins, ends, strict=True):
        words = said[begin:end].strip(" ,;&")
        words = re.sub(r"\s(?:and|then|but|plus)$", "", words, flags=re.IGNORECASE).strip(" ,;")
        if not intent and not _COUNTS.match(words):
            if NARRATIVE.search(words) or _NOTHING.fullmatch(words):
                continue  # what is told before the first act: "it's my son's birthday, and …"
            intent = UNCLEAR  # noqa: PLW2901 - the clause has none of its own
        if acts and acts[-1].intent == intent:
            acts[-1] = Act(text=f"{acts[-1].text}, {words}", intent=intent)
        else:
            acts.append(Act(text=words, intent=intent))
    return acts if len({act.intent for act in acts} - {UNCLEAR}) > 1 else []


def only_keeps(text: str) -> str | None:
    """What a message says stays in the cart, where it says nothing else; None of any other message."""
    said = clean(shorten(text))
    head = _HEAD.match(said)
    if head is None or head.lastgroup != KEEP or _THE_REST.search(said):
        return None
    starts = [intent for start in _STARTS.finditer(said) if (intent := _intent(said, start.end()))]
    return None if any(intent != KEEP for intent in starts) else head[KEEP] + said[head.end() :]


def _intent(said: str, begin: int) -> str:
    if head := _HEAD.match(said, begin):
        return head.lastgroup or ""
    return "add_to_cart" if _INSTEAD.match(said, begin) else ""
