"""What SendGrid reports is believed when it is signed, acted upon once, and changes mails and consents as it should."""

import base64
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import uvicorn
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.adapters.web.mail_events import SIGNATURE_HEADER, TIMESTAMP_HEADER, add_mail_events
from bot.config import BadConfiguration
from domain.errors import Busy
from domain.records.notifications import Consent, Kind, Notification, Outcome
from mail.events import MailEvent, take_events
from mail.letter import Letter, Mail, Unsettled
from mail.sendgrid import SendGridMailer
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import StillClock
from tests.support.sendgrid_api import API_KEY, SendGridServer, serving
from tests.support.shop import NOW

UnitOfWork = Callable[[], PostgresUnitOfWork]
ADDRESS = "jane.doe@example.org"
CUSTOMER = "hash-of-jane"
AT = int(NOW.timestamp())


@pytest.fixture
def sendgrid() -> SendGridServer:
    return SendGridServer()


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW)


@pytest.fixture
def app(unit_of_work: UnitOfWork, clock: StillClock, sendgrid: SendGridServer) -> FastAPI:
    made = FastAPI()
    add_mail_events(made, unit_of_work, clock, sendgrid.public_key)
    return made


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app)


def note(
    unit_of_work: UnitOfWork,
    outcome: Outcome = Outcome.SENDING,
    *,
    message_id: str = "m1",
    kind: Kind = Kind.ORDER_PLACED,
    customer: str = CUSTOMER,
    campaign_id: int | None = None,
) -> None:
    """A mail of ours as it stands."""
    with unit_of_work() as uow:
        made = Notification(
            key=f"mail:{message_id}",
            message_id=message_id,
            kind=kind,
            channel="email",
            hashed_email=customer,
            outcome=outcome,
            reason="always sent",
            created_at=NOW,
            campaign_id=campaign_id,
        )
        uow.notifications.lock(made)
        uow.commit()


def stands(unit_of_work: UnitOfWork, message_id: str = "m1") -> tuple[Outcome, str]:
    with unit_of_work() as uow:
        found = uow.notifications.of_message(message_id)
        assert found is not None
        return found.outcome, found.reason


def consent(unit_of_work: UnitOfWork) -> tuple[Consent | None, str]:
    with unit_of_work() as uow:
        return uow.consents.of(CUSTOMER), uow.consents.suppressed(CUSTOMER)


def agree(unit_of_work: UnitOfWork, at: datetime = NOW - timedelta(days=1)) -> None:
    with unit_of_work() as uow:
        uow.consents.record(CUSTOMER, Consent(given=True, by="web", at=at))
        uow.commit()


def event(name: str, message_id: str | None = "m1", **more: Any) -> dict[str, Any]:
    """An event in SendGrid's shape."""
    return {
        "email": ADDRESS,
        "timestamp": AT,
        "smtp-id": "<14c5d75ce93.dfd.64b469@ismtpd-555>",
        "event": name,
        "category": ["order_placed", "transactional"],
        "sg_event_id": f"{name}-{message_id}",
        "sg_message_id": "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0",
        "message_id": message_id,
        **more,
    }


def post(client: TestClient, sendgrid: SendGridServer, *events: object, age: timedelta = timedelta(0)) -> int:
    body = json.dumps(events).encode()
    headers = sendgrid.signed(body, AT - int(age.total_seconds()))
    return client.post("/sendgrid/events", content=body, headers=headers).status_code


@pytest.mark.parametrize("outcome", [Outcome.SENDING, Outcome.WAITING])
@pytest.mark.parametrize("name", ["processed", "delivered"])
def test_a_mail_that_went_out_is_settled(
    client: TestClient, sendgrid: SendGridServer, unit_of_work: UnitOfWork, outcome: Outcome, name: str
) -> None:
    note(unit_of_work, outcome)
    assert post(client, sendgrid, event(name)) == 204
    assert stands(unit_of_work) == (Outcome.SENT, "always sent")


@pytest.mark.parametrize("outcome", [Outcome.SENT, Outcome.FAILED, Outcome.WITHHELD])
def test_what_is_settled_stays_so(
    client: TestClient, sendgrid: SendGridServer, unit_of_work: UnitOfWork, outcome: Outcome
) -> None:
    note(unit_of_work, outcome)
    assert post(client, sendgrid, event("processed"), event("delivered")) == 204
    assert stands(unit_of_work)[0] is outcome


@pytest.mark.parametrize(
    ("more", "reason", "suppressed"),
    [
        ({"event": "bounce", "type": "bounce", "reason": f"550 no {ADDRESS}"}, "bounced", "bounce"),
        ({"event": "bounce", "type": "blocked", "reason": f"{ADDRESS}"}, "blocked by the receiving server", ""),
        ({"event": "dropped", "reason": "Bounced Address"}, "dropped: an earlier mail bounced", "bounce"),
        (
            {"event": "dropped", "reason": "Spam Reporting Address"},
            "dropped: its owner reported spam before",
            "spam report",
        ),
        (
            {"event": "dropped", "reason": "Unsubscribed Address"},
            "dropped: its owner unsubscribed at the mail service",
            "",
        ),
        ({"event": "dropped", "reason": f"no {ADDRESS}"}, "dropped by the mail service", ""),
    ],
)
@pytest.mark.parametrize("kind", [Kind.ORDER_PLACED, Kind.REMARKETING])
def test_a_mail_that_did_not_arrive_has_failed(
    client: TestClient,
    sendgrid: SendGridServer,
    unit_of_work: UnitOfWork,
    kind: Kind,
    more: dict[str, str],
    reason: str,
    suppressed: str,
) -> None:
    note(unit_of_work, Outcome.SENT, kind=kind)
    assert post(client, sendgrid, event("", **more)) == 204
    assert stands(unit_of_work) == (Outcome.FAILED, reason)
    assert consent(unit_of_work) == (None, suppressed)


def test_a_report_of_spam_suppresses_and_the_mail_stays_sent(
    client: TestClient, sendgrid: SendGridServer, unit_of_work: UnitOfWork
) -> None:
    note(unit_of_work, Outcome.SENT, kind=Kind.REMARKETING)
    assert post(client, sendgrid, event("spamreport")) == 204
    assert stands(unit_of_work)[0] is Outcome.SENT
    assert consent(unit_of_work) == (None, "spam report")


@pytest.mark.parametrize("name", ["unsubscribe", "group_unsubscribe"])
def test_who_unsubscribes_at_the_service_has_withdrawn_consent(
    client: TestClient, sendgrid: SendGridServer, unit_of_work: UnitOfWork, name: str
) -> None:
    note(unit_of_work, Outcome.SENT)
    agree(unit_of_work)
    assert post(client, sendgrid, event(name)) == 204
    assert consent(unit_of_work) == (Consent(given=False, by="mail service", at=NOW), "")


def test_who_agreed_after_unsubscribing_still_agrees(
    client: TestClient, sendgrid: SendGridServer, unit_of_work: UnitOfWork
) -> None:
    note(unit_of_work, Outcome.SENT)
    agree(unit_of_work, at=NOW - timedelta(minutes=5))
    assert post(client, sendgrid, event("unsubscribe", timestamp=AT - 3600)) == 204
    latest, _ = consent(unit_of_work)
    assert latest is not None
    assert latest.given


def test_a_repeated_batch_does_nothing(client: TestClient, sendgrid: SendGridServer, unit_of_work: UnitOfWork) -> None:
    note(unit_of_work, Outcome.SENT)
    batch = [event("unsubscribe"), event("delivered"), event("unsubscribe")]
    assert post(client, sendgrid, *batch) == 204
    with unit_of_work() as uow:  # with the same time as the report, so that only the mark stops the repetition
        uow.consents.record(CUSTOMER, Consent(given=True, by="web", at=NOW))
        uow.commit()
    assert post(client, sendgrid, *batch) == 204
    latest, _ = consent(unit_of_work)
    assert latest is not None
    assert latest.given


def test_what_is_opened_and_clicked_of_a_campaign_is_noted_the_first_time(
    client: TestClient, sendgrid: SendGridServer, unit_of_work: UnitOfWork, engine: Database
) -> None:
    note(unit_of_work, Outcome.SENT, kind=Kind.CAMPAIGN, campaign_id=7)
    opens = [event("open", timestamp=AT + seconds, sg_event_id=f"o{seconds}") for seconds in (5, 3, 9)]
    assert post(client, sendgrid, *opens, event("click", timestamp=AT + 7)) == 204
    assert (
        post(client, sendgrid, event("open", timestamp=AT + 1, sg_event_id="late"), event("click", timestamp=AT + 8))
        == 204
    )
    with unit_of_work() as uow:
        found = uow.notifications.of_message("m1")
    assert found is not None
    assert found.opened_at == datetime.fromtimestamp(AT + 1, UTC)
    assert found.clicked_at == datetime.fromtimestamp(AT + 7, UTC)
    assert found.outcome is Outcome.SENT
    with engine.connect() as connection:  # they come by the thousand, and once more does no harm
        assert connection.execute(text("SELECT count(*) FROM chat.mail_event")).scalar() == 0


@pytest.mark.parametrize(
    ("kind", "campaign_id", "more"),
    [(Kind.CAMPAIGN, 7, {"sg_machine_open": True}), *((kind, None, {}) for kind in Kind if kind is not Kind.CAMPAIGN)],
)
def test_what_a_program_opened_and_what_is_no_campaign_is_not_noted(
    client: TestClient,
    sendgrid: SendGridServer,
    unit_of_work: UnitOfWork,
    kind: Kind,
    campaign_id: int | None,
    more: dict[str, Any],
) -> None:
    note(unit_of_work, Outcome.SENT, kind=kind, campaign_id=campaign_id)
    assert post(client, sendgrid, event("open", **more)) == 204
    with unit_of_work() as uow:
        found = uow.notifications.of_message("m1")
    assert found is not None
    assert (found.opened_at, found.clicked_at) == (None, None)


def unsubscribed_at(unit_of_work: UnitOfWork, message_id: str = "m1") -> datetime | None:
    with unit_of_work() as uow:
        found = uow.notifications.of_message(message_id)
    assert found is not None
    return found.unsubscribed_at


def test_the_message_that_ended_marketing_is_noted_and_no_later_one(
    client: TestClient, sendgrid: SendGridServer, unit_of_work: UnitOfWork
) -> None:
    agree(unit_of_work)
    for message_id in ("m1", "m2"):
        note(unit_of_work, Outcome.SENT, kind=Kind.CAMPAIGN, message_id=message_id)
    assert post(client, sendgrid, event("unsubscribe", timestamp=AT)) == 204
    assert post(client, sendgrid, event("group_unsubscribe", "m2", timestamp=AT + 9)) == 204
    assert unsubscribed_at(unit_of_work) == datetime.fromtimestamp(AT, UTC)
    assert unsubscribed_at(unit_of_work, "m2") is None


def test_an_opt_out_that_came_too_late_to_count_is_no_messages_doing(
    client: TestClient, sendgrid: SendGridServer, unit_of_work: UnitOfWork
) -> None:
    agree(unit_of_work, NOW + timedelta(hours=1))
    note(unit_of_work, Outcome.SENT, kind=Kind.CAMPAIGN)
    assert post(client, sendgrid, event("unsubscribe", timestamp=AT)) == 204
    assert unsubscribed_at(unit_of_work) is None


def test_within_a_batch_a_mail_is_followed_in_the_order_of_time(
    client: TestClient, sendgrid: SendGridServer, unit_of_work: UnitOfWork
) -> None:
    note(unit_of_work)
    note(unit_of_work, message_id="m2", customer="another")
    bounce = event("bounce", type="bounce", timestamp=AT + 2)
    assert post(client, sendgrid, bounce, event("delivered", "m2"), event("processed"), event("bounce", "m3")) == 204
    assert stands(unit_of_work) == (Outcome.FAILED, "bounced")
    assert stands(unit_of_work, "m2")[0] is Outcome.SENT


@pytest.mark.parametrize(
    "junk",
    [
        event("open"),
        event("click"),
        event("deferred"),
        event("group_resubscribe"),
        event("processed", "of another shop"),
        event("processed", message_id=None),
        event("processed", sg_event_id=None),
        event("processed", timestamp="soon"),
        event("processed", "m1\0"),
        event("processed", "\ud800"),
        "processed",
        None,
    ],
)
def test_what_we_do_not_know_is_passed_over(
    client: TestClient, sendgrid: SendGridServer, unit_of_work: UnitOfWork, engine: Database, junk: object
) -> None:
    note(unit_of_work)
    assert post(client, sendgrid, junk) == 204
    assert stands(unit_of_work)[0] is Outcome.SENDING
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM chat.mail_event")).scalar() == 0


def test_no_address_is_kept(
    client: TestClient, sendgrid: SendGridServer, unit_of_work: UnitOfWork, engine: Database
) -> None:
    note(unit_of_work, Outcome.SENT)
    reports = [
        event(name, reason=ADDRESS, type="bounce") for name in ("bounce", "dropped", "spamreport", "unsubscribe")
    ]
    assert post(client, sendgrid, *reports) == 204
    with engine.connect() as connection:
        for table in ("notification", "consent", "suppression", "mail_event"):
            rows = connection.execute(text(f"SELECT * FROM chat.{table}")).all()
            assert rows
            assert ADDRESS not in repr(rows)


@pytest.mark.parametrize("age", [timedelta(0), timedelta(minutes=11), timedelta(hours=24), timedelta(minutes=-9)])
def test_a_batch_may_be_a_day_old(
    client: TestClient, sendgrid: SendGridServer, unit_of_work: UnitOfWork, age: timedelta
) -> None:
    note(unit_of_work)
    assert post(client, sendgrid, event("processed"), age=age) == 204
    assert stands(unit_of_work)[0] is Outcome.SENT


@pytest.mark.parametrize("age", [timedelta(hours=26), timedelta(days=400), timedelta(minutes=-11)])
def test_an_older_batch_or_one_from_the_future_is_refused(
    client: TestClient, sendgrid: SendGridServer, unit_of_work: UnitOfWork, age: timedelta
) -> None:
    note(unit_of_work)
    assert post(client, sendgrid, event("processed"), age=age) == 403
    assert stands(unit_of_work)[0] is Outcome.SENDING


BATCH = json.dumps([event("processed")]).encode()


def _without(name: str) -> Callable[[dict[str, str]], dict[str, str]]:
    return lambda headers: {key: value for key, value in headers.items() if key.lower() != name}


def _with(name: str, value: str) -> Callable[[dict[str, str]], dict[str, str]]:
    return lambda headers: {**_without(name)(headers), name: value}


@pytest.mark.parametrize(
    "change",
    [
        _without(SIGNATURE_HEADER),
        _without(TIMESTAMP_HEADER),
        _with(SIGNATURE_HEADER, "no base64"),
        _with(SIGNATURE_HEADER, "abc"),
        _with(SIGNATURE_HEADER, base64.b64encode(b"no signature").decode()),
        _with(TIMESTAMP_HEADER, str(AT + 1)),
        _with(TIMESTAMP_HEADER, f" {AT}x"),
        _with(TIMESTAMP_HEADER, "soon"),
        _with(TIMESTAMP_HEADER, "9" * 400),
        lambda _: SendGridServer().signed(BATCH, AT),  # by another key
        lambda _: {},
    ],
)
def test_a_forged_batch_is_refused(
    client: TestClient,
    sendgrid: SendGridServer,
    unit_of_work: UnitOfWork,
    change: Callable[[dict[str, str]], dict[str, str]],
) -> None:
    note(unit_of_work)
    answer = client.post("/sendgrid/events", content=BATCH, headers=change(sendgrid.signed(BATCH, AT)))
    assert answer.status_code == 403
    assert stands(unit_of_work)[0] is Outcome.SENDING


def test_the_signature_is_of_this_body(client: TestClient, sendgrid: SendGridServer) -> None:
    headers = sendgrid.signed(BATCH, AT)
    for body in (BATCH + b" ", b"", b"\xff\xfe"):
        assert client.post("/sendgrid/events", content=body, headers=headers).status_code == 403
    assert client.post("/sendgrid/events", content=BATCH, headers=headers).status_code == 204


@pytest.mark.parametrize("body", [b"", b"not json", b"{}", b'"processed"', b"[{]", b"[" * 5000])
def test_a_signed_body_that_is_no_list_is_a_bad_request(
    client: TestClient, sendgrid: SendGridServer, body: bytes
) -> None:
    assert client.post("/sendgrid/events", content=body, headers=sendgrid.signed(body, AT)).status_code == 400


@pytest.mark.parametrize("timestamp", [10**15, 10**18, -(10**18), 10**400])
def test_a_time_that_is_none_is_refused(client: TestClient, sendgrid: SendGridServer, timestamp: int) -> None:
    assert post(client, sendgrid, event("processed", timestamp=timestamp)) == 400


def test_a_body_of_unknown_or_great_length_is_refused(client: TestClient) -> None:
    assert client.post("/sendgrid/events", content=iter([b"[]"])).status_code == 413
    assert client.post("/sendgrid/events", content=b" " * 1_000_001).status_code == 413


def test_sendgrid_is_asked_to_come_again_while_a_mail_is_busy(clock: StillClock, sendgrid: SendGridServer) -> None:
    def busy() -> PostgresUnitOfWork:
        raise Busy

    app = FastAPI()
    add_mail_events(app, busy, clock, sendgrid.public_key)
    assert post(TestClient(app), sendgrid, event("processed")) == 503


def test_a_batch_is_taken_whole_or_not_at_all(unit_of_work: UnitOfWork) -> None:
    note(unit_of_work)
    processed = MailEvent(event_id="e1", name="processed", message_id="m1", at=NOW)
    with unit_of_work() as uow:
        take_events(uow, [processed], NOW)  # and then the process dies
    assert stands(unit_of_work)[0] is Outcome.SENDING
    with unit_of_work() as uow:
        take_events(uow, [processed], NOW)
        uow.commit()
    assert stands(unit_of_work)[0] is Outcome.SENT


def test_batches_that_cross_do_not_wait_in_a_circle(unit_of_work: UnitOfWork) -> None:
    numbers = range(12)
    for number in numbers:
        note(unit_of_work, message_id=f"m{number}", customer=f"hash-{-number}")
    errors: list[Exception] = []

    def take(name: str, order: Sequence[int]) -> None:
        events = [MailEvent(event_id=f"{name}-{n}", name=name, message_id=f"m{n}", at=NOW) for n in order]
        try:
            with unit_of_work() as uow:
                start.wait()
                take_events(uow, events, NOW)
                uow.commit()
        except Exception as error:
            errors.append(error)

    for name in ("unsubscribe", "spamreport"):
        start = threading.Barrier(2)
        threads = [threading.Thread(target=take, args=(name, order)) for order in (numbers, numbers[::-1])]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert errors == []


def _rsa_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    return base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


@pytest.mark.parametrize("key", ["", "garbage", "bm8ga2V5", _rsa_key()])
def test_a_wrong_key_is_told_at_the_start(unit_of_work: UnitOfWork, clock: StillClock, key: str) -> None:
    with pytest.raises(BadConfiguration, match="PARLEY_SENDGRID_WEBHOOK_KEY"):
        add_mail_events(FastAPI(), unit_of_work, clock, key)


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """The app on a port of this machine; yields its address."""
    web = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="off"))
    thread = threading.Thread(target=web.run)
    thread.start()
    while not web.started:
        thread.join(0.01)
    yield f"http://127.0.0.1:{web.servers[0].sockets[0].getsockname()[1]}"
    web.should_exit = True
    thread.join()


def test_the_service_tells_what_became_of_a_mail_whose_answer_was_lost(unit_of_work: UnitOfWork) -> None:
    class RealClock:
        def now(self) -> datetime:
            return datetime.now(UTC)

    note(unit_of_work)
    mail = Mail(
        key="mail:m1",
        message_id="m1",
        kind=Kind.ORDER_PLACED,
        to=ADDRESS,
        letter=Letter(subject="Order 7", text="Thank you", html="<p>Thank you</p>"),
    )
    with serving(repeat_batches=True) as sendgrid:
        mailer = SendGridMailer(
            API_KEY, sendgrid.url, from_email="a@shop.example", from_name="Shop", marketing_email="b@shop.example"
        )
        app = FastAPI()
        add_mail_events(app, unit_of_work, RealClock(), sendgrid.public_key)
        sendgrid.fail_next("lost")
        with running(app) as url:
            sendgrid.webhook(f"{url}/sendgrid/events")
            with pytest.raises(Unsettled):
                mailer.send(mail, NOW)
            sendgrid.until(lambda: stands(unit_of_work)[0] is Outcome.SENT)
            sendgrid.report("bounce", sendgrid.accepted[0])
            sendgrid.until(lambda: stands(unit_of_work) == (Outcome.FAILED, "bounced"))
        assert set(sendgrid.statuses) == {204}
