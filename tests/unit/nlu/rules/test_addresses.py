"""Shipping addresses and postcodes, alone and among other things."""

import pytest

from nlu.rules.address_frames import without_frame
from nlu.rules.addresses import find_address


def found(text: str, *, expected: bool) -> tuple[str, str]:
    entities = {entity.name: entity.value for entity in find_address(text, expected=expected)}
    return entities.get("address", ""), entities.get("zip", "")


@pytest.mark.parametrize(
    ("text", "address", "postcode"),
    [
        ("12 Main St, Denver CO 80203", "12 Main St, Denver CO 80203", "80203"),
        ("my address is 9 Elm Grove, Reading RG1 5PP", "9 Elm Grove, Reading RG1 5PP", "RG1 5PP"),
        (
            "ship it to 77 hillcrest dr unit 4, austin tx 78704-1132 please",
            "77 hillcrest dr unit 4, austin tx 78704-1132",
            "78704-1132",
        ),
        ("Lindenstraße 14, 10969 Berlin", "Lindenstraße 14, 10969 Berlin", "10969"),
        ("12 rue des Tilleuls, 69003 Lyon", "12 rue des Tilleuls, 69003 Lyon", "69003"),
        ("P.O. Box 318, Bend, OR 97709", "P.O. Box 318, Bend, OR 97709", "97709"),
        ("c/o Ann Lee, 4 Mill Lane, York", "c/o Ann Lee, 4 Mill Lane, York", ""),
        (
            "Dana West, 640 W 9th St Apt 3, Kansas City, MO 64105",
            "Dana West, 640 W 9th St Apt 3, Kansas City, MO 64105",
            "64105",
        ),
        ("The Old Mill, near Ludlow", "The Old Mill, near Ludlow", ""),
        ("flat 3", "flat 3", ""),
        ("my zip is 30312", "", "30312"),
        ("postcode M14 6WD", "", "M14 6WD"),
    ],
)
def test_reads_an_address_that_is_expected(text: str, address: str, postcode: str) -> None:
    assert found(text, expected=True) == (address, postcode)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("2 mugs, ship to 12 Main St, Denver CO 80203", "12 Main St, Denver CO 80203"),
        ("send 3 lamps to 10 Station Road please", "10 Station Road"),
        ("ship to 12 Main St, Denver CO 80203 2 red mugs", "12 Main St, Denver CO 80203"),
        ("3 mugs to 9 Elm Grove, Reading RG1 5PP you lot", "9 Elm Grove, Reading RG1 5PP"),
        ("3 mugs to 12 Main St, Denver CO 80203, Apt 4", "12 Main St, Denver CO 80203, Apt 4"),
        (
            "deliver a rug to Flat 3, 27 Cardigan Lane, Leeds LS4 2LE. my email follows",
            "Flat 3, 27 Cardigan Lane, Leeds LS4 2LE",
        ),
    ],
)
def test_finds_an_address_behind_an_order(text: str, address: str) -> None:
    assert found(text, expected=False)[0] == address


@pytest.mark.parametrize(
    "text",
    [
        "7 plasters in tin circus parade",
        "send me 3 mugs",
        "get me 22423",
        "what was in 37577",
        "ship it to me please",
        "2 picture frames square",
        "add it to my cart",
        "",
    ],
)
def test_takes_no_product_for_an_address(text: str) -> None:
    assert found(text, expected=False) == ("", "")


@pytest.mark.parametrize(
    "lead", ["im at", "I'm now at", "we're staying at", "ive moved to", "we have just moved to", "its at"]
)
@pytest.mark.parametrize("trail", ["", " now", " these days", " not Boise", " at the moment"])
def test_what_stands_around_an_address_comes_off_with_or_without_apostrophes(lead: str, trail: str) -> None:
    assert without_frame(f"oops! {lead} 1420 Heron Street{trail}") == "1420 Heron Street"
