"""Reads whether a person, or all that is kept of one, shall be forgotten: a closed list of what that is called."""

import re

from nlu.rules.joints import pieces_of, without
from nlu.rules.patterns import rule

_DATA = (
    r"(?:datas?|infos?|informations?|details|account|acount|accout|acc|acct|profile|records?|membership|gdpr|erasure|deletion"
    r"|database|systems?|servers?|computers?|customer|registered|consents?|permission|existed?|article\s+17)"
)
_KEEPS = (
    r"(?:know|have|has|got|keep|kept|keeping|store|stored|storing|hold|saved?|collected|told|gave|wrote|met|there|is)"
)
_CALLED = rule(
    rf"\b{_DATA}\b|\b(?:deregister|unregister|anonymi[sz]e)\b|\bevery\s+trace\b|\btraces?\s+of\s+me\b|\A\W*/forget\W*\Z"
    r"|\bright\s+to\s+be\s+forgotten\b|\bto\s+be\s+forgotten(?:\s+(?:please|now|completely|entirely))?\W*\Z"
    rf"|\b(?:everything|anything|nothing|stuff|all|what|whatever)\b(?:\s+\w{{1,8}}){{0,5}}?\s+(?:about|on|of|concerning)\s+(?:me|us|my\s+person)\b"
    rf"|\b(?:everything|all|what|stuff)\s+(?:that\s+)?(?:you|u)(?:'ve)?\s+{_KEEPS}\b"
    r"|\bwho\s+i\s+am\b|\bi\s+(?:was\s+never|never)\s+(?:here|shopped|existed)\b|\bi\s+was\s+ever\b",
    re.IGNORECASE,
)
# "Forget me", and nothing that belongs to it: "forget about me being rude", "forget me not".
_ONESELF = rule(
    r"\b(?:forget|forgett|forgt|delete|erase|remove|wipe|purge|take|drop|strike|clear)\s+(?:about\s+)?(?:me|us|myself)\b"
    r"(?=\W{0,9}(?:\Z|[.!?,;:\n]|(?:please|pls|plz|now|completely|entirely|fully|forever|permanently|from|out|off|for\s+good|at\s+once"
    r"|immediately|right\s+away|as|and|then|thanks|thank|again|too|asap|already|all|today|ok|okay)\b))",
    re.IGNORECASE,
)
# One thing of all that is kept, which shall be another, or gone by itself.
_ONE_THING = rule(
    r"\b(?:forget|delete|erase|remove|wipe|clear|drop|get\s+rid\s+of)\s+(?:(?:about|my|the|our|that|this|an?|old|wrong|other|first|last"
    r"|previous|saved|shipping|delivery|billing|second|home|work)\s+){0,5}(?:e-?mail|mail|address|street|house|zip|postcode|phone"
    r"|number|name|mistake|typo|message|note|line|card|order|parcel|label|account\s+number)s?\b",
    re.IGNORECASE,
)
_OF_ALL = rule(
    r"\b(?:from|in|off|out\s+of)\s+(?:your|ur|the)\s+(?:\w{1,9}\s+)?(?:files?|systems?|databases?|records?|computers?|servers?|lists?)\b"
    r"|\b(?:and|plus|,)\s*(?:(?:all|my|of|the|personal|whole)\s+){0,4}(?:data|account|everything|details|profile|information)\b",
    re.IGNORECASE,
)
_NEVER_MIND = rule(
    r"\bforget\s+(?:about\s+)?(?:it|that|this)(?:\W+(?:then|please|now|all|thanks|ok|okay|again)){0,3}\W*\Z",
    re.IGNORECASE,
)
# So, where nothing else tells that forgetting is spoken of: "remove the record player" is not.
_FORGETS = rule(
    r"\b(?:forget|delete|erase|remove|wipe|purge|clear|destroy|close|deregister|unregister|anonymi[sz]e|drop)\b"
    r"(?:\s+\w{1,12}){0,4}?\s+(?:me|us|myself|(?:my|our)\s+(?:(?:personal|private|customer|user|whole|own)\s+){0,2}"
    r"(?:data|infos?|information|details|account|acct|profile|records?|traces?)"
    r"|(?:everything|all|anything|whatever|what|data|info|information|records?)\s+(?:of|on|about)\s+(?:me|us)"
    r"|(?:everything|all|anything|whatever|what)\s+(?:that\s+)?(?:you|u)(?:'ve)?\s+\w{2,9})\b"
    r"|\bright\s+to\s+be\s+forgotten\b|\bgdpr\b",
    re.IGNORECASE,
)


_QUOTED = rule(
    r"\b(?:if|when|once|suppose|supposing|imagine)\s+(?:i|we|one|you|someone|somebody)\s+(?:were\s+to\s+|would\s+|ever\s+|now\s+)?"
    r"(?:said?|says?|wr[oi]te[sn]?|typed?|tells?|told|ask(?:ed|s)?|press(?:ed)?|click(?:ed)?|answer(?:ed)?)\b",
    re.IGNORECASE,
)


def forgets_a_person(text: str) -> bool:
    """Whether words of forgetting or deleting mean a person, or all of their data."""
    said = text.replace("’", "'")
    if _ONESELF.search(said) is not None:
        return True
    of_all = _ONE_THING.search(said) is None or _OF_ALL.search(said) is not None
    return of_all and _CALLED.search(said) is not None


def is_only_quoted(text: str) -> bool:
    """Whether somebody thinks of saying something: "what would you do if I wrote …"."""
    return _QUOTED.search(text) is not None


def says_never_mind(text: str) -> bool:
    """Whether it ends in "forget it", which takes back what was asked."""
    return _NEVER_MIND.search(text) is not None


def forgetting_besides(text: str) -> tuple[str, str]:
    """What a message says of forgetting its writer, and all else that it says; both empty where it says but one."""
    spans = [(start, end) for start, end in pieces_of(text) if _surely_forgets(text[start:end])]
    rest = without(text, spans)
    if not spans or not any(map(str.isalnum, rest)):
        return "", ""
    return " … ".join(text[start:end].strip(" ,;.!") for start, end in spans), rest


def _surely_forgets(words: str) -> bool:
    """Whether words that nobody took for forgetting yet say so, of a person or of what is kept of one."""
    return _FORGETS.search(words.replace("’", "'")) is not None and forgets_a_person(words)
