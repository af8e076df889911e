"""Every mail goes out once, whatever the mail service answers or does not, and whenever the worker dies."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine as Database

from domain.records.notifications import Kind, Notification, Outcome, new_mail
from mail.letter import Letter, Refused, TryLater, Unsettled
from scheduler.outbox import Addressed, Held, Outbox
from scheduler.workplace import Workplace
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import FakeMailer, StillClock
from tests.support.rooms import LINKS
from tests.support.shop import SHOP

NOW = datetime(2026, 5, 12, 17, 0, tzinfo=UTC)
SETTLE = timedelta(minutes=2)
LETTER = Letter(subject="Hello", text="Hello", html="<p>Hello</p>")


class Post:
    """An outbox with its fake mailer and a clock."""

    def __init__(self, database: Database) -> None:
        self.clock = StillClock(NOW)
        self.mailer = FakeMailer()
        self.database = database
        self.place = Workplace(database=database, unit_of_work=self.unit_of_work, shop=SHOP, clock=self.clock)
        self.outbox = Outbox(self.place, self.mailer, LINKS, SETTLE)
        self.reported = 0

    def is_reported_to(self) -> None:
        """The mail service reports what becomes of mails."""
        self.outbox = Outbox(self.place, self.mailer, LINKS, SETTLE, reports=True)

    def hears_of_others(self, **ago: float) -> None:
        """The service reports about other mails; it happened some time ago."""
        self.reported += 1
        with self.unit_of_work() as uow:
            now = self.clock.now()
            uow.consents.note_event(f"event{self.reported}", now - timedelta(**ago), now)
            uow.commit()

    def unit_of_work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self.database)

    def sends(self, kind: Kind = Kind.ORDER_PLACED, held: Held | None = None) -> None:
        wanted = new_mail("key", kind, "hash", self.clock.now(), order_id=1)

        def compose(uow: PostgresUnitOfWork, message_id: str) -> Addressed | Held:
            return held or Addressed(to="ann@example.com", letter=LETTER, reason="because")

        self.outbox.send(wanted, compose)

    @property
    def noted(self) -> Notification:
        with self.unit_of_work() as uow:
            found = uow.notifications.get("key")
        assert found is not None
        return found


@pytest.fixture
def post(engine: Database) -> Post:
    return Post(engine)


def test_a_mail_goes_out_once_and_its_reason_is_noted(post: Post) -> None:
    post.sends()
    post.sends()
    assert [mail.to for mail in post.mailer.taken] == ["ann@example.com"]
    assert (post.noted.outcome, post.noted.reason, post.noted.order_id) == (Outcome.SENT, "because", 1)
    assert post.mailer.taken[0].message_id == post.noted.message_id


def test_only_marketing_carries_a_way_out(post: Post) -> None:
    post.sends()
    assert post.mailer.taken[0].unsubscribe_url == ""


def test_marketing_carries_a_way_out_that_names_the_message(post: Post) -> None:
    post.sends(Kind.REMARKETING)
    token = post.mailer.taken[0].unsubscribe_url.rpartition("/")[2]
    assert LINKS.message_of(token) == post.noted.message_id


def test_what_was_not_taken_is_tried_again_with_the_same_name(post: Post) -> None:
    post.mailer.errors = [TryLater("500"), TryLater("429", after=timedelta(seconds=7))]
    with pytest.raises(TryLater):
        post.sends()
    first = post.noted
    assert (first.outcome, first.reason) == (Outcome.WAITING, "500")
    with pytest.raises(TryLater) as asked:
        post.sends()
    assert asked.value.after == timedelta(seconds=7)
    post.sends()
    assert [mail.message_id for mail in post.mailer.taken] == [first.message_id]
    assert post.noted.outcome is Outcome.SENT


def test_what_is_refused_is_noted_and_never_tried_again(post: Post) -> None:
    post.mailer.errors = [Refused("does not contain a valid address")]
    post.sends()
    post.sends()
    assert (post.noted.outcome, post.noted.reason) == (Outcome.FAILED, "does not contain a valid address")
    assert post.mailer.taken == []


def test_where_the_answer_was_lost_the_services_own_word_is_awaited(post: Post) -> None:
    post.mailer.errors, post.mailer.takes_before_failing = [Unsettled("hung up")], True
    with pytest.raises(TryLater) as asked:
        post.sends()
    assert asked.value.after == SETTLE
    post.clock.passes(seconds=100)
    with pytest.raises(TryLater) as asked:
        post.sends()
    assert asked.value.after == timedelta(seconds=20)
    with post.unit_of_work() as uow:  # the event webhook brings it
        uow.notifications.mark("key", Outcome.SENT, "because", post.clock.now())
        uow.commit()
    post.sends()
    assert len(post.mailer.taken) == 1


def test_without_word_a_receipt_is_sent_again_after_the_wait(post: Post) -> None:
    post.mailer.errors = [Unsettled("hung up")]
    with pytest.raises(TryLater):
        post.sends()
    post.clock.passes(seconds=121)
    post.sends()
    assert len(post.mailer.taken) == 1


def test_silence_of_a_service_that_reports_counts_once_it_spoke_of_later_mails(post: Post) -> None:
    post.is_reported_to()
    post.mailer.errors = [Unsettled("hung up")]
    with pytest.raises(TryLater):
        post.sends()
    post.clock.passes(minutes=4)
    post.hears_of_others(minutes=3)  # that is old news: word of ours may still be on its way
    with pytest.raises(TryLater) as asked:
        post.sends()
    assert asked.value.after == SETTLE
    post.hears_of_others(minutes=1)
    post.sends()
    assert len(post.mailer.taken) == 1


def test_a_service_that_is_silent_for_long_is_not_waited_for(post: Post) -> None:
    post.is_reported_to()
    post.mailer.errors = [Unsettled("hung up")]
    with pytest.raises(TryLater):
        post.sends()
    post.clock.passes(minutes=9, seconds=30)
    with pytest.raises(TryLater) as asked:
        post.sends()
    assert asked.value.after == timedelta(seconds=30)
    post.clock.passes(seconds=30)
    post.sends()
    assert len(post.mailer.taken) == 1


def test_marketing_whose_answer_was_lost_is_never_repeated(post: Post) -> None:
    post.mailer.errors = [Unsettled("hung up")]
    post.sends(Kind.REMARKETING)
    post.clock.passes(days=1)
    post.sends(Kind.REMARKETING)
    assert post.mailer.taken == []
    assert post.noted.outcome is Outcome.SENDING


def test_a_worker_that_dies_while_sending_leaves_a_mail_that_waits(post: Post) -> None:
    class Killed(BaseException):
        pass

    post.mailer.errors = [Killed()]
    with pytest.raises(Killed):
        post.sends()
    assert post.noted.outcome is Outcome.SENDING
    with pytest.raises(TryLater):
        post.sends()
    post.clock.passes(minutes=3)
    post.sends()
    assert len(post.mailer.taken) == 1


def test_word_of_the_first_try_is_not_overwritten_by_the_failure_of_the_second(post: Post) -> None:
    post.mailer.errors = [Unsettled("hung up")]
    with pytest.raises(TryLater):
        post.sends()
    post.clock.passes(minutes=3)

    def word_comes() -> None:
        with post.unit_of_work() as uow:
            uow.notifications.mark("key", Outcome.SENT, "because", post.clock.now())
            uow.commit()

    post.mailer.meanwhile, post.mailer.errors = word_comes, [TryLater("429")]
    with pytest.raises(TryLater):
        post.sends()
    post.sends()
    assert post.mailer.taken == []
    assert post.noted.outcome is Outcome.SENT


def test_what_is_held_is_noted_and_what_is_held_for_now_may_go_later(post: Post) -> None:
    post.sends(Kind.REMARKETING, Held(reason="quiet hours", for_now=True))
    assert (post.noted.outcome, post.noted.reason) == (Outcome.WAITING, "quiet hours")
    post.sends(Kind.REMARKETING, Held(reason="no consent"))
    assert (post.noted.outcome, post.noted.reason) == (Outcome.WITHHELD, "no consent")
    post.sends(Kind.REMARKETING)  # the customer agreed meanwhile
    assert post.noted.outcome is Outcome.SENT
    assert len(post.mailer.taken) == 1


def test_noting_never_touches_what_was_sent(post: Post) -> None:
    post.sends()
    with post.unit_of_work() as uow:
        uow.notifications.note(replace(post.noted, outcome=Outcome.WITHHELD, reason="too late"))
        uow.commit()
    assert post.noted.outcome is Outcome.SENT
