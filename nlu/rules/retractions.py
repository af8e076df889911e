"""Finds what a message takes back itself: by its last clause, by a no to its own question, a number that is denied."""

import re

from nlu.rules.patterns import rule

_LED = (
    r"(?:(?:oh|ah|um|uh|hm+|no|nah|nope|wait|sorry|ok|okay|well|and|but|or|please|actually|hang on|hold on|god)\b"
    r"[\s,.!-]{0,3}){0,4}"
)
_BACK = (
    r"(?:actually,? (?:don'?t|do not|no|not|nah)|(?:please )?(?:don'?t|do not)|scratch (?:that|it)|strike that"
    r"|(?:i(?:'m| am) |i was |only |just )?(?:kidding|joking)|jk|never ?mind|nvm|on second thoughts?|second thoughts"
    r"|forget (?:it|that|i said (?:that|anything))|ignore (?:that|it|me)|disregard (?:that|it)|undo that"
    r"|i take (?:it|that) back|(?:leave|keep) (?:it|them|that|those|all|everything|things)"
    r"(?: (?:in|alone|be|there|all|where (?:it|they) (?:is|are)|(?:as|like|how|the way) (?:it|they"
    r"|that) (?:was|were|is|are)))?"
    r"|(?:sorry,? )?wrong (?:one|address|e-?mail|person|chat|window)|better not|rather not"
    r"|i (?:said|say|told (?:her|him|them)) no)"
)
_TAIL = rule(
    rf"(?:[.,;!?…\n–—-]|\b(?:but"
    rf"|or))[\s,.…!–—-]{{0,4}}{_LED}{_BACK}(?:[\s,.;!-]{{1,4}}{_LED}{_BACK}){{0,2}}[\s.!)]{{0,6}}\Z"
    r"|\s[–—-]{1,2}\s?not[\s.!)]{0,6}\Z",
    re.IGNORECASE,
)
_NO_TO_ITSELF = rule(
    r"\A\W{0,3}(?:(?:so|ok|hey|what|me)\W{1,3}){0,3}(?:cancel|remove|order|stop|empty|delete|forget|add|make"
    r"|change|take|place|buy|ship|send"
    r"|drop|swap)\b[^.?!]{0,80}\?[\s!]{0,3}(?:no|nope|nah|never|of course not|not really)\b(?! (?:problem"
    r"|rush|worr|hurry))",
    re.IGNORECASE,
)
_NOT_AGAIN = rule(
    r"\A\W{0,3}(?:(?:no|please|but|and|wait)\W{1,3}){0,3}(?:don'?t|do not|never|no need to)"
    r" (?:(?:re-?order|repeat) (?:it|this|that|them|the order|my order|anything)|(?:re-?order|order|buy|send"
    r"|ship|place) "
    r"(?:it|this|that|them|the same|the order|my order) (?:again|twice|once more|a second time))\b.{0,20}\Z",
    re.IGNORECASE,
)
_DENIED = rule(
    r"\b(?:i|we|you|nobody|no one) (?:(?:don'?t|do not|didn'?t|did not|never|haven'?t|have not) )?"
    r"(?:(?:really|actually|even|ever) )?(?:want|need|say|said|ask(?:ed)? for|mean|meant)"
    r" (?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)\b(?P<what>[^,.;!?\n]{0,60})",
    re.IGNORECASE,
)
_COUNTED = rule(
    r"(?:(?:but|and|no|just|only)\W{1,3}){0,2}(?:i|we)(?:'d| would)? (?:only |just )?"
    r"(?:want|need|said|meant|asked for|like)(?:ed)? (?:only |just )?"
    r"(?P<number>\d{1,4}|two|three|four|five|six|seven|eight|nine|ten)",
    re.IGNORECASE,
)
_NEGATED = rule(r"\A(?:nobody|no one)\b|\b(?:don'?t|do not|didn'?t|did not|never|haven'?t|have not) ", re.IGNORECASE)
_SAYS_NOTHING = frozenset(
    "no nah nope oh ah wait ok okay yes yeah please sorry actually hm hmm um uh and but well".split()
)


def is_retracted(text: str) -> bool:
    """Whether a message takes back all that it says: "add 2 mugs. actually don't", "order it again? no!"."""
    said = text.replace("’", "'")
    tail = _TAIL.search(said)
    before = said[: tail.start()].lower().split() if tail is not None else []
    retracts = any(word.strip(".,;!-") not in _SAYS_NOTHING for word in before)
    return (
        retracts
        or _NO_TO_ITSELF.match(said) is not None
        or _NOT_AGAIN.match(said) is not None
        or (undenied(said) == "" and said.strip() != "")
    )


def undenied(text: str) -> str:
    """A message without the numbers that it denies: "I don't want 3 bags, I want 2" is "make it 2 bags"."""
    denied = [found for found in _DENIED.finditer(text.replace("’", "'")) if _NEGATED.search(found[0])]
    rest = text
    for found in reversed(denied):
        rest = f"{rest[: found.start()]}{rest[found.end() :]}"
    if not denied:
        return text
    rest = rest.strip(" ,.;!-")
    counted = _COUNTED.fullmatch(rest)
    return rest if counted is None else f"make it {counted['number']}{denied[-1]['what']}"
