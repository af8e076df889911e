"""Choices fit into 64 bytes and come back as they were sent; every verb is somebody's, and its traits are kept."""

import re
from pathlib import Path

import pytest

from bot.admin import answers as staffs_answers
from bot.admin import automations, campaigns, churn, data, inventory, orders, promo, segment
from bot.messages import Choice, Style, Verb
from bot.phrases import labels
from bot.routing import choices


@pytest.mark.parametrize(
    "choice",
    [
        Choice(verb=Verb.CONFIRM, arg="q_81f3"),
        Choice(verb=Verb.CHECKOUT),
        Choice(verb=Verb.ADD, arg="2:MUG-RED"),
        Choice(verb=Verb.PICK, arg="Crème brûlée"),
        Choice(verb=Verb.UNKNOWN, arg=""),
    ],
)
def test_a_choice_survives_its_trip_through_a_channel(choice: Choice) -> None:
    assert Choice.decode(choice.encode()) == choice


def test_a_choice_is_written_as_verb_colon_argument() -> None:
    assert Choice(verb=Verb.CONFIRM, arg="q_81f3").encode() == "confirm:q_81f3"


@pytest.mark.parametrize("arg", ["x" * 60, "é" * 30])
def test_sixty_four_bytes_fit(arg: str) -> None:
    encoded = Choice(verb=Verb.ADD, arg=arg).encode()
    assert len(encoded.encode()) == 64
    assert Choice.decode(encoded).arg == arg


@pytest.mark.parametrize("arg", ["x" * 61, "é" * 30 + "x", "é" * 31])
def test_sixty_five_bytes_do_not_however_few_letters_they_are(arg: str) -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        Choice(verb=Verb.ADD, arg=arg).encode()


@pytest.mark.parametrize(
    ("received", "choice"),
    [
        ("", Choice(verb=Verb.UNKNOWN)),
        ("help", Choice(verb=Verb.UNKNOWN)),
        (":", Choice(verb=Verb.UNKNOWN)),
        (":x", Choice(verb=Verb.UNKNOWN, arg="x")),
        ("add:b:c", Choice(verb=Verb.ADD, arg="b:c")),
        ("Add:b", Choice(verb=Verb.UNKNOWN, arg="b")),
        ("inv_:x", Choice(verb=Verb.UNKNOWN, arg="x")),
        ("'; DROP TABLE orders; --", Choice(verb=Verb.UNKNOWN)),
    ],
)
def test_anything_received_is_some_choice(received: str, choice: Choice) -> None:
    assert Choice.decode(received) == choice


def traits(name: str) -> set[Verb]:
    return {verb for verb in Verb if getattr(Choice(verb=verb).trait, name)}


def test_every_verb_is_answered_by_somebody() -> None:
    elsewhere = {Verb.PLAN, Verb.HANDOFF_END, Verb.HANDOFF_RESOLVE, Verb.UNKNOWN}
    assert set(Verb) == choices.VERBS | traits("command") | elsewhere
    assert not choices.VERBS & traits("command")


def test_a_staff_button_means_what_its_command_does() -> None:
    of_orders = (*orders.CHANGES, "open", "show", "slip", "returns")
    words = {f"inventory {word}" for word in inventory.ACTIONS} | {f"orders {word}" for word in of_orders}
    words |= {f"answers {word}" for word in (*staffs_answers.ACTIONS, "open")}
    words |= {f"segment {word}" for word in (segment.SHOW, segment.CSV)} | {f"data {word}" for word in data.ACTIONS}
    words |= {f"churn {word}" for word in churn.ACTIONS} | {f"campaign {word}" for word in campaigns.ACTIONS}
    words |= {f"campaign automations {word}" for word in automations.ACTIONS}
    words |= {f"promo {word}" for word in promo.ACTIONS}
    assert {Choice(verb=verb).trait.command for verb in traits("command")} <= words


def test_what_channels_are_told_of_buttons() -> None:
    answers = {
        Verb.YES,
        Verb.NO,
        Verb.RETURN_CHOICE,
        Verb.PLAN,
        Verb.PICK,
        Verb.COUNT,
        Verb.TAKE_AND_TELL,
        Verb.CONFIRM,
        Verb.CHANGE,
        Verb.OTHER,
        Verb.STOP,
        Verb.DROP,
        Verb.CANCEL_YES,
    }
    assert traits("answers") == answers
    assert not traits("answers") & traits("lasting")
    assert traits("newest") == {Verb.CONFIRM, Verb.CHECKOUT, Verb.UNDO, Verb.CLEAR}
    assert {Verb.ADD, Verb.DISMISS, Verb.DEAL, Verb.DEPARTMENT, Verb.CHANGE_ORDER, Verb.CANCEL} <= traits("lasting")
    assert traits("private") == {Verb.DEAL, Verb.GO_ON}
    styled = {verb: trait.style for verb in Verb if (trait := Choice(verb=verb).trait).style is not Style.PLAIN}
    assert styled == {Verb.CHECKOUT: Style.PRIMARY, Verb.CONFIRM: Style.PRIMARY, Verb.CANCEL_YES: Style.DANGER}


def test_no_two_labels_are_the_same() -> None:
    said = [value for name, value in vars(labels).items() if name.isupper()]
    assert len(said) == len(set(said)) > 50


@pytest.mark.parametrize("renderer", ["slack/blocks.py", "telegram/markup.py", "web/replies.py", "console.py"])
def test_renderers_know_no_verb(renderer: str) -> None:
    text = (Path(__file__).parents[4] / "bot" / "adapters" / renderer).read_text()
    assert re.search(r"\bVerb\b|\.verb\b", text) is None
