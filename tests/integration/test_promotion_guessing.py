"""Who guesses codes of promotions is told of no others for an hour, from however many chats of a network."""

import itertools
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine as Database

from bot.engine import MessageEngine
from bot.messages import IncomingMessage
from bot.routing.code_hearing import BARE_CODES
from bot.shopping.codes import WRONG_CODES, WRONG_CODES_OF_NETWORK
from domain.conversation import ChatRef
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import make_promotion
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.shop import NOW, SHOP, stock_mugs

Says = Callable[[str, str], str]


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW)


@pytest.fixture
def says(engine: Database, clock: StillClock) -> Says:
    """What somebody of the network hears to a message."""
    stock_mugs(engine)
    with PostgresUnitOfWork(engine) as uow:
        uow.promotions.add(make_promotion())
        uow.commit()
    ids = itertools.count()
    shop = MessageEngine(
        interpreter=CommandInterpreter(), unit_of_work=lambda: PostgresUnitOfWork(engine), clock=clock, shop=SHOP
    )

    def say(who: str, text: str) -> str:
        chat = ChatRef(channel="web", chat_id=who)
        message = IncomingMessage(id=f"m{next(ids)}", chat=chat, sender_id=who, text=text, network="net")
        return "\n".join(reply.text for reply in shop.handle(message).replies)

    return say


def test_a_visitor_has_so_many_wrong_codes_and_others_have_theirs(says: Says) -> None:
    for number in range(WRONG_CODES.most):
        assert "I know no code" in says("eve", f"use code GUESS{number}X")
    assert "many codes that do not exist" in says("eve", "use code SPRING10")
    assert "many codes that do not exist" in says("eve", "add 1 MUG-RED with code SPRING10")
    assert "is noted" in says("bob", "use code SPRING10")


def test_a_network_has_so_many_from_all_its_chats(says: Says, clock: StillClock) -> None:
    for number in range(WRONG_CODES_OF_NETWORK.most):
        says(f"eve{number // 5}", f"use code GUESS{number}X")
    assert "many codes that do not exist" in says("mallory", "use code SPRING10")
    clock.moment += timedelta(hours=2)
    assert "is noted" in says("mallory", "use code SPRING10")


def test_words_that_only_look_like_a_code_are_looked_up_so_often(says: Says) -> None:
    for number in range(BARE_CODES.most):
        says(f"eve{number}", f"GUESS{number}X")
    assert "SPRING10" not in says("mallory", "SPRING10")


def test_ids_of_products_are_no_guesses(says: Says) -> None:
    for _ in range(BARE_CODES.most + 1):
        says("bob", "MUG-RED")
    assert "is noted" in says("carl", "SPRING10") or "takes" in says("carl", "SPRING10")
