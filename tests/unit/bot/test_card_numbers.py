"""Payment card numbers are found however they are grouped, and other long numbers are let be."""

import pytest

from bot.card_numbers import has_card_number, without_card_numbers


@pytest.mark.parametrize(
    "said",
    [
        "4111111111111111",
        "pay with 4111 1111 1111 1111 please",
        "5500-0000-0000-0004.",
        "amex 378282246310005",
        "٤١١١١١١١١١١١١١١١",
    ],
)
def test_a_card_number_is_found(said: str) -> None:
    assert has_card_number(said)
    assert without_card_numbers(said, "…").count("…") == 1


@pytest.mark.parametrize(
    "said",
    ["4111111111111112", "call +1 303 555 0100", "my order 1042", "411111111111", "4111111111111111411111111111", ""],
)
def test_other_numbers_are_none(said: str) -> None:
    assert not has_card_number(said)
    assert without_card_numbers(said, "…") == said
