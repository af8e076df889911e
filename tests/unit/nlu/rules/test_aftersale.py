"""What customers want done with what they ordered, in the words of many: each deed, of what, what it becomes."""

import re

import pytest

from nlu.rules.aftersale import Said, read_aftersale
from nlu.rules.aftersale_pieces import Span
from nlu.rules.aftersale_words import Mark

THINGS = ("drill", "saw", "ladder", "gloves", "paint", "tape", "hammer")


def read(text: str) -> list[Said]:
    """What is read of a message in which tools and five-digit orders are named."""
    plain = text.lower()
    named = [
        Span(start=match.start(), end=match.end(), keys=(match["thing"],))
        for match in re.finditer(rf"\b(?P<thing>{'|'.join(THINGS)})s?\b", plain)
    ]
    orders = [
        Span(start=match.start(), end=match.end(), keys=(match["digits"],))
        for match in re.finditer(r"#?(?P<digits>\d{5})\b", plain)
    ]
    return read_aftersale(text, named, orders)


def deeds(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The deeds that are wanted, with what they are wanted of."""
    return [
        (said.deed.value, tuple(one.keys[0] if one.keys else one.scope.value for one in said.objects))
        for said in read(text)
        if not said.refused and said.deed not in (Mark.WANT, Mark.KEEP)
    ]


@pytest.mark.parametrize(
    ("said", "deed"),
    [
        ("I want to return the drill", "return"),
        ("please send the drill back", "return"),
        ("can i give the drill back to you", "return"),
        ("I'd like my money back for the drill", "return"),
        ("i need a refund for the drill", "return"),
        ("could the drill be refunded", "return"),
        ("how about you take this: I return the drill", "return"),
        ("Exchange the drill please", "exchange"),
        ("swap my drill", "exchange"),
        ("I would like to trade in the drill", "exchange"),
        ("could you replace the drill", "exchange"),
        ("can the drill be exchanged", "exchange"),
        ("change the drill", "change"),
        ("please modify the drill", "change"),
        ("can we update the drill", "change"),
        ("cancel the drill", "cancel"),
        ("call the drill off", "cancel"),
        ("I don't want the drill anymore", "discard"),
        ("get rid of the drill", "discard"),
        ("take the drill off", "discard"),
        ("i no longer need the drill", "discard"),
    ],
)
def test_a_deed_is_heard_in_many_words(said: str, deed: str) -> None:
    assert deeds(said) == [(deed, ("drill",))]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("return the drill and the saw", [("return", ("drill", "saw"))]),
        ("return the drill, the saw and also the tape", [("return", ("drill", "saw", "tape"))]),
        ("cancel order 10001 and return the saw", [("cancel", ("order",)), ("return", ("saw",))]),
        ("swap the drill for a red one and send the saw back", [("exchange", ("drill",)), ("return", ("saw",))]),
        ("I bought a drill last week and want to return it", [("return", ("drill",))]),
        ("I got a drill and a saw. I want to send them back", [("return", ("drill", "saw"))]),
        ("The drill is too loud, I'd like to swap it for a quieter one.", [("exchange", ("drill",))]),
        ("return everything except the drill", [("return", ("all",))]),
        ("For the drill: can you change the colour to black", [("change", ("drill",))]),
        ("cancel the order with the ladder", [("cancel", ("order",))]),
        ("cancel my last order because I no longer need it", [("cancel", ("order",))]),
    ],
)  # fmt: skip
def test_several_wishes_of_one_breath_are_told_apart(said: str, told: list[tuple[str, tuple[str, ...]]]) -> None:
    assert deeds(said) == told


@pytest.mark.parametrize(
    "said",
    [
        "I don't want to return the drill",
        "please do not cancel the drill",
        "no need to exchange the drill",
        "I'm not going to send the drill back",
        "I won't be returning the drill",
        "instead of returning the drill I keep it",
        "cancel nothing else please",
        "return nothing",
    ],
)
def test_what_is_refused_is_not_wanted(said: str) -> None:
    assert ("return", ("drill",)) not in deeds(said)
    assert deeds(said) == []


@pytest.mark.parametrize(
    "said", ["I returned the drill last week", "my neighbour exchanged the drill", "I cancelled it"]
)
def test_what_is_only_told_is_not_wanted(said: str) -> None:
    assert deeds(said) == []


@pytest.mark.parametrize(
    "said",
    [
        "how do I return something?",
        "what is your return policy",
        "do you accept returns",
        "how long does a refund take",
    ],
)
def test_the_shops_ways_are_only_asked_about(said: str) -> None:
    assert all(one.general for one in read(said) if one.deed is Mark.RETURN)


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("exchange the drill for a cordless one", {"drill": "a cordless one"}),
        ("change the gloves to size L", {"gloves": "size L"}),
        ("swap the drill with a cordless one", {"drill": "a cordless one"}),
        ("switch the gloves from M to L", {"gloves": "L"}),
        (
            "exchange the drill for a cordless one and the saw for one with fine teeth",
            {"drill": "a cordless one", "saw": "one with fine teeth"},
        ),
        (
            "exchange the drill and the saw to a louder drill and a finer saw",
            {"drill": "a louder drill", "saw": "a finer saw"},
        ),
        ("make my drill a cordless drill instead", {"drill": "a cordless drill instead"}),
        ("swap my drill: cordless please, same colour", {"drill": "cordless please, same colour"}),
        (
            "exchange the paint for a blue one, or if there is none in blue, black",
            {"paint": "a blue one"},
        ),
        ("can the drill be exchanged for a cordless one?", {"drill": "a cordless one"}),
    ],
)  # fmt: skip
def test_what_it_shall_become_is_told_for_each(said: str, becomes: dict[str, str]) -> None:
    told: dict[str, str] = {}
    for one in read(said):
        for thing in one.objects:
            own = [part.text for part in one.becomes if set(part.keys) & set(thing.keys)]
            told[thing.keys[0]] = (own or [part.text for part in one.becomes])[0]
    assert told == becomes


def test_how_something_shall_be_may_follow_in_a_sentence_of_its_own() -> None:
    first, *wanted = read("I want to exchange two items. The drill should be cordless and the saw should be finer.")
    assert first.deed is Mark.EXCHANGE
    assert [(one.deed, one.objects[0].keys, one.becomes[0].text) for one in wanted] == [
        (Mark.WANT, ("drill",), "The should be cordless"),
        (Mark.WANT, ("saw",), "the should be finer"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "exchange the drill for a red one. If that's not possible, just return it.",
        "exchange the drill for a red one, otherwise return it",
        "swap the drill for a red one; if you don't have that, give me a refund",
    ],
)
def test_a_way_out_is_heard_as_such(said: str) -> None:
    exchange, otherwise = read(said)
    assert (exchange.deed, exchange.otherwise) == (Mark.EXCHANGE, False)
    assert (otherwise.deed, otherwise.otherwise) == (Mark.RETURN, True)


def test_of_two_ways_one_is_asked_for() -> None:
    (either,) = read("I'd like to return or exchange the gloves")
    assert either.either
    assert either.objects[0].keys == ("gloves",)


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("return the drill from order 10001", "10001"),
        ("in order #10001 change the drill to red", "10001"),
        ("for order number 10001, please exchange the drill", "10001"),
        ("cancel 10001", "10001"),
    ],
)
def test_an_order_is_told_by_its_number(said: str, order: str) -> None:
    assert [words.number for one in read(said) for words in one.orders][-1] == order


def test_each_thing_may_be_in_an_order_of_its_own() -> None:
    (said,) = read("return the drill from order 10001 and the saw from order 10002")
    assert [(one.keys[0], one.order.number if one.order else "") for one in said.objects] == [
        ("drill", "10001"),
        ("saw", "10002"),
    ]


def test_an_order_is_told_by_what_is_in_it() -> None:
    (said,) = read("cancel the order with the ladder")
    assert said.orders[0].holds == ("ladder",)


def test_what_is_excepted_is_told() -> None:
    (said,) = read("return everything in that order except the drill and the saw")
    assert [one.keys[0] for one in said.excepted] == ["drill", "saw"]


def test_a_condition_that_nobody_here_can_tell_stays_with_the_wish() -> None:
    said = read("return the drill if my brother does not want it, and swap the saw")
    assert "brother" in said[0].condition or said[0].otherwise is False


@pytest.mark.parametrize(
    ("said", "told", "kept"),
    [
        ("the saw I keep, the drill I'm sending back", [("return", ("drill",))], ("saw",)),
        ("the paint should go back, the tape I'm keeping", [("return", ("paint",))], ("tape",)),
        ("return the ladder, the gloves I want to exchange", [("return", ("ladder",)), ("exchange", ("gloves",))], ()),
        ("No cancelling of anything, please. Return the saw.", [("return", ("saw",))], ()),
    ],
)
def test_what_leads_its_clause_belongs_to_its_deed(
    said: str, told: list[tuple[str, tuple[str, ...]]], kept: tuple[str, ...]
) -> None:
    assert deeds(said) == told
    assert tuple(one.keys[0] for wish in read(said) if wish.deed is Mark.KEEP for one in wish.objects) == kept
