"""Reads what is said to it that a thing cannot be taken out of its order alone: the whole order goes, or all stays."""

from nlu.rules.patterns import rule

_SHORT = 8  # words in which "cancel it" is the order that was spoken of

_WHOLE = rule(
    r"\b(?:entire|whole|complete|full)\s(?:\w{1,10}\s)?(?:orders?|thing|lot|purchase|parcel|one)\b"
    r"|\ball\s(?:of\s)?(?:it|that|this|them|the\sorder|that\sorder)\b|\beverything\b|\ball\sor\snothing\b|\bthe\slot\b"
    r"|\b(?:something|anything|whatever|what)\selse\b|\bthe\s(?:others?|rest)\b"
    r"|\b(?:the|that|this|those|these)\s(?:[\w-]{1,12}\s)?orders?\b|\borders?\s(?:as\sa\swhole|altogether|completely|entirely)\b"
)
_CANCELS = r"(?:cancel(?:led|ed|l?ing)?|call(?:ed)?\s(?:\w{1,4}\s)?off|drop(?:ped)?|scrap(?:ped)?|get\srid)"
_ACCEPTS = rule(
    rf"\b{_CANCELS}\b"
    r"|\b(?:may|can|could|should|must|has\sto|have\sto|needs?\sto|let|just)\s(?:[\w']{1,10}\s){0,3}(?:go|disappear|gone|cancelled)\b"
    r"|\b(?:fine|all\sright|alright|ok|okay|be\sit|go\sahead|do\s(?:it|that|so)|along\swith)\b"
    r"|\b(?:don'?t|doesn'?t|do\snot|does\snot|won'?t)\s(?:\w{1,6}\s)?(?:mind|care|matter|bother)\b"
    r"|\bno\s(?:matter|difference|problem|objections?)\b"
)
_LEAVES = rule(
    rf"\b(?:don'?t|do\snot|not|never|won'?t|without|no\sneed\sto)\s(?:\w{{1,8}}\s){{0,4}}(?:{_CANCELS}|touch)\b"
    r"|\b(?:leave|keep(?:ing)?|stays?|remains?|forget|skip|myself|on\smy\sown|web\s?site|online|never\s?mind)\b"
)
_ELSEWHERE = rule(
    r"\b(?:all|both|my|any|other)\s(?:of\s)?(?:my\s|the\s)?(?:\w{1,10}\s)?orders\b|\bpending\b|\b(?:unshipped|delivered|received|return|refund)\b"
)


def takes_whole(text: str) -> bool:
    """Whether a text in small letters agrees that the whole order goes."""
    if _LEAVES.search(text) is not None or _ELSEWHERE.search(text) is not None:
        return False
    whole = _WHOLE.search(text) is not None or len(text.split()) <= _SHORT
    return whole and _ACCEPTS.search(text) is not None


def leaves_whole(text: str) -> bool:
    """Whether a text in small letters says that the order shall stay as it is then."""
    return _LEAVES.search(text) is not None
