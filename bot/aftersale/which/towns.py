"""Tells whether words name where an address is: its town, its street, or its state."""

from domain.people.addresses import read_address
from nlu.rules.aftersale_addresses import HOUSE_NUMBER, STATE_CODE
from nlu.rules.towns import STATES, words_of, written_out

_SHORTEST = 4  # letters of a town's name by which an address is told
STREET, TOWN, STATE = 3, 2, 1  # how surely a name tells an address


def names_town(part: str, address: str) -> bool:
    """Whether a town, a street or a state of an address is named."""
    return told_by(part, address) > 0


def told_by(said: str, address: str) -> int:
    """How surely words name where an address is; 0 where they do not."""
    read = read_address(address)
    plain = written_out(said)
    towns = [piece.strip() for piece in read.place.split(",")]
    codes = [code[0] for town in towns if (code := STATE_CODE.search(town))]
    towns = [STATE_CODE.sub("", town) for town in towns]
    number, street = HOUSE_NUMBER.match(read.street), HOUSE_NUMBER.sub("", read.street)
    told = 0
    for weight, names in (
        (STREET, [street, read.name]),
        (TOWN, [*towns, read.postcode]),
        (STATE, [STATES.get(code, "") for code in codes]),
    ):
        told += weight * any(len(name.strip()) >= _SHORTEST and words_of(name) in plain for name in names)
    return told + (told >= STREET and number is not None and f" {number[0].strip()} " in plain)
