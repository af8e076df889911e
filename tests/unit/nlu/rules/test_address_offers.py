"""Whether an address is offered, refused or only talked of, by the words beside it; and which of two is the new one."""

import pytest

from nlu.rules.address_offers import Verdict, read_offer
from nlu.rules.streets import find_streets

AD = "48 Juniper Ct, Bend OR 97701"
OLD = "9 Elm Grove, Reading RG1 5PP"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"send it to {AD} please", [AD]),
        (f"{OLD} or {AD}", [OLD, AD]),
        ("to Rosa Lind, 48 Juniper Ct, Bend OR 97701", [f"Rosa Lind, {AD}"]),
        ("Flat 2, 9 Mill Lane, Bath BA1 5QT thanks", ["Flat 2, 9 Mill Lane, Bath BA1 5QT"]),
        ("we are at 31 Birch Ln, Salem OR 97301, 2nd floor now", ["31 Birch Ln, Salem OR 97301, 2nd floor"]),
        ("12 Main St told me", ["12 Main St"]),
        ("12 place mats and flat 3", []),
        ("7 tins circus parade", []),
    ],
)
def test_streets_are_found_whole(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_streets(text)] == found


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (AD, Verdict.OFFERED),
        (f"could you please bring everything to {AD}?", Verdict.OFFERED),
        (f"our new home address is {AD}, thanks", Verdict.OFFERED),
        (f"for my granny, {AD}", Verdict.OFFERED),
        (f"not {AD}", Verdict.REFUSED),
        (f"stop sending it to {AD}", Verdict.REFUSED),
        (f"{AD} is not right", Verdict.REFUSED),
        (f"do you deliver to {AD}?", Verdict.TALKED_OF),
        (f"when I order again use {AD}", Verdict.TALKED_OF),
        (f"my mum lives at {AD}", Verdict.UNSURE),
        (f"a man from {AD} called", Verdict.UNSURE),
        (f"{OLD} and {AD}", Verdict.ONE_OF_TWO),
    ],
)
def test_what_is_done_with_an_address(text: str, verdict: Verdict) -> None:
    offer = read_offer(text, [])
    assert offer is not None
    assert offer.verdict is verdict


@pytest.mark.parametrize(
    "text",
    [
        f"{AD} instead of {OLD}",
        f"send it to {AD} and not to {OLD}",
        f"don't send it to {OLD} but to {AD}",
        f"change the address from {OLD} to {AD}",
        f"{OLD} is my old place, {AD}",
    ],
)
def test_the_new_one_of_two(text: str) -> None:
    offer = read_offer(text, [])
    assert offer is not None
    assert (offer.verdict, offer.addresses[0]) == (Verdict.OFFERED, AD)


def test_no_street_no_offer() -> None:
    assert read_offer("2 red mugs please", [(0, 10)]) is None
