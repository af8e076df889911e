"""What is said to who brings a parcel, beside its address: "leave it at the back door", "gate code 1234"."""

import re

LONGEST = 140
NOTE = "note: "  # before what holds for one order only, as what shall stand on a card
_PART = re.compile(r"(?:[^\n,;()!.]|\.(?!\s|$))+")
_REMARK = re.compile(
    r"""(?:(?:and|but|please|pls|also|just|kindly|you\scan|could\syou|can\syou|if\s(?:i'm|i\sam|we're|we\sare|nobody(?:'s|\sis)
        |no\sone(?:'s|\sis))\s(?:not\s)?(?:there|in|home|at\shome|out|away))\s{1,2}){0,4}
    (?:(?:leave|drop|put|place|hide)\b\D{0,40}\b(?:door|doorstep|porch|gate|garage|shed|reception|concierge|porter|desk
        |lobby|neighbou?rs?|mail\s?box|letter\s?box|steps?|bin|mat|carport|patio|veranda|safe\splace|hall|hallway)\b\D{0,60}
    | ring\s(?:the|my|at|on|once|twice|first|loud|hard|for|before|when|us|me|\d\stimes)\b.{0,80}
    | knock\b(?:\s(?:at|on|once|twice|first|loud|hard|before|please)\b.{0,80})?
    | (?:call|phone|text)\s(?:me|us|first|before|ahead|on|when)\b.{0,80}
    | (?:the\s)?(?:gate|door|entry|buzzer|access|key)\s?(?:code|box|pin)\b.{0,60}
    | (?:beware|mind|watch\sout)\b.{0,60}
    | (?:do\snot|don't|dont|never|not)\s(?:ring|knock|leave|bend|fold|drop|with|at\sthe)\b.{0,80}
    | (?:(?:use|at|to|by|via|through)\s)?(?:the\s)?(?:back|side|rear|front)\s(?:door|entrance|gate)\b.{0,40}
    | (?:delivery\s)?(?:remark|note|instructions?)\s?[:–-]\s?.{1,120}
    | (?:deliver|come)\s(?:it\s)?(?:only\s)?(?:after|before|between|in\sthe\s(?:morning|afternoon|evening))\b.{0,60}
    | (?:fragile|no\ssignature)\b.{0,40})""",
    re.IGNORECASE | re.VERBOSE,
)


def without_remark(text: str) -> tuple[str, str]:
    """A text without its parts between commas and stops that are remarks, and those."""
    remarks: list[str] = []

    def kept(part: re.Match[str]) -> str:
        said = " ".join(part[0].replace("’", "'").split())
        if len(said) > LONGEST or _REMARK.fullmatch(said) is None:
            return part[0]
        remarks.append(said)
        return ""

    rest = _PART.sub(kept, text)
    return (rest, ", ".join(remarks)[:LONGEST]) if remarks else (text, "")


def only_remarks(text: str) -> bool:
    """Whether a text is nothing but remarks for who brings the parcel: "please ring twice"."""
    rest, remark = without_remark(text)
    return bool(remark) and not rest.strip(" ,.!;")


def with_remark(known: str, remark: str) -> str:
    """A remark beside those that are known, of which it replaces none; the newest comes first and is kept whole."""
    others = [one for one in known.split(", ") if one and one != remark]
    return ", ".join([remark, *others])[:LONGEST]


def without_notes(remark: str) -> str:
    """A remark without what holds for one order only."""
    return ", ".join(one for one in remark.split(", ") if not one.startswith(NOTE))
