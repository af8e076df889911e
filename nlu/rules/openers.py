"""Reads who begins to speak of something that they have or ordered, and does not say what shall become of it."""

from nlu.rules.patterns import rule

_MATTER = (
    r"(?:things?|stuff|jobs?|requests?|changes?|wishes|matters?|favou?rs?|issues?|questions?|problems?|errands?|points?"
    r"|tasks?|bits|items?)"
)
_OF_SOMETHING = rule(
    r"\b(?:it(?:'s|\sis)|this\sis|that(?:'s|\sis)|its)\s(?:all\s|just\s|only\s|actually\s)?(?:about|regarding|concerning|to\sdo\swith|because\sof)\b"
    r"|\b(?:question|problem|issue|trouble|something|matter|thing|word|chat|talk|writing|calling|here|contact\w{0,5}|reach\w{0,3}\sout)\s(?:to\syou\s|you\s)?(?:about|with|regarding|concerning|because\sof)\b"
    r"|(?:\A|[.,!]\s)(?:about|regarding|concerning|as\sfor)\s(?:the|my|that|this|a|one|some|both|two)\b"
    r"|\bthere(?:'s|\sis|\sare|\swas)\s(?:also\s|still\s|then\s)?(?:my|the|a|an|one|another|something)\b"
)
_SEVERAL = rule(
    r"\b(?:two|three|four|five|2|3|4|5|a\sfew|few|some|a\scouple\s(?:of)?|couple\s(?:of)?|several|various|one\sor\stwo)\s(?:\w{2,9}\s){0,2}"
    rf"{_MATTER}\b"
)
# What a person must look at, or what is asked for somewhere else.
_FAULT = rule(
    r"\b(?:brok\w{1,3}|damag\w{1,3}|defect\w{0,4}|crack\w{0,3}|leak\w{0,3}|torn|scratch\w{0,3}|dent\w{0,3}|smash\w{0,3}|faulty|dead|stain\w{0,3}|missing|late|lost|never|nowhere|stolen"
    r"|wrong|complain\w{0,3}|rude|scam\w{0,3}|fraud|lawyer|hasn'?t|haven'?t|didn'?t|doesn'?t|don'?t|isn'?t|stopped|works?|working|overcharged|twice|receipt|invoice|warranty|cart|basket|code|voucher)\b"
)
_DIFFERENT = rule(
    r"\b(?:want|need|like|love|prefer|have|get|give\sme|rather|could|can|may|take|change|swap|be)\b[^.!?;]{0,40}?\b(?:different|other)\s(?!orders?\b|address|cards?\b|days?\b|times?\b|way\b|things?\b|questions?\b|hand\b)"
    r"|\b(?:want|need|like|love|prefer|have|get|could|can|may|take|be)\b[^.!?;]{0,30}?\b(?:a|an|another|in\sanother|some\sother)\s(?:other\s|different\s)?(?:size|colou?r|kind|type|version|model|sort|style|material|variant|shade|shape)\b"
)
_BUYS = rule(
    r"\b(?:buy|add|purchase|reorder|re-order|cart|basket|trolley|check\s?out|get\sme|bring\sme|send\sme|more\sof|in\sstock)\b"
    r"|(?<!my\s)(?<!the\s)(?<!that\s)(?<!this\s)(?<!same\s)(?<!whole\s)(?<!pending\s)(?<!last\s)(?<!in\s)\border\b(?!\s?(?:#|with|from|of|that|no\b|number))"
    r"|\banother\b(?!\s(?:one\b|size|colou?r|kind|type|version|model|sort|style|material|variant|shade|shape|pair|instead))"
)
_ANOTHER = rule(r"\b(?:others?|another|second|also|too|as\swell|both|older?|newer|two)\b")
MOST_WORDS = 40


def opens_topic(text: str) -> bool:
    """Whether a message only begins to speak of something: "it's about my jacket"."""
    plain = text.lower().replace("’", "'")
    return len(plain.split()) <= MOST_WORDS and _OF_SOMETHING.search(plain) is not None and not _FAULT.search(plain)


def opens_several(text: str) -> bool:
    """Whether a message announces several wishes: "I've got three little jobs for you"."""
    plain = text.lower().replace("’", "'")
    faulty = _FAULT.search(plain.replace("aren't", "").replace("isn't", ""))
    return len(plain.split()) <= MOST_WORDS and _SEVERAL.search(plain) is not None and not faulty


def wants_a_different_one(text: str) -> bool:
    """Whether a message wants another kind of what it speaks of, and perhaps does not say which."""
    plain = text.lower().replace("’", "'")
    return _DIFFERENT.search(f"{plain} ") is not None


def speaks_of_buying(text: str) -> bool:
    """Whether a message speaks of buying something, and not only of what was bought."""
    return _BUYS.search(text.lower()) is not None


def speaks_of_another(text: str) -> bool:
    """Whether a message means one more of what was spoken of: "the other puzzle too"."""
    return _ANOTHER.search(text.lower()) is not None


def tells_a_fault(text: str) -> bool:
    """Whether a message tells that something went wrong, of which a person should know."""
    return _FAULT.search(text.lower().replace("’", "'")) is not None
