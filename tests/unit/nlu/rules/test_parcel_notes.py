"""Notes for a parcel in the words they were said; and they are read back as they were kept."""

import pytest

from domain.people.addresses import read_address
from domain.people.remarks import NOTE, with_remark, without_notes
from nlu.rules.parcel_notes import calls_at_the_door, is_labelled, note_said


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("could you please write happy birthday mia on the card?", "write happy birthday mia on the card?"),
        ("please mark the box with room 12, thanks", "mark the box with room 12"),
        ("put a note on my last order saying ring twice", "put a note saying ring twice"),
        ("can i add a gift message", ""),
        ("special instructions for my order", ""),
    ],
)
def test_the_asking_around_it_is_left_out(said: str, note: str) -> None:
    assert note_said(said) == note


@pytest.mark.parametrize(
    "said", ["gift message: to Bea, may all bloom. love (us)", "print merry christmas inside; thanks!", "a" * 500]
)
def test_an_address_with_a_note_reads_back_the_same(said: str) -> None:
    address = read_address("12 Main St, Denver CO 80203")
    noted = f"{address.text} ({NOTE}{note_said(said)})"
    again = read_address(noted)
    assert again.text == noted
    assert (again.street, again.place, again.postcode) == (address.street, address.place, address.postcode)


def test_a_note_stands_beside_what_always_holds_and_goes_alone() -> None:
    remark = with_remark("leave it at the back door", f"{NOTE}write happy birthday on the card")
    assert remark == f"{NOTE}write happy birthday on the card, leave it at the back door"
    assert without_notes(remark) == "leave it at the back door"
    assert without_notes(f"{NOTE}one") == ""


@pytest.mark.parametrize(
    "said", ["note: see [this](x:y(1))", "Delivery instructions: 3 steps up", "note for the driver: mind the cat"]
)
def test_what_says_first_that_it_is_a_note(said: str) -> None:
    assert is_labelled(said)
    assert note_said(said) == note_said(said.partition(": ")[2])


@pytest.mark.parametrize(
    "said", ["phone my wife when you arrive", "call us before you come", "text me once the driver is here"]
)
def test_who_shall_be_called_at_the_door(said: str) -> None:
    assert calls_at_the_door(said)


@pytest.mark.parametrize(
    "said", ["call me please", "call me when someone is free", "will you call me before delivery?"]
)
def test_who_wants_to_be_called_by_a_person(said: str) -> None:
    assert not calls_at_the_door(said)
