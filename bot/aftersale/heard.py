"""What one message says of placed orders."""

from dataclasses import dataclass, field

from domain.model import Order
from domain.plans import Deed, Place, PlannedWish


@dataclass(kw_only=True, slots=True)
class Heard:
    """What a message says of placed orders.

    Attributes:
        wishes: what is newly wished for.
        words: what is said of how known wishes shall be, by their places; without a place, of what was asked.
        loose: the same, of what was asked or said last.
        dropped: the places that nothing shall be done with, and the orders.
        refused: what shall not be done, to whatever.
        named: the places that are named without a deed.
        spared: the orders that shall by no means be cancelled as a whole.
        lost: the products that cannot be sent back because they are lost.
        names: whether anything of theirs is named at all.
        settled: whether it says what shall be where something that was said before cannot be done.
        unmet: conditions that the shop's own data does not fulfil, as they were said.
        strange: numbers that are called an order's and are none of theirs.
        orders: the orders that are spoken of.
        general: whether only the shop's ways are asked about.
        bare: a deed of which nothing is said that it shall be done to.
    """

    wishes: list[PlannedWish] = field(default_factory=list)
    words: list[tuple[tuple[Place, ...], str]] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    dropped: list[Place] = field(default_factory=list)
    refused: list[Deed] = field(default_factory=list)
    named: list[tuple[Place, ...]] = field(default_factory=list)
    spared: list[int] = field(default_factory=list)
    lost: list[Place] = field(default_factory=list)
    names: bool = False
    settled: bool = False
    unmet: list[str] = field(default_factory=list)
    strange: tuple[str, ...] = ()
    orders: tuple[Order, ...] = ()
    general: bool = False
    bare: Deed | None = None
