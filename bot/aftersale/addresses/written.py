"""Addresses that a message writes out, whole or only the part that differs, and what an answer to where means."""

from collections.abc import Sequence
from dataclasses import replace

from bot.aftersale.addresses.meant import address_meant, kept_of
from bot.aftersale.world import World
from bot.turn import Turn
from domain.people.addresses import Address, read_address
from domain.people.shipping_countries import ships_there
from domain.plans import Deed, Plan, PlannedWish
from nlu.rules.address_frames import without_frame
from nlu.rules.addresses import find_address
from nlu.rules.addresses_told import in_one
from nlu.rules.aftersale_addresses import (
    CORRECTS_PART,
    ENDS_AS_ADDRESS,
    HOUSE_NUMBER,
    PART_OF_ADDRESS,
    SENDS_THERE,
    SHAPE_OF_ADDRESS,
    TOWN_BEHIND,
)
from nlu.rules.streets import find_streets

_KINDS = {
    "ave": "avenue", "blvd": "boulevard", "ct": "court", "dr": "drive", "hwy": "highway", "ln": "lane",
    "pkwy": "parkway", "pl": "place", "rd": "road", "sq": "square", "st": "street",
}  # fmt: skip
_MOVES = (Deed.SHIP_TO, Deed.LIVE_AT)


def goal_of(text: str) -> str:
    """The whole address that a message wants anything sent to, as it is written; empty where it names none."""
    written = written_address(text)
    sent = bool(written) and is_whole(written) and SENDS_THERE.search(text[: text.find(written)].lower()) is not None
    return written if sent else ""


def written_address(text: str, *, expected: bool = False) -> str:
    """The address that a message writes out; empty where it has none that a parcel would find."""
    if whole := [match[0] for match in ENDS_AS_ADDRESS.finditer(text)]:
        return whole[-1].strip()
    streets = [text[begin : _with_town(text, end)] for begin, end in find_streets(text)]
    streets = streets or [match[0] for match in SHAPE_OF_ADDRESS.finditer(text)]
    if streets:
        return streets[-1].strip()
    if not expected:
        return ""
    found = next((one.value for one in find_address(text, expected=True) if one.name == "address"), "")
    return found if read_address(without_frame(found)).street else ""


def _with_town(text: str, end: int) -> int:
    """Where an address ends whose town is led by a word: "5 Elm Street, in Salem, Oregon, 97301"."""
    town = TOWN_BEHIND.match(text, end)
    return end if town is None else town.end()


def _number(street: str) -> str:
    number = HOUSE_NUMBER.match(street)
    return "" if number is None else number[0].strip().casefold()


def is_whole(written: str) -> bool:
    """Whether a parcel would find it."""
    return read_address(without_frame(written)).ships


def completed(written: str, known: Sequence[str]) -> str:
    """An address of which only the street is written out, with the town of one of the known that is in that street."""
    read = read_address(without_frame(written))
    if not read.street or read.ships:
        return written
    alike = [one for one in map(read_address, known) if _street(one.street) == _street(read.street)]
    same = [one for one in alike if _number(one.street) == _number(read.street)]
    if same and not read.unit:
        return same[0].text
    return replace(alike[0], street=read.street, unit=read.unit or alike[0].unit).text if alike else written


def _street(written: str) -> str:
    """The name of a street without its number."""
    name, _, kind = HOUSE_NUMBER.sub("", written).strip(" .").casefold().rpartition(" ")
    return f"{name} {_KINDS.get(kind, kind)}"


def remember(turn: Turn, written: str) -> int:
    """The key of an address that was written out; 0 where no parcel would find it, or the shop sends none there."""
    return _keep(turn, read_address(without_frame(written)))


def corrects_part(text: str) -> bool:
    """Whether a message says that a part of an address is otherwise; `text` is in small letters."""
    return PART_OF_ADDRESS.search(text) is not None and CORRECTS_PART.search(text) is not None


def corrected(turn: Turn, text: str, known: str) -> int:
    """The key of a known address with the part that a text says is otherwise; 0 where it says none."""
    plain, part = text.lower(), read_address(known)
    if not corrects_part(plain) or not part.street:
        return 0
    for match in PART_OF_ADDRESS.finditer(plain):
        kind, value = match["kind"], match["value"].upper()
        if kind.startswith(("zip", "post")):
            part = replace(part, postcode=value)
        elif kind.startswith(("house", "street")):
            part = part.with_number(value)
        else:
            part = replace(part, unit=f"{kind.capitalize()} {value}")
    return _keep(turn, part) if part.text != known else 0


def answered_address(turn: Turn, text: str, world: World, wish: PlannedWish) -> int:
    """The address that an answer to where it shall go means; 0 where it means none, or one of several."""
    if written := written_address(in_one(text), expected=True):
        return remember(turn, written)
    kept = kept_of(turn, world)
    moved = [order for place in wish.among if (order := world.order(place.order_id)) is not None]
    return address_meant(kept, text, moved=moved, lives=wish.deed is Deed.LIVE_AT, anywhere=True).address_id


def with_address(turn: Turn, plan: Plan, text: str) -> Plan:
    """The plan with an address that is written out, or with the part of it that is said to be otherwise."""
    moves = [wish for wish in plan.wishes if wish.deed in _MOVES and wish.address_id]
    written = written_address(in_one(text)) if moves else ""
    if not moves:
        return plan
    new = {
        wish: remember(turn, written) if written else corrected(turn, text, turn.uow.people.address(wish.address_id))
        for wish in moves
    }
    return replace(
        plan, wishes=tuple(replace(wish, address_id=new.get(wish) or wish.address_id) for wish in plan.wishes)
    )


def _keep(turn: Turn, read: Address) -> int:
    if not read.ships or not ships_there(read, turn.shop.ships_to):
        return 0
    owner = turn.conversation.proven_email or turn.conversation.hashed_email
    kept = turn.uow.people.addresses_of(owner) if owner else []
    if known := next((one.address_id for one in kept if one.text == read.text), 0):
        return known
    return turn.uow.people.remember_address(owner, turn.conversation.identity_id, read.text, turn.now)
