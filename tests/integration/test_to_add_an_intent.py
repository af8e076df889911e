"""To add an intent is five things, and no more (CONTRIBUTING.md lists them): here a made-up one is added and answers.

The model is none: a message is taken for what the likest example of the data files means, the made-up one's among
them. All else is real: the table, the router, the engine and the database.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine as Database

from bot.intents import INTENTS
from bot.messages import Reply
from bot.turn import Intent, Turn
from tests.support.intents import DATA, ExampleInterpreter, complaints
from tests.support.stage import Customer, stage
from tests.test_architecture import ROOT

# 1. Examples
EXAMPLES = """
version: "3.1"
nlu:
- intent: opening_hours
  examples: |
    - when are you open
    - what are your opening hours
    - are you open on sundays
    - until when are you open today
"""
# 2. Phrases
OPEN = "A person is here {hours}; I never sleep."
OFFER = "When you are open"


# 3. Handler
def handle(turn: Turn) -> list[Reply]:
    return [Reply(text=OPEN.format(hours=turn.shop.support_hours))]


# 4. Row
ROW = Intent(name="opening_hours", handle=handle, label=OFFER, asks=True, digression=True)
WITH_IT = {**INTENTS, ROW.name: ROW}
STEPS = ("Examples", "Phrases", "Handler", "Row", "Story")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "opening_hours.yml").write_text(EXAMPLES, encoding="utf-8")
    return tmp_path


@pytest.fixture
def bob(engine: Database, data: Path) -> Customer:
    return stage(engine, ExampleInterpreter(DATA, data), intents=WITH_IT).customer("bob")


# 5. Story
def test_opening_hours_are_told_and_the_order_goes_on(bob: Customer) -> None:
    bob.says("order 2 red enamel mugs").hears("e-mail")
    bob.says("when are you open?").hears("A person is here on weekdays from 9 to 17", "Back to your order")


def test_it_is_answered_beside_another_wish(bob: Customer) -> None:
    bob.says("2 red enamel mugs, and when are you open?").hears("A person is here", "2 × Red Enamel Mug")


def test_what_sounds_like_it_is_offered_by_its_label(bob: Customer) -> None:
    bob.says("until today you open, or what?").hears(OFFER).presses(OFFER).hears("A person is here")


def test_it_is_one_of_several_wishes_and_changes_nothing(bob: Customer) -> None:
    bob.says("2 red enamel mugs").says("what are your opening hours?").says("cart").hears("2 × Red Enamel Mug")


def test_nothing_else_is_missed(data: Path) -> None:
    assert complaints(WITH_IT, [*INTENTS, ROW.name], DATA, data) == []


@pytest.mark.parametrize(
    ("forgotten", "complaint"),
    [
        ("examples", "no examples in nlu/data"),
        ("row", "no row in INTENTS"),
        ("label", "no label to offer it by"),
        ("story", "no story"),
    ],
)
def test_what_is_forgotten_is_missed(data: Path, forgotten: str, complaint: str) -> None:
    intents = dict(WITH_IT)
    if forgotten == "row":
        del intents[ROW.name]
    if forgotten == "label":
        intents[ROW.name] = replace(ROW, label="")
    stories = [name for name in [*INTENTS, ROW.name] if forgotten != "story" or name != ROW.name]
    folders = [DATA] if forgotten == "examples" else [DATA, data]
    assert complaints(intents, stories, *folders) == [f"opening_hours: {complaint}"]


def test_the_list_for_contributors_names_these_steps() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("## Add an intent")[2].partition("\n## ")[0]
    assert tuple(re.findall(r"^\d\. \*\*(\w+)\.\*\*", section, re.MULTILINE)) == STEPS
