"""Reads that what is ordered shall be wrapped as a present, alone or beside other wishes."""

import re

from nlu.rules.patterns import rule

_WISHES = rule(
    r"\bgift[\s-]?(?:wrap|box|pack)(?:ped|ping|ed|ing|s|aged?|aging)?\b|\bgiftwrap\w*|\b(?:present|christmas|birthday)[\s-]wrap(?:ped|ping)?\b"
    r"|\bwrap(?:ped|s)?\s(?:it|them|this|that|these|those|everything|all|both|the|my|our|up|nicely|as|in)\b|\bwrapped\b"
    r"|(?:\A\W{0,3}|[,;.]\s?|\b(?:please|and)\s)wrap\b(?!\s(?:dress|top|skirt|bracelet|watch)\w*)"
    r"|\bin\s(?:gift|wrapping|nice|pretty|festive|christmas|birthday)\s(?:wrapping\s)?(?:paper|box|wrap)\b|\b(?:gift|wrapping)\spaper\b|\bwrapping\b"
    r"|\b(?:with|put|add|tie)\s(?:an?\s|the\s|some\s)?(?:\w{3,10}\s)?(?:bow|ribbon)s?\b"
    r"|\b(?:pack|packed|box|boxed|package|packaged|do)\b.{0,20}\bas\s(?:an?\s)?(?:gift|present)s?\b",
    re.IGNORECASE,
)
_REFUSED = rule(
    r"\b(?:no|not|don't|dont|do\snot|never|without|skip|leave\sout|instead\sof|rather\sthan|isn't|wasn't|aren't|weren't|bubble|un)\b.{0,25}\b"
    r"(?:gift|wrap\w*|paper|bow|ribbon)",
    re.IGNORECASE,
)
_ASKED = rule(
    r"\A\W{0,3}(?:(?:and|so|ok|but|also|hi|hello|hey)\W{1,3})?(?:how|what|which|why|when|where|who|do|does|did|is|are|was|were|has|have\syou)\b",
    re.IGNORECASE,
)
_ASKED_BESIDE = rule(
    r"\b(?:(?:do|does|did)\s(?:you|u|they|it|we)|have\s(?:you|u|they))\b[^,;.!]{0,20}\b(?:gift|wrap)|\b(?:how\smuch|what|whether)\b[^,;.!]{0,25}\b(?:gift|wrap)",
    re.IGNORECASE,
)
_TOLD = rule(r"\b(?:came|arrived|was|were|got|received|had)\b", re.IGNORECASE)
_WORDS_FOR_A_CARD = rule(
    r"\b(?:card|note|tag|message|label)\b.{0,30}\b(?:say\w*|read\w*|with|from|for|that)\b|\b(?:saying|reads?|from|love)\s\w|[“\":]",
    re.IGNORECASE,
)


def wants_wrapping(text: str) -> bool:
    """Whether a message wishes for gift wrapping; one that asks about it, refuses it or tells of it does not."""
    said = " ".join(text.replace("’", "'").split())
    if _WISHES.search(said) is None or _REFUSED.search(said) or _TOLD.search(said):
        return False
    return _ASKED.match(said) is None and _ASKED_BESIDE.search(said) is None


def says_words(text: str) -> bool:
    """Whether a wish for wrapping also says what shall stand on a card."""
    return _WORDS_FOR_A_CARD.search(text) is not None
