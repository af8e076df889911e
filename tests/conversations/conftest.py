"""Stories: the shop on its stage, with Bob and Eve in chats of their own."""

import pytest
from sqlalchemy import Engine as Database

from bot.channels import CHANNELS, Channel
from nlu.rasa_client import RasaClient
from tests.support.stage import Customer, Stage, stage


@pytest.fixture(autouse=True)
def _channel(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stage is a channel that pushes, as Slack and Telegram do."""
    monkeypatch.setitem(CHANNELS, "story", Channel(name="story", pushes=True))


@pytest.fixture
def shop(engine: Database, rasa: RasaClient) -> Stage:
    """A fresh shop with the story catalogue."""
    return stage(engine, rasa)


@pytest.fixture
def bob(shop: Stage) -> Customer:
    return shop.customer("bob")


@pytest.fixture
def eve(shop: Stage) -> Customer:
    return shop.customer("eve")
