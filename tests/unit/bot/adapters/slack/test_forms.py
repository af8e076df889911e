"""Forms as modals and back."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.adapters.slack.forms import Origin, modal, opened, opener, submitted, wrong_fields
from bot.messages import Command, Field, Form

ORIGIN = Origin(channel="C01", chat_id="D01", hook="https://hooks.slack.com/x")
ADDRESS = Form(
    title="The address that we ship to",
    fields=(
        Field(name="street", label="Street", hint="12 Main St"),
        Field(name="note", label="Note", optional=True, multiline=True),
        Field(name="town", label="Town", value="Denver"),
    ),
)
SET = Form(
    title="Change",
    fields=(Field(name="price", label="Price", value="12.00"), Field(name="version", label="", value="7", hidden=True)),
    command=Command(name="inventory", text="set MUG"),
)


def filled(form: Form, **values: str | None) -> dict[str, Any]:
    view = modal(form, "Please:", ORIGIN)
    assert view is not None
    entered = {name: {"value": {"type": "plain_text_input", "value": value}} for name, value in values.items()}
    return dict(json.loads(json.dumps(view))) | {"id": "V01", "state": {"values": entered}}


def test_a_modal_shows_the_fields_that_are_not_hidden() -> None:
    view = modal(ADDRESS, "Where <to>?", ORIGIN)
    assert view is not None
    assert view["title"]["text"] == "The address that we shi…"
    assert view["blocks"][0]["text"] == {"type": "plain_text", "text": "Where <to>?", "emoji": False}
    assert [(one["block_id"], one["optional"], one["element"]["multiline"]) for one in view["blocks"][1:]] == [
        ("street", False, False),
        ("note", True, True),
        ("town", False, False),
    ]
    assert view["blocks"][1]["element"]["placeholder"]["text"] == "12 Main St"
    assert view["blocks"][3]["element"]["initial_value"] == "Denver"
    hidden = modal(SET, "", ORIGIN)
    assert hidden is not None
    assert [one["block_id"] for one in hidden["blocks"]] == ["price"]


def test_a_form_of_a_command_comes_back_as_the_command_with_its_fields() -> None:
    sent = submitted(filled(SET, price=" 13 "))
    assert sent.command == Command(name="inventory", text="set MUG", fields=(("price", "13"), ("version", "7")))
    assert (sent.text, sent.origin) == ("", ORIGIN)


def test_another_form_comes_back_as_a_text() -> None:
    sent = submitted(filled(ADDRESS, street="12 Main St", note=None, town="Denver CO 80203"))
    assert (sent.text, sent.command) == ("12 Main St, Denver CO 80203", None)


def test_the_button_holds_the_form() -> None:
    button = opener(SET)
    assert button is not None
    assert opened(button["value"]) == SET


@pytest.mark.parametrize("value", ["", "confirm:q1", "{}", '{"title": 3}'])
def test_a_button_that_holds_no_form_opens_none(value: str) -> None:
    assert opened(value) is None


def test_what_does_not_fit_is_not_shown_as_a_modal() -> None:
    hidden = Field(name="file", label="", value="x" * 3000, hidden=True)
    assert modal(replace(SET, fields=(*SET.fields, hidden)), "", ORIGIN) is None
    assert modal(replace(SET, fields=()), "", ORIGIN) is None
    long = modal(ADDRESS, "&" * 5000, ORIGIN)
    assert long is not None
    assert len(long["blocks"][0]["text"]["text"]) <= 3000


@pytest.mark.parametrize(
    ("typed", "why"), [("cheap", "“cheap”"), ("-1", "price"), ("12.00", ""), ("13", ""), ("", "price")]
)
def test_a_value_that_cannot_be_is_told_at_its_field(typed: str, why: str) -> None:
    wrong = wrong_fields(filled(SET, price=typed))
    assert list(wrong) == (["price"] if why else [])
    assert why in wrong.get("price", "")


def test_what_a_form_began_with_is_not_held_against_it() -> None:
    odd = replace(SET, fields=(Field(name="price", label="Price", value="1e3"),))
    assert wrong_fields(filled(odd, price="1e3")) == {}


@pytest.mark.parametrize(
    ("command", "field", "bad", "good"),
    [
        (Command(name="inventory", text="restock MUG"), "quantity", "0", "5"),
        (Command(name="inventory", text="add"), "image", "a picture", "https://cdn.example/mug.png"),
        (Command(name="orders", text="ship 7"), "tracking", "1Z!", "1Z999AA10123456784"),
    ],
)
def test_each_form_of_staff_is_looked_at(command: Command, field: str, bad: str, good: str) -> None:
    form = Form(title="x", fields=(Field(name=field, label="x"),), command=command)
    assert list(wrong_fields(filled(form, **{field: bad}))) == [field]
    assert wrong_fields(filled(form, **{field: good})) == wrong_fields(filled(ADDRESS, street="?")) == {}
