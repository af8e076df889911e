"""Finds what a message says it does not want: "and no whisk", "without the tray", "don't add the pan"."""

import re
from collections.abc import Iterator

from nlu.rules.values import find_numbers
from nlu.understanding import Entity

_NOT = r"(?:do not|does not|don'?t|dont|doesn'?t|didn'?t|won'?t|wouldn'?t|never)"
_MORE = r"(?: (?:really|also|even|ever|actually))?"
# What is not to be put into the cart, and may be in it for another reason.
_NOT_ADDED = rf"{_NOT}{_MORE} (?:add|include|buy|order|get|send|put|give|take|bring|throw|pack)(?: (?:me|us|in|any))?"
# What is not wanted at all.
_NOT_WANTED = (
    rf"{_NOT}{_MORE} (?:want|need|like|fancy)(?: any)?"
    r"|(?:never|didn'?t|did not) (?:ask(?:ed)? for|order(?:ed)?|want(?:ed)?)|no need (?:for|of)|no longer (?:want|need)"
    r"|without"
    r"|except(?: for)?|excluding|apart from|other than|minus(?! \d)|leave out|leaving out|skip|hold the"
    r"|no more(?! than)|rather than"
    r"|(?<=everything )but|(?<=all )but|(?<=of them )but|(?<=anything )but"
    r"|not(?! (?:sure|yet|only|just|too|more|less|really|quite|now|today|bad|at|that|this|it|sure|one|\d)\b)"
    r"|no(?! (?:i|i'?m|i'?d|i'?ll|we|it'?s?|its|that'?s?|this|they|you|please|pls|thanks?|thx|make|add|change|put"
    r"|remove|drop|take|get|give|order|set|wait|not|no|problem|worries|rush|hurry|more|longer|idea|doubt|the|a|an|my|one|two"
    r"|three|four|five|six|only|just|sorry|actually|but|and|yes|ok|\d)\b)"
)
_NEGATED = re.compile(rf"(?<![\w'-])(?:(?P<added>{_NOT_ADDED})|(?P<wanted>{_NOT_WANTED})) (?=\w)", re.IGNORECASE)
# Two of them say the opposite: "don't leave out the tray", "can't do without a mug".
_DOUBLED = re.compile(r"(?:\bnot|n't|\bnever|\bdont|\b(?:do|live|go|say|why|if|whether or)) $", re.IGNORECASE)
_ENDS = re.compile(
    r"[,.;:!?\n\0()]| (?:but|plus|then|so|because|instead|please|pls|thanks|also|yet|now|today|just yet|after all"
    r"|anymore|any more|at all)\b"
    r"| (?:in|on|from|to|into|for|with) (?:my|the|this|that) (?:cart|basket|order|bag|list|trolley)\b"
    r"| (?:and|&) (?=(?:\d|an?|one|two|three|four|five|six|i|we|please|also|then|add|put|make|set|send|give|get|ship"
    r"|remove|drop|what|where|how|show|tell)\b)| \d| (?=(?:i|we) (?:want|need|would|take|like)\b)| (?=i'(?:d|ll)\b)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:(?:the|an?|any|those|these|that|this|my|your|more|of|for|to) )+", re.IGNORECASE)
_EMPTY = re.compile(r"(?:it|them|one|ones|anything|that|this|all|everything|to|else|much|many|any)\b", re.IGNORECASE)
LONGEST = 80


def find_negated(text: str) -> Iterator[tuple[int, int, Entity]]:
    """Yields what is not wanted, as an entity `left_out`, with the span that its negation covers.

    Its role is "added" where it only is not to be added: in the cart it stays.
    """
    behind = 0
    for match in _NEGATED.finditer(text):
        if match.start() < behind or _DOUBLED.search(text, max(0, match.start() - 20), match.start()):
            continue
        end = _ENDS.search(text, match.end(), match.end() + LONGEST)
        behind = end.start() if end else min(len(text), match.end() + LONGEST)
        article = _ARTICLE.match(text, match.end(), behind)
        start = article.end() if article else match.end()
        phrase = text[start:behind].rstrip()
        counts = any(number.start == 0 for number in find_numbers(phrase))  # "not 15" corrects an amount
        if phrase and not counts and not _EMPTY.match(phrase):
            role = "added" if match["added"] else "wanted"
            found = Entity(name="left_out", value=phrase, start=start, end=start + len(phrase), role=role)
            yield match.start(), behind, found
