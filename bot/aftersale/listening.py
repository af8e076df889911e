"""All that one message says of placed orders, heard together: acts on things, addresses, and what pays."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.aftersale.addresses import AddressesHeard, hear_addresses, speaks_of_address
from bot.aftersale.heard import Heard
from bot.aftersale.hearing import hear
from bot.aftersale.world import World
from bot.turn import Turn
from domain.plans import Deed, Place, PlannedWish
from nlu.chat_words import spelled_out
from nlu.emoji_words import emoji_to_words
from nlu.own_words import own_words
from nlu.rules.aftersale_marks import marks_of
from nlu.rules.aftersale_payments import PayWish, asks_balance, read_payments
from nlu.rules.aftersale_phrases import BUYS, OF_MINE, OF_SOMETHING_HAD, PREFERS, SPEAKS_OF_PLACED
from nlu.rules.aftersale_questions import asks_of_orders
from nlu.rules.aftersale_reasons import read_reason
from nlu.rules.aftersale_unpaid import split_unless_paid
from nlu.rules.aftersale_words import DEEDS, Mark
from nlu.rules.cleaning import clean, shorten

_REASONS = (Deed.DISCARD, Deed.EITHER)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listened:
    """What a message says; `text` is all of it, as its writer wrote it."""

    text: str
    heard: Heard
    addresses: AddressesHeard
    payments: tuple[PayWish, ...]
    reason: str
    unless_paid: str = ""  # what is wanted where it cannot be paid so

    @property
    def wishes(self) -> tuple[PlannedWish, ...]:
        """All that is newly wished for."""
        return (*self.heard.wishes, *self.addresses.wishes)


def text_of(turn: Turn) -> str:
    """A message in its writer's own words, with what hangs on conditions: rules here read those themselves."""
    written = turn.written or turn.message.text
    return clean(shorten(spelled_out(emoji_to_words(own_words(written))))).strip()


def may_be_about(text: str) -> bool:
    """Whether a message may want something of placed orders; cheap, and asks no database."""
    plain = text.lower()
    if speaks_of_address(plain) or SPEAKS_OF_PLACED.search(plain) or asks_balance(plain) or asks_of_orders(plain):
        return True
    if OF_MINE.search(plain) and PREFERS.search(plain) and not BUYS.search(plain):
        return True  # "might my watch be had in black?"
    marks = {piece.mark for piece in marks_of(plain, [], [])}
    return not marks.isdisjoint(DEEDS - {Mark.KEEP}) or OF_SOMETHING_HAD.search(plain) is not None


def listen(
    turn: Turn,
    text: str,
    world: World,
    known: Sequence[PlannedWish] = (),
    keys: tuple[str, ...] = (),
    lately: Sequence[Place] = (),
) -> Listened:
    """What a message says of placed orders; `keys` are the products that "it" means before anything is named."""
    wanted, unless_paid = split_unless_paid(text)
    plain = wanted.lower()
    payments, rest = read_payments(plain)
    if len(plain) == len(wanted):  # then its capitals stay
        rest = "".join(kept if one == left else left for one, left, kept in zip(plain, rest, wanted, strict=True))
    addresses = hear_addresses(turn, rest, world, known)
    heard = hear(addresses.rest, world, known, keys, lately)
    if addresses.wishes:  # what is said beside them of nothing in particular tells why: "I regret that"
        heard.wishes = [wish for wish in heard.wishes if not (wish.several and wish.deed in _REASONS)]
    return Listened(
        text=text,
        heard=heard,
        addresses=addresses,
        payments=payments,
        reason=read_reason(plain),
        unless_paid=unless_paid,
    )
