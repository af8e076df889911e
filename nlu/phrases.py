"""Finds the phrases of a message that are left when the closed-class words of its intent are taken away."""

from collections.abc import Iterable, Sequence

from nlu import tokens as kinds
from nlu.tokens import Token
from nlu.vocabulary import CART_NOUNS, CONTAINERS, FILLERS, WANTING

_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "some", "any", "my", "our", "of", "for"})
_LINKS = frozenset({"of", "for", "with", "in", "and", "from", "on", "to", "about", "n"})
_BRACKETS = str.maketrans('()[]"', "     ")


def find_phrases(tokens: Sequence[Token], closed: frozenset[str]) -> list[list[Token]]:
    """Returns the runs of words outside `closed`; a single "of", "for" or "with" inside a run belongs to it."""
    runs: list[list[Token]] = []
    run: list[Token] = []
    pending: list[Token] = []
    for index, token in enumerate(tokens):
        named_cart = bool(run) and not pending and token.text.lower() in CART_NOUNS
        if token.kind == kinds.WORD and (named_cart or not _is_closed(tokens, index, closed)):
            run += [*pending, token]
            pending = []
        elif run and not pending and token.kind == kinds.WORD and token.text.lower() in _LINKS:
            pending = [token]
        elif run and pending and token.kind == kinds.WORD and token.text.lower() in ("the", "a", "my"):
            pending.append(token)
        else:
            runs.append(run)
            run, pending = [], []
    runs.append(run)
    return [stripped for run in runs if (stripped := without_packaging(run))]


def without_packaging(words: list[Token]) -> list[Token]:
    """Takes "pack of" and the like off the front of a phrase."""
    while len(words) > 1 and words[0].text.lower() in CONTAINERS and words[1].text.lower() == "of":
        words = words[2:]
        while words and words[0].text.lower() in ("the", "a", "my", "those", "these"):
            words = words[1:]
    return words


def written(words: Sequence[Token], text: str) -> str:
    """Returns a phrase as it stands in `text`, without brackets and surplus spaces."""
    return " ".join(text[words[0].start : words[-1].end].translate(_BRACKETS).split())


def clauses(tokens: Iterable[Token]) -> list[list[Token]]:
    """Cuts at separators, "but", "so" and "because", and at "and" before a determiner, number or place."""
    everything = list(tokens)
    found: list[list[Token]] = [[]]
    for index, token in enumerate(everything):
        following = everything[index + 1] if index + 1 < len(everything) else None
        word = token.text.lower()
        joins = token.kind == kinds.JOIN or (token.kind == kinds.WORD and word in ("and", "n"))
        ends = token.kind == kinds.BREAK or (token.kind == kinds.WORD and word in ("but", "so", "because", "cuz", "cos"))
        starts_anew = following is not None and (
            following.kind in (kinds.NUMBER, kinds.POSITION)
            or following.text.lower() in _DETERMINERS
            or following.text.lower() in FILLERS
            or following.text.lower() in WANTING
        )
        if ends or (joins and starts_anew):
            found.append([])
        else:
            found[-1].append(token)
    return [clause for clause in found if clause]


def _is_closed(tokens: Sequence[Token], index: int, closed: frozenset[str]) -> bool:
    word = tokens[index].text.lower()
    if word in closed or word in FILLERS:
        return True
    if word not in WANTING:
        return False
    previous = tokens[index - 1] if index else None
    if previous is None or previous.kind != kinds.WORD:
        return True
    before = previous.text.lower()
    return before in closed or (before in FILLERS | WANTING and before not in _DETERMINERS)
