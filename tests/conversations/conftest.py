"""Stories: the shop on its stage, with Bob and Eve in chats of their own, and Ann who ordered at the outfitter's."""

import pytest
from sqlalchemy import Engine as Database

from bot.channels import CHANNELS, Channel
from nlu.rasa_client import RasaClient
from tests.support.outfitter import Hiker, hiker, stock_outfitter
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


@pytest.fixture
def ann(shop: Stage) -> Hiker:
    """Somebody who ordered at the outfitter's before."""
    stock_outfitter(shop.database)
    return hiker(shop, "ann")


@pytest.fixture
def came(ann: Hiker) -> int:
    """An order that was delivered."""
    return ann.orders({"JACKET-RED-M": 1, "LAMP-HIGH": 1, "STOVE-1": 1}, state="delivered")


@pytest.fixture
def waits(ann: Hiker) -> int:
    """An order that has not left."""
    return ann.orders({"BOTTLE-500": 1, "TENT-2": 1, "SOCKS": 2}, to=ann.cottage)
