"""Reads what is to be different of a placed order, without the words that only tell which one, or what it holds."""

import re

from nlu.rules.patterns import rule

_WHEN = (
    r"(?:just\s+now|earlier(?:\s+(?:on|today))?|this\s+(?:morning|afternoon|evening)|today|tonight|yesterday|last\s+(?:night|week)"
    r"|before|already|(?:(?:an?|one|two|few|\d{1,3})\s+)?(?:hours?|minutes?|mins?|days?)\s+(?:ago|back)|from\s+(?:before|earlier)"
    r"|(?:on\s+)?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday))"
)
_MADE = (
    r"(?:that\s+|which\s+)?(?:i|we)(?:'ve|\s+have)?\s+(?:just\s+|already\s+)?"
    rf"(?:placed|made|did|put\s+in|submitted|ordered|gave|sent|bought)(?:\s+{_WHEN})?"
)
# "to my last order", "in the order I made an hour ago", "off order 1001", "re order 3390:".
_OF_AN_ORDER = rule(
    r"\b(?:(?:to|from|in|on|off|out\s+of|with|into|for|of|about|re|ref|regarding)\W{1,3})?"
    r"(?:(?:the|my|that|this|an|our|your|yesterday's|yesterdays|today's|todays|last|latest|previous|existing"
    r"|recent|placed|open|current|first|second|third|older|oldest|newer|newest|earlier|other|bigger|smaller)\s+){0,3}"
    rf"(?:order|purchase|ordr)\b(?:\s+(?:no\.?|number|nr\.?))?(?:\s{{0,2}}#?\s?\d{{1,18}})?:?(?:\s+{_MADE}|\s+(?:from\s+)?{_WHEN})?"
    rf"|\b(?:with|to|in|into|from|off)\s+(?:what|the\s+(?:things|stuff|one))\s+{_MADE}",
    re.IGNORECASE,
)
_NUMBER = rule(
    r"(?:\b(?:re|ref|regarding|about|on|to|for|in|from)\b\W{1,3})?(?:\A|(?<=\s))#?(?:[A-Z]{1,3}-)?\d{4,18}(?=[\s:,.?!]|\Z):?"
)
_WHILE_IT_IS_HERE = rule(
    r"\b(?:if|while|before|unless|as\s+long\s+as)\s+(?:it'?s?|its|you|not|possible|that|they)\b"
    r"(?:\s+(?:has(?:n'?t)?|have(?:n'?t)?|is(?:n'?t)?|not|still|with|you|yet|ship(?:s|ped|ping)?|left|leaves?|gone|goes|go|possible"
    r"|already|send|sends|sent|it|out|packed?|in\s+time)\b){0,6}"
    r"|\b(?:is\s+it\s+)?too\s+late\s+to\b",
    re.IGNORECASE,
)
_PLACED = rule(
    r"\b(?:ordered|placed|bought|already|yesterday|ship(?:s|ped|ping)?|sent|(?:last|latest|previous|existing|first|other|old)\s+order"
    r"|order\s+(?:no\.?\s+|number\s+)?#?\d{2,18}|order\s+(?:i|we)\b|order\s+from)\b|#\d{3,18}",
    re.IGNORECASE,
)
_CERTAIN = rule(
    r"\A(?:to|from|in|on|off|out|into)\b.{0,40}\b(?:order\s{1,2}(?:no\.?\s|number\s)?#?\s?\d{2}|last|latest|previous|placed|yesterday'?s?"
    r"|today'?s|made|ordered|bought|earlier|ago)",
    re.IGNORECASE,
)
_CALLED = rule(
    r"\b(?:orders?|parcel|package)\s+(?:no\.?\s*|number\s+|nr\.?\s*)?#?\s?(?P<order>\d{2,18})\b|#\s?(?P<sign>\d{3,18})\b",
    re.IGNORECASE,
)
_CLAUSE = rule(
    r"[,.;!?\n]\s+|\s+(?:but|and\s+now|although|though|and\s+(?=(?:i\s+)?(?:meant|need|want)))\s*", re.IGNORECASE
)
# A clause that tells what was ordered, or why: nothing of it is wanted now.
_TOLD = rule(
    r"\A\W{0,3}(?:(?:hi|hey|hello|oh|so|sorry|oops|crap|no|argh|and|but|well)\W{1,3}){0,4}(?:i|we)?(?:'ve|\s+have)?\s?(?:just\s+|already\s+|accidentally\s+|only\s+)?"
    r"(?:ordered|bought|placed|picked|chose|clicked|typed|selected|entered|(?<=i\s)(?:put|got|have)|forgot\s+something|found|made\s+a\s+mistake)\b"
    r"|\A\W{0,3}(?:too\s+late|is\s+it\s+too\s+late\W{0,3}\Z|already\s+paid|wrong\s+\w{1,12}\s?\Z"
    r"|(?:hi|hey|hello|sorry|oops|please|pls|thanks|thank\s+you|one\s+more\s+thing|hang\s+on|wait)\W{0,3}\Z)",
    re.IGNORECASE,
)
_ONE_OF = rule(
    r"\b(?P<less>one|two|three|four|five|\d{1,4})\s+of\s+(?:the|those|my)\s+(?:\d{1,4}|two|three|four|five|six)\b",
    re.IGNORECASE,
)
_LESS = rule(
    r"\b(?P<less>a|one|two|three|four|five|six|ten|\d{1,4})\s+(?:[\w'-]{1,20}\s+){0,3}?(?:less|fewer|too\s+many)\b",
    re.IGNORECASE,
)
_TAKES_OUT = rule(
    r"\b(?:remove|delete|drop|lose|leave\s+out|take\s+(?:\S{1,20}\s+){0,6}?(?:off|out|away)|take\s+(?:off|out|away)|leave\s+(?:\S{1,20}\s+){1,5}out"
    r"|come\s+off|cancel|scrap|ditch|skip|without|get\s+rid\s+of"
    r"|(?:do\s+not|don'?t|no\s+longer)\s+(?:send|need|want|include)|throw\s+out)\b",
    re.IGNORECASE,
)
_ADDS = rule(
    r"\b(?:add|put|pop|chuck|throw|stick|include|squeeze|bung|forgot|get|(?<!should )(?<!supposed to )have(?!\s+been\b)"
    r"|also|too|plus|with\s+it|as\s+well|another)\b",
    re.IGNORECASE,
)
_TO_IT = rule(
    r"\bto (?:it|that|this|(?:my|the|that|this) (?:(?:last|same|placed) )?(?:order|purchase|parcel|package|delivery))"
    r"(?: too| as well| still)?(?:,? (?:please|pls|thanks|thank you))?\W{0,5}\Z",
    re.IGNORECASE,
)
_OTHER_KIND = rule(
    r"\b(?:want(?:ed)?|need(?:ed)?|be|meant|make\s+(?:it|them|that)|prefer|rather|like|into|to|in|have|for)\s+"
    r"(?:it\s+|them\s+|that\s+)?(?:to\s+be\s+)?(?:in\s+)?(?:the\s+|an?\s+)?(?P<new>[^\W\d_][\w' -]{1,40}?)"
    r"(?:\s+(?:one|ones|instead|please|pls|if\s+possible|now))*\W*\Z",
    re.IGNORECASE,
)


def without_order(text: str) -> str:
    """What is wanted, without the words for the order and without what is only told of it."""
    said = _WHILE_IT_IS_HERE.sub(" ", text.replace("’", "'"))
    said = _NUMBER.sub(" ", _OF_AN_ORDER.sub(_its_place, said))
    clauses = [clause.strip(" ,.;:!?") for clause in _CLAUSE.split(said)]
    wanted = [clause for clause in clauses if clause and (_LESS.search(clause) or _TOLD.search(clause) is None)]
    return " ".join(", ".join(wanted).split())


def of_the_order(text: str) -> str:
    """The words that tell which order is meant, without what is wanted of it."""
    return " ".join(found[0] for found in _OF_AN_ORDER.finditer(text.replace("’", "'")))


def names_placed(text: str) -> bool:
    """Whether it names a placed order that something is wanted of: "add a hook to order 1001", "to my last order"."""
    return any(_CERTAIN.search(found[0]) for found in _OF_AN_ORDER.finditer(text.replace("’", "'")))


def order_number(text: str) -> str:
    """The number that is called an order's; empty where none is."""
    found = _CALLED.search(text)
    return "" if found is None else found["order"] or found["sign"]


def speaks_of_placed(text: str) -> bool:
    """Whether it says that the order is one that was placed, and not what is in the cart."""
    return _PLACED.search(text.replace("’", "'")) is not None


def _its_place(order: re.Match[str]) -> str:
    """ "take it off my order" is "take it off"."""
    return " off " if order[0].lower().startswith(("off", "out")) else " "


def takes_out(text: str) -> bool:
    """Whether something shall not be in the order any more."""
    return _TAKES_OUT.search(text) is not None


def fewer(text: str) -> str:
    """How many fewer are wanted, as it is written: "one of the two", "one less"; empty where none is said."""
    found = _ONE_OF.search(text) if takes_out(text) else _LESS.search(text)
    if found is None:
        return ""
    less: str = found["less"].lower()
    return "one" if less == "a" else less


def adds(text: str) -> bool:
    """Whether something shall be in the order too."""
    return _ADDS.search(text) is not None


def adds_to_it(text: str) -> bool:
    """Whether something shall go with what was just ordered: "add a candle to that", "… to my order please?"."""
    return _TO_IT.search(text.replace("’", "'")) is not None


def other_kind(text: str) -> str:
    """What something shall be in place of what it is: "want the green"; empty where that is not said."""
    found = _OTHER_KIND.search(text)
    return "" if found is None else found["new"].strip()
