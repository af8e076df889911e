"""In which countries an address may be, by what it says."""

import pytest

from domain.people.addresses import read_address
from domain.people.countries import NAMES, name_of
from domain.people.shipping_countries import ships_there

IN_THE_STATES = """
Unit 2050 Box 4190, APO AP 96278
PSC 3 Box 12, FPO AE 09499
12 Calle Luna, San Juan PR 00901
5 Calle Sol, Ponce, Puerto Rico 00730
12 Beach Rd, Tamuning GU 96913
5 Elm St, Paris TX 75460
7 Oak Ave, London KY 40741
10 Berlin St, Hartford CT 06103
12 Canada Way, Boulder CO 80301
44 Mexico St, Mexico MO 65265
7 Main St, Peru IN 46970
9 Elm St, Lebanon PA 17042
10 Main St, Cuba NY 14727
8 Kiowa Dr, Panama City FL 32401
3 Wales Ave, Lake Wales FL 33853
20 Peachtree St, Atlanta, Georgia 30303
12 Main St, Albuquerque, New Mexico 87101
20 Jersey Ave, Jersey City, NJ 07302
12 main st denver co 80203
12 Main St, Denver CO 80203, USA
12 Main St, Denver CO 80203-1234, United States of America
12 Main St, 80203 Denver CO
12 Main St, 80203 Denver, USA
350 5th Ave, New York 10118
12 Main St, Denver
12 Main St, 80203
"""
ABROAD = """
GB 10 Downing Street, London SW1A 2AA
GB 4 Princes Street, Edinburgh, Scotland
GB 12 High St, Oxford, UK
CA 350 Rue Wellington, Montreal QC H3C 1T5
CA 22 Baker Street, Toronto ON
CA 77 Queen St W, Toronto, Canada
IE 12 Patrick St, Cork T12 W8KP
AU 8 George St, Sydney NSW 2000
DE Hauptstr. 5, 10115 Berlin
DE 12 Lange Str., Berlin, Deutschland
AT Kärntner Straße 9, 1010 Wien
FR 14 Rue de Rivoli, 75001 Paris, France
NL 3 Keizersgracht, 1015 CJ Amsterdam
CH Bahnhofstrasse 1, 8001 Zürich, CH
SE Storgatan 4, 111 23 Stockholm
NO Karl Johans gate 2, 0154 Oslo
IN 5 MG Road, Bangalore 560001
PT Rua Augusta 100, 1100-053 Lisboa
MX Av. Reforma 50, 06600 Mexico City, Mexico
IT Via Roma 3, 20121 Milano MI
IS 1 Laugavegur Road, Reykjavik 101, Iceland
"""
HOME, THERE = IN_THE_STATES.strip().splitlines(), [line.split(" ", 1) for line in ABROAD.strip().splitlines()]
NOT_SAID = {"IT"}  # "MI" behind the town is a state as well


@pytest.mark.parametrize("written", HOME)
def test_addresses_in_the_united_states(written: str) -> None:
    assert ships_there(read_address(written), ["US"])


@pytest.mark.parametrize(("code", "written"), THERE)
def test_addresses_abroad(code: str, written: str) -> None:
    address = read_address(written)
    assert ships_there(address, ["US"]) == (code in NOT_SAID)
    assert ships_there(address, [code])
    assert ships_there(address, ["US", code])
    assert ships_there(address, [])


@pytest.mark.parametrize("written", ["7 Oak Ave, London KY 40741", "12 Main St, Denver CO 80203, USA"])
def test_an_address_in_the_united_states_is_nowhere_else(written: str) -> None:
    assert not ships_there(read_address(written), ["GB", "DE"])


def test_what_countries_are_called() -> None:
    assert [name_of(code) for code in ("US", "CA", "NL", "CI")] == [
        "the United States", "Canada", "the Netherlands", "Côte d'Ivoire",
    ]  # fmt: skip
    assert all(len(code) == 2 and names for code, names in NAMES.items())
