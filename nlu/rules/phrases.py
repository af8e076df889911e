"""Finds the phrases of a message that are left when the closed-class words of its intent are taken away."""

from collections.abc import Sequence

from nlu.rules import tokens as kinds
from nlu.rules.tokens import Token
from nlu.rules.vocabulary import CART_NOUNS, CONTAINERS, DETERMINERS, FILLERS, WANTING

_NO_VERB_BEHIND = DETERMINERS | {"of", "for"}
_LINKS = frozenset({"of", "for", "with", "in", "and", "from", "on", "to", "about", "n"})


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
    return before in closed or ((before in FILLERS or before in WANTING) and before not in _NO_VERB_BEHIND)
