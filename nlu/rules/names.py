"""Tells what belongs to a product's name: "set of 6 spice tins" does, "three bags of" and "for my sister" do not."""

from collections.abc import Sequence

from nlu.rules import tokens as kinds
from nlu.rules.clauses import content, is_closed
from nlu.rules.tokens import Token
from nlu.rules.vocabulary import CART_NOUNS, CONTAINERS, DETERMINERS, FILLERS, NEEDS_PACK_SIZE, UNITS, WANTING, words

_SHORTEST_ID = 5
_LONGEST_ID = 8
_SIZE_WORDS = words(
    "size sz no number model type version level grade age aged part vol volume chapter shade iphone galaxy uk eu"
)
_MEASURES = words(
    "tier inch grit ply watt volt seater drawer burner person man way hole litre liter piece pack pk count ct"
)
_BRACKETS = str.maketrans('()[]"', "     ")


def is_name_number(clause: Sequence[Token], index: int) -> bool:
    """Tells whether a number belongs to a name: "set of 6", "size 6", 84406, "pack of 72"."""
    token = clause[index]
    if token.kind != kinds.NUMBER:
        return False
    before = [other.text.lower() for other in clause[max(0, index - 2) : index]]
    following = clause[index + 1] if index + 1 < len(clause) else None
    digits = token.text.replace(",", "")
    # Five digits or more are an article number, unless they are as round as only a quantity is.
    if digits.isdigit() and _SHORTEST_ID <= len(digits) <= _LONGEST_ID and int(digits) % 1000 and "," not in token.text:
        return True
    if following and following.text.lower() in _MEASURES and len(clause) > 2:
        counts_twice = any(other.kind == kinds.NUMBER for place, other in enumerate(clause) if place != index)
        if following.text.lower() not in CONTAINERS or counts_twice:
            return index + 2 == len(clause) or clause[index + 2].text.lower() != "of"
    if before and (before[-1] in _SIZE_WORDS or _is_pronoun_one(clause, index)):
        return True
    return len(before) == 2 and before[1] == "of" and before[0] in NEEDS_PACK_SIZE and following is not None


def _is_pronoun_one(clause: Sequence[Token], index: int) -> bool:
    """Tells whether "one" stands for a noun, as in "the transparent one"."""
    if clause[index].text.lower() != "one" or index < 1:
        return False
    before = [token.text.lower() for token in clause[:index]]
    determiner = next(
        (place for place in range(len(before) - 1, -1, -1) if before[place] in ("the", "that", "this", "which")), None
    )
    if determiner is None or index - determiner > 3:
        return False
    following = clause[index + 1].text.lower() if index + 1 < len(clause) else ""
    return following not in ("of", "for") and all(
        clause[place].kind == kinds.WORD for place in range(determiner, index)
    )


def strip_edges(words: list[Token], *, after_number: bool) -> list[Token]:
    """Takes closed-class words, and packaging in front of "of", off the edges."""
    words = [word for word in words if word.kind in (kinds.WORD, kinds.FRAME)]
    while words:
        before = len(words)
        words = _strip_left(words, after_number=after_number)
        words = _strip_right(words)
        if len(words) == before:
            break
    # A frame in the middle ("the lamp in my basket for now") ends the phrase.
    for index, word in enumerate(words):
        if word.kind == kinds.FRAME:
            left, right = content(words[:index]), content(words[index + 1 :])
            return (
                strip_edges(words[:index] if left else words[index + 1 :], after_number=after_number)
                if left or right
                else []
            )
    return words


def _strip_left(words: list[Token], *, after_number: bool) -> list[Token]:
    while words:
        word = words[0].text.lower()
        following = words[1].text.lower() if len(words) > 1 else ""
        if words[0].kind == kinds.FRAME or word in FILLERS:
            words = words[1:]
        elif word in CONTAINERS and following == "of":
            if word in ("set", "sets") and not (len(words) > 2 and words[2].text.lower() in DETERMINERS):
                break
            pack_size = (len(words) > 2 and words[2].text.isdigit()) or (len(words) > 2 and words[2].value.isdigit())
            if pack_size and word in NEEDS_PACK_SIZE:
                break
            words = words[2:]
        elif word in UNITS and after_number:
            words = words[1:]
        else:
            break
    return words


def _strip_right(words: list[Token]) -> list[Token]:
    while words:
        word = words[-1].text.lower()
        if word in CART_NOUNS and len(words) > 1 and not is_closed(words[-2]):
            break
        if (
            words[-1].kind == kinds.FRAME
            or word in FILLERS
            or (word in WANTING and (len(words) == 1 or words[-2].text.lower() in FILLERS))
        ):
            words = words[:-1]
        else:
            break
    return words


def written(words: Sequence[Token], text: str) -> str:
    """Returns a name as it stands in `text`, without brackets and surplus spaces."""
    return " ".join(text[words[0].start : words[-1].end].translate(_BRACKETS).split())
