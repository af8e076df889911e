"""Hears where orders, or a customer, shall go: an address that is written out, or one that is kept of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.aftersale.addresses.moves import Move, Moved, lately_moved
from bot.aftersale.addresses.speaking import surely_of_address, wants_of_address
from bot.aftersale.addresses.subjects import Subjects
from bot.aftersale.addresses.written import completed, corrects_part, is_whole, written_address
from bot.aftersale.which.naming import find_named
from bot.aftersale.which.orders_meant import is_every
from bot.aftersale.which.towns import TOWN, told_by
from bot.aftersale.world import World
from bot.turn import Turn
from domain.plans import Deed, PlannedWish
from nlu.rules.addresses_told import in_one
from nlu.rules.aftersale_address_clauses import (
    AS_SAID,
    MOVES_NOW,
    WITHHOLDS,
    clauses,
    goal_of,
    goes_on_moving,
    points_back,
)
from nlu.rules.aftersale_addresses import (
    ALL_OPEN,
    ARROW,
    ASKS_ADDRESS,
    BARE_NAME,
    CHANGES,
    CHANGES_DETAILS,
    CHANGES_IT_AGAIN,
    CHANGES_WHERE,
    CHECKS,
    COMES_BACK,
    DELETES_ADDRESS,
    FIRST_OF_THEM,
    FOUND_THERE,
    GOES,
    HAS_LABEL,
    HAVE_MOVED,
    IS_WRONG,
    LIVES_ELSEWHERE,
    MERELY_CHECKS,
    MISTYPED,
    MORE_FOR_ADDRESS,
    NAMES_ORDER,
    NO_WANT,
    OF_ADDRESS,
    OF_MONEY,
    OF_THE_GOAL,
    OWN_ADDRESS,
    OWN_RECORD,
    REFUSES_ADDRESS,
    SENDS,
    SOMEBODY,
    SPEAKS_OF_ADDRESS,
    USED_FOR,
    WANTS,
    WAS,
    WHERE_IT_GOES,
    WHERE_THEY_LIVE,
)
from nlu.rules.aftersale_question_words import WANTS_IT_ELSEWHERE


@dataclass(frozen=True, kw_only=True, slots=True)
class AddressesHeard:
    """What a message wants of addresses; `rest` is the message without it, with blanks in its place."""

    wishes: tuple[PlannedWish, ...] = ()
    rest: str = ""
    written: str = ""  # an address that is written out in it


def hear_addresses(turn: Turn, text: str, world: World, known: Sequence[PlannedWish]) -> AddressesHeard:
    """What a message wants of addresses."""
    more = goes_on_moving(text.lower()) and bool(lately_moved(turn, world))
    if not (more or wants_of_address(text.lower(), known)) or DELETES_ADDRESS.search(text.lower()):
        return AddressesHeard(rest=text)
    heard = _Ears(turn, in_one(text), world, known, sits=more).hear()
    if not (heard.wishes or heard.written or more or surely_of_address(text.lower(), known)):
        return AddressesHeard(rest=text)  # "I need it in blue" names no place
    return heard


class _Ears(Subjects):
    """Hears one message, clause by clause; what was said before in it leads what follows."""

    def __init__(
        self, turn: Turn, text: str, world: World, known: Sequence[PlannedWish], *, sits: bool = False
    ) -> None:
        super().__init__(turn, world, known)
        self._sits = sits  # whether it goes on with what was moved just now
        written = written_address(text)
        self._written = completed(written, [one.text for one in self._kept.addresses])
        if written in text and self._written == written and self._is_known(written):
            written = self._written = ""  # one of theirs is told by its street
        self._at = text.find(written)
        self._said = text.replace(written, " " * len(written), 1) if written else text
        self._text = ARROW.sub("to", self._said).replace("...", ",  ").replace("…", ",")
        self._moves: list[Move] = []

    def hear(self) -> AddressesHeard:
        self._find_labels(self._text)
        rest, goes_on = "", self._sits  # whether the clause before was about addresses
        for begin, core, end in clauses(self._text):
            clause = self._text[begin:core]
            written = bool(self._written) and begin <= self._at < end
            about = self._take(clause, goes_on=goes_on, written=written)
            rest += self._said[begin:end] if about is None else about or " " * (end - begin)
            goes_on = about is not None or (goes_on and not clause.strip(" ,."))
        if not self._moves and corrects_part(self._text.lower()):
            orders = tuple(self._orders(self._text.lower()))
            self._moves.append(Move(deed=Deed.SHIP_TO, clause="", orders=orders))
        moved = HAVE_MOVED if self._written else MOVES_NOW
        if all(one.vague for one in self._moves) and moved.search(self._text.lower()):
            self._moves = [Move(deed=Deed.LIVE_AT, clause="" if self._written else self._text)]
            if any(self._world.is_open(order.order_id) for order in self._world.orders):
                self._moves.append(Move(deed=Deed.SHIP_TO, clause="", every=True))
        told = Moved(
            kept=self._kept,
            moves=self._moves,
            text=self._text,
            written=self._written,
            hints=self._hints,
            before=self._before,
            known=self._known,
            moving=MOVES_NOW.search(self._text.lower()) is not None,
        )
        return AddressesHeard(wishes=tuple(dict.fromkeys(told.wishes())), rest=rest, written=self._written)

    def _take(self, clause: str, *, goes_on: bool, written: bool) -> str | None:
        """Takes a clause; None where it is about something else, or else what of it is to be heard there."""
        plain = AS_SAID.sub(" ", " ".join(clause.lower().split()))  # a written address left blanks
        if (
            goes_on
            and (self._moves or self._written)
            and (MERELY_CHECKS.match(plain) or CHANGES_IT_AGAIN.search(plain))
        ):
            return ""
        if OF_MONEY.search(plain) and not OF_ADDRESS.search(plain):
            return None
        if WITHHOLDS.search(plain) and not self._ends_where_to_go(plain):
            self._hints += [clause] if FOUND_THERE.search(plain) else []
            return ""
        if REFUSES_ADDRESS.search(plain):
            return "" if goes_on and not find_named(plain, self._world).things else None
        lives = LIVES_ELSEWHERE.search(plain.strip()) is not None or self._is_mistyped(plain)
        wants = WANTS.search(NO_WANT.sub(" ", plain)) is not None or IS_WRONG.search(plain) is not None
        if not wants and not lives and COMES_BACK.search(plain):
            self._note(plain)
            return None
        if not wants and not lives and (GOES.search(plain) or HAS_LABEL.search(plain)):
            return self._told(plain)
        changes = lives or CHANGES.search(plain) is not None or WANTS_IT_ELSEWHERE.search(plain) is not None
        if not changes and not lives and FOUND_THERE.search(plain):
            self._hints.append(clause)
            return ""
        if CHECKS.search(plain) and not changes:
            return ""
        named = find_named(plain, self._world)
        begun = bool(self._moves or self._written or self._sits)
        more = goes_on and begun and MORE_FOR_ADDRESS.search(plain) is not None and not named.things
        if ASKS_ADDRESS.search(plain) and not (changes or more):
            return None
        if BARE_NAME.match(plain) and (told := self._orders(plain)):
            if goes_on and self._moves:
                last = self._moves[-1]
                clause = "" if last.deed is Deed.LIVE_AT else last.clause
                new = replace(last, deed=Deed.SHIP_TO, clause=clause, orders=tuple(told), every=False, vague=False)
                self._moves.append(new)
                return ""
            self._led = tuple(told)
            return None
        short = self._ends_where_to_go(plain) and (wants or SOMEBODY.search(plain) is None)
        if not (SPEAKS_OF_ADDRESS.search(plain) or corrects_part(plain) or lives or more or written or short):
            self._note(plain)
            return None
        lives |= (more or USED_FOR.search(plain) is not None) and OWN_RECORD.search(plain) is not None
        if CHANGES_DETAILS.search(plain) or lives:
            self._moves.append(Move(deed=Deed.LIVE_AT, clause=clause, spoken=self._spoken, written=written))
        if (wants or more or written or short) and not (written and WAS.match(plain)):
            self._ship(clause, lives=lives, written=written)
        else:
            self._note(plain)
        if FOUND_THERE.search(plain):
            self._hints.append(clause)
        return ""

    def _is_known(self, written: str) -> bool:
        """Whether what looks like an address is no whole one, and names the street of one that is known."""
        return not is_whole(written) and any(told_by(written, one.text) > TOWN for one in self._kept.addresses)

    def _is_mistyped(self, plain: str) -> bool:
        """Whether the address that they live at is said to be wrong, and not only that of an order."""
        return MISTYPED.search(plain) is not None and NAMES_ORDER.search(plain) is None

    def _ends_where_to_go(self, plain: str) -> bool:
        """Whether a clause ends with where something shall go: "the address of it to my Denver home"."""
        at = goal_of(plain)
        if at < 0:
            return False
        goal = plain[at:]
        return WHERE_THEY_LIVE.search(goal) is not None or any(
            told_by(goal, one.text) >= TOWN for one in self._kept.addresses
        )

    def _ship(self, clause: str, *, lives: bool, written: bool) -> None:
        plain = clause.lower()
        at = goal_of(plain)
        object_part = plain[:at] if at > 0 else plain
        if (used := USED_FOR.search(plain)) is not None:  # "use that one for the lamp"
            object_part, at = plain[used.end() :], used.start()
        if CHANGES_WHERE.search(plain) is None:
            object_part = OF_THE_GOAL.sub(" ", WHERE_IT_GOES.sub(" ", object_part))
        self._untold |= self._unknown and FIRST_OF_THEM.search(plain) is not None
        orders = tuple(dict.fromkeys((*self._led, *self._orders(object_part))))
        self._led = ()
        every = ALL_OPEN.search(plain) is not None
        says_order = every or NAMES_ORDER.search(object_part) is not None
        if lives and not says_order:
            return
        every |= says_order and (is_every(object_part.split()) or "orders" in object_part or "order addresses" in plain)
        if not (orders or says_order or SENDS.search(plain) or at >= 0):
            return
        goal = clause[at:] if at >= 0 else clause
        self._moves.append(
            Move(
                deed=Deed.SHIP_TO,
                clause=clause,
                goal=goal,
                orders=orders,
                every=every,
                vague=not (orders or every or says_order or self._untold),
                pointed=orders == self._spoken and points_back(object_part),
                own=OWN_ADDRESS.search(object_part) is not None,
                spoken=self._spoken,
                written=written,
            )
        )
        self._spoken, self._untold = orders or self._spoken, False
