"""All that one message says of placed orders, heard together: acts on things, addresses, and what pays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.aftersale.addresses.hearing import AddressesHeard, hear_addresses
from bot.aftersale.addresses.speaking import speaks_of_address
from bot.aftersale.heard import Heard
from bot.aftersale.hearing.deeds import hear
from bot.aftersale.which.naming import unknown_numbers
from bot.aftersale.which.options import tells
from bot.aftersale.world import World
from bot.turn import CLEAR, Turn
from domain.conversation import Did
from domain.plans import Deed, Place, PlannedWish
from nlu.chat_words import spelled_out
from nlu.emoji_words import emoji_to_words
from nlu.own_words import own_words
from nlu.reading.plainly import say_plainly
from nlu.rules.aftersale_marks import marks_of
from nlu.rules.aftersale_payments import PayWish, asks_balance, read_payments
from nlu.rules.aftersale_phrases import BUYS, OF_MINE, OF_SOMETHING_HAD, PREFERS, SPEAKS_OF_PLACED
from nlu.rules.aftersale_questions import asks_of_orders
from nlu.rules.aftersale_reasons import read_reason
from nlu.rules.aftersale_unpaid import split_unless_paid
from nlu.rules.aftersale_words import DEEDS, Mark
from nlu.rules.cleaning import clean, shorten
from nlu.rules.order_corrections import as_corrected
from nlu.rules.ratings import names_stars

# Intents that say little of what is wanted: none of them begins something new.
_OF_ORDERS = frozenset(
    """
    after_sales cancel_order change_address change_order change_quantity order_status out_of_scope remove_from_cart
    """.split()
)
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
    return as_corrected(clean(shorten(spelled_out(emoji_to_words(own_words(written))))).strip())


def may_be_about(turn: Turn, text: str) -> bool:
    """Whether a message may want something of placed orders; cheap, and asks no database."""
    plain = text.lower()
    if speaks_of_address(plain) or SPEAKS_OF_PLACED.search(plain) or asks_balance(plain) or asks_of_orders(plain):
        return True
    if OF_MINE.search(plain) and PREFERS.search(plain) and not BUYS.search(plain):
        return True  # "might my watch be had in black?"
    marks = {piece.mark for piece in marks_of(plain, [], [])}
    if not marks.isdisjoint(DEEDS - {Mark.KEEP}) or OF_SOMETHING_HAD.search(plain) is not None:
        return True
    return bool(_in_plain_words(turn))


def _in_plain_words(turn: Turn) -> str:
    """What a message wishes for, said plainly; empty while something is asked, and where another room surely knows
    what is wanted: right behind the placing of an order that is who changes it.
    """
    sure = turn.understanding.confidence >= CLEAR and turn.understanding.intent not in _OF_ORDERS
    done = turn.conversation.done
    placed = done is not None and done.fresh and done.what is Did.PLACED
    written = turn.written or turn.message.text
    other = sure or placed or names_stars(written.lower(), written)
    return "" if turn.asked is not None or other else say_plainly(turn.understanding.parts)


def _or_plain(world: World, heard: Heard, said: Heard, *, sits: bool) -> Heard:
    """What was heard; where that was nothing, what is heard of the message said plainly, as far as it is sense.

    Who `sits` over what was done just now may but tell it once more, where nothing is named.
    """
    if heard.wishes or heard.refused or heard.spared or heard.unmet or heard.lost or heard.general:
        return heard
    meant = said.wishes if sits else [_by_target(world, wish) for wish in said.wishes]
    wishes = [wish for wish in meant if _is_of_thing(world, wish)]
    if _sense(wishes) <= 0:
        return heard
    return replace(said, wishes=wishes, strange=heard.strange, settled=heard.settled)


def _by_target(world: World, wish: PlannedWish) -> PlannedWish:
    """The same; where nothing tells what shall be otherwise, it is the one thing that can be as it is said."""
    if not wish.several or wish.deed not in (Deed.EXCHANGE, Deed.CHANGE) or not wish.words:
        return wish
    told = [
        place
        for place in world.places()
        if (group := world.group_of(place.product_id)) is not None and all(tells(text, group) for text in wish.words)
    ]
    return replace(wish, among=tuple(told), several=False) if len(told) == 1 else wish


def _sense(wishes: Sequence[PlannedWish]) -> int:
    """How many wishes are for one thing, less those of which nobody could tell what they are for."""
    definite = [wish for wish in wishes if not wish.several and len(wish.among) == 1]
    return 2 * len(definite) - len(wishes)


def _is_of_thing(world: World, wish: PlannedWish) -> bool:
    """Whether a wish is for things, and one for another kind says which."""
    swaps = wish.deed in (Deed.EXCHANGE, Deed.CHANGE)
    groups = [world.group_of(place.product_id) for place in wish.among if place.product_id]
    return bool(groups) and (not swaps or any(tells(text, group) for text in wish.words for group in groups if group))


def listen(
    turn: Turn,
    text: str,
    world: World,
    known: Sequence[PlannedWish] = (),
    keys: tuple[str, ...] = (),
    lately: Sequence[Place] = (),
    failed: Sequence[PlannedWish] = (),
) -> Listened:
    """What a message says of placed orders; `keys` are the products that "it" means before anything is named.

    `failed` is what was told before to be impossible, which a message may say a way out of.
    """
    wanted, unless_paid = split_unless_paid(text)
    plain = wanted.lower()
    payments, rest = read_payments(plain)
    if len(plain) == len(wanted):  # then its capitals stay
        rest = "".join(kept if one == left else left for one, left, kept in zip(plain, rest, wanted, strict=True))
    addresses = hear_addresses(turn, rest, world, known)
    sent = (wish.place for wish in addresses.wishes if wish.deed is Deed.SHIP_TO)
    world = replace(world, addressed=tuple(place.order_id for place in sent if place is not None))
    heard = hear(addresses.rest, world, known, keys, lately, failed)
    if not (known or failed) and (said := _in_plain_words(turn)):
        moved = hear_addresses(turn, said, world, known)
        heard = _or_plain(world, heard, hear(moved.rest, world, known, keys, lately), sits=bool(lately))
        if not addresses.wishes and turn.conversation.proven_email is not None:
            addresses = replace(moved, rest=addresses.rest, written=addresses.written or moved.written)
    if not known and not heard.strange and any(wish.deed is Deed.SHIP_TO for wish in addresses.wishes):
        said_there = [turn.uow.people.address(wish.address_id) for wish in addresses.wishes if wish.address_id]
        heard.strange = unknown_numbers(plain, world, " ".join([*said_there, addresses.written]))
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
