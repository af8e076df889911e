"""Reads clauses that bound what a summary shows: "only the lamp", "leave the bottle", "I changed my mind about it"."""

from collections.abc import Iterator

from nlu.rules.patterns import pieces_between, rule

_CUT = rule(r"[,;:.!?()\n…]{1,4}\s{0,3}|\s(?:and|but|&|plus|then)\s|\s[-–—]{1,2}\s")
# What leads to a name, or stands behind it, and says nothing by itself.
_GLUE = rule(
    r"\b(?:(?:to|for|with|on|about|of|as)\s|the\b|my\b|both\b|these\b|those\b|that\b|this\b|items?\b|one\b)|#"
    r"|\b(?:please|pls|plz|thanks|thank\syou|actually|wait|hang\son|hold\son|hold\sit|one\smoment|a\smoment|sorry|oh|hm+|well|ok|okay|no|nope|so"
    r"|you\sknow\swhat|on\ssecond\sthoughts?|now|then|after\sall|again|instead|though|rather|let'?s|let\sus|in\sthe\send|i\smean|simply)\b"
)
_ONLY = rule(r"\b(?:only|just|solely|nothing\sbut|alone|nothing\selse)\b")
_SWAPS, _RETURNS, _CANCELS = (
    r"exchang(?:e|ed|ing)|swap(?:ped|ping)?|replaced?|chang(?:e|ed|ing)",
    r"return(?:ed|ing)?|refund(?:ed)?|sen[dt]\sback|back",
    r"cancel(?:l?ed|l?ing)?",
)
_KINDS = (("exchange", _SWAPS), ("return", _RETURNS), ("cancel", _CANCELS))
_WISHES = (
    r"(?:(?:i|we)(?:'?d|\swould|'?ll|\swill|\sdo|\sstill)?(?:\s(?:like|want|need|prefer|wish))?(?:\s(?:to|it))?|can\syou|could\syou|would\syou|should|shall|must|may|can|it'?s|that'?s|it\sis"
    r"|do|does|go|goes|going|be|get|gets|have|needs?|is|are|to|it|take|want(?:ed)?)"
)
_DOES = rule(rf"(?:(?:{_WISHES}|(?P<kind>{_SWAPS}|{_RETURNS}|{_CANCELS}))\s?){{0,7}}")
_LEAVES = rule(
    r"(?:(?:i|we)(?:'?d|'?ll|'?m|'?ve|\swill|\swould|\sam|\shave)?\s(?:like\s(?:to\s)?|want\s(?:to\s)?|prefer\s(?:to\s)?)?)?(?:please\s)?"
    r"(?:leave|forget(?:\sabout)?|keep|keeping|skip|drop|scrap|spare|never\s?mind|without|not|don'?t\s(?:touch|do|exchange|swap|change|return|cancel|want|send|bother)|changed\smy\smind"
    r"|(?:can|may|should|shall|will)?\s?(?:stays?|remains?)|(?:isn'?t|is\snot|needn'?t|don'?t|doesn'?t)(?:\s(?:need|be|to|have|necessary|needed|meant|included|changed|exchanged|swapped|returned)){0,4})"
    r"(?:\s(?:about|alone|be|out|it|them|as|is|was|are|were|it\sis|off|do|unchanged|away|put|here|mine|me|anymore|any\smore|do\sanything|how)){0,4}"
)


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where each clause of a message begins and ends."""
    return pieces_between(_CUT, text)


def says_nothing(left: str) -> bool:
    """Whether a clause is but hesitation, politeness or a no, which what stands beside it explains."""
    return not _bare(left)


def leaves_out(left: str) -> bool:
    """Whether a clause wants nothing done with what it names; `left` is the rest of it, in small letters."""
    return _LEAVES.fullmatch(_bare(left)) is not None


def wants_only(left: str) -> str | None:
    """What a clause wants done with nothing but what it names: "exchange", "return", "cancel".

    Empty where it does not say; None of another clause. `left` is the rest of the clause, in small letters.
    """
    if _ONLY.search(left) is None:
        return None
    does = _DOES.fullmatch(_bare(_ONLY.sub(" ", left)))
    if does is None:
        return None
    said = does["kind"] or ""
    return next((kind for kind, verbs in _KINDS if said and rule(verbs).fullmatch(said)), "")


def _bare(left: str) -> str:
    return " ".join(_GLUE.sub(" ", f"{left} ").split()).strip(" '-–—\"“”")
