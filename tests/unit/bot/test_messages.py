"""Choices fit into 64 bytes, and choices and replies come back as they were sent."""

import json

import pytest

from bot.messages import Button, Choice, Reply, reply_from_json, reply_to_json


@pytest.mark.parametrize(
    "choice",
    [
        Choice(verb="confirm", arg="q_81f3"),
        Choice(verb="help"),
        Choice(verb="add", arg="2:MUG-RED"),
        Choice(verb="pick", arg="Crème brûlée"),
        Choice(verb="", arg=""),
    ],
)
def test_a_choice_survives_its_trip_through_a_channel(choice: Choice) -> None:
    assert Choice.decode(choice.encode()) == choice


def test_a_choice_is_written_as_verb_colon_argument() -> None:
    assert Choice(verb="confirm", arg="q_81f3").encode() == "confirm:q_81f3"


@pytest.mark.parametrize("arg", ["x" * 60, "é" * 30])
def test_sixty_four_bytes_fit(arg: str) -> None:
    encoded = Choice(verb="add", arg=arg).encode()
    assert len(encoded.encode()) == 64
    assert Choice.decode(encoded).arg == arg


@pytest.mark.parametrize("arg", ["x" * 61, "é" * 30 + "x", "é" * 31])
def test_sixty_five_bytes_do_not_however_few_letters_they_are(arg: str) -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        Choice(verb="add", arg=arg).encode()


@pytest.mark.parametrize(
    ("received", "choice"),
    [
        ("", Choice(verb="")),
        ("help", Choice(verb="help")),
        (":", Choice(verb="")),
        (":x", Choice(verb="", arg="x")),
        ("a:b:c", Choice(verb="a", arg="b:c")),
        ("'; DROP TABLE orders; --", Choice(verb="'; DROP TABLE orders; --")),
    ],
)
def test_anything_received_is_some_choice(received: str, choice: Choice) -> None:
    assert Choice.decode(received) == choice


@pytest.mark.parametrize(
    "reply",
    [
        Reply(text="Hello"),
        Reply(text=""),
        Reply(
            text='2 × Red Enamel Mug\t$24.00\nTotal\t$24.00 "net"\\ ☕',
            title="Your order",
            image="/images/MUG-RED.png",
            buttons=(
                Button(label="Place order", choice=Choice(verb="confirm", arg="q_81f3")),
                Button(label="Ändern", choice=Choice(verb="change")),
            ),
        ),
    ],
)
def test_a_reply_survives_storage_as_json(reply: Reply) -> None:
    assert reply_from_json(reply_to_json(reply)) == reply
    assert reply_from_json(json.dumps(json.loads(reply_to_json(reply)))) == reply


def test_json_that_is_no_reply_is_refused() -> None:
    with pytest.raises(ValueError, match="text"):
        reply_from_json('{"title": "no text"}')
