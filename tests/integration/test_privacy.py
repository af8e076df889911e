"""Forgetting a person: afterwards nothing in the database, the jobs or the logs holds their e-mail or street."""

import itertools
import json
import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import make_url, text

from bot.engine import MessageEngine
from bot.messages import Choice, IncomingMessage, Reply, Verb
from bot.phrases import privacy as phrases_privacy
from domain.conversation import ChatRef
from domain.model import Identity
from domain.orders.shipping import deliver_order, ship_order
from domain.people.forgetting import forget_email
from domain.people.identity import hash_email
from domain.records.notifications import Consent, Kind, Notification, Outcome
from domain.records.payments import Method, MethodKind
from domain.records.sales import ReportName
from scheduler.planning import Destination, Plan
from storage.queries.mailbox import DevMailbox
from storage.repositories.personal_erasing import hash_columns
from storage.server.embedded import EmbeddedPostgres
from storage.tables import metadata
from storage.unit_of_work import PostgresUnitOfWork
from tests.support import shop as small_shop
from tests.support.chats import chat_in
from tests.support.factories import make_order, make_promotion
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.rooms import StagedJobs
from tests.support.shop import NOW, stock_mugs

SHOP = replace(small_shop.SHOP, support=True)
EMAIL = "zuzana.quill@example.com"
STREET = "77 Quagmire Crescent"
ADDRESS = f"address: {STREET}, Denver CO 80203"
HASHED = hash_email(EMAIL, SHOP.hash_key)
TELLING = (EMAIL, STREET, HASHED)
NOBODYS = "identity_id <> 0 AND identity_id NOT IN (SELECT identity_id FROM chat.identity)"


class Shop:
    """A shop with its worker, and what its customers hear."""

    def __init__(self, database: Database, url: str) -> None:
        self.database, self.url = database, url
        self.clock = StillClock(NOW)
        self.jobs: StagedJobs = StagedJobs(url, database, SHOP, self.clock)
        self.engine = MessageEngine(
            interpreter=CommandInterpreter(), unit_of_work=self.unit_of_work, clock=self.clock, shop=SHOP
        )
        self._ids = itertools.count(1)

    def unit_of_work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self.database, self.jobs.enqueue)

    def says(self, who: str, *said: str, choice: str = "", proven: str = "", channel: str = "test") -> Reply:
        """The first reply to the last message."""
        for one in said or ("",):
            answer = self.engine.handle(
                IncomingMessage(
                    id=f"m{next(self._ids)}",
                    chat=chat_in(channel, who),
                    sender_id=who,
                    text=one,
                    choice=Choice.decode(choice) if choice else None,
                    proven_email=proven,
                )
            )
        return answer.replies[0]

    def presses(self, who: str, label: str, reply: Reply) -> Reply:
        encoded = next(button.choice.encode() for button in reply.buttons if button.label == label)
        return self.says(who, choice=encoded)

    def works(self) -> None:
        self.jobs.all_done()

    def orders(self, who: str, quantity: int = 1, email: str = EMAIL) -> None:
        said = self.says(who, f"order {quantity} MUG-RED", email, ADDRESS, "yes")
        assert "is placed" in said.title, said

    def ships(self, order_id: int) -> None:
        with self.unit_of_work() as uow:
            ship_order(uow, order_id, now=self.clock.now())
            uow.commit()

    def forgets(self, who: str) -> Reply:
        asked = self.says(who, "forget me")
        assert asked.title == phrases_privacy.FORGET_TITLE, asked
        return self.says(who, "yes")

    def one(self, query: str) -> object:
        with self.database.connect() as connection:
            return connection.execute(text(query)).scalar()

    def books(self) -> list[object]:
        """What finance and reports count: totals by month, customers, and orders for each of them."""
        with self.database.connect() as connection:
            months = connection.execute(
                text("""
                    SELECT date_trunc('month', placed_at), state, count(*), sum(total), count(DISTINCT hashed_email)
                    FROM shop.orders GROUP BY 1, 2 ORDER BY 1, 2
                """)
            )
            each = connection.execute(text("SELECT count(*) FROM shop.orders GROUP BY hashed_email ORDER BY 1"))
            customers = connection.execute(text("SELECT count(*) FROM shop.customer")).scalar()
            return [*map(tuple, months), *map(tuple, each), customers]

    def tables_with(self, *pieces: str) -> list[str]:
        """The tables of all schemas that hold any of these texts, whatever the case of their letters."""
        with self.database.connect() as connection:
            names = connection.execute(
                text("""
                    SELECT table_schema || '.' || table_name FROM information_schema.tables
                    WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
                """)
            )
            found = []
            for name in names.scalars().all():
                rows = connection.execute(text(f"SELECT CAST(t AS text) FROM {name} t")).scalars()
                if any(piece.casefold() in row.casefold() for row in rows for piece in pieces):
                    found.append(name)
            return found

    def sees_somebody_wait(self) -> None:
        """Returns once a transaction waits for a lock, at most four seconds later."""
        for _ in range(80):
            if self.one("SELECT count(*) FROM pg_locks WHERE NOT granted"):
                return
            time.sleep(0.05)
        raise AssertionError("nobody waits")

    def dump(self, tools: Path) -> str:
        """All of it, as the database's own tool writes it."""
        plain = make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)
        done = subprocess.run([tools / "pg_dump", "--inserts", plain], capture_output=True, text=True, check=True)
        return done.stdout.casefold()


@pytest.fixture
def shop(engine: Database, database_url: str) -> Shop:
    stock_mugs(engine)
    return Shop(engine, database_url)


def code_in_mailbox(shop: Shop) -> str:
    mail = next(mail for mail in DevMailbox(shop.database).newest(9) if "code" in mail.subject)
    code = re.search(r"\b\d{3} ?\d{3}\b", f"{mail.subject} {mail.body}")
    assert code is not None, mail
    return code[0]


def live(shop: Shop) -> None:
    """Everything that a customer can leave behind: orders, a cancellation, support, proof, marketing, mails."""
    shop.orders("zuzana", 2)
    shop.works()
    shop.orders("zuzana", 1)
    shop.says("zuzana", "cancel 1002", "yes")
    shop.says("zuzana", "human", f"please send it to {STREET} and write to {EMAIL.upper()}")
    with shop.unit_of_work() as uow:
        ticket = uow.conversations.lock(ChatRef(channel="test", chat_id="zuzana"), "zuzana", NOW).ticket_id
        assert ticket is not None
        uow.tickets.add_note(ticket, "slack:U1", f"We noted {STREET}", NOW)
        uow.commit()
    shop.says("zuzana", choice="handoff_end")
    shop.says("zuzana", f"verify {EMAIL}")
    shop.works()
    shop.says("zuzana", code_in_mailbox(shop))
    notification = Notification(
        key="marketing:order/1001",
        message_id="mm1",
        kind=Kind.REMARKETING,
        channel="mail",
        hashed_email=HASHED,
        outcome=Outcome.WITHHELD,
        reason="no consent",
        created_at=NOW,
        order_id=1001,
    )
    with shop.unit_of_work() as uow:
        uow.consents.record(HASHED, Consent(given=True, by="test", at=NOW))
        uow.consents.suppress(HASHED, "bounce", NOW)
        uow.notifications.note(notification)
        uow.people.remember_reason(1002, f"{STREET} is not there", NOW)
        uow.people.describe(HASHED, location="80203", loyal=True)
        uow.commit()
    shop.ships(1001)
    # The same person in another chat, and somebody else who used the address once.
    shop.says("zuzana-2", "hello", proven=EMAIL)
    shop.says("eve", "order 1 MUG-RED", "eve@example.com", "address: 5 Elm Row, Denver CO 80203", "yes")
    shop.says("eve", "order 1 MUG-RED", EMAIL, ADDRESS)
    shop.works()
    attached = shop.says("zuzana", "my data").attachment
    assert attached is not None
    assert EMAIL in attached.content


def measured(shop: Shop) -> None:
    """What a file of customers and the warehouse's numbers add: a profile, and rows of each chat identity."""
    with shop.database.begin() as connection:
        connection.execute(
            text("INSERT INTO pii.profile VALUES (:it, 'Zuzana', 'Quill', 'C-7', :at)"), {"it": HASHED, "at": NOW}
        )
        connection.execute(
            text("UPDATE shop.customer SET signed_up_on = '2025-03-01' WHERE hashed_email = :it"), {"it": HASHED}
        )
        connection.execute(
            text("""
                INSERT INTO shop.lost_demand (product_id, identity_id, day, wanted, missing, at)
                SELECT 'MUG-RED', identity_id, '2026-05-12', 20, 10, :at FROM chat.identity
            """),
            {"at": NOW},
        )
        connection.execute(
            text("""
                INSERT INTO shop.conversation_day (identity_id, channel, day)
                SELECT identity_id, channel, '2026-05-12' FROM chat.identity
                ON CONFLICT DO NOTHING
            """)
        )


def test_a_forgotten_customer_is_nowhere(
    shop: Shop, postgres: EmbeddedPostgres, capfd: pytest.CaptureFixture[str]
) -> None:
    live(shop)
    measured(shop)
    before = shop.books()
    telling = shop.tables_with(*TELLING)
    assert {"pii.email_lookup", "pii.address", "pii.delivery", "pii.mailbox", "pii.ticket_note"} <= set(telling)
    assert {
        "pii.profile",
        "pii.proof",
        "pii.cancellation",
        "chat.conversation",
        "chat.consent",
        "chat.suppression",
    } <= set(telling)
    assert {"shop.orders", "shop.customer", "chat.notification", "chat.identity"} <= set(telling)
    receipt = shop.forgets("zuzana")
    assert receipt.title == phrases_privacy.FORGOTTEN_TITLE
    shop.works()
    assert shop.tables_with(EMAIL, STREET) == []
    assert shop.tables_with(HASHED) == ["pii.proof"]  # for its day, by no identity and with no address
    left = ["chat.inbox", "pii.delivery", "pii.rate"]  # the ids of messages, the receipt, and for an hour the rates
    assert shop.tables_with("zuzana") == left
    assert shop.one("SELECT max(location) FROM shop.customer") == ""
    assert shop.one("SELECT max(signed_up_on) FROM shop.customer") is None
    for table in ("shop.lost_demand", "shop.conversation_day"):
        assert shop.one(f"SELECT count(*) FROM {table} WHERE {NOBODYS}") == 0
        assert shop.one(f"SELECT count(*) FROM {table}") == 3
        assert shop.one(f"SELECT count(*) FROM {table} WHERE identity_id IS NOT NULL") == 1  # Eve's
    assert shop.one("SELECT count(*) FROM chat.consent") == shop.one("SELECT count(*) FROM chat.suppression") == 0
    assert shop.one(f"SELECT count(*) FROM shop.quote WHERE {NOBODYS}") == 0
    dumped = shop.dump(postgres.bin_folder)
    assert [piece for piece in (EMAIL, STREET) if piece.casefold() in dumped] == []
    said = "".join(capfd.readouterr()).casefold()
    assert "customer forgotten" in said
    assert [piece for piece in TELLING if piece.casefold() in said] == []
    assert shop.books() == before


def test_others_keep_what_is_theirs(shop: Shop) -> None:
    live(shop)
    shop.forgets("zuzana")
    assert "5 Elm Row" in shop.says("eve", "eve@example.com", "address: 5 Elm Row, Denver CO 80203").text
    assert "1003" in shop.says("eve", "orders").text
    assert shop.one("SELECT count(*) FROM pii.email_lookup") == 1


def test_who_was_forgotten_begins_anew(shop: Shop) -> None:
    live(shop)
    shop.forgets("zuzana")
    assert "1001" not in shop.says("zuzana", "orders").text
    shop.orders("zuzana")
    assert shop.one("SELECT count(DISTINCT hashed_email) FROM shop.orders") == 3


def test_a_receipt_mail_that_comes_late_goes_nowhere(shop: Shop) -> None:
    shop.orders("zuzana")
    shop.says("zuzana", "forget me", "yes")
    shop.works()
    assert DevMailbox(shop.database).newest(9) == []
    assert shop.one("SELECT count(*) FROM jobs.procrastinate_jobs WHERE status = 'failed'") == 0


def test_an_open_order_is_cancelled_first(shop: Shop) -> None:
    shop.orders("zuzana", 2)
    asked = shop.says("zuzana", "forget me")
    assert "#1001" in asked.text
    assert shop.one("SELECT state FROM shop.orders") == "placed"
    shop.presses("zuzana", phrases_privacy.YES_CANCEL, asked)
    assert shop.one("SELECT state FROM shop.orders") == "cancelled"
    assert shop.one("SELECT quantity FROM shop.product") == 10
    shop.works()
    assert shop.tables_with(*TELLING) == []


def test_an_order_that_has_to_ship_blocks_until_it_did(shop: Shop) -> None:
    shop.orders("zuzana")
    shop.clock.passes(hours=1)
    assert "Still to be shipped, and too late to be cancelled here: #1001." in shop.says("zuzana", "forget me").text
    shop.says("zuzana", "yes")
    assert "pii.address" in shop.tables_with(STREET)
    shop.ships(1001)
    shop.forgets("zuzana")
    assert shop.tables_with(*TELLING) == []


def test_a_card_from_before_another_order_asks_again(shop: Shop) -> None:
    shop.orders("zuzana")
    shop.ships(1001)
    shop.says("zuzana", "forget me")
    with shop.unit_of_work() as uow:  # the same person orders in another chat meanwhile
        other = uow.conversations.lock(ChatRef(channel="test", chat_id="elsewhere"), "zuzana", NOW)
        uow.conversations.save(other, NOW)
        uow.commit()
    with shop.database.begin() as connection:
        connection.execute(text("UPDATE shop.orders SET state = 'placed'"))
    asked = shop.says("zuzana", "yes")
    assert asked.title == phrases_privacy.FORGET_TITLE
    assert shop.one("SELECT count(*) FROM pii.email_lookup") == 1


def test_no_erases_nothing(shop: Shop) -> None:
    shop.orders("zuzana")
    assert shop.says("zuzana", "forget me", "no").text == phrases_privacy.KEPT
    assert "pii.email_lookup" in shop.tables_with(EMAIL)


def test_a_typed_address_of_somebody_else_is_not_theirs_to_erase(shop: Shop) -> None:
    live(shop)
    before, lookups = shop.tables_with(EMAIL), "SELECT count(*) FROM pii.email_lookup"
    assert shop.one(lookups) == 2
    assert shop.says("eve", "forget me", "yes").title == phrases_privacy.FORGOTTEN_TITLE
    assert shop.tables_with(EMAIL) == before
    assert shop.one(lookups) == 1  # only her own is gone
    with shop.unit_of_work() as uow:
        assert uow.privacy.reach_of_email(HASHED) is not None


def test_what_one_ordered_under_an_address_of_somebody_else_is_not_linked_to_it(shop: Shop) -> None:
    shop.says("zuzana", "hello", proven=EMAIL)
    shop.orders("zuzana", 2)
    shop.orders("eve", 1)
    shop.works()
    total = shop.one("SELECT sum(total) FROM shop.orders")
    assert shop.forgets("eve").title == phrases_privacy.FORGOTTEN_TITLE
    shop.works()
    assert (
        shop.one(f"SELECT string_agg(order_id::text, ' ') FROM shop.orders WHERE hashed_email = '{HASHED}'") == "1001"
    )
    assert shop.one(f"SELECT count(*) FROM chat.notification WHERE order_id = 1002 AND hashed_email = '{HASHED}'") == 0
    assert "1002" not in shop.says("zuzana", "my orders").text
    assert shop.one("SELECT sum(total) FROM shop.orders") == total
    assert shop.one("SELECT count(*) FROM shop.orders JOIN shop.customer USING (hashed_email)") == 2


def test_the_bot_says_the_same_whether_it_knows_a_typed_address_or_not(shop: Shop) -> None:
    live(shop)
    heard = {}
    for who, email in (("mallory", EMAIL), ("trent", "zolda.quimby@example.com")):
        shop.says(who, "hello", email)
        data, card = shop.says(who, "my data"), shop.says(who, "forget me")
        attached = data.attachment
        assert attached is not None
        content = re.sub(r'"at": "[^"]*"', "", attached.content).replace(who, "who")
        heard[who] = (data.text, card.text, content)
    assert heard["mallory"] == heard["trent"]


def test_where_others_read_nothing_is_said(shop: Shop) -> None:
    for said in ("my data", "forget me"):
        reply = shop.says("C-GROUP", said, channel="slack")
        assert phrases_privacy.WRITE_DIRECTLY in reply.text
        assert reply.attachment is None
        assert reply.buttons == ()


def test_the_file_is_made_a_few_times_an_hour_and_forgetting_goes_on(shop: Shop) -> None:
    live(shop)
    given = [shop.says("bela", "my data") for _ in range(6)]
    assert [reply.attachment is not None for reply in given] == [True] * 5 + [False]
    assert given[5].text == phrases_privacy.TOO_OFTEN
    assert shop.says("eve", "my data").attachment is not None
    assert shop.says("bela", "forget me").title == phrases_privacy.FORGET_TITLE


def test_my_data_is_all_of_a_proven_address_and_only_ones_own_otherwise(shop: Shop) -> None:
    live(shop)
    shop.says("eve", "address: 9 Birch Way, Denver CO 80203")
    mine = json.loads(shop.says("zuzana", "my data").attachment.content)  # type: ignore[union-attr]
    assert [order["order_id"] for order in mine["orders"]] == [1001, 1002]
    assert [email["email"] for email in mine["emails"]] == [EMAIL]
    assert any(STREET in address["text"] for address in mine["addresses"])
    assert {"you", "support"} == {note["about"] for note in mine["notes"]}
    assert "9 Birch Way" not in json.dumps(mine)  # Eve gave it with the wrong e-mail, and ordered nothing
    hers = shop.says("eve", "my data")
    assert "not proven" in hers.text
    assert hers.attachment is not None
    assert EMAIL not in hers.attachment.content
    assert [order["order_id"] for order in json.loads(hers.attachment.content)["orders"]] == [1003]


def test_names_and_the_day_of_signing_up_are_told_to_who_proved_the_address(shop: Shop) -> None:
    live(shop)
    measured(shop)
    (email,) = json.loads(my_data(shop, "zuzana"))["emails"]
    told = [email[name] for name in ("first_name", "last_name", "signed_up_on", "reference")]
    assert told == ["Zuzana", "Quill", "2025-03-01", "C-7"]
    assert "Quill" not in my_data(shop, "eve")


def test_a_customer_whom_only_a_file_knows_is_not_a_strangers_to_erase(shop: Shop) -> None:
    with shop.unit_of_work() as uow:
        uow.people.remember_email(HASHED, EMAIL, NOW)
        uow.commit()
    shop.says("eve", "order 1 MUG-RED", EMAIL)
    measured(shop)
    assert shop.says("eve", "forget me", "yes").title == phrases_privacy.FORGOTTEN_TITLE
    assert shop.one("SELECT last_name FROM pii.profile") == "Quill"
    assert "pii.email_lookup" in shop.tables_with(EMAIL)


def my_data(shop: Shop, who: str) -> str:
    attached = shop.says(who, "my data").attachment
    assert attached is not None
    return attached.content


def test_an_order_is_read_out_with_what_promotions_took_off(shop: Shop) -> None:
    with shop.unit_of_work() as uow:
        uow.promotions.add(make_promotion(name="Spring"))
        uow.commit()
    shop.says("eve", "use code SPRING10")
    shop.orders("eve")
    (order,) = json.loads(my_data(shop, "eve"))["orders"]
    assert [(one["name"], one["amount"], one["code"]) for one in order["promotions"]] == [
        ("Spring (SPRING10)", "1.20", "SPRING10")
    ]
    assert shop.forgets("eve").title == phrases_privacy.FORGOTTEN_TITLE
    assert shop.one("SELECT count(*) FROM shop.promotion_use WHERE given_back_at IS NOT NULL") == 1


def test_what_pays_is_read_out_with_each_payment_and_goes_with_its_customer(shop: Shop) -> None:
    gift = Method(
        method_id="g1", hashed_email=HASHED, kind=MethodKind.GIFT_CARD, label="gift card 17", balance=Decimal("20.00")
    )
    with shop.unit_of_work() as uow:
        uow.people.remember_email(HASHED, EMAIL, NOW)
        uow.payments.put_method(gift)
        uow.commit()
    shop.says("eve", "hi", proven=EMAIL)
    shop.orders("eve")
    kept = json.loads(my_data(shop, "eve"))
    assert [(one["kind"], one["amount"], one["method"], one["state"]) for one in kept["orders"][0]["payments"]] == [
        ("charge", "12.00", "invoice", "on the invoice")
    ]
    assert [(one["label"], one["balance"]) for one in kept["methods"]] == [("gift card 17", "20.00")]
    assert "$20.00 is left on your gift cards" in shop.says("eve", "forget me").text
    assert shop.says("eve", "yes").title == phrases_privacy.FORGOTTEN_TITLE
    assert shop.one("SELECT count(*) FROM pii.payment_method") == 0
    assert shop.one("SELECT sum(CASE kind WHEN 'charge' THEN amount ELSE -amount END) FROM shop.payment") == 0


def test_who_only_typed_an_address_takes_nothing_that_pays_from_its_owner(shop: Shop) -> None:
    with shop.unit_of_work() as uow:
        method = Method(method_id="c1", hashed_email=HASHED, kind=MethodKind.CARD, label="card ending in 4242")
        uow.payments.put_method(method)
        uow.commit()
    shop.orders("eve")
    assert json.loads(my_data(shop, "eve"))["methods"] == []
    shop.forgets("eve")
    assert shop.one("SELECT count(*) FROM pii.payment_method") == 1


def test_mails_are_for_who_has_the_address_not_for_who_ordered_with_it(shop: Shop) -> None:
    """The link in one confirms the address, and another cancels: they prove a mailbox."""
    shop.orders("eve")
    shop.works()
    mail = DevMailbox(shop.database).newest(1)[0]
    assert mail.to == EMAIL
    assert "/confirm/" in mail.body
    content = my_data(shop, "eve")
    assert json.loads(content)["mails"] == []
    for piece in ("/confirm/", "/cancel/", mail.subject):
        assert piece not in content
    shop.says("zuzana", f"verify {EMAIL}")
    shop.works()
    assert json.loads(my_data(shop, "zuzana"))["mails"] == []  # nor the code, before it is typed
    shop.says("zuzana", code_in_mailbox(shop))
    assert mail.body in [one["text"] for one in json.loads(my_data(shop, "zuzana"))["mails"]]


def test_who_proved_one_address_gets_no_mails_of_another(shop: Shop) -> None:
    shop.orders("eve")
    shop.says("eve", "verify eve@example.com")
    shop.works()
    shop.says("eve", code_in_mailbox(shop))
    content = my_data(shop, "eve")
    assert [one["about"] for one in json.loads(content)["mails"]] != []
    assert "/confirm/" not in content
    assert "1 mail." in shop.says("eve", "forget me").text  # the code's


def test_nothing_tells_whether_a_mail_to_a_typed_address_was_held(shop: Shop) -> None:
    """It is held where somebody else's order to the address waits to be confirmed."""
    shop.orders("zuzana")
    shop.works()
    heard = []
    for who, email in (("mallory", EMAIL), ("trent", "zolda.quimby@example.com")):
        shop.orders(who, email=email)
        shop.works()
        data = json.loads(my_data(shop, who))
        asked = re.sub("#[0-9]+", "#", shop.says(who, "forget me").text)
        heard.append(({name: len(kept) for name, kept in data.items()}, asked))
    assert heard[0] == heard[1]
    assert len(DevMailbox(shop.database).newest(9)) == 2  # zuzana's and trent's


def test_a_button_does_not_tell_the_hash_of_an_address(shop: Shop) -> None:
    tokens = []
    for who in ("eve", "mallory"):
        shop.says(who, "order 1 MUG-RED", EMAIL)
        reply = shop.says(who, "verify")
        (yes,) = (button.choice.encode() for button in reply.buttons if button.choice.verb == Verb.YES)
        assert not any(HASHED[at : at + 8] in yes for at in range(len(HASHED) - 8))
        tokens.append(yes)
    assert tokens[0] != tokens[1]
    assert "code" in shop.says("mallory", choice=tokens[1]).text


def test_staff_erases_an_address_that_nobody_proved(shop: Shop) -> None:
    shop.orders("zuzana", 2)
    shop.works()
    with shop.unit_of_work() as uow:
        receipt = forget_email(uow, HASHED)
        uow.commit()
    assert receipt is not None
    assert receipt.erased.open_orders == (1001,)
    assert shop.tables_with(*TELLING) == []
    with shop.unit_of_work() as uow:
        assert forget_email(uow, HASHED) is None


def test_of_staff_who_read_reports_nothing_is_kept(shop: Shop) -> None:
    shop.jobs.services.reports.plan = Plan(to={ReportName.FINANCE: (Destination.parse(f"mail:{EMAIL}"),)})
    shop.jobs.services.reports.send("finance", "week", "2026-05-04")
    assert len(DevMailbox(shop.database).newest(9)) == 1
    with shop.database.begin() as connection:
        connection.execute(text("DELETE FROM pii.mailbox"))  # which takes the place of a mail service here
    assert shop.tables_with(*TELLING) == []


def test_the_address_of_an_order_outside_stays(shop: Shop) -> None:
    """Eve ships to the same place under another e-mail, which was given after the address."""
    shop.says("eve", "order 1 MUG-RED", EMAIL, ADDRESS, "eve@example.com", "yes")
    assert shop.one("SELECT hashed_email FROM shop.orders") == hash_email("eve@example.com", SHOP.hash_key)
    shop.says("eve", "hello", proven=EMAIL)
    with shop.unit_of_work() as uow:
        forget_email(uow, HASHED)
        uow.commit()
    assert shop.one("SELECT count(proven_email) FROM chat.identity") == 0
    assert shop.one("SELECT count(*) FROM pii.address WHERE hashed_email IS NULL") == 1
    assert "1001" in shop.says("eve", "orders").text
    assert shop.tables_with(EMAIL, HASHED) == []


def test_the_address_before_the_one_that_is_used_is_not_kept_for_an_undo(shop: Shop) -> None:
    shop.says("eve", "order 1 MUG-RED", EMAIL, "address: 5 Elm St, Salem OR 97301", "eve@example.com")
    assert "chat.conversation" in shop.tables_with(HASHED)
    with shop.unit_of_work() as uow:
        forget_email(uow, HASHED)
        uow.commit()
    assert shop.tables_with(HASHED) == []


def test_saving_the_running_conversation_brings_nothing_back(shop: Shop) -> None:
    shop.orders("zuzana")
    shop.ships(1001)
    with shop.unit_of_work() as uow:
        running = uow.conversations.lock(_chat("zuzana"), "zuzana", NOW)
        assert running.hashed_email == HASHED
        uow.privacy.erase(uow.privacy.reach_of(Identity(identity_id=running.identity_id)))
        uow.conversations.save(running, NOW, message_id="m99", replies=['{"text": "forgotten"}'])
        uow.commit()
    assert shop.tables_with(*TELLING) == []
    assert shop.one("SELECT count(*) FROM chat.conversation") == 0


def test_a_turn_in_another_chat_of_the_same_person_is_waited_for(shop: Shop) -> None:
    """It was about to place an order, which nobody agreed to cancel: so nothing is erased."""
    shop.orders("zuzana")
    shop.ships(1001)
    with shop.unit_of_work() as uow:
        uow.conversations.lock(_chat("elsewhere"), "zuzana", NOW)
        uow.commit()
    shop.says("zuzana", "forget me")
    with ThreadPoolExecutor(1) as threads:
        with shop.unit_of_work() as uow:
            other = uow.conversations.lock(_chat("elsewhere"), "zuzana", NOW)
            forgetting = threads.submit(shop.says, "zuzana", "yes")
            shop.sees_somebody_wait()
            uow.orders.add(make_order({"MUG-RED": 1}, hashed_email=HASHED, identity_id=other.identity_id))
            other.hashed_email = HASHED
            uow.conversations.save(other, NOW)
            uow.commit()
        asked = forgetting.result()
    assert "#1002" in asked.text
    shop.presses("zuzana", phrases_privacy.YES_CANCEL, asked)
    assert shop.tables_with(*TELLING) == []


def test_every_column_that_names_an_email_is_known_here() -> None:
    named = {column.name for table in metadata.sorted_tables for column in table.columns if "email" in column.name}
    raw = {"unhashed_email", "to_email", "email"}
    assert named - raw == {column.name for column in hash_columns()}


def _chat(who: str) -> ChatRef:
    return ChatRef(channel="test", chat_id=who)


# What a stranger ordered under somebody's address.


@pytest.mark.parametrize("own_address", [True, False])
def test_a_strangers_order_does_not_hold_forgetting_up_and_still_arrives(shop: Shop, own_address: bool) -> None:
    shop.says("zuzana", f"verify {EMAIL}")
    shop.works()
    shop.says("zuzana", code_in_mailbox(shop))
    if own_address:  # else the stranger used nothing but the owner's
        shop.says("eve", "eve@example.com", "address: 5 Elm Row, Denver CO 80203")
    shop.orders("eve")
    shop.clock.passes(hours=2)  # too late to be cancelled
    before = shop.books()
    receipt = shop.forgets("zuzana")
    assert receipt.title == phrases_privacy.FORGOTTEN_TITLE
    assert shop.books() == before
    assert shop.tables_with(EMAIL) == []
    assert shop.tables_with(HASHED) in ([], ["pii.proof"])
    assert shop.tables_with(STREET) == ["pii.address"]  # the parcel's, with its order and without a name
    assert shop.one("SELECT state FROM shop.orders") == "placed"
    assert shop.one("SELECT address FROM pii.address JOIN shop.orders USING (address_id)") is not None
    shop.ships(1001)
    assert shop.tables_with(STREET) == ["pii.address"]
    with shop.unit_of_work() as uow:
        deliver_order(uow, 1001, now=shop.clock.now())
        uow.commit()
    shop.works()
    assert shop.tables_with(STREET) == []
    assert shop.one("SELECT count(*) FROM shop.orders WHERE address_id IS NOT NULL") == 0


def test_ones_own_order_still_holds_it_up(shop: Shop) -> None:
    shop.orders("zuzana")
    shop.says("zuzana", f"verify {EMAIL}")
    shop.works()
    shop.says("zuzana", code_in_mailbox(shop))
    shop.clock.passes(hours=2)
    assert "Still to be shipped" in shop.says("zuzana", "forget me").text
    assert shop.one("SELECT count(*) FROM shop.orders WHERE address_id IS NOT NULL") == 1
