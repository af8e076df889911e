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
- intent: horoscope
  examples: |
    - what do the stars say
    - read me my horoscope
    - what is in the stars for a leo
    - what do the stars say of today
"""
# 2. Phrases
STARS = "The stars shine {hours}; I never sleep."
OFFER = "What the stars say"


# 3. Handler
def handle(turn: Turn) -> list[Reply]:
    return [Reply(text=STARS.format(hours=turn.shop.support_hours))]


# 4. Row
ROW = Intent(name="horoscope", handle=handle, label=OFFER, asks=True, digression=True)
WITH_IT = {**INTENTS, ROW.name: ROW}
STEPS = ("Examples", "Phrases", "Handler", "Row", "Story")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "horoscope.yml").write_text(EXAMPLES, encoding="utf-8")
    return tmp_path


@pytest.fixture
def bob(engine: Database, data: Path) -> Customer:
    return stage(engine, ExampleInterpreter(DATA, data), intents=WITH_IT).customer("bob")


# 5. Story
def test_the_stars_are_told_and_the_order_goes_on(bob: Customer) -> None:
    bob.says("order 2 red enamel mugs").hears("e-mail")
    bob.says("what do the stars say?").hears("The stars shine on weekdays from 9 to 17", "Back to your order")


def test_it_is_answered_beside_another_wish(bob: Customer) -> None:
    bob.says("2 red enamel mugs, and what do the stars say?").hears("The stars shine", "2 × Red Enamel Mug")


def test_what_sounds_like_it_is_offered_by_its_label(bob: Customer) -> None:
    bob.says("what say of today the stars").hears(OFFER).presses(OFFER).hears("The stars shine")


def test_it_is_one_of_several_wishes_and_changes_nothing(bob: Customer) -> None:
    bob.says("2 red enamel mugs").says("read me my horoscope").says("cart").hears("2 × Red Enamel Mug")


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
    assert complaints(intents, stories, *folders) == [f"horoscope: {complaint}"]


def test_the_list_for_contributors_names_these_steps() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("## Add an intent")[2].partition("\n## ")[0]
    assert tuple(re.findall(r"^\d\. \*\*(\w+)\.\*\*", section, re.MULTILINE)) == STEPS
