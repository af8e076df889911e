"""Tells cheaply whether a message may want something of addresses, before anything is looked up."""

from collections.abc import Sequence

from bot.aftersale.addresses.moves import MOVES
from bot.aftersale.addresses.written import corrects_part
from domain.plans import PlannedWish
from nlu.rules.aftersale_address_clauses import NEEDED_IN, TO_A_NUMBER
from nlu.rules.aftersale_addresses import ALL_OPEN, ARROW, ENDS_AS_ADDRESS, LIVES_ELSEWHERE, SPEAKS_OF_ADDRESS


def speaks_of_address(text: str) -> bool:
    """Whether a message may want something of addresses; `text` is in small letters."""
    if SPEAKS_OF_ADDRESS.search(text) or corrects_part(text) or ARROW.search(text) or TO_A_NUMBER.search(text):
        return True
    return ALL_OPEN.search(text) is not None and ENDS_AS_ADDRESS.search(text) is not None


def surely_of_address(text: str, known: Sequence[PlannedWish]) -> bool:
    """The same, where it may go on with what is `known` to be wished for."""
    goes_on = any(wish.deed in MOVES for wish in known) and LIVES_ELSEWHERE.search(text) is not None
    return goes_on or speaks_of_address(text)


def wants_of_address(text: str, known: Sequence[PlannedWish]) -> bool:
    """The same, where it may also name a place without saying so."""
    return surely_of_address(text, known) or NEEDED_IN.search(text) is not None
