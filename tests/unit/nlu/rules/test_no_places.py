"""What looks like an address and is none: sentences, ways there, and the numbers of orders."""

import pytest

from bot.shopping.places import sound
from domain.people.addresses import read_address
from nlu.rules.address_frames import without_frame
from nlu.rules.no_places import tells_a_way


@pytest.mark.parametrize(
    "said",
    [
        "4 miles outside the village", "20 steps past the bakery", "two streets over", "3 doors further, Denver",
        "6 friends live there", "2 houses after the church, Ludlow", "has parcel 5512 arrived?", "one block north",
        "5 minutes from Denver", "8 of those to my aunt", "Post this week's parcel to the cabin",
    ],
)  # fmt: skip
def test_no_place(said: str) -> None:
    assert not sound(read_address(without_frame(said)), said).says_where


@pytest.mark.parametrize(
    "said",
    [
        "14 Willow Court, Boulder CO 80302", "18 Willow, Denver", "5 Mile Rd, Denver CO 80203",
        "9 Elm Court, Portland ME 04101", "PO Box 77, Nome AK 99762",
        "12 Avenue of the Americas, New York NY 10013", "The Old Mill, near Ludlow SY8 1AA", "7 Block Street, Denver",
        "221b Baker Street, London NW1 6XE", "Am Alten Markt 3, 50667 Köln", "30 Will Rogers Blvd, Austin TX 78701",
        "9 Way of the Cross Rd, Boulder CO 80302", "1200 Market, Philadelphia PA 19107", "8 Corner House Lane, Ely",
        "80204",
        "4 On The Hill, Watford WD19 5DS", "Boulder CO 80302", "77 Same St, Denver", "12 Steps Lane, Ely",
    ],
)  # fmt: skip
def test_places(said: str) -> None:
    read = read_address(without_frame(said))
    assert sound(read, said) == read


@pytest.mark.parametrize("said", ["two doors down", "round the corner from him", "the flat opposite the bakery"])
def test_ways(said: str) -> None:
    assert tells_a_way(said) is not None


@pytest.mark.parametrize(
    "said", ["leave it next door if I am out", "2 door mats", "4 Corner Rd", "do you live next door?"]
)
def test_no_ways(said: str) -> None:
    assert tells_a_way(said) is None
