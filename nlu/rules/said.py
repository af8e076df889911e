"""The names of what customers say in fixed words, and what a row of their table is: name, pattern, where it counts."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from nlu.rules.patterns import rule

POLITELY = r"(?:,? (?:please|pls|thanks))?"


class Saying(StrEnum):
    """What customers say in fixed words; `nlu.sayings` hears it, whatever a model makes of the message."""

    # the whole message
    UNDO = auto()
    STALLS = auto()  # asks for a moment
    GOES_AWAY = auto()  # for a while, or is there again
    STOP = auto()
    LETS_BE = auto()  # it takes back the asking, and no deed: "never mind, thanks", "I changed my mind, keep it all"
    LEAVES_ALONE = auto()  # "leave me alone" wishes for quiet, and for nothing to be erased
    CALLS_OFF = auto()  # an order, without the word "cancel"
    HOLDS_OFF = auto()  # an order shall wait, and not be cancelled
    CHANGES_ORDER = auto()  # number
    LEAVES_CHANGE = auto()
    BACK_TO_BOT = auto()
    MORE = auto()
    PLACE_IN_LIST = auto()  # number, or else an ordinal
    SOMETHING_ELSE = auto()
    NONE_OF_THESE = auto()
    NOT_THIS = auto()  # which, or itself
    POINTS = auto()
    PLACE = auto()
    ONE_OF_EACH = auto()
    EVERY_ONE = auto()
    ASKS_EMAIL = auto()
    NOT_THAT_EMAIL = auto()
    UNCANCELS = auto()
    ANOTHER_CODE = auto()
    CODE = auto()  # first, last
    LINK_CODE = auto()  # code
    ADDRESS_AS_IT_WAS = auto()
    HOUSE_NUMBER = auto()  # number
    TOWN = auto()  # town
    NOT_THE_OLD_PLACE = auto()  # new, old
    STREET = auto()  # name, or first
    NAMES = auto()
    NOTHING_COUNTED = auto()
    BARE_LINE = auto()  # quantity, phrase
    STOPS_TELLING = auto()  # what, or back; of what is back
    STOPS_WRITING = auto()  # what; of what is back, or of all else
    LEAVES_IT = auto()
    IS_GLAD = auto()  # with an order that was asked about
    NOTHING_WRONG = auto()
    ASKS_MONEY_BACK = auto()  # number of the order; else of all
    ASKS_WHAT_IS_OWED = auto()  # by the customer
    PRAISES_THING = auto()  # that was bought
    RATES = auto()  # in words that are no number
    ASKS_WHICH_ORDER = auto()  # it was that was asked about
    ASKS_NO_MORE = auto()  # how orders were
    # its beginning
    WHEN_BACK = auto()
    TAKES_BACK = auto()
    NAMES_TAKING_BACK = auto()  # of an order, by what is to be done with it
    LOOKS_AROUND = auto()
    ORDERS_AGAIN = auto()
    ONLY_SO_MANY = auto()
    ENOUGH = auto()  # line
    ASKS_SOMETHING = auto()
    ASKS_BACK = auto()
    PROVES = auto()
    # somewhere in it
    ALL_ELSE = auto()
    CHEAPEST = auto()
    DEAREST = auto()
    ALL_THERE_IS = auto()
    POPULAR = auto()
    LIKE_IT = auto()
    GOES_WITH = auto()
    COSTS = auto()
    COSTS_TO_SEND = auto()
    PRICED_MOST = auto()
    FILLS_CART = auto()
    FOR_SOMEBODY = auto()
    ASKS_FOR = auto()
    SAID_BEFORE = auto()
    IN_TOTAL = auto()
    TOTAL_OF = auto()  # before, or behind
    MORE_OR_ASKS = auto()
    ADDS = auto()
    TAKES_BACK_WORDS = auto()
    SETTLES_ON = auto()
    WANTS_TO = auto()
    UNDOES = auto()
    OTHER_KINDS = auto()
    OF_IT = auto()
    COUNTED_NAME = auto()
    WANTS_ONE = auto()
    STATES = auto()
    SOME_OF = auto()
    THE_OTHER_ONE = auto()
    HALVES = auto()  # of two kinds
    AS_MANY = auto()
    PIECES = auto()
    FOR_EACH = auto()  # count, or thing
    REFUSES = auto()
    TELLS_WHEN = auto()
    NO_WORD = auto()
    SIMILAR = auto()
    WHAT_IS_THERE = auto()
    NO_TAKING = auto()
    AGREES_FIRST = auto()
    ONLY_ADDS = auto()
    ONLY_THAT = auto()
    CONDITION = auto()
    OBJECTS = auto()
    PART_OF_IT = auto()
    COUNTS_OR_ASKS = auto()
    NONE_OF_THAT = auto()
    ASKS_WHAT_IS_SOLD = auto()
    FEWER = auto()
    GOES_ON = auto()
    WISHES_FOR = auto()
    TIMES_AS_MANY = auto()  # half, twice, or else three times
    OF_THAT_ORDER = auto()
    IN_ITS_PLACE = auto()  # of what is cancelled, something shall be ordered
    SENDS_THERE = auto()
    LINKS_CHATS = auto()
    CODE_AGAIN = auto()
    OF_AN_ADDRESS = auto()
    AROUND_A_UNIT = auto()
    STREET_WORD = auto()
    NO_STREET = auto()
    IS_UNHAPPY = auto()
    WHATEVER = auto()  # of several may be taken
    COUNTS_KINDS = auto()  # of a thing
    WHICH_VALUES = auto()  # what, which or how many of something, in a question's beginning
    ALL_IN_SIZE = auto()  # size
    NOT_COME = auto()  # an order or something of it
    REVIEWS = auto()  # it wants to say how an order was
    BUT = auto()  # what stands before it holds only half
    OF_THE_SHOP = auto()  # a condition that the shop would have to meet
    UNRATES = auto()  # what it said of an order shall be gone, or another
    SAME_AGAIN = auto()  # for somebody else, where its address is said


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """Where in a text something was said, and the pieces of it that matter by name; an unsaid one is missing."""

    start: int
    end: int
    values: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One way to say something: `find` looks for it in a text."""

    saying: Saying
    pattern: re.Pattern[str]
    find: Callable[[str], re.Match[str] | None]


def whole(saying: Saying, pattern: str) -> Said:
    """It is all of the message, among signs of any kind."""
    return exactly(saying, rf"\A\W*(?:{pattern})\W*")


def exactly(saying: Saying, pattern: str) -> Said:
    """It is all of the message, to the last sign."""
    compiled = rule(pattern, re.IGNORECASE)
    return Said(saying=saying, pattern=compiled, find=compiled.fullmatch)


def opening(saying: Saying, pattern: str) -> Said:
    """The message begins with it."""
    compiled = rule(pattern, re.IGNORECASE)
    return Said(saying=saying, pattern=compiled, find=compiled.match)


def anywhere(saying: Saying, pattern: str) -> Said:
    """It stands somewhere in the message."""
    compiled = rule(pattern, re.IGNORECASE)
    return Said(saying=saying, pattern=compiled, find=compiled.search)
