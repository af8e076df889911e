"""Who asks to read a data product is let in by its owner alone, reads that and nothing else, and is out on the day."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from starlette.testclient import TestClient

from analytics.products.catalogue import products
from bot.adapters.web.app import make_app
from bot.adapters.web.parts import WebParts
from bot.engine import MessageEngine
from bot.links import Links
from bot.messages import Reply
from domain.records.data_products import Check, DataRequest, Edge, PortMade
from scheduler.tasks import END_READERS, TELL_PORTS
from storage.queries.builds import PostgresBuilds
from storage.queries.chats import PostgresChats, PostgresHealth
from storage.queries.data_products import PostgresDataProducts
from storage.repositories.data_requests import PostgresDataRequests
from storage.repositories.rate_limits import PostgresRates
from storage.server import embedded
from storage.server.rights import PORTS
from tests.support.databases import as_owner, own_database
from tests.support.desk import STAFFED, Desk
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.rooms import RULES, StaffedJobs

SHOP = replace(
    STAFFED,
    staff={**STAFFED.staff, "slack:UMIA": frozenset({"marketing"}), "slack:UOWN": frozenset({"finance"})},
    data_owners={"Marketing": frozenset({"slack:UOWN"}), "Sales": frozenset({"slack:S9"})},
    data_products=products,
    web_url="http://testserver",
)
ACTIVITY = "marketing_360.customer_activity"
ROLE = "parley_port_marketing_360_customer_activity"
TODAY = datetime.now(UTC)  # the database looks at its own clock, too


class Office:
    """A shop with staff in Slack, their pages, and the worker's jobs."""

    def __init__(self, engine: Engine, url: str, folder: Path) -> None:
        self.desk = Desk(engine)
        self.desk.clock = StillClock(TODAY)
        self.url = url
        self.jobs = StaffedJobs(url, engine, SHOP, self.desk.clock, RULES)
        self.desk.unit_of_work = lambda: self.desk.transaction(engine, self.jobs.enqueue)  # type: ignore[method-assign]
        self.desk._engine = MessageEngine(
            interpreter=CommandInterpreter(), unit_of_work=self.desk.unit_of_work, clock=self.desk.clock, shop=SHOP
        )
        self._parts = WebParts(
            engine=self.desk._engine,
            chats=PostgresChats(engine, self.desk.clock),
            health=PostgresHealth(engine),
            unit_of_work=self.desk.unit_of_work,
            rates=PostgresRates(engine),
            clock=self.desk.clock,
            reduced=lambda: False,
            cookie_keys=[SHOP.hash_key],
            links=Links("", [SHOP.hash_key]),
            shop=SHOP,
            tagline="",
            examples=(),
            images=folder,
            mailbox=None,
            messages_per_minute=100,
            connect=lambda login: f"psql user={login}",
        )

    def browser(self) -> TestClient:
        return TestClient(make_app(self._parts), base_url="http://testserver")

    def told(self, channel: str) -> list[Reply]:
        self.jobs.all_done()
        return [reply for to, _, reply in self.jobs.room.posts if to == channel]

    def comes_in(self, who: str) -> TestClient:
        """Opens the link of an answer to `/data`."""
        browser = self.browser()
        path = link_in(self.desk.says("/data", who))
        assert "Come in" in browser.get(path).text
        entered = browser.post(path, headers={"sec-fetch-site": "same-origin"})
        assert (entered.status_code, entered.url.path) == (200, "/data")
        return browser


def link_in(answer: str) -> str:
    return answer.partition("http://testserver")[2].split()[0]


@pytest.fixture
def office(postgres: embedded.EmbeddedPostgres, built_shop: str, tmp_path: Path) -> Iterator[Office]:
    name = f"office_{uuid.uuid4().hex}"
    with own_database(postgres, name, built_shop) as engine:
        office = Office(engine, postgres.database_url(name), tmp_path)
        yield office
        with as_owner(postgres.database_url(name)) as owner:
            for login in owner.execute(
                text("SELECT rolname FROM pg_roles WHERE rolname ~ '^parley_reader_'")
            ).scalars():
                owner.execute(text(f"DROP OWNED BY {login}; DROP ROLE {login}"))


@contextmanager
def logged_in(url: str, login: str) -> Iterator[Connection]:
    engine = create_engine(make_url(url).set(username=login))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def refused(connection: Connection, statement: str) -> str:
    with pytest.raises(DBAPIError) as error, connection.begin_nested():
        connection.exec_driver_sql(statement)
    return str(error.value.orig)


def approved(office: Office, days: str = "30") -> TestClient:
    """Mia asks, the owner approves, and Mia opens her pages."""
    office.desk.says('/data request marketing_360 "campaign in May"', "UMIA")
    office.desk.says(f"/data approve 1 {days}", "UOWN")
    return office.comes_in("UMIA")


def test_a_request_goes_to_the_owner_and_the_answer_to_who_asked(office: Office) -> None:
    heard = office.desk.says('/data request marketing_360 "campaign in May"', "UMIA")
    assert f"Marketing was asked whether you may read {ACTIVITY} (request 1)" in heard
    [waits] = office.told("D-UOWN")
    assert "slack:UMIA asks to read" in waits.text
    assert "“campaign in May”" in waits.text
    assert [button.label for button in waits.buttons] == [
        "Approve for 7 days",
        "Approve for 30 days",
        "Approve for 90 days",
        "Deny",
    ]
    office.desk.presses_choice(waits.buttons[0].choice, "UOWN")
    assert "slack:UMIA may read" in office.desk.heard
    [answer] = office.told("D-UMIA")
    last = (office.desk.now().astimezone(SHOP.time_zone) + timedelta(days=7)).date()
    assert f"to the end of {last:%B} {last.day}, {last.year}, as the database login parley_reader_1" in answer.text
    assert [(entry.action, entry.actor) for entry in office.desk.entries()] == [
        ("ask", "slack:UMIA"),
        ("approve", "slack:UOWN"),
    ]
    office.desk.presses_choice(waits.buttons[3].choice, "UOWN")
    assert "was approved by slack:UOWN before" in office.desk.heard


def test_a_denial_is_told_and_lets_nobody_in(office: Office) -> None:
    office.desk.says("/data request marketing_360 curiosity", "UMIA")
    assert "may not read" in office.desk.says("/data deny 1", "UOWN")
    [answer] = office.told("D-UMIA")
    assert f"to read {ACTIVITY} was denied" in answer.text
    assert "Show my login" not in office.comes_in("UMIA").get("/data").text


@pytest.mark.parametrize(("who", "groups"), [("UMIA", ()), ("U7", ()), ("U8", ("S9",))])
@pytest.mark.parametrize("word", ["approve", "deny", "end"])
def test_nobody_else_decides(office: Office, who: str, groups: tuple[str, ...], word: str) -> None:
    office.desk.says("/data request marketing_360 x", "UOWN")
    heard = office.desk.says(f"/data {word} 1", who, groups=groups)
    assert "Nothing was done" in heard
    assert office.desk.entries("refused")
    with office.desk.unit_of_work() as uow:
        request = uow.data_requests.get(1)
    assert request is not None
    assert request.state == "asked"


def test_an_admin_decides_and_so_does_a_group_that_owns(office: Office) -> None:
    office.desk.says("/data request sales_crm x", "UMIA")
    office.desk.says("/data request marketing_360 x", "UMIA")
    assert [reply.text[:30] for reply in office.told("C-ADMINS")] == ["slack:UMIA asks to read sales_"]  # a group
    assert "may read sales_crm.customers" in office.desk.says("/data approve 1", "U8", groups=("S9",))
    assert f"may read {ACTIVITY}" in office.desk.says("/data approve 2", "U1")


def test_the_login_reads_that_port_and_nothing_else_and_ends_on_the_day(office: Office) -> None:
    browser = approved(office, "7")
    shown = browser.post("/data/login/1", headers={"sec-fetch-site": "same-origin"})
    assert "parley_reader_1" in shown.text
    assert shown.headers["cache-control"] == "no-store"
    with as_owner(office.url) as owner:
        kept = owner.execute(text("SELECT rolpassword, rolvaliduntil FROM pg_authid WHERE rolname ~ 'reader_1$'")).one()
        last = (office.desk.now().astimezone(SHOP.time_zone) + timedelta(days=8)).date()
        assert kept.rolpassword.startswith("SCRAM-SHA-256$")
        assert kept.rolvaliduntil.astimezone(SHOP.time_zone).date() == last  # to its first moment
        before = kept.rolpassword
    with logged_in(office.url, "parley_reader_1") as reader:
        assert reader.execute(text(f"SELECT count(*) FROM {ACTIVITY}")).scalar_one() > 5
        others = [*(port for port in PORTS if port != ACTIVITY), "mart.fct_orders", "shop.orders", "pii.email_lookup"]
        for other in [*others, "sources.crm_customers", "chat.data_request", "raw.build"]:
            assert "permission denied" in refused(reader, f"SELECT * FROM {other}")
        assert reader.execute(text("SHOW default_transaction_read_only")).scalar_one() == "on"
        assert refused(reader, f"DELETE FROM {ACTIVITY}")
        assert "permission denied" in refused(reader, "SELECT lo_create(0)")
        assert "permission denied" in refused(reader, "SELECT chat.open_reader(1, 'x', 'y')")
        reader.rollback()
        # A new password takes the place of the one before.
        browser.post("/data/login/1", headers={"sec-fetch-site": "same-origin"})
        with as_owner(office.url) as owner:
            again = owner.execute(text("SELECT rolpassword FROM pg_authid WHERE rolname ~ 'reader_1$'")).scalar_one()
        assert again != before
        office.jobs.begin(END_READERS.due())
        office.jobs.all_done()
        assert reader.execute(text("SELECT 1")).scalar_one() == 1
        reader.rollback()
        office.desk.clock.passes(seconds=9 * 86400)
        move_the_end(office)
        office.jobs.begin(END_READERS.due())
        office.jobs.all_done()
        with pytest.raises(DBAPIError):
            reader.execute(text("SELECT 1"))
    with pytest.raises(DBAPIError, match="does not exist"), logged_in(office.url, "parley_reader_1"):
        pass
    assert "that time is over" in office.told("D-UMIA")[-1].text
    assert [(entry.action, entry.actor) for entry in office.desk.entries()][2:] == [
        ("login", "slack:UMIA"),
        ("login", "slack:UMIA"),
        ("end", "the shop"),
    ]
    # The pages held for eight hours only.
    assert browser.post("/data/login/1", headers={"sec-fetch-site": "same-origin"}).status_code == 403
    assert office.comes_in("UMIA").post("/data/login/1", headers={"sec-fetch-site": "none"}).status_code == 404


def move_the_end(office: Office) -> None:
    """The database goes by its own clock, which no test moves."""
    with as_owner(office.url) as owner:
        owner.execute(text("UPDATE chat.data_request SET ends_at = now() - interval '1 second'"))


def test_an_owner_ends_it_before_its_time_and_so_does_who_asked(office: Office) -> None:
    browser = approved(office)
    browser.post("/data/login/1", headers={"sec-fetch-site": "same-origin"})
    assert "the login parley_reader_1 is gone" in office.desk.says("/data end 1", "UMIA")
    with pytest.raises(DBAPIError, match="does not exist"), logged_in(office.url, "parley_reader_1"):
        pass
    assert "does not hold" in office.desk.says("/data end 1", "UOWN")


def test_the_database_makes_no_login_but_for_what_is_approved(office: Office) -> None:
    office.desk.says("/data request marketing_360 x", "UMIA")
    verifier = "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy"

    def tried(number: int, said: str, role: str) -> str:
        with office.desk.database.connect() as connection:
            return refused(connection, f"SELECT chat.open_reader({number}, '{said}', '{role}')")

    assert "is not approved" in tried(1, verifier, "parley_port_marketing_360_customer_activity")
    assert "is not approved" in tried(9, verifier, "parley_port_marketing_360_customer_activity")
    office.desk.says("/data approve 1", "UOWN")
    made_up = "INSERT INTO chat.data_request (request_id, subject, port, why, state, asked_at, ends_at)"
    with as_owner(office.url) as owner:
        for number, until in ((-7, "now() + interval '1 day'"), (77, "'infinity'")):
            values = f"({number}, 'slack:X', '{ACTIVITY}', 'x', 'approved', now(), {until})"
            owner.execute(text(f"{made_up} OVERRIDING SYSTEM VALUE VALUES {values}"))
    for number in (-7, 77):
        assert "is not approved" in tried(number, verifier, "parley_port_marketing_360_customer_activity")
    assert "not what was approved" in tried(1, verifier, "parley_port_sales_crm_customers")
    assert "not what was approved" in tried(1, verifier, "postgres")
    assert "not what was approved" in tried(1, "in the clear", "parley_port_marketing_360_customer_activity")


def test_nobody_sees_the_pages_without_a_link_and_a_link_works_once(office: Office) -> None:
    stranger = office.browser()
    for path in ("/data", "/data/marketing_360", "/staff/made-up"):
        assert (stranger.get(path).status_code == 403) == (not path.startswith("/staff"))
    assert stranger.post("/data/login/1").status_code == 403
    assert stranger.post("/staff/made-up", headers={"sec-fetch-site": "same-origin"}).status_code == 403
    path = link_in(office.desk.says("/data", "UMIA"))
    assert stranger.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    for _ in range(3):
        assert stranger.get(path).status_code == 200  # as programs do that preview links
    mia, thief = office.browser(), office.browser()
    assert mia.post(path, headers={"sec-fetch-site": "same-origin"}).status_code == 200
    used = thief.post(path, headers={"sec-fetch-site": "same-origin"})
    assert used.status_code == 403
    assert "This link was used before, or its time is over." in used.text
    assert thief.get("/data").status_code == 403
    late = link_in(office.desk.says("/data", "UMIA"))
    office.desk.clock.passes(seconds=301)
    assert thief.post(late, headers={"sec-fetch-site": "same-origin"}).status_code == 403


def test_who_leaves_or_loses_the_role_is_out(office: Office) -> None:
    browser = office.comes_in("UMIA")
    assert browser.get("/data").status_code == 200
    browser.post("/staff/leave", headers={"sec-fetch-site": "same-origin"})
    assert browser.get("/data").status_code == 403
    office.desk.says("/parley role grant <@U7> support", "U1")
    helper = office.comes_in("U7")
    assert helper.get("/data").status_code == 200
    office.desk.says("/parley role revoke <@U7> support", "U1")
    assert helper.get("/data").status_code == 403


def test_somebody_elses_login_is_not_shown(office: Office) -> None:
    approved(office)
    other = office.comes_in("UOWN")
    assert "Show my login" not in other.get("/data").text
    assert other.post("/data/login/1", headers={"sec-fetch-site": "same-origin"}).status_code == 404
    mine = office.comes_in("UMIA")
    assert mine.post("/data/login/1", headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_the_catalogue_shows_what_is_to_be_known(office: Office) -> None:
    approved(office)
    browser = office.comes_in("UOWN")
    assert "stale" in browser.get("/data/marketing_360").text  # it was built in May
    with office.desk.database.begin() as connection:
        connection.execute(text("UPDATE raw.port_build SET at = now()"))
    listed = browser.get("/data").text
    for product in products():
        assert product.name in listed
    shown = browser.get("/data/marketing_360").text
    for said in (ACTIVITY, "character varying(101)", "restricted", "fresh", "slack:UMIA, until"):
        assert said in shown
    assert "The contract held in 1 of the last 1 builds" in shown
    assert "lovelace" not in shown.lower()
    for box in ("shop.orders", "sources.erp_orders", "sales_erp.orders", "mart.dim_customers", "pii.email_lookup"):
        assert f">{box}</text>" in shown
    orders = browser.get("/data/sales_erp").text
    assert orders.count("<td>2026-05-") >= 5  # rows of the port
    assert browser.get("/data/nothing").status_code == 404


def test_slack_shows_a_product_with_its_columns_and_state(office: Office) -> None:
    heard = office.desk.says("/data sales_erp", "UMIA")
    for said in (
        "Sales ERP Orders",
        "sales_erp.orders: open to every analyst",
        "total_amount numeric(10,2)",
        "12 rows",
    ):
        assert said in heard
    assert "The contract held in 1 of the last 1 builds." in heard
    listed = office.desk.says("/data", "UMIA")
    assert all(product.key in listed for product in products())
    office.desk.presses("marketing_360", "UMIA")
    assert "Marketing Customer 360" in office.desk.heard
    office.jobs.all_done()
    pictures = {name: (content, alt) for _, name, content, alt in office.jobs.room.files}
    assert set(pictures) == {"sales_erp.png", "marketing_360.png"}
    content, alt = pictures["sales_erp.png"]
    assert content.startswith(b"\x89PNG")
    assert "shop.orders, sources.erp_orders, sales_erp.orders" in alt


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/data nothing", "There is no data product “nothing”"),
        ("/data request", "There is no data product"),
        ("/data request marketing_360", "Say what you need it for"),
        (f"/data request marketing_360 {'x' * 301}", "300"),
        ("/data approve", "Which request?"),
        ("/data approve one", "is not the number of a request"),
        ("/data approve 77", "There is no request 77"),
        ("/data approve 1 0", "is not a number of days"),
        ("/data approve 1 91", "is not a number of days"),
        ("/data deny 1 2", "is not the number of a request"),
        ("/data requests", "No request waits"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_right_form(office: Office, said: str, answer: str) -> None:
    assert answer in office.desk.says(said, "U1")


def test_it_needs_a_role(office: Office) -> None:
    assert "needs the role" in office.desk.says("/data", "U7")
    assert "needs the role" in office.desk.says("/data request marketing_360 x", "U7")


def test_who_asked_before_is_told_and_nobody_asks_too_often(office: Office) -> None:
    for port in PORTS[:5]:
        assert "was asked whether" in office.desk.says(f"/data request {port} x", "UMIA")
    assert "was asked before, as request 1" in office.desk.says(f"/data request {PORTS[0]} again", "UMIA")
    assert "5 requests of yours wait" in office.desk.says(f"/data request {PORTS[5]} x", "UMIA")
    office.desk.says("/data approve 1", "U1")
    assert "already (request 1)" in office.desk.says(f"/data request {PORTS[0]} again", "UMIA")
    listed = office.desk.says("/data requests", "UMIA")
    assert listed.count("slack:UMIA") == 5
    assert "slack:UMIA" not in office.desk.says("/data requests", "U8", groups=("S8",))


def note(office: Office, *, held: bool) -> int:
    """A build that made one port, well or not."""
    with office.desk.database.begin() as connection:
        number = PostgresBuilds(connection).begin(date(2026, 5, 12), whole=False, fingerprint="", now=TODAY)
        check = Check(name="shipment_id: none twice", held=held, found="2 are wrong")
        made = PortMade(port="logistics_wms.shipments", published=held, rows=3, checks=(check,))
        PostgresDataProducts(connection).note(number, [made], [Edge(child="a", parent="b")], TODAY)
    return number


def test_owners_and_readers_hear_once_of_a_break_and_once_of_its_end(office: Office) -> None:
    office.desk.says("/data request logistics_wms.shipments x", "UMIA")
    office.desk.says("/data approve 1", "U1")
    office.told("D-UMIA")
    office.jobs.room.posts.clear()
    for held in (True, False, False, True):
        office.jobs.begin(TELL_PORTS.due(build_id=note(office, held=held)))
        office.jobs.all_done()
    heard = [reply.text for reply in office.told("D-UMIA")]
    assert heard[0].startswith("logistics_wms.shipments breaks its contract: shipment_id: none twice (2 are wrong).")
    assert "Its readers see its last good state, of" in heard[0]
    assert heard[1:] == ["logistics_wms.shipments keeps its contract again, and has new rows."]


def test_what_a_caller_makes_is_not_looked_at_by_the_functions_that_make_logins(office: Office) -> None:
    office.desk.says("/data request marketing_360 x", "UMIA")
    office.desk.says("/data approve 1", "UOWN")
    verifier = "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy"
    role = "parley_port_marketing_360_customer_activity"
    with office.desk.database.connect() as connection:
        for shadowed in ("pg_roles", "pg_stat_activity", "pg_auth_members"):
            spy = (
                f"CREATE TEMP VIEW {shadowed} AS SELECT pg_catalog.set_config('spy.{shadowed}', 'looked', false)::name"
            )
            columns = {"pg_roles": "rolname", "pg_stat_activity": "usename", "pg_auth_members": "member"}
            connection.exec_driver_sql(f"{spy} AS {columns[shadowed]}, 0 AS oid, 0 AS pid, 0 AS roleid")
        connection.exec_driver_sql(f"SELECT chat.open_reader(1, '{verifier}', '{role}')")
        connection.exec_driver_sql("UPDATE chat.data_request SET state = 'ended'")
        connection.exec_driver_sql("SELECT chat.close_reader(1)")
        for shadowed in ("pg_roles", "pg_stat_activity", "pg_auth_members"):
            seen = connection.exec_driver_sql(f"SELECT current_setting('spy.{shadowed}', true)").scalar()
            assert seen is None


def let_hoard(*urls: str) -> None:
    """As on a server where the shop is no superuser: everybody makes large objects, and connects to other databases."""
    for url in urls:
        with as_owner(url) as owner:
            for function in ("lo_create(oid)", "lo_from_bytea(oid, bytea)"):
                owner.execute(text(f"GRANT EXECUTE ON FUNCTION {function} TO PUBLIC"))
            owner.execute(text("GRANT CONNECT ON DATABASE postgres TO PUBLIC"))


def test_a_reader_who_left_something_behind_is_out_all_the_same_and_keeps_nobody_in(office: Office) -> None:
    for who, port in (("UMIA", "marketing_360"), ("UOWN", "sales_crm")):
        office.desk.says(f"/data request {port} x", who)
    for number, who in ((1, "UMIA"), (2, "UOWN")):
        office.desk.says(f"/data approve {number}", "U1")
        office.comes_in(who).post(f"/data/login/{number}", headers={"sec-fetch-site": "same-origin"})
    elsewhere = make_url(office.url).set(database="postgres").render_as_string(hide_password=False)
    let_hoard(office.url, elsewhere)
    with logged_in(elsewhere, "parley_reader_1") as reader:
        reader.exec_driver_sql("SET default_transaction_read_only = off")
        reader.commit()
        reader.exec_driver_sql("SELECT lo_from_bytea(0, 'left behind')")
        reader.commit()
    with logged_in(office.url, "parley_reader_2") as reader:
        reader.exec_driver_sql("SET default_transaction_read_only = off")
        reader.commit()
        reader.exec_driver_sql("SELECT count(lo_create(0)) FROM generate_series(1, 60000)")  # more than one drop takes
        reader.commit()
    move_the_end(office)
    office.desk.clock.passes(seconds=40 * 86400)
    office.jobs.begin(END_READERS.due())
    office.jobs.all_done()
    with as_owner(office.url) as owner:
        left = owner.execute(text("SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname ~ '^parley_reader_'")).all()
        member = owner.execute(text("SELECT pg_has_role('parley_reader_1', :role, 'MEMBER')"), {"role": ROLE}).scalar()
    assert (sorted(tuple(row) for row in left), member) == ([(f"parley_reader_{one}", False) for one in (1, 2)], False)
    for number in (1, 2):
        with pytest.raises(DBAPIError), logged_in(office.url, f"parley_reader_{number}"):
            pass
    with as_owner(elsewhere) as owner:
        owner.execute(text("DROP OWNED BY parley_reader_1"))
        owner.execute(text("REVOKE CONNECT ON DATABASE postgres FROM PUBLIC"))
    with as_owner(office.url) as owner:
        few = text("SELECT count(lo_unlink(oid)) FROM (SELECT oid FROM pg_largeobject_metadata LIMIT 1000) AS few")
        while owner.execute(few).scalar():
            pass


def test_one_request_that_cannot_be_ended_keeps_no_other(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for port in ("marketing_360", "sales_crm"):
        office.desk.says(f"/data request {port} x", "UMIA")
    for number in (1, 2):
        office.desk.says(f"/data approve {number}", "U1")
    move_the_end(office)
    office.desk.clock.passes(seconds=40 * 86400)
    ended = PostgresDataRequests.shut_out

    def fails_once(self: PostgresDataRequests, request: DataRequest) -> None:
        if request.request_id == 1:
            raise RuntimeError
        ended(self, request)

    monkeypatch.setattr(PostgresDataRequests, "shut_out", fails_once)
    office.jobs.begin(END_READERS.due())
    office.jobs.all_done()
    with office.desk.unit_of_work() as uow:
        states = [uow.data_requests.get(number) for number in (1, 2)]
    assert [one.state for one in states if one] == ["approved", "ended"]


def test_who_is_of_the_staff_no_more_loses_the_login(office: Office) -> None:
    office.desk.says("/parley role grant <@U7> support", "U1")
    office.desk.says("/data request marketing_360 x", "U7")
    office.desk.says("/data approve 1", "U1")
    office.comes_in("U7").post("/data/login/1", headers={"sec-fetch-site": "same-origin"})
    heard = office.desk.says("/parley role revoke <@U7> support", "U1")
    assert "slack:U7 may no more read" in heard
    with pytest.raises(DBAPIError, match="does not exist"), logged_in(office.url, "parley_reader_1"):
        pass


def test_another_site_cannot_make_somebody_leave(office: Office) -> None:
    browser = office.comes_in("UMIA")
    assert browser.post("/staff/leave", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert browser.get("/data").status_code == 200


def test_a_reader_who_holds_on_to_the_login_is_out_all_the_same(office: Office) -> None:
    approved(office).post("/data/login/1", headers={"sec-fetch-site": "same-origin"})
    with logged_in(office.url, "parley_reader_1") as reader:
        reader.exec_driver_sql("SET default_transaction_read_only = off")
        reader.exec_driver_sql("SET statement_timeout = 0")
        reader.commit()
        reader.exec_driver_sql("ALTER ROLE parley_reader_1 PASSWORD 'mine'")  # and no end of the transaction
        assert "the login parley_reader_1 is gone" in office.desk.says("/data end 1", "UOWN")
        with pytest.raises(DBAPIError):
            reader.exec_driver_sql("SELECT 1")
    with pytest.raises(DBAPIError, match="does not exist"), logged_in(office.url, "parley_reader_1"):
        pass
