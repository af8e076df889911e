"""Stories: the shop on its stage, with Bob and Eve in chats of their own."""

import pytest
from sqlalchemy import Engine as Database

from nlu.rasa_client import RasaClient
from tests.support.stage import Customer, Stage, stage


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
