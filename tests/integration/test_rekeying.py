"""Changing the key of the e-mail hash: every hash goes over, nothing else does, and a wrong key is noticed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Column, Engine, insert, text

from domain.conversation import Asked, ChatRef, Conversation, PendingQuestion
from domain.model import Identity
from domain.people.identity import hash_email
from domain.records.campaigns import Arm, CampaignKind, NewMember
from domain.records.notifications import Consent
from storage.errors import SameHashKey, ShopRunning, WrongHashKey
from storage.repositories.personal_erasing import hash_columns
from storage.tables import metadata
from storage.unit_of_work import PostgresUnitOfWork
from storage.upkeep.rekeying import check_key, rotate_key
from tests.support.factories import EMAIL, HASH_KEY, HASHED_EMAIL, NOW, make_order, make_product, stock

NEW_KEY = b"another key for tests, 32 bytes or more"
NEW_HASH = hash_email(EMAIL, NEW_KEY)
FIX = "ada@gmail.com"
CHAT = ChatRef(channel="web", chat_id="c1")
TOKEN = "f" * 64
_CHOSEN = {"arm": "treated", "campaign_id": 1}  # the first automation is there from the start

UnitOfWork = Callable[[], PostgresUnitOfWork]


def fill(unit_of_work: UnitOfWork, engine: Engine) -> None:
    """Puts the hash into every column that takes one, found from the tables themselves, and into a conversation."""
    check_key(engine, HASH_KEY)
    fixed = hash_email(FIX, HASH_KEY)
    with unit_of_work() as uow:
        stock(uow, make_product(name="Mug"))
        talk = uow.conversations.lock(CHAT, "ada", NOW)
        talk.hashed_email, talk.masked_email = HASHED_EMAIL, "a•••@example.com"
        talk.pending = PendingQuestion(kind=Asked.EMAIL_FIX, subject=fixed, options=("a•••@gmail.com",))
        uow.conversations.save(talk, NOW)
        uow.people.remember_email(fixed, FIX, NOW)
        uow.people.remember_email(HASHED_EMAIL, EMAIL, NOW)
        uow.people.prove_email(talk.identity_id, HASHED_EMAIL, EMAIL, "test", NOW)
        uow.people.remember_address(HASHED_EMAIL, talk.identity_id, "1 Elm Row, Denver", NOW)
        uow.orders.add(make_order(identity_id=talk.identity_id))
        uow.orders.add(make_order(hashed_email=TOKEN, identity_id=None))
        uow.consents.record(HASHED_EMAIL, Consent(given=True, by="test", at=NOW))
        cart = uow.campaigns.automations()[CampaignKind.CART_LEFT]
        member = NewMember(hashed_email=HASHED_EMAIL, arm=Arm.HELD_OUT, due_at=NOW)
        uow.campaigns.add_members(cart.campaign_id, [member], NOW)
        uow.commit()
    with engine.begin() as connection:
        for column in hash_columns():
            table = column.table
            if not connection.execute(
                text(f"SELECT count(*) FROM {table.fullname} WHERE {column.name} = :it"), {"it": HASHED_EMAIL}
            ).scalar():
                values = {
                    one.name: _any(one) for one in table.columns if not one.nullable and one.server_default is None
                }
                connection.execute(insert(table).values({**values, column.name: HASHED_EMAIL}))
    engine.dispose()


def _any(column: Column[Any]) -> object:
    """A value that a column takes."""
    if column.name in _CHOSEN:
        return _CHOSEN[column.name]
    values: dict[type, object] = {str: EMAIL, int: 7, bool: True}
    return values.get(column.type.python_type, NOW)


def rows_with(engine: Engine, piece: str) -> dict[str, int]:
    """How many rows of which table hold a text."""
    with engine.connect() as connection:
        counted = {
            table.fullname: connection.execute(
                text(f"SELECT count(*) FROM {table.fullname} t WHERE CAST(t AS text) LIKE :it"), {"it": f"%{piece}%"}
            ).scalar_one()
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return {name: count for name, count in counted.items() if count}


def test_every_hash_of_every_table_goes_over(unit_of_work: UnitOfWork, engine: Engine, database_url: str) -> None:
    fill(unit_of_work, engine)
    before = rows_with(engine, HASHED_EMAIL)
    assert set(before) == {column.table.fullname for column in hash_columns()} | {"chat.conversation"}
    steps: list[tuple[int, int]] = []
    done = rotate_key(database_url, old=HASH_KEY, new=NEW_KEY, progress=lambda at, of: steps.append((at, of)))
    assert (done.emails, done.foreign) == (2, 0)
    assert rows_with(engine, HASHED_EMAIL) == rows_with(engine, hash_email(FIX, HASH_KEY)) == {}
    assert rows_with(engine, NEW_HASH) == before
    assert set(rows_with(engine, TOKEN)) == {"shop.orders"}
    assert [at for at, _ in steps] == list(range(1, steps[0][1] + 1))


def test_a_customer_goes_on_after_it(unit_of_work: UnitOfWork, engine: Engine, database_url: str) -> None:
    fill(unit_of_work, engine)
    rotate_key(database_url, old=HASH_KEY, new=NEW_KEY)
    with unit_of_work() as uow:
        talk: Conversation = uow.conversations.lock(CHAT, "ada", NOW)
        assert (talk.hashed_email, talk.proven_email) == (NEW_HASH, NEW_HASH)
        assert talk.pending is not None
        assert talk.pending.subject == hash_email(FIX, NEW_KEY)
        assert uow.people.email(NEW_HASH) == EMAIL
        proven = replace(Identity(identity_id=0), proven_email=NEW_HASH)
        assert len(uow.orders.of_identity(proven, limit=9)) == 1


def test_a_second_time_changes_nothing(unit_of_work: UnitOfWork, engine: Engine, database_url: str) -> None:
    fill(unit_of_work, engine)
    rotate_key(database_url, old=HASH_KEY, new=NEW_KEY)
    after = rows_with(engine, NEW_HASH)
    assert rotate_key(database_url, old=HASH_KEY, new=NEW_KEY).rows == 0
    assert rows_with(engine, NEW_HASH) == after


def test_an_empty_shop_changes_its_key(engine: Engine, database_url: str) -> None:
    check_key(engine, HASH_KEY)
    engine.dispose()
    assert rotate_key(database_url, old=HASH_KEY, new=NEW_KEY).emails == 0
    check_key(engine, NEW_KEY)
    with pytest.raises(WrongHashKey):
        check_key(engine, HASH_KEY)


def test_the_same_key_and_a_wrong_old_one_are_refused(
    unit_of_work: UnitOfWork, engine: Engine, database_url: str
) -> None:
    fill(unit_of_work, engine)
    before = rows_with(engine, HASHED_EMAIL)
    with pytest.raises(SameHashKey):
        rotate_key(database_url, old=HASH_KEY, new=HASH_KEY)
    with pytest.raises(WrongHashKey):
        rotate_key(database_url, old=b"x" * 32, new=NEW_KEY)
    assert rows_with(engine, HASHED_EMAIL) == before


def test_a_running_shop_is_refused(unit_of_work: UnitOfWork, engine: Engine, database_url: str) -> None:
    fill(unit_of_work, engine)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        with pytest.raises(ShopRunning):
            rotate_key(database_url, old=HASH_KEY, new=NEW_KEY)


def test_the_first_key_is_remembered_and_another_one_refused(engine: Engine) -> None:
    check_key(engine, HASH_KEY)
    check_key(engine, HASH_KEY)
    with pytest.raises(WrongHashKey):
        check_key(engine, NEW_KEY)


def test_a_shop_from_before_the_check_takes_only_the_key_of_its_customers(
    unit_of_work: UnitOfWork, engine: Engine
) -> None:
    with unit_of_work() as uow:
        uow.people.remember_email(HASHED_EMAIL, EMAIL, NOW)
        uow.commit()
    with pytest.raises(WrongHashKey):
        check_key(engine, NEW_KEY)
    check_key(engine, HASH_KEY, remember=False)
    assert rows_with(engine, "true") == {}
    check_key(engine, HASH_KEY)
