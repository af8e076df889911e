"""Each part logs in as itself: it can do its work, and neither become the owner nor see what it need not."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from bot.engine import MessageEngine
from bot.messages import IncomingMessage
from domain.conversation import ChatRef
from domain.periods import Span
from domain.records.rates import Rate
from domain.records.sales import ReportName
from domain.staff import data_access
from scheduler.planning import Destination, Plan, Planned
from scheduler.tasks import LEFT_CARTS, MENDING, SWEEP, TRAIN
from storage.errors import NotTheOwner
from storage.queries import heartbeats
from storage.server import embedded
from storage.server.database import app_engine, check_current, make_logins, may_own, owner_engine, upgrade
from storage.server.rights import APP_ROLE, LOGINS, WAREHOUSE_ROLE
from storage.unit_of_work import PostgresUnitOfWork
from storage.upkeep.backup import back_up, restore
from storage.upkeep.rekeying import check_key
from tests.support.databases import as_owner, own_server
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.rooms import RULES, StagedJobs
from tests.support.shop import NOW, SHOP, stock_mugs

AWKWARD = "p@ss:/w%rd '\\ \"#?"
PARTS = list(LOGINS)


@pytest.fixture(scope="module")
def server() -> Iterator[embedded.EmbeddedPostgres]:
    """A server that asks our logins for their passwords, and trusts its owner."""
    with own_server() as (cluster, folder):
        rules = folder / "postgres" / "pg_hba.conf"
        asked = [*(f"parley_{part}" for part in PARTS), "/^parley_reader_"]
        rules.write_text("".join(f"local all {login} scram-sha-256\n" for login in asked) + rules.read_text())
        with as_owner(cluster.url) as owner:
            owner.execute(text("SELECT pg_reload_conf()"))
        upgrade(cluster.url)
        make_logins(cluster.url, dict.fromkeys(PARTS, AWKWARD))
        engine = app_engine(cluster.url)
        check_key(engine, SHOP.hash_key)
        stock_mugs(engine)
        engine.dispose()
        yield cluster


@pytest.fixture(params=PARTS)
def part(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def login(server: embedded.EmbeddedPostgres, part: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address without user and password, which libpq takes from the environment as in compose.yaml."""
    monkeypatch.setenv("PGUSER", f"parley_{part}")
    monkeypatch.setenv("PGPASSWORD", AWKWARD)
    return server.url.replace("//postgres@", "//")


def test_a_password_may_hold_any_character_and_a_wrong_one_is_refused(
    server: embedded.EmbeddedPostgres, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = login(server, part, monkeypatch)
    assert check_current(url)
    monkeypatch.setenv("PGPASSWORD", "wrong")
    with pytest.raises(Exception, match="authentication failed"):
        check_current(url)


def test_the_server_never_heard_the_password(server: embedded.EmbeddedPostgres) -> None:
    with as_owner(server.url) as owner:
        kept = owner.execute(text("SELECT rolpassword FROM pg_authid WHERE rolname = 'parley_web'")).scalar_one()
    assert kept.startswith("SCRAM-SHA-256$")


# Of schemas `shop`, `pii`, `chat` and `jobs`, of roles and of the server.
FORBIDDEN = [
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION postgres",
    "CREATE ROLE mallory",
    "ALTER ROLE CURRENT_USER CREATEROLE",
    "GRANT parley_app TO parley_analyst",
    "GRANT pg_read_all_data TO CURRENT_USER",
    "ALTER TABLE shop.product ADD COLUMN x int",
    "ALTER TABLE shop.product OWNER TO CURRENT_USER",
    "DROP TABLE chat.inbox",
    "CREATE TABLE public.x (y int)",
    "CREATE TABLE shop.x (y int)",
    "CREATE FUNCTION jobs.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA mine",
    # What they could leave behind, for who else writes or reads to run with rights of their own.
    "CREATE FUNCTION pg_temp.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "DO 'BEGIN END'",
    "CREATE TRIGGER x BEFORE INSERT ON shop.stock_movement FOR EACH ROW EXECUTE FUNCTION tsvector_update_trigger()",
    "CREATE TRIGGER x BEFORE INSERT ON jobs.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION shop.touch()",
    "TRUNCATE shop.orders",
    "DROP EXTENSION pg_trgm",
    "UPDATE alembic_version SET version_num = '0'",
    "SELECT rolpassword FROM pg_authid",
    "COPY shop.product TO PROGRAM 'true'",
    "SELECT pg_read_file('postgresql.conf')",
]
NOT_THE_SCHEDULERS = [
    "SELECT * FROM pii.email_lookup",
    "SELECT * FROM pii.address",
    "SELECT * FROM pii.delivery",
    "SELECT * FROM chat.conversation",
    "SELECT * FROM chat.key_check",
    "SELECT * FROM shop.orders",
    "SELECT * FROM shop.customer",
    "DELETE FROM shop.report",
    f"SET ROLE {APP_ROLE}",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_no_part_becomes_more_than_it_is(
    server: embedded.EmbeddedPostgres, part: str, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuses(login(server, part, monkeypatch), LOGINS[part], statement)


@pytest.mark.parametrize("statement", NOT_THE_SCHEDULERS)
def test_the_scheduler_sees_no_customer(
    server: embedded.EmbeddedPostgres, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuses(login(server, "scheduler", monkeypatch), LOGINS["scheduler"], statement)


def test_the_worker_alone_may_build_the_warehouse(
    server: embedded.EmbeddedPostgres, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = login(server, part, monkeypatch)
    if part != "worker":
        refuses(url, LOGINS[part], f"SET ROLE {WAREHOUSE_ROLE}")
        return
    engine = app_engine(url, role=WAREHOUSE_ROLE)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM shop.product")).scalar_one() >= 1
    engine.dispose()


def test_the_builder_sees_nobody(server: embedded.EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = app_engine(login(server, "worker", monkeypatch), role=WAREHOUSE_ROLE)
    for table in ("pii.address", "pii.profile", "chat.notification", "jobs.procrastinate_jobs", "shop.audit_log"):
        with engine.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
            connection.exec_driver_sql(f"SELECT * FROM {table}")
    engine.dispose()


def refuses(url: str, role: str, statement: str) -> None:
    """As it logged in, and in the role in which it acts."""
    for engine in (owner_engine(url), app_engine(url, role=role)):
        with engine.connect() as connection, pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            connection.exec_driver_sql(statement)
        engine.dispose()


def test_a_login_that_may_not_is_told_in_our_words(
    server: embedded.EmbeddedPostgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "b"
    back_up(server.url, file, key=SHOP.hash_key, now=NOW, progress=lambda *_: None)
    url = login(server, "scheduler", monkeypatch)
    with pytest.raises(NotTheOwner):
        back_up(url, tmp_path / "c", key=SHOP.hash_key, now=NOW, progress=lambda *_: None)
    with pytest.raises(NotTheOwner):
        upgrade(url)
    with pytest.raises(NotTheOwner):
        make_logins(url, {"web": AWKWARD})
    with pytest.raises(NotTheOwner):
        restore(login(server, "worker", monkeypatch), file, key=SHOP.hash_key, replace=True, progress=lambda *_: None)
    assert [one.name for one in tmp_path.iterdir()] == ["b"]


def test_only_the_owner_may_own(server: embedded.EmbeddedPostgres, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert may_own(server.url)
    assert not may_own(login(server, part, monkeypatch))


@pytest.mark.parametrize("name", ["web", "bot"])
def test_web_and_bot_take_orders(server: embedded.EmbeddedPostgres, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    url = login(server, name, monkeypatch)
    engine = app_engine(url)
    check_key(engine, SHOP.hash_key)
    jobs = StagedJobs(url, engine, SHOP, StillClock(NOW))
    shop = MessageEngine(
        interpreter=CommandInterpreter(),
        unit_of_work=lambda: PostgresUnitOfWork(engine, jobs.enqueue),
        clock=StillClock(NOW),
        shop=SHOP,
    )
    chat = ChatRef(channel=name, chat_id=uuid.uuid4().hex)
    once = uuid.uuid4().hex
    heard = [
        shop.handle(IncomingMessage(id=f"{once}{said}", chat=chat, sender_id="s", text=said)).replies[0].title
        for said in ("order 1 MUG-RED", f"{name}@example.com", "address: 1 Elm Row, Denver CO 80203", "yes")
    ]
    assert "is placed" in heard[-1]
    with PostgresUnitOfWork(engine) as uow:
        assert uow.rates.allows(Rate(name="test", most=1, per=timedelta(minutes=1)), once, NOW)
    heartbeats.beat(engine, name, "here")
    engine.dispose()


def test_the_worker_carries_out_jobs(server: embedded.EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    test_web_and_bot_take_orders(server, "web", monkeypatch)
    url = login(server, "worker", monkeypatch)
    engine = app_engine(url)
    jobs = StagedJobs(url, engine, SHOP, StillClock(NOW))
    jobs.begin(SWEEP.due())
    jobs.all_done()
    with engine.connect() as connection:
        left = connection.execute(text("SELECT count(*) FROM procrastinate_jobs WHERE status <> 'todo'")).scalar_one()
        mails = connection.execute(text("SELECT count(*) FROM pii.mailbox")).scalar_one()
    engine.dispose()
    assert (left, mails > 0) == (0, True)


def test_the_scheduler_enqueues_all_that_is_due(
    server: embedded.EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = login(server, "scheduler", monkeypatch)
    engine = app_engine(url, role=LOGINS["scheduler"])
    plan = Plan(
        times=(Planned(name=ReportName.FINANCE, span=Span.WEEK, cron="0 8 * * mon"),),
        to={ReportName.FINANCE: (Destination.parse("slack:C01FIN"),)},
        top=5,
        products=5,
    )
    jobs = StagedJobs(url, engine, SHOP, StillClock(NOW), rules=replace(RULES, plan=plan))
    jobs.begin(*(job.due() for job in (SWEEP, LEFT_CARTS, TRAIN, *MENDING)))
    for _ in range(2):
        jobs.services.reports.enqueue_due()
    heartbeats.beat(engine, "scheduler", "here")
    with engine.connect() as connection:
        assert heartbeats.ages(connection, "here")["scheduler"] < timedelta(minutes=1)
        tasks = connection.execute(text("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo'")).scalars()
        assert {"sweep", "left_carts", "train_recommender", "send_report", "rescue", "catch_up"} <= set(tasks)
    engine.dispose()


def test_a_reader_gets_in_by_the_password_until_the_last_day_is_over(
    server: embedded.EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)  # the server goes by its own clock
    port = "marketing_360.customer_activity"
    web = app_engine(login(server, "web", monkeypatch))
    with PostgresUnitOfWork(web) as uow:
        number = data_access.ask(uow, port, why="x", subject="slack:U2", now=now).request_id
        data_access.approve(uow, number, days=7, by="slack:U1", now=now, zone=SHOP.time_zone)
        request, password = data_access.let_in(uow, number, subject="slack:U2", now=now)
        uow.commit()

    def gets_in(said: str) -> str:
        monkeypatch.setenv("PGUSER", request.login)
        monkeypatch.setenv("PGPASSWORD", said)
        engine = create_engine(server.url.replace("//postgres@", "//"))
        try:
            with engine.connect() as connection:
                return str(connection.execute(text("SELECT session_user")).scalar_one())
        except OperationalError as error:
            return str(error.orig)
        finally:
            engine.dispose()

    assert gets_in(password) == request.login
    assert "authentication failed" in gets_in("another")
    with as_owner(server.url) as owner:
        owner.execute(text(f"ALTER ROLE {request.login} VALID UNTIL '{now - timedelta(seconds=1)}'"))
    assert "authentication failed" in gets_in(password)  # the worker may be down on that day
    login(server, "web", monkeypatch)
    with PostgresUnitOfWork(web) as uow:
        data_access.end(uow, number, by="slack:U1", now=now)
        uow.commit()
    web.dispose()
    with as_owner(server.url) as owner:
        left = owner.execute(text("SELECT count(*) FROM pg_roles WHERE rolname = :login"), {"login": request.login})
        assert left.scalar() == 0
