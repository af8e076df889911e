"""Reads what is said to a no of the shop: "then everything may go", or "then leave it, I do it on the website"."""

from nlu.rules.aftersale_phrases import BY_THEMSELVES
from nlu.rules.patterns import rule

_WHOLE = rule(
    r"\b(?:whole|entire|complete|full)\s(?:order|thing|lot|purchase|one)\b|\ball\sof\s(?:it|that|them|those|this)\b|\beverything\b|\bthe\s(?:lot|rest|others?)\b"
    r"|\b(?:something|anything|whatever|what)\selse\b|\bother\s(?:things|items|stuff|products)\b|\b(?:along|together)\swith\s(?:it|them|that)\b|\ball\sor\snothing\b"
)
_MAY_GO = rule(
    r"\bcancel(?:l?ed|l?ing)?\b|\b(?:can|could|may|must|should|shall|will|has\sto|have\sto|is\sto|let\s(?:it|that|them)(?:\sall)?)\s(?:just\s|all\s|also\s)?(?:go|be\sdropped|be\scancel\w{2,4})\b"
    r"|\b(?:goes|go)\s(?:too|as\swell|along)\b|\bdrop\b|\bso\sbe\sit\b|\b(?:that|this|it)(?:'s|\sis|\swould\sbe)\s(?:also\s)?(?:fine|ok|okay|all\sright|alright|no\sproblem)\b"
    r"|\b(?:don'?t|do\snot)\s(?:mind|care)\b|\b(?:doesn'?t|does\snot)\smatter\b|\bno\smatter\b|\bdo\s(?:it|that|so)\b"
)
_STAYS = rule(
    r"\b(?:keep|keeping|kept|leave|leaving|stays?|remain|rather|myself|website|online|nothing)\b|\bon\s(?:my|our)\sown\b|\b(?:no|not|never|don'?t|won'?t|can'?t)\s(?:\w{1,9}\s){0,3}(?:cancel|touch|drop|whole|entire|everything|go)\w{0,6}\b"
)
_OR_NOTHING = rule(r"\ball\sor\snothing\b")
_LETS_BE = rule(
    r"\b(?:leave|keep|forget(?:\sabout)?)\s(?:it|that|them|this|everything|all(?:\sof\s(?:it|that))?|the\s(?:order|whole\sthing))\b|\bnever\s?mind\b"
    r"|\b(?:don'?t|do\snot)\s(?:touch|bother|do\s(?:it|that|anything))\b|\b(?:then|rather)\snot\b|\b(?:it|that|they|all|everything)\s(?:can\s)?stays?\b"
)


def lets_whole_orders_go(text: str) -> bool:
    """Whether a message agrees that all of an order goes of which a part cannot be taken out."""
    plain = text.lower().replace("’", "'")
    if _WHOLE.search(plain) is None or _MAY_GO.search(plain) is None:
        return False
    return _STAYS.search(_OR_NOTHING.sub("", plain)) is None


def lets_it_be(text: str) -> bool:
    """Whether a message gives up what was told to be impossible, or does it elsewhere."""
    plain = text.lower().replace("’", "'")
    return _LETS_BE.search(plain) is not None or BY_THEMSELVES.search(plain) is not None
