"""Leaves out of a message the orders, and the address, that it takes back in the same breath: "cancel 12, no, 13"."""

import re

from nlu.rules.patterns import rule

_NTH = r"(?:first|second|third|fourth|last|latest|newest|newer|older|oldest|other|previous|recent|1st|2nd|3rd)"
_REF = (
    r"(?:(?:(?:the|my|that|this)\s)?(?:orders?\s)?(?:(?:number|no\.?|nr\.?)\s?)?#?\s?\d{3,18}"
    rf"|(?:the|my)\s(?:most\s)?{_NTH}(?:\s(?:one|order))?|(?:the|my)\sorder\sfrom\s\w{{3,12}})"
)
_REFS = rf"{_REF}(?:\s?(?:,|&|\band\b)\s{{0,3}}{_REF}){{0,4}}"
_ALL = r"(?:both|all|everything|them|it|all\sof\sthem|both\sof\sthem|(?:all|both)\s(?:my\s)?orders)"
_LED = (
    r"\W{0,3}(?:(?:please|pls|hi|hey|hello|ok|okay|so|can\syou|could\syou|would\syou|i\swant\sto|i'd\slike\sto"
    r"|i\swould\slike\sto|i\sneed\sto)\W{1,3}){0,3}"
)
_VERB = r"(?:cancel|call\soff|return|send\sback|refund|drop|scrap|stop|void)"
_GAP = r"[\s,.;:!?–—-]{1,5}"
_TURNS = (
    r"(?:no+|nope|nah|wait|sorry|o{1,3}ps|whoops|actually|rather|my\sbad|my\smistake|i\smean(?:t)?|scratch\sthat"
    r"|correction|make\s(?:it|that)|hang\son|hold\son|not\sthat(?:\sone)?|that\sis|on\ssecond\sthoughts?|wrong\sone)"
)
_TURN = rf"(?:(?:and|but|or|oh|well|so|hm+){_GAP}){{0,2}}(?:{_TURNS}{_GAP}){{1,5}}"
_TAIL = (
    r"(?:[\s,.!]{1,3}(?:please|pls|plz|thanks|thank\syou|only|instead|then|i\smean(?:t)?|alone|as\sit\sis|as\sis|sorry|not"
    rf"\s{_REF})){{0,3}}[\s.!?)]{{0,5}}"
)
_KEEP = r"(?:(?:please\s)?(?:keep|leave|spare)|(?:do\snot|don'?t)\s(?:cancel|touch|return|stop)|not)"
_INSTEAD = rule(
    rf"(?P<led>{_LED}{_VERB})\s(?:{_REFS}|{_ALL}){_GAP}{_TURN}(?:{_VERB}\s)?(?:(?:only|just)\s)?(?P<refs>{_REFS}){_TAIL}",
    re.IGNORECASE,
)
_ONLY = rule(
    rf"(?P<led>{_LED}{_VERB})\s(?:{_REFS}|{_ALL}){_GAP}(?:{_TURN})?(?:{_VERB}\s)?(?:only|just)\s(?P<refs>{_REFS}){_TAIL}",
    re.IGNORECASE,
)
_KEEPS_LAST = rule(
    rf"(?P<led>{_LED}{_VERB})\s(?P<refs>{_REFS}){_GAP}(?:(?:and|but)\s){{0,2}}{_KEEP}\s{_REFS}{_TAIL}", re.IGNORECASE
)
_KEEPS_FIRST = rule(
    rf"{_LED}{_KEEP}\s{_REFS}{_GAP}(?:(?:and|but|only|just|instead|please)\s){{0,3}}(?P<led>{_VERB})\s(?P<refs>{_REFS}){_TAIL}",
    re.IGNORECASE,
)
_SHAPES = (_KEEPS_LAST, _KEEPS_FIRST, _ONLY, _INSTEAD)
_SAME = (
    r"(?:(?:leave|keep|use|take)\s(?:it\s(?:at|to)\s)?(?:the|my)\s(?:(?:old|same|current|first|original|previous|existing)\s)?(?:shipping\s|delivery\s)?address"
    r"|(?:the|my)\s(?:(?:old|same|current|first|original|previous|shipping|delivery)\s){0,2}address\s(?:stays|should\sstay|can\sstay|remains|is\s(?:fine|ok|okay|right|good))"
    r"|(?:do\snot|don'?t)\s(?:change|touch)\s(?:the|my)\s(?:(?:shipping|delivery)\s)?address)"
)
_ADDRESS_BACK = rule(
    r"(?:\A|(?<=[,.;:!\s]))(?:(?:and|but|also|please|then)\s){0,3}"
    r"(?:send|ship|deliver|mail|post|change|update|have|let)\b[^?!]{5,160}?[\s,.;:!–—-]{1,5}"
    rf"(?:(?:{_TURNS}|and|but|or|oh|well|so|hm+|don'?t|do\snot){_GAP}){{1,6}}{_SAME}(?:\s(?:as\sit\s(?:is|was)|as\sis|alone|unchanged|then|please)){{0,3}}[\s.!)]{{0,5}}\Z",
    re.IGNORECASE,
)
ADDRESS_STAYS = "leave the address as it is"


def as_corrected(text: str) -> str:
    """The message with what is finally meant; as it is where it corrects nothing."""
    said = text.replace("’", "'")
    for shape in _SHAPES:
        if (found := shape.fullmatch(said)) is not None:
            return f"{found['led']} {found['refs']}".strip()
    taken = _ADDRESS_BACK.search(said)
    if taken is None:
        return text
    left = said[: taken.start()].rstrip(" ,;:-–—")
    return left if any(map(str.isalnum, left)) else ADDRESS_STAYS
