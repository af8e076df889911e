"""The parts of shipping addresses of several countries, what is missing for a parcel, and corrected parts."""

import pytest

from domain.people.addresses import read_address
from nlu.rules.address_frames import without_frame


@pytest.mark.parametrize(
    "typed",
    [
        "12 Main St, Denver CO 80203",
        "640 W 9th St Apt 1103, Kansas City, MO 64105",
        "1600 Pennsylvania Ave NW, Washington DC 20500",
        "po box 219, missoula mt 59806",
        "221 elm street chicago",
        "12 Main St Denver Colorado",
        "Flat 3, 27 Cardigan Lane, Leeds LS4 2LE",
        "10 Downing Street London SW1A 2AA",
        "Rose Cottage, Church Lane, Ludlow SY8 1AA",
        "c/o Mrs Helen Marsh, 9 Church Row, Bath BA1 5QT",
        "Hauptstraße 14, 10827 Berlin",
        "Hauptstr. 5 10115 Berlin",
        "Karl-Marx-Allee 5, 10178 Berlin",
        "Unter den Linden 77, 10117 Berlin",
        "Keizersgracht 123, 1015 CJ Amsterdam",
        "Vijzelstraat 68, Amsterdam",
        "350 Bay Street, Toronto ON M5H 2S6",
        "2 King St W, Toronto, ON",
        "12 rue des Lilas 69003 Lyon France",
        "Via Roma 10, 00184 Roma",
        "Calle Mayor 5, 28013 Madrid",
        "Storgatan 12, 111 22 Stockholm",
        "3/41 Wattle St, Brunswick VIC 3056",
    ],
)
def test_a_whole_address_passes_wherever_it_is(typed: str) -> None:
    assert read_address(typed).ships


@pytest.mark.parametrize(
    "typed",
    [
        "11 Lake Ave",
        "12 Main Street North",
        "12 Main St, CO",
        "Denver CO 80203",
        "New York City NY 10001",
        "Denver, Colorado 80203 USA",
        "Main St, Denver CO 80203",
        "10115 Berlin",
        "Hauptstraße 5",
        "Leeds LS4 2LE",
        "apartment 4b",
        "80204",
        "1015 CJ Amsterdam",
        "M5H 2S6",
    ],
)
def test_street_without_town_or_town_without_street_never_passes(typed: str) -> None:
    assert not read_address(typed).ships


KNOWN = "12 Main St, Apt 4, Denver CO 80203"


@pytest.mark.parametrize(
    ("known", "said", "whole"),
    [
        (KNOWN, "11 Lake Ave", "11 Lake Ave, Denver CO 80203"),
        (KNOWN, "80204", "12 Main St, Apt 4, Denver CO 80204"),
        (KNOWN, "zip is 80204", "12 Main St, Apt 4, Denver CO 80204"),
        (KNOWN, "apartment 7b", "12 Main St, apartment 7b, Denver CO 80203"),
        (KNOWN, "Boulder CO 80301", "12 Main St, Apt 4, Boulder CO 80301"),
        (KNOWN, "11 Lake Ave, Boulder CO 80301", "11 Lake Ave, Boulder CO 80301"),
        ("Hauptstraße 14, 10827 Berlin", "Lindenstraße 3", "Lindenstraße 3, 10827 Berlin"),
        ("Hauptstraße 14, 10827 Berlin", "10829", "Hauptstraße 14, 10829 Berlin"),
        ("27 Cardigan Lane, Leeds LS4 2LE", "Flat 3", "27 Cardigan Lane, Flat 3, Leeds LS4 2LE"),
        ("27 Cardigan Lane, Leeds LS4 2LE", "LS4 2LF", "27 Cardigan Lane, Leeds LS4 2LF"),
        ("350 Bay Street, Toronto ON M5H 2S6", "351 Bay Street", "351 Bay Street, Toronto ON M5H 2S6"),
    ],
)
def test_a_corrected_part_is_put_into_the_known_address(known: str, said: str, whole: str) -> None:
    assert read_address(said).onto(read_address(known)).text == whole


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("18 Willow Court, Bend OR 97701, thank you dear", "18 Willow Court, Bend OR 97701"),
        ("its 27 Heron Lane in Boise, ID 83702 cheers mate", "27 Heron Lane, Boise, ID 83702"),
        ("5 Oak Ave, Boulder CO 80301 have a nice day", "5 Oak Ave, Boulder CO 80301"),
        ("it's at 9 Elm Court at Dayton, OH 45402 hope thats ok", "9 Elm Court, Dayton, OH 45402"),
        ("sure: 4 Fir Way in the city of Salem, OR 97301 see you", "4 Fir Way, Salem, OR 97301"),
        ("9 Elm Grove, Reading RG1 5PP many kisses", "9 Elm Grove, Reading RG1 5PP"),
        ("350 Bay Street, Toronto ON M5H 2S6 eh", "350 Bay Street, Toronto ON M5H 2S6"),
        ("18 Willow Court Bend OR 97701 USA and hurry", "18 Willow Court, Bend OR 97701, USA"),
        ("10 Downing St, London SW1A 2AA, UK", "10 Downing St, London SW1A 2AA, UK"),
        ("18 Willow Court, Bend OR, thank you dear", "18 Willow Court, Bend OR"),
        ("Lindenstraße 14, Kreuzberg, 10969 Berlin, danke", "Lindenstraße 14, Kreuzberg, 10969 Berlin, danke"),
        ("12 Main St, 80203 Denver, many thanks", "12 Main St, 80203 Denver"),
        ("12 Main St, Denver CO 80203, Apt 4 please", "12 Main St, Apt 4, Denver CO 80203"),
        ("5 High St, Hope", "5 High St, Hope"),
    ],
)
def test_what_stands_around_an_address_is_none_of_it_and_nothing_changes_its_place(typed: str, whole: str) -> None:
    read = read_address(without_frame(typed))
    assert read.text == whole
    assert read_address(whole) == read


def test_a_country_stays_with_its_town() -> None:
    known = read_address("10 Downing St, London SW1A 2AA, UK")
    assert read_address("11 Downing St").onto(known).text == "11 Downing St, London SW1A 2AA, UK"
    assert read_address("Bend OR 97701").onto(known).text == "10 Downing St, Bend OR 97701"


def test_another_town_s_postcode_is_not_the_old_one() -> None:
    assert read_address("Boulder, CO").onto(read_address(KNOWN)).text == "12 Main St, Apt 4, Boulder, CO"


def test_the_same_street_at_another_number() -> None:
    assert read_address(KNOWN).with_number("14").text == "14 Main St, Apt 4, Denver CO 80203"
    assert read_address("Hauptstraße 14, 10827 Berlin").with_number("16a").text == "Hauptstraße 16a, 10827 Berlin"


def test_a_long_text_is_read_in_no_time() -> None:
    for text in ("12 " * 600, "Main " * 400, "12 Main " * 200, "a" * 2000, "12 " + "st " * 600, "," * 2000):
        read_address(text)


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        (
            "Bob Smith, 12 Main St, Denver CO 80203, leave it at the back door",
            ("Bob Smith", "12 Main St, Denver CO 80203", "leave it at the back door"),
        ),
        ("12 Main St, Denver CO 80203. Please ring twice!", ("12 Main St, Denver CO 80203", "Please ring twice")),
        (
            "12 Main St, gate code 1234, Denver CO 80203, not with the neighbour",
            ("12 Main St, Denver CO 80203", "gate code 1234, not with the neighbour"),
        ),
        ("Ann Lee\n5 Back Gate Lane\nDenver CO 80203", ("Ann Lee", "5 Back Gate Lane, Denver CO 80203")),
        ("Kaiserring 5, 68161 Mannheim", ("Kaiserring 5, 68161 Mannheim",)),
    ],
)
def test_name_and_remark_are_told_apart_from_the_address(typed: str, lines: tuple[str, ...]) -> None:
    read = read_address(typed)
    assert read.lines == lines
    assert read_address(read.text) == read


def test_a_remark_is_put_to_the_known_address_and_stays_with_its_house() -> None:
    noted = read_address("leave it at the back door").onto(read_address(KNOWN))
    assert noted.text == f"{KNOWN} (leave it at the back door)"
    assert read_address("80204").onto(noted).remark == noted.remark
    assert read_address("11 Lake Ave").onto(noted).remark == ""


@pytest.mark.parametrize(
    ("written", "street"),
    [
        ("seventeen Elm Grove, Brighton BN2 3DA", "17 Elm Grove"),
        ("forty-two Elm Street, Boulder CO 80302", "42 Elm Street"),
        ("Seven Sisters Road 12, London N7 6AE", "Seven Sisters Road"),
        ("Five Oaks Cottage, 12 Mill Lane, Ludlow SY8 1AW", "12 Mill Lane"),
    ],
)
def test_a_house_number_in_words_is_one_where_no_other_is(written: str, street: str) -> None:
    assert read_address(written).street.startswith(street)
