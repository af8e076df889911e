"""The exact commands of reduced mode."""

import pytest

from nlu.commands import EXAMPLES, parse_command
from nlu.understanding import wanted_lines


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("help", "help"),
        (" HELP! ", "help"),
        ("human", "human"),
        ("yes", "affirm"),
        ("no", "deny"),
        ("orders", "past_orders"),
        ("cart", "show_cart"),
        ("cancel", "cancel_order"),
        ("cancel #1042", "cancel_order"),
        ("status 1042", "order_status"),
        ("order 2 85123A", "order"),
        ("add Q7MX2KD9PL4A", "add_to_cart"),
        ("remove 85123A", "remove_from_cart"),
        ("under $20", "price_filter"),
        ("between 5 and 10", "price_filter"),
        ("bob@example.com", "provide_email"),
        ("<mailto:bob@example.com|bob@example.com>", "provide_email"),
        ("address: 12 Main St, Denver CO 80203", "provide_address"),
        ("privacy", "my_data"),
        ("/privacy", "my_data"),
        ("My data", "my_data"),
        ("stop marketing", "stop_marketing"),
        ("unsubscribe", "stop_marketing"),
        ("Stop emails!", "stop_marketing"),
        ("stop", "deny"),
        ("forget me", "forget_me"),
        ("/forget", "forget_me"),
        ("verify", "verify_email"),
        ("/verify", "verify_email"),
        ("link", "verify_email"),
    ],
)
def test_knows_its_commands_for_certain(text: str, intent: str) -> None:
    understanding = parse_command(text)
    assert understanding is not None
    assert (understanding.intent, understanding.confidence, understanding.text) == (intent, 1.0, text)


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_that_is_shown_works(text: str) -> None:
    assert parse_command(text) is not None


def test_an_order_may_name_several_products() -> None:
    understanding = parse_command("order 2 85123A, 1 x Q7MX2KD9PL4A; 22423")
    assert understanding is not None
    assert [(line.quantity, line.phrase) for line in wanted_lines(understanding)] == [
        (2, "85123A"),
        (1, "Q7MX2KD9PL4A"),
        (None, "22423"),
    ]
    for entity in understanding.entities:
        assert understanding.text[entity.start : entity.end] == entity.value


def test_an_address_brings_its_postcode() -> None:
    understanding = parse_command("address: 12 Main St, Denver CO 80203")
    assert understanding is not None
    assert {entity.name: entity.value for entity in understanding.entities} == {
        "address": "12 Main St, Denver CO 80203",
        "zip": "80203",
    }


@pytest.mark.parametrize(
    "text",
    [
        "verify bob@example.com",
        "/verify bob@example.com.",
        " Verify <mailto:bob@example.com|bob@example.com> ",
    ],
)
def test_the_email_to_verify_is_found(text: str) -> None:
    understanding = parse_command(text)
    assert understanding is not None
    (email,) = understanding.entities
    assert (understanding.intent, email.name, email.value) == ("verify_email", "email", "bob@example.com")
    assert understanding.text[email.start : email.end] == email.value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "could you cancel 1042 please",
        "order two mugs and a plate, please",
        "order 2 85123A and something nice",
        "yes but not today",
        "under the sea",
        "bob@example.com or ann@example.com",
        "verify bob@example.com ann@example.com",
        "do not verify bob@example.com",
        "forget it",
        "forget me not seeds",
        "🦖",
        "cancel 1042; DROP TABLE orders",
    ],
)
def test_guesses_nothing(text: str) -> None:
    assert parse_command(text) is None
