"""Cuts a message into its acts, where its clauses clearly begin different ones: "make the mugs 4 and drop the tray"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nlu.rules.addresses import find_address
from nlu.rules.cleaning import blank, clean, shorten
from nlu.rules.identifiers import find_emails
from nlu.rules.negation import LONGEST, find_negated
from nlu.rules.prices import find_ranges
from nlu.rules.vocabulary import NARRATIVE
from nlu.understanding import Understanding

REPLACE = "replace"  # no intent of the model: `nlu.rules.replacements` reads it
KEEP = "keep"  # no intent either: what is said to stay in the cart
UNCLEAR = "unclear"
CHECKOUT = "checkout"  # go on to the order's card
ASKS_THE_SHOP = "asks_the_shop"  # about delivery, returns, payment …: what only a person answers
IF = "if"  # what hangs on something that nobody knows yet
_NOTHING_WANTED = "nothing"  # courtesy and comment
_TAKEN = (
    r"(?:remov|delet|drop|dropp|ditch|scrapp?|binn?|(?:take|taking|took|throw|kick)"
    r"(?: out| off| away| [\w' -]{1,40}? (?:out|off|away)\b))"
)
_NOT_TAKEN = (
    r"(?:(?:i|you|we) )?(?:really )?"
    r"(?:never|don'?t|do not|didn'?t|did not|shouldn'?t|should not|wouldn'?t|wasn'?t|no need)"
    r"(?: (?:ever|have|even|say|said|tell|told|ask|asked|mean|meant|want|wanted|supposed|going|you|to|that|for"
    rf"|please)){{0,5}} (?:{_TAKEN}(?:e|es|ed|ing)?|get(?:ting)? rid of"
    r"|(?:make|making|change|chang(?:ed|ing)|touch|doubl(?:e|ed|ing)|increase|reduce|swap|replace) "
    r"(?:it|that|them|the|my))"
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
        r"|take (?:the|that|those|my|an?|one|two|three|four|five|\d{1,3}) [\w' -]{1,40}? (?:out|off|away)"
        r"|cancel (?:the|those|that|my)(?= \w)(?! [\w' -]{0,30}\b(?:orders?|parcel|package|delivery|purchase|one)\b)"
        r"|(?:forget|skip|never ?mind) (?:about )?the|(?:empty|clear) (?:my|the) (?:\w{1,9} )?(?:cart|basket)"
        r"|(?:the|my|that|those) [\w' -]{1,40}? (?:has|have|needs|need|can|should|must) (?:to )?go",
    ),
    (
        "change_quantity",
        r"(?:make|change|set|update|put) (?:the|it|that|them|those|my) (?:[\w'-]{1,20} ){0,4}?(?:to "
        r"|into )?(?:\d{1,4}|one|two|three"
        r"|four|five|six|seven|eight|nine|ten|twelve|a dozen)|(?:double|triple|halve|increase|reduce|lower"
        r"|raise) (?:the|it|that|them|my)"
        r"|(?:\d{1,4}|one|two|three|four|five|six|ten)(?: [\w'-]{1,20}){0,4},? (?:not|instead of) "
        r"(?:\d{1,4}|one|two|three|four|five|six|ten)",
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
    (IF, r"(?:if|in case|unless|provided|as long as) (?:so|not|yes|no|it|they|that|the|there|you|i|any)"),
    (
        CHECKOUT,
        r"(?:check ?out|(?:go|proceed|take me) to (?:the )?check ?out|(?:place|complete|finish|submit) (?:the|my|this) "
        r"order|(?:i'm|we're|i am) (?:ready to (?:order|pay|check ?out)|done))",
    ),
    (
        ASKS_THE_SHOP,
        r"(?=(?:how|what|which|when|where|who|why|do|does|can|could|is|are|will|would|may)\b[^,.;!?\n]{1,80})"
        r"(?:(?!(?:my|our|the|this) (?:last |latest )?(?:order|parcel|package|delivery)\b)[\w' -]){1,60}?"
        r"\b(?:shipping|delivery|deliver|ship (?:to|abroad|internationally)|postage|returns?|refunds?|return policy|pay"
        r"|payment|invoice|opening hours|open on|located|discounts?|coupons?|vouchers?|warranty|guarantee"
        r"|gift ?wrap(?:ping|ped)?|dishwasher|microwave|oven[- ]safe|machine wash\w{0,5})",
    ),
    (
        "stop_marketing",
        r"(?:send|give) (?:me|us) no (?:more )?(?:e-?mails?|mails?|news\w{0,7}|marketing|offers|ads)|unsubscribe"
        r"|stop (?:sending|mailing|e-?mailing|the (?:e-?mails|mails|newsletter|marketing))",
    ),
    (
        "show_cart",
        r"(?:show|see)(?: me)? (?:my|the) (?:cart|basket)|what(?:'?s| is) in (?:my|the) (?:cart|basket)"
        r"|(?:(?:what(?:'?s| is| would be)) )?(?:the|my) (?:new |grand )?(?:total|sum)",
    ),
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
    ("order", r"(?:order|buy|get|grab)(?= (?:me )?(?:\d|an?\b|one|two|three|four|five|six|some|another|the))"),
    (
        "add_to_cart",
        r"(?:add|put|throw in|toss in|chuck in|include|give me|get me|send me|i(?:'d| would)(?: also| really)? like"
        r"|i(?:'?ll"
        r"| will) (?:take|have)|i want"
        r"|i need|i(?:'d| would) (?:rather (?:have|take)|prefer)|(?:can|could|may) i (?:get|have|add|order))",
    ),
)
_A_LEAD = (
    r"(?:please|pls|also|just|only|then"
    r"|now|ok|okay|hi|hello|hey|so|well|actually|sorry|could you|can you|would you|tell me"
    r"|let me know|i'?d like to|i would like to|i want to|know|you can|just|and|but|yes|no|oh|thanks)[, ]{1,3}"
)
_MOST_LEADS = 5
_LEADS = rf"(?:{_A_LEAD}){{0,{_MOST_LEADS}}}"
_LEAD = re.compile(_A_LEAD, re.IGNORECASE)
_HEAD = re.compile(rf"(?:{'|'.join(f'(?P<{intent}>{pattern})' for intent, pattern in _HEADS)})(?![\w'])", re.IGNORECASE)
_BETWEEN = " ,;&\n"
_STARTS = re.compile(
    r"(?:[,;!?\n]|\.(?!\w)){1,3} {0,2}(?:(?:and|then|also|but|plus) )?| (?:and|then|but|plus|also|&) ", re.IGNORECASE
)
# Words of a sentence. A clause without any names only things, and goes on with what was said before.
_SENTENCE = re.compile(
    r"\b(?:i|i'm|i'd|i'll|i've|id|ill|you|u|we|we'd|it|its|it's|they|me|us|is|are|was|do|does|did|don't|dont|can|could|will|would"
    r"|should|has|have|what|what's|whats|when|where|where's|how|how's|why|which|who|show|tell|list|add|put|send|ship|deliver"
    r"|use|make|change|remove|drop|take|cancel|track|order|buy|check|recommend|suggest|stop|looks|less|fewer)\b|\?",
    re.IGNORECASE,
)
# An order's own parts, which its handler reads together.
_ONE_ORDER = {"", "add_to_cart", "order", "provide_email", "provide_address"}
_SURE = 0.7
_LIKELY = 0.5  # enough for what can be taken back, asks first or only asks
# A clause that asks is never a part of the one before. "Could you …" asks for a deed.
_QUESTION = re.compile(
    rf"{_LEADS}(?:how|what|which|when|where|who|why|do|does|did|is|are|was|has|have|may|(?:can|could|will|would) "
    r"(?!(?:you|u|i|we)\b))(?:'s|'re)?(?![\w'])",
    re.IGNORECASE,
)
_OF_A_PRODUCT = {"stock_question", "price_filter"}  # two of them are two questions
_ASKING = _OF_A_PRODUCT | {"order_status", "past_orders", "show_cart", "recommend", ASKS_THE_SHOP}
_MOST_READ = 5  # clauses of one message that the model is asked about
# What the model may find a clause to want, and what that is here.
_READ = {
    intent: intent
    for intent in (
        "add_to_cart change_quantity remove_from_cart cancel_order order_status past_orders show_cart price_filter"
        " stock_question recommend human my_data provide_email provide_address stop_marketing"
    ).split()
} | {"order": "add_to_cart", "affirm": _NOTHING_WANTED, "thanks": _NOTHING_WANTED, "greet": _NOTHING_WANTED}
# What an order may begin with that has no verb: "2 mugs", "a teapot".
_COUNTS = re.compile(rf"{_LEADS}(?:\d{{1,4}}\b|an?\b|one\b|two\b|three\b|four\b|five\b|six\b|some\b)", re.IGNORECASE)
_NOTHING = re.compile(
    rf"{_LEADS}(?:please|pls|thanks|thank you|ok|okay|yes|no|hi|hello|hey|wait|hold on|hmm|sorry|great|perfect)?\W*",
    re.IGNORECASE,
)
# "Keep the teapot and drop the rest" is one wish.
_THE_REST = re.compile(
    r"\b(?:rest|others?|everything|all|but the|nothing else"
    r"|(?:only|just)(?! (?:add|put|throw|toss|include|give|get|send|make|change|set)\b))\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"(?:\d{1,4}|an?|one|two|three|four|five|six) [\w' -]{1,60} instead\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """A part of a message that wants one thing; `intent` is empty for an order without a verb."""

    text: str
    intent: str


def find_acts(text: str, read: Mapping[str, Understanding] | None = None) -> list[Act]:
    """The acts of a message in their order, neighbours that want the same as one; none unless two of them differ.

    Args:
        text: the message.
        read: what the model makes of those clauses that have no sure beginning (`unread`).
    """
    said, pieces = _pieces(text)
    begins: list[tuple[int, str]] = []
    hangs = False  # on the clause before: "if you have one, add it"
    for begin, end in pieces:
        words = _words(said, begin, end)
        if hangs or (not begins and _NOTHING.fullmatch(words)):
            hangs = False
            continue
        intent = _intent(said, begin) or _reading(words, (read or {}).get(words))
        answers = begins and begins[-1][1] in _ASKING and _COUNTS.match(words) and said[:begin].rstrip()[-1:] in "?.!"
        if intent or not begins or answers or begins[-1][1] == _NOTHING_WANTED:
            begins.append((begin, intent))
        hangs = intent == IF and said[end : end + 1] == "," and not _acts_within(said, begin, end)
    if _THE_REST.search(said):
        begins = [(begin, "" if intent == KEEP else intent) for begin, intent in begins if begin == 0 or intent != KEEP]
    acts: list[Act] = []
    ends = [*(begin for begin, _ in begins[1:]), *([len(said)] if begins else [])]
    for (begin, intent), end in zip(begins, ends, strict=True):
        words = _words(said, begin, end)
        if not intent and not _COUNTS.match(words):
            if NARRATIVE.search(words) or _NOTHING.fullmatch(words):
                continue  # what is told before the first act: "it's my son's birthday, and …"
            intent = UNCLEAR  # noqa: PLW2901 - the clause has none of its own
        if intent == _NOTHING_WANTED:
            continue
        if acts and acts[-1].intent == intent and intent not in _OF_A_PRODUCT:
            acts[-1] = Act(text=f"{acts[-1].text}, {words}", intent=intent)
        else:
            acts.append(Act(text=words, intent=intent))
    kinds = {act.intent for act in acts} - {UNCLEAR}
    questions = [act for act in acts if act.intent in _OF_A_PRODUCT]
    return acts if len(questions) > 1 or (len(kinds) > 1 and not kinds <= _ONE_ORDER) else []


def unread(text: str) -> list[str]:
    """The clauses of a message that the model must read alone, since their first words do not tell what they want."""
    said, pieces = _pieces(text)
    clauses = [(begin, _words(said, begin, end)) for begin, end in pieces if not _intent(said, begin)]
    sentences = [words for begin, words in clauses if " " in words and (begin == 0 or _SENTENCE.search(words))]
    return sentences[:_MOST_READ] if len(pieces) > 1 else []


def _pieces(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The cleaned text, and where its clauses begin and end; addresses and price ranges are not cut."""
    said = clean(shorten(text))
    emails = [(email.start, email.end) for email in find_emails(said)]
    addresses = [(found.start, found.end) for found in find_address(blank(said, emails), expected=False)]
    whole = emails + addresses + find_ranges(said)
    starts = [
        match
        for match in _STARTS.finditer(said)
        if not any(begin <= match.start() and match.end() <= end for begin, end in whole)
        or _SENTENCE.match(said, match.end())
    ]
    begins = [0, *(match.end() for match in starts)]
    pieces = zip(begins, [*(match.start() for match in starts), len(said)], strict=True)
    return said, [(begin, end) for begin, end in pieces if begin == 0 or said[begin:end].strip(_BETWEEN)]


def _acts_within(said: str, begin: int, end: int) -> bool:
    return any(
        _intent(said, space.end()) not in ("", IF) for space in re.finditer(" ", said[:end]) if space.end() > begin
    )


def _words(said: str, begin: int, end: int) -> str:
    words = said[begin:end].strip(_BETWEEN)
    return re.sub(r"\s(?:and|then|but|plus)$", "", words, flags=re.IGNORECASE).strip(" ,;")


def _reading(words: str, understanding: Understanding | None) -> str:
    """What the model is sure that a clause wants; empty for what belongs to the clause before."""
    if understanding is None:
        return ""
    intent = _READ.get(understanding.intent, "")
    asks = _QUESTION.match(words) is not None
    if understanding.confidence < (_SURE if intent in ("cancel_order", "") else _LIKELY) or not intent:
        if asks:
            return ASKS_THE_SHOP
        foreign = understanding.intent == "out_of_scope" and understanding.confidence >= _SURE
        return UNCLEAR if foreign and not NARRATIVE.search(words) else ""
    if intent in ("remove_from_cart", "cancel_order") and not _SENTENCE.search(words):
        return ""  # a name alone takes nothing away
    if intent == "provide_email" and understanding.first("email") is None:
        return ""
    return "" if intent == _NOTHING_WANTED and re.search(r"\d", words) else intent


def only_keeps(text: str) -> str | None:
    """What a message says stays in the cart, where it says nothing else; None of any other message."""
    said = clean(shorten(text))
    head = _head(said, 0)
    if head is None or head.lastgroup != KEEP or _THE_REST.search(said):
        return None
    starts = [intent for start in _STARTS.finditer(said) if (intent := _intent(said, start.end()))]
    return None if any(intent != KEEP for intent in starts) else head[KEEP] + said[head.end() :]


def _intent(said: str, begin: int) -> str:
    if head := _head(said, begin):
        return head.lastgroup or ""
    if _INSTEAD.match(said, begin):
        return "add_to_cart"
    negated = [next(find_negated(said[start : start + LONGEST]), None) for start in {begin, _leads(said, begin)[-1]}]
    return "add_to_cart" if any(found is not None and found[0] == 0 for found in negated) else ""


def _head(said: str, begin: int) -> re.Match[str] | None:
    """The sure beginning of an act after as many lead words as there are, or fewer: "no need to …" begins with one."""
    found = (_HEAD.match(said, start) for start in reversed(_leads(said, begin)))
    return next((head for head in found if head), None)


def _leads(said: str, begin: int) -> list[int]:
    """Where a clause may begin: itself, and after each of its lead words."""
    starts = [begin]
    while len(starts) <= _MOST_LEADS and (lead := _LEAD.match(said, starts[-1])):
        starts.append(lead.end())
    return starts
