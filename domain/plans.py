"""What a customer wishes of placed orders, as far as it was said, until one clear yes; keys and words only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Deed(StrEnum):
    """What is wished for, as it was said; what it means depends on where the order is."""

    RETURN = "return"
    EXCHANGE = "exchange"
    EITHER = "either"  # money or something else for it: it is asked
    CHANGE = "change"
    DISCARD = "discard"  # it is not wanted any more
    CANCEL = "cancel"  # whole orders
    SHIP_TO = "ship_to"
    LIVE_AT = "live_at"  # from now on
    LEAVE = "leave"  # it stays as it is, where what was wanted first cannot be done


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A product in an order; of a whole order it names no product."""

    order_id: int
    product_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedWish:
    """One wish: `among` is what may be meant by it, which is one place in the end.

    Attributes:
        deed: what was said.
        among: the places that may be meant.
        several: whether more than one of them may be meant, so that an answer may name several.
        quantity: of how many pieces; 0 is all of the line.
        words: how it shall be, in the order it was said.
        becomes: the product that the words are, once that is clear.
        address_id: where something goes; 0 is not known yet.
        but: the products of whole orders that it is not about.
        at_most: how much more it may cost; empty where nothing is said of that.
        ways_out: what shall be done where this cannot be, one after the other; without `among` with the same thing, and
            what cancels then with its whole order.
        condition: what it hangs on that the shop cannot tell, as it was said.
        gone_by: whether it is a way out that has taken the place of what was wanted first.
    """

    deed: Deed
    among: tuple[Place, ...] = ()
    several: bool = False
    quantity: int = 0
    words: tuple[str, ...] = ()
    becomes: str = ""
    address_id: int = 0
    but: tuple[str, ...] = ()
    at_most: str = ""
    ways_out: tuple["PlannedWish", ...] = ()
    condition: str = ""
    gone_by: bool = False

    @property
    def place(self) -> Place | None:
        """The one place that is meant; None while several may be."""
        return self.among[0] if len(self.among) == 1 else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """All wishes that are on their way to a yes.

    Attributes:
        wishes: in the order they were said.
        method_id: what pays, and is paid back to; empty is what paid for each order.
        methods_of: the same of single orders, by their numbers.
        unless_paid: what is wanted where it cannot be paid so, in the customer's words.
        refused: what was told that it cannot pay, or be paid back to.
        unknown: what pays in the customer's words, where it is none of theirs.
        pay_told: whether what pays was said, or asked, which is done once.
        saves: whether what gives back more is preferred.
        aside: what excludes what is planned, and may take its place.
        reason: why things come back, of the shop's closed list; empty while nobody said.
        asked_why: whether that was asked, which is done once.
        questions: how many questions were asked so far; it tells the buttons of one from those of another.
        about: the place of the wish that the open question is about.
        shown: what the summary showed, in short: a yes is one to that and to nothing else.
        doubted: what was told to hold a yes to this summary back, and does not hold back the next.
        partly: whether a part of what was said was not found or not done: the next plain yes shows all once more.
    """

    wishes: tuple[PlannedWish, ...] = ()
    method_id: str = ""
    methods_of: tuple[tuple[int, str], ...] = ()
    unless_paid: str = ""
    refused: str = ""
    unknown: str = ""
    pay_told: bool = False
    saves: bool = False
    aside: tuple[PlannedWish, ...] = ()
    reason: str = ""
    asked_why: bool = False
    questions: int = 0
    about: int = 0
    shown: str = ""
    doubted: str = ""
    partly: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """Of what in placed orders was spoken last, and what was done with it; no deed where nothing was.

    `failed` are the wishes that were told to be impossible, and that nothing was done instead of since.
    """

    places: tuple[Place, ...]
    at: datetime
    deed: Deed | None = None
    failed: tuple[PlannedWish, ...] = ()
