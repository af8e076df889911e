"""Where a customer is from, in a file: a place is taken, however it is numbered; a street or an e-mail is not."""

import pytest

from storage.imports.reading import read_place

PLACES = [
    "Toronto, ON M5V 2T6",
    "London, England SW1A 1AA",
    "Dublin 2, D02 AF30",
    "110 00 Praha 1",
    "Praha 1, Czechia",
    "75380 Paris Cedex 08",
    "Lyon 3, 69003",
    "01 BP Abidjan",
    "8021 Zürich 1",
    "2000 Antwerpen 1",
    "38100 Braunschweig 1",
    "00-950 Warszawa 1",
    "Budapest 13, Hungary",
    "030167 București, Sector 3",
    "District 1, Ho Chi Minh City",
    "Quận 1, TP. Hồ Chí Minh",
    "Sector 62, Noida",
    "DHA Phase 5, Lahore",
    "Zone 3, Abu Dhabi",
    "32789 Winter Park",
    "80517 Estes Park",
    "42101 Bowling Green",
    "9 de Julio",
    "25 de Mayo",
    "100 Mile House",
    "29 Palms CA",
    "2 Harbors MN",
    "St. Louis MO 63101",
    "80203",
    "Street, Somerset",
    "Chester-le-Street",
    "Broadway, Worcestershire",
    "Court-St-Etienne",
    "Fort St. John, BC",
    "Bury St Edmunds",
    "Port St Lucie FL 34952",
    "Park City, Utah",
    "Elk Grove, CA 95624",
    "Kennett Square",
    "Federal Way WA 98003",
    "Road Town, Tortola",
    "Temple Terrace 33617",
    "Surry Hills 2010",
    "101 Reykjavík",
    "Hartford CT 06103",
    "Flat Rock, MI",
    "Sault Ste. Marie",
    "FL 32789",
    "Lot 46",
    "Stratford-upon-Avon",
    "At home",
]
NO_PLACES = [
    "bob @ example . com",
    "bob&#64;example.com",
    "bob ＠ example。com",
    "bob-at-example-dot-com",
    "bob[a]gmail.com",
    "12 Hidden Lane",
    "12 Hidden Lane, Denver CO 80203",
    "Hauptstraße 5",
    "Calle Mayor 12",
    "#12 Main St",
    "12-Main-St",
    "PO Box 123",
    "Lindenweg 12",
    "221b Baker Street",
    "P.O. Box 12 Denver",
    "12 Rue de la Paix Paris",
    "5th Avenue, New York",
    "Birch Road 7",
    "Old Mill Lane",
    "Mill Ln., Boulder",
    "Kings Road Chelsea",
    "Market St, Boise ID",
    "W 3rd St",
    "Willow Court 9",
    "Park View 114b, Leeds",
    "7 Willow",
    "114 Willow, Boise",
    "7b Willow",
    "Flat 2, Leeds",
    "Boise, unit 14",
    "Suite 210, Boise",
    "Boise, 3rd floor",
    "Boise c/o Ada Byron",
    "ada@example.com",
    "ada＠example.com",
    "bob(at)example.com",
    "bob%40example.com",
    "bob at example dot com",
    "bob at example.com",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
]


@pytest.mark.parametrize("place", PLACES)
def test_a_place_is_taken_as_it_is(place: str) -> None:
    assert read_place(place) == place


@pytest.mark.parametrize("said", NO_PLACES)
def test_what_says_who_somebody_is_is_refused_and_not_repeated(said: str) -> None:
    with pytest.raises(ValueError, match="cust_location") as refused:
        read_place(said)
    assert said not in str(refused.value)
