"""What is wished for some of what is ordered is told from wishes for all of it, and from what counts or buys."""

import pytest

from nlu.rules.some_of_them import read_some


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("could you engrave two of the teapots", 2),
        ("I need half of these before Sunday, the others whenever", None),
        ("put Zoe's initials on three of them", 3),
        ("hold one back until June", 1),
        ("could 2 come by express", 2),
        ("let the first two travel on Monday", None),
        ("I'd like just a single one monogrammed", 1),
        ("two to my brother in Austin, one to me", 2),
        ("tie a ribbon round one of them, would you", 1),
        ("some of these must reach Chicago before Friday, others can wait", None),
        ("one with a bow, one without", 1),
        ("put my name on two", 2),
        ("split it over two parcels", None),
        ("put one of the mugs into my other parcel", 1),
        ("change the address for one of the mugs to 9 Elm St, Boulder CO 80302", 1),
        ("please make two of them look festive", None),
        ("stitch Leo on one and Max on the second", None),
        ("fold the third one extra carefully", None),
        ("one without a price tag please", 1),
        ("deliver a pair of them to the office", None),
    ],
)
def test_some_of_them(said: str, count: int | None) -> None:
    some = read_some(said)
    assert some is not None
    assert (some.count, some.thing) == (count, "")


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("send the teapot to my sister, please", "teapot"),
        ("teapot to 77 Pine Rd, Austin TX 78701, aprons to me", "teapot"),
        ("can the aprons come earlier than the teapot", "aprons"),
        ("the linen apron should go to 77 Pine Rd, Austin TX 78701", "linen apron"),
    ],
)
def test_one_thing_of_several(said: str, thing: str) -> None:
    some = read_some(said)
    assert some is not None
    assert some.thing == thing


@pytest.mark.parametrize(
    "said",
    [
        "two of them please", "remove one of them", "I need one of the mugs less",
        "send me two more", "ship both to 9 Elm St",
        "add one of the teapots", "I'll take 3 of those", "only 2 of them please",
        "one more for my sister", "the first one",
        "one of the mugs can go", "exchange one of them for the blue", "gift wrap them all", "deliver after 5 please",
        "write happy birthday from the two of us on the card", "ship to my sister at 9 Elm St, Boulder CO 80302",
        "put back one of them", "choose one of them", "I prefer the second one", "scrap one of them",
        "can you deliver it to another place?",
        "leave it with the neighbour at number 4", "how much is wrapping one of them?", "send it to my second home",
        "send it to the other address", "note for the driver: third floor, second door", "I'd like two of the aprons",
    ],
)  # fmt: skip
def test_all_of_it_or_how_many(said: str) -> None:
    assert read_some(said) is None
