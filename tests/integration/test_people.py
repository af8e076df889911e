"""Who may see what: the roles of the database, and no e-mail or address outside the restricted schemas."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError

from domain.conversation import ChatRef
from domain.model import Identity
from domain.orders.cancelling import cancel_order
from domain.orders.ordering import Buyer, place_quote
from storage.server.database import ANALYST_ROLE, APP_ROLE, owner_engine
from storage.server.rights import OF_PEOPLE
from storage.tables import metadata
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import EMAIL, HASHED_EMAIL, NOW, TERMS, make_product, quote, stock

UnitOfWork = Callable[[], PostgresUnitOfWork]
ADDRESS = "12 Lovelace Lane, Springfield 98765"
CHAT = ChatRef(channel="web", chat_id="c1")
RESTRICTED = ("pii", "chat")


def tables_of(*schemas: str) -> list[str]:
    """The full names of our tables in these schemas."""
    return sorted(table.fullname for table in metadata.tables.values() if table.schema in schemas)


@pytest.fixture
def owner(database_url: str) -> Iterator[Connection]:
    """A connection as the owner of the test's database."""
    engine = owner_engine(database_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def order(unit_of_work: UnitOfWork) -> None:
    """An order made as the bot makes it, with e-mail, address, conversation and replies; then cancelled."""
    with unit_of_work() as uow:
        stock(uow, make_product(name="Mug"))
        talk = uow.conversations.take(CHAT, "ada", "m1", NOW)
        assert talk is not None
        talk.hashed_email, talk.masked_email = HASHED_EMAIL, "a•••@example.com"
        talk.address_id = uow.people.remember_address(HASHED_EMAIL, talk.identity_id, ADDRESS, NOW)
        talk.put("MUG", 1)
        uow.conversations.save(talk, NOW)
        placed, _ = place_quote(
            uow,
            quote(uow, {"MUG": 1}, identity_id=talk.identity_id),
            Buyer(identity_id=talk.identity_id, hashed_email=HASHED_EMAIL, address_id=talk.address_id, source="web"),
            terms=TERMS,
            now=NOW,
        )
        replies = [f'{{"text": "It goes to {ADDRESS}, mail to {EMAIL}"}}']
        uow.conversations.save(talk, NOW, message_id="m1", replies=replies)
        uow.tickets.open(talk.chat, talk.sender_id, talk.identity_id, "a question", NOW)
        uow.commit()
        identity = Identity(identity_id=talk.identity_id)
        cancel_order(uow, placed.order_id, identity=identity, actor="web", now=NOW)
        uow.commit()


def refused(connection: Connection, statement: str) -> bool:
    """Whether the database says that this role may not do that."""
    try:
        with connection.begin_nested():
            connection.execute(text(statement))
    except ProgrammingError as error:
        return "permission denied" in str(error)
    return False


@pytest.mark.usefixtures("order")
def test_the_analyst_reads_the_shop_but_not_what_speaks_of_chats_and_staff_nor_people(owner: Connection) -> None:
    owner.execute(text(f"SET ROLE {ANALYST_ROLE}"))
    readable = [name for name in tables_of("shop", *RESTRICTED) if not refused(owner, f"SELECT count(*) FROM {name}")]
    assert readable == [name for name in tables_of("shop") if name.removeprefix("shop.") not in OF_PEOPLE]
    assert owner.execute(text("SELECT count(*) FROM shop.orders")).scalar_one() == 1


def test_the_analyst_changes_nothing_and_reads_no_jobs(owner: Connection) -> None:
    def granted(role: str, name: str, rights: str) -> bool:
        values = {"role": role, "name": name, "rights": rights}
        return bool(owner.execute(text("SELECT has_table_privilege(:role, :name, :rights)"), values).scalar_one())

    for name in tables_of("shop"):
        assert granted(APP_ROLE, name, "INSERT, UPDATE, DELETE, TRUNCATE")
        assert not granted(ANALYST_ROLE, name, "INSERT, UPDATE, DELETE, TRUNCATE")
    for name in tables_of(*RESTRICTED):  # not even where somebody lets the role into the schema one day
        assert not granted(ANALYST_ROLE, name, "SELECT, INSERT, UPDATE, DELETE, TRUNCATE")
    owner.execute(text(f"SET ROLE {ANALYST_ROLE}"))
    assert refused(owner, "SELECT 1 FROM jobs.procrastinate_jobs")


def test_the_application_acts_in_its_own_role_and_owns_nothing(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.execute(text("SELECT current_user")).scalar_one() == APP_ROLE
        assert refused(connection, "CREATE TABLE shop.mine (id int)")
        assert not refused(connection, "DELETE FROM pii.email_lookup")
    with engine.connect() as connection, pytest.raises(ProgrammingError, match="must be owner"):
        connection.execute(text("DROP TABLE pii.email_lookup"))


def test_the_application_reaches_its_jobs_without_naming_their_schema(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar_one() == 0


def dump(connection: Connection, *, restricted: bool) -> str:
    """Every row of every table, either only of the restricted schemas or only of all others."""
    names = connection.execute(
        text("""
            SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables
            WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'
              AND (table_schema = ANY(:schemas)) = :restricted
        """),
        {"schemas": list(RESTRICTED), "restricted": restricted},
    ).scalars()
    return "\n".join(
        row for name in names.all() for row in connection.execute(text(f"SELECT t::text FROM {name} AS t")).scalars()
    )


@pytest.mark.usefixtures("order")
def test_no_email_and_no_address_is_outside_the_restricted_schemas(owner: Connection) -> None:
    everybodys, secret = dump(owner, restricted=False).lower(), dump(owner, restricted=True).lower()
    for trace in (EMAIL, "ada@", "example.com", "lovelace", "springfield", "98765"):
        assert trace in secret
        assert trace not in everybodys
    assert HASHED_EMAIL in everybodys


@pytest.mark.usefixtures("order")
def test_what_the_bot_remembers_of_a_conversation_holds_keys_only(owner: Connection) -> None:
    state: str = owner.execute(text("SELECT state::text FROM chat.conversation")).scalar_one()
    assert HASHED_EMAIL in state
    assert EMAIL not in state
    assert "Lovelace" not in state


def test_an_email_is_remembered_once_with_its_first_day(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        uow.people.remember_email(HASHED_EMAIL, EMAIL, NOW)
        uow.people.remember_email(HASHED_EMAIL, EMAIL, NOW + timedelta(days=9))
        rows = uow.connection.execute(text("SELECT hashed_email, first_seen_at FROM shop.customer")).all()
        assert [tuple(row) for row in rows] == [(HASHED_EMAIL, NOW)]
        assert uow.people.email(HASHED_EMAIL) == EMAIL


def test_a_forgotten_email_is_none_and_its_customer_stays(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        uow.people.remember_email(HASHED_EMAIL, EMAIL, NOW)
        uow.connection.execute(text("DELETE FROM pii.email_lookup"))
        assert uow.people.email(HASHED_EMAIL) is None
        assert uow.connection.execute(text("SELECT count(*) FROM shop.customer")).scalar_one() == 1


def test_each_address_has_its_own_key(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        first = uow.people.remember_address(None, 1, ADDRESS, NOW)
        second = uow.people.remember_address(HASHED_EMAIL, 1, "9 Mill Lane, Bath", NOW)
        assert (uow.people.address(first), uow.people.address(second)) == (ADDRESS, "9 Mill Lane, Bath")
