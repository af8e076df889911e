"""Whether a message says that the parcel goes somewhere else than the known address, without saying the new one."""

import re

_OWN = r"(?:my|our|his|her|their|the)"
_PERSON = (
    r"(?:parents|mum|mom|mother|dad|father|wife|husband"
    r"|partner|girlfriend|boyfriend|sister|brother|neighbou?r|friend|boss|son"
    r"|daughter|grandma|granny|nan|grandpa|aunt|uncle|cousin|in-laws|colleague)"
)
_HOUSE = (
    r"(?:office|work(?:place)?|job|home|house|flat|apartment|place|school|dorm|studio|workshop|hotel|cabin|cottage)"
)
_PART = (
    r"(?:add?ress|street|zip(?: code)?|post ?code|(?:house |street )?number(?! of)|town|city|country|place|location"
    r"|destination)"
)
_THING = r"(?:it|this|that|them|these|those|everything|all|(?:the|my|this) (?:order|parcel|package|stuff|things?|lot))"
_NAMED_PART = re.compile(r"\b(?:(?P<town>town|city|country)|(?P<zip>zip|post ?code))\b", re.IGNORECASE)
# What is no other place: where the card says it goes, or no place at all.
_AS_KNOWN = (
    r"(?:me|us|(?:the|my|our|this|that) (?:(?:same|given|usual|known|saved|above|shown) )?"
    r"(?:add?ress|cart|basket|bag|order|list|e-?mail|inbox|phone)"
    r"(?: (?:above|shown|on the card|there|please))?|there|here|that|this|it|the same(?: (?:one|place))?|\d{1,3}"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\W{0,3}$"
)
_WRONG = re.compile(
    r"\b(?:wrong|old|incorrect|outdated|not (?:my|the right|the)|different|other|another|new"
    rf"|(?:change|fix|update|correct) (?:my|the)) (?:shipping |delivery |home )?(?:{_PART}|house|flat|apartment)\b"
    r"|\b(?:change|update|correct|edit|modify) (?:shipping |delivery )?add?ress\b"
    rf"|\b{_PART}(?: is|'s| was)?(?: all)? (?:wrong|incorrect|old|outdated|not (?:right|correct)|has changed|changed)\b"
    r"|\bmoved\b(?! (?:on|by)\b)|\b(?:i'm|we're|am|are|have been) (?:moving|relocat(?:ed|ing))\b"
    r"|\b(?:i|we) (?:don't|dont|do not|no longer|never|didn't) (?:live|work|stay|reside)(?:d)?\b"
    r"|\b(?:not|isn't|isnt|wasn't) where\b|\bwhere (?:i|we)(?: (?:actually|really|now|used to|usually))?"
    r"(?:'m| live| work| am| are"
    r"|'re| stay| want| need)"
    r"|\b(?:somewhere|anywhere|someplace|some place) (?:else|different|other)\b|\belsewhere\b"
    r"|\b(?:i|we)(?:'m| am|'re| are)? (?:not|never|won't be|will not be) (?:there|(?:at )?home|in|at that)\b"
    r"|\bnot (?:to )?there\b",
    re.IGNORECASE,
)
_CARE_OF = re.compile(r"\bc/o\b", re.IGNORECASE)
_GOES_TO = re.compile(
    rf"\b(?:(?:ship|send|deliver|post|mail|bring|forward)(?:ed|ing)?(?: {_THING})?"
    rf"(?: (?:off|over|out|instead|please|round)){{0,2}} (?:to|2)"
    rf"|(?:leave|drop) {_THING}(?: off)? (?:with|at)"
    rf"|{_THING}(?:'s|'ll)?(?: (?:should|must|can|could|has|needs|to|is|was|be|supposed|meant|better"
    rf"|please)){{0,4}}"
    rf" (?:go|goes|going|come|sent|shipped|delivered|posted) to) (?!{_AS_KNOWN})(?=\w)"
    rf"|\b(?:(?:to|at|it's|that's|use|make it) {_OWN}|(?:is|was|not) (?:my|our|his|her|their)) "
    rf"(?:{_HOUSE}|parents'?|{_PERSON}'?s"
    rf"|{_PERSON} (?:{_HOUSE}|add?ress))\b(?! (?:made|birthday|wedding|party|gift|present))"
    rf"|\b(?:to|at) (?:work|home|school)\b"
    rf"|^\W{{0,3}}(?:(?:no|wait|oh|actually|sorry|please|rather)\W{{1,3}}){{0,4}}(?:{_OWN} )?(?:{_HOUSE}|{_PERSON}'?s)"
    r"(?:,? (?:please|instead|rather|address|now|not \w{1,12}(?: \w{1,12})?)){0,2}\W{0,3}$",
    re.IGNORECASE,
)
# Questions about shipping, which say of no parcel where it goes.
_ASKS = re.compile(
    r"\W{0,3}(?:(?:hi|hey|hello|ok|okay|so|and|but|also|yes|thanks)\W{1,3}){0,3}"
    r"(?:when|how|do|does|did|what|why|which|who|where(?:'s| is| will| does)|is there|are there"
    r"|will (?:it|they)|is (?:it|that|this)"
    r" (?:going|shipped|sent|delivered|coming))\b",
    re.IGNORECASE,
)
_NEW = r"(?P<new>\d{1,5} ?[a-z]?)(?![\w-])"
_OLD = r"(?P<old>\d{1,5}[a-z]?)(?![\w-])"
_MARK = r"(?:(?:house |street )?(?:number|no\.?|nr\.?|#) ?)?"
_NUMBERS = (
    re.compile(
        rf"(?<![\w-]){_NEW},? (?:and )?(?:not|instead of|rather than|isn't|in place of) (?:at )?{_MARK}{_OLD}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:not|isn't) (?:at )?{_MARK}{_OLD}[,.;:]?"
        rf" (?:(?:but|it's|it is|i'm|at|rather|should|be|live) ){{0,4}}{_MARK}{_NEW}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w-]){_OLD} (?:(?:is|was) wrong\W{{1,3}}(?:it's|it is|it should be)"
        rf"|should(?: be| have been| read)|must be|to|into|->) {_MARK}{_NEW}",
        re.IGNORECASE,
    ),
)
_HOUSE_NUMBER = re.compile(r"(?<![\w-])\d{1,5}[a-z]?(?![\w-])")
_OF_A_HOUSE = re.compile(r"\b(?:number|no\.?|nr\.?|house|street|door|live|lives|address)\b|#", re.IGNORECASE)


def says_wrong(text: str) -> re.Match[str] | None:
    """The words that say that an address is not the right one (any more)."""
    return None if "mail" in text.lower() or _ASKS.match(text) else _WRONG.search(_plain(text))


def wrong_part(text: str) -> str:
    """Which part of the known address is called wrong: "town", "zip", or else "street", with all that is in it."""
    words = says_wrong(text)
    named = _NAMED_PART.search(words[0]) if words else None
    return named.lastgroup or "street" if named else "street"


def goes_elsewhere(text: str) -> re.Match[str] | None:
    """The words that send the parcel somewhere else, or call the address wrong."""
    return says_wrong(text) or _CARE_OF.search(text) or (None if _ASKS.match(text) else _GOES_TO.search(_plain(text)))


def other_number(text: str, street: str) -> str | None:
    """The house number that a message says in place of the street's own: "number 14, not 12"."""
    for pattern in _NUMBERS:
        found = pattern.search(_plain(text))
        if found is not None and found["old"].lower() in _HOUSE_NUMBER.findall(street.lower()):
            return found["new"].strip()
    return None


def is_of_a_house(text: str) -> bool:
    """Whether numbers are said of a house, not of things that are bought."""
    return _OF_A_HOUSE.search(text) is not None


def _plain(text: str) -> str:
    return text.replace("’", "'")
