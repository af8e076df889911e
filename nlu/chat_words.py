"""Spells out what is written short in chats and would be read as something else: "mugs n a teapot"."""

import re

# One that stands alone among words, and behind no number: "123 n main st" is a street. "Rock n roll" is a name with
# it, and found by its key all the same.
_AND = re.compile(r"(?:(?<=[^\W\d_]\s)|(?<=[,.!?]\s)|\A)['’]?n['’]?(?=\s+[^\W_])|(?i:\bas well as\b)(?=\s[^\W_])")


_TYPOS = {
    "w/o": "without",
    "nto": "not",
    "dont't": "don't",
    "do'nt": "don't",
    "don;t": "don't",
    "dotn": "don't",
    "dnot": "do not",
}
_TYPED = re.compile(rf"\b(?:{'|'.join(_TYPOS)})\b", re.IGNORECASE)

# What a dictated message calls the sign at its end.
_DICTATED = {"full stop": ".", "question mark": "?", "exclamation mark": "!"}
_SIGN = re.compile(rf"[ ,]{{1,3}}(?P<said>{'|'.join(_DICTATED)})(?=\W*\Z)", re.IGNORECASE)

# Who asks for a moment counts nothing by it and names nothing: "wait a second", "one sec", "give me two minutes".
_UNIT = r"(?:seconds?|secs?|minutes?|mins?|moments?|mo|ticks?|jiff(?:y|ies))"
_SHORT = rf"(?:(?:an?|one|1|two|2|half a|a quick|a wee|a little|another)[ -]{_UNIT})"
_LONG = rf"(?:{_SHORT}|(?:(?:a )?few|a couple(?: of)?|three|four|five|ten|fifteen|\d{{1,2}}) ?{_UNIT}|a (?:bit|while))"
_PEOPLE = r"(?:(?:please|pls|plz|just|can you|could you|would you|will you|you|now|only|another)\W{1,3}){0,3}"
_WAITS = r"(?:wait|hang on|hang about|hold on|hold up|hold it|hold off|hold the line|bear with me|stand by)"
_GIVES = r"(?:give me|gimme|give us|i(?:'ll)? need|let me have|i(?:'ll)? just need)"
_BEHIND = (
    r"\W*\Z|\s{0,2}[,.;:!?…()—–]|\s+-|\s+(?:please|pls|plz|while|to|before|until|till|but|i|i'?(?:ll|m|d|ve)|we|let"
    r"|my|then|ok|okay|sorry|thanks|thank|thx|now|actually|no|someone|somebody|brb|mate|man|can|could|what|how|do|did"
    r"|does|make|is|are|there|so|because|or so)\b"
)
_ENDS, _ENDS_OR_GOES_ON = rf"(?={_BEHIND})", rf"(?={_BEHIND}|\s+and\b)"
_ASKS_FOR_TIME = re.compile(
    r"(?P<before>(?:\A|[,.;:!?…—–]\s|\s-\s)\W{0,5}(?:(?:oh|no|nope|ok|okay|um|uh|hm+|hey|hi|sorry|well|so|and|but|actually|yes|yeah|ah"
    r"|right|thanks|(?:wait|hang on|hold on)(?=[,.;!…]))\W{1,5}){0,4})"
    rf"{_PEOPLE}(?:{_WAITS}(?:,? (?:just|for|please|like|about|there)){{0,3}} {_LONG}{_ENDS_OR_GOES_ON}"
    rf"|{_GIVES}(?: (?:just|like|about|maybe)){{0,2}} {_LONG}{_ENDS}|(?:just |only )?{_SHORT}{_ENDS})",
    re.IGNORECASE,
)


def spelled_out(text: str) -> str:
    """The text with "and" for a mere "n" or "as well as", a mistyped "not" put right, and the sign dictated at its end.

    Where a moment is asked for stands "wait".
    """
    text = _SIGN.sub(lambda sign: _DICTATED[sign["said"].lower()], _AND.sub("and", text))
    text = _TYPED.sub(lambda typed: _TYPOS[typed[0].lower()], text)
    return _ASKS_FOR_TIME.sub(lambda asked: f"{asked['before']}wait", text)
