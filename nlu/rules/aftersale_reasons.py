"""Reads why something comes back, of the closed list that shops keep."""

from nlu.rules.patterns import rule

_REASONS = (
    (
        "wrong_item",
        r"wrong\s(?:item|product|thing|one)\b|not\swhat\si\sordered|(?:sent|got|received)\s(?:me\s)?(?:the\s|a\s)?(?:wrong|different)\b",
    ),
    (
        "broken",
        r"broken?\b|defect\w{0,4}\b|damaged?\b|faulty\b|crack\w{0,3}\b|shattered\b|scratch\w{0,4}\b|doesn'?t\swork|not\sworking"
        r"|stopped\sworking|(?:does|did)\snot\swork|didn'?t\swork|dead\b|malfunction\w{0,4}|torn\b|leak\w{0,3}\b|chipped\b",
    ),
    (
        "does_not_fit",
        r"(?:doesn'?t|don'?t|does\snot|do\snot|didn'?t)\sfit|too\s(?:small|big|large|tight|loose|short|long|wide|narrow)\b"
        r"|wrong\ssize|bad\sfit|poor\sfit|not\smy\ssize",
    ),
    (
        "not_as_described",
        r"not\sas\s(?:described|pictured|advertised|expected)|not\slike\s(?:the\s)?(?:picture|photo)|misleading|poor\squality"
        r"|bad\squality|looks?\sdifferent|not\swhat\si\sexpected|disappoint\w{0,4}",
    ),
    ("too_late", r"(?:came|arrived|was|is)\s(?:too\s|so\s)?late\b|took\stoo\slong|too\slate\b"),
    (
        "changed_mind",
        r"chang(?:ed?|ing)\s(?:of\s)?(?:my\s|our\s)?mind|no\slonger\s(?:need|want|like)|(?:don'?t|do\snot)\s(?:need|want|like)|by\smistake"
        r"|mistake\b|by\saccident|accident\w{0,4}|cheaper\s(?:elsewhere|somewhere)|found\s(?:a\s|an\s)?(?:better|cheaper|other)|regret"
        r"|not\sneeded|unneeded|gift\b(?!\s?cards?)|duplicate|already\s(?:have|own|got)|second\sthoughts|need\sthe\smoney|moving\b",
    ),
)
_ROWS = tuple((name, rule(rf"\b(?:{pattern})")) for name, pattern in _REASONS)


def read_reason(text: str) -> str:
    """The reason that a message in small letters tells, by its name on the list; empty where it tells none."""
    return next((name for name, pattern in _ROWS if pattern.search(text)), "")


_KEEPS = rule(
    r"\A\W{0,3}(?:(?:it'?s|that'?s|it\sis|that\sis|well|oh|sorry|just|ok|okay)\W{1,3}){0,2}(?:(?:for|very|too|quite|rather|a)\s){0,2}"
    r"(?:personal|private|none\sof\syour|no\s(?:particular\s|special\s|real\s)?reason|no\scomment|no\sidea|whatever|secret|anything)\b"
    r"|\b(?:does|do|did|would|should|must|need|have|has|is)\s(?:it|that|this|i|we|you)\s(?:really\s|even\s|have\s|need\s|to\s){0,3}"
    r"(?:matter|care|tell|say|explain|important|relevant|know)\b"
    r"|\bwhy\s(?:do|does|should|would|is)\s(?:you|it|that|i)\b|\b(?:not|n't)\s(?:say|tell|explain|matter)\b"
    r"|\b(?:rather|prefer)\s(?:to\s)?(?:not|keep)\b"
)


def keeps_reason(text: str) -> bool:
    """Whether somebody who was asked why, in small letters, keeps it to themselves: "personal", "does it matter?"."""
    return _KEEPS.search(text) is not None
