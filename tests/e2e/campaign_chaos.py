"""A campaign is sent while everything around it is killed; nobody is written to twice, and nobody is lost.

`make chaos` runs it with 2,000 customers. While the workers die and the mail service errs, some unsubscribe by the link
in a mail of before, and some are forgotten.
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from threading import Thread

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from domain.errors import Busy
from domain.outreach.campaigning import approve, ask_approval, draft
from domain.outreach.consenting import stop_marketing
from domain.people.forgetting import forget_email
from domain.people.identity import hash_email
from domain.records.campaigns import Campaign
from domain.records.notifications import Consent
from storage.server import database, embedded
from storage.server.clock import DatabaseClock
from storage.unit_of_work import PostgresUnitOfWork
from tests.e2e.chaos import KEY, PATIENCE_SECONDS, Shop, rows_of
from tests.support.sendgrid_api import SendGridServer

HOLD_OUT = Decimal("0.1")
EVERY = 20  # one in so many unsubscribes, and one in so many is forgotten
MIA, LEO = "slack:U0MIA", "slack:U0LEO"
BAD_MOODS = ("500", "429", "drop", "lost")
_OUTCOMES = """
    SELECT m.member_id, m.hashed_email, m.arm, m.next_at, n.outcome, n.reason, n.message_id
    FROM chat.campaign_member m LEFT JOIN chat.notification n ON n.key = 'notice:campaign/' || m.member_id
"""


def _email(number: int) -> str:
    return f"member{number}@example.com"


def _hash(number: int) -> str:
    return hash_email(_email(number), KEY.encode())


def run(folder: Path, url: str, *, members: int, seconds: float, seed: int) -> dict[str, object]:
    """Sends a campaign to so many customers on an empty, migrated database; returns its numbers.

    The chaos lasts `seconds`; then everybody is settled in peace.
    """
    engine = database.app_engine(url, pool_size=4)
    campaign = _fill(engine, members)
    began = time.monotonic()
    dice = random.Random(seed)
    with SendGridServer(hang_seconds=3.0, retry_after="1", repeat_batches=True).running() as sendgrid:
        sendgrid.fail_randomly(0.1, seed, BAD_MOODS)
        shop = Shop(folder, url, sendgrid, seed)
        sendgrid.webhook(f"{shop.address}/sendgrid/events")
        leaving = _Leaving(engine, members, dice)
        leaving.start()
        try:
            shop.misbehave(seconds)
            under_way = len(sendgrid.accepted)
            sendgrid.fail_randomly(0.0, seed)
            _until_over(engine, campaign.campaign_id)
            leaving.join()
            numbers = _check(engine, sendgrid, members, leaving)
        finally:
            shop.close()
            engine.dispose()
    seen = {"mails in chaos": under_way, "killed": dict(shop.kills), "seconds": round(time.monotonic() - began)}
    return numbers | seen


class _Leaving(Thread):
    """Customers who unsubscribe or are forgotten while the campaign is under way."""

    def __init__(self, engine: Engine, members: int, dice: random.Random) -> None:
        super().__init__(daemon=True)
        self._engine, self._dice = engine, dice
        self.stopped = list(range(0, members, EVERY))
        self.forgotten = list(range(1, members, EVERY))
        self.before: dict[str, bool] = {}  # whether the campaign's mail was under way when somebody stopped it

    def run(self) -> None:
        while not rows_of(self._engine, "SELECT 1 FROM chat.campaign_member LIMIT 1"):
            time.sleep(0.1)
        # Those who are written to last leave first: else nobody would leave in time.
        for stops, forgotten in zip(reversed(self.stopped), reversed(self.forgotten), strict=False):
            self._until_done(self._unsubscribe, stops)
            self._until_done(self._forget, forgotten)
            time.sleep(self._dice.uniform(0, 0.2))

    def _until_done(self, act: Callable[[int], None], number: int) -> None:
        while True:
            with suppress(Busy, OperationalError):
                act(number)
                return
            time.sleep(0.2)

    def _unsubscribe(self, number: int) -> None:
        with PostgresUnitOfWork(self._engine) as uow:
            stop_marketing(uow, _hash(number), "link", DatabaseClock(self._engine).now())
            found = uow.connection.execute(
                text("SELECT outcome FROM chat.notification WHERE hashed_email = :hashed AND campaign_id IS NOT NULL"),
                {"hashed": _hash(number)},
            ).scalar()
            uow.commit()
        self.before[_email(number)] = found in ("sent", "sending", "failed")

    def _forget(self, number: int) -> None:
        with PostgresUnitOfWork(self._engine) as uow:
            forget_email(uow, _hash(number))
            uow.commit()


def _fill(engine: Engine, members: int) -> Campaign:
    """The customers, and a campaign to all of them that Leo approved."""
    now = DatabaseClock(engine).now()
    with PostgresUnitOfWork(engine) as uow:
        for number in range(members):
            uow.people.remember_email(_hash(number), _email(number), now)
            uow.consents.record(_hash(number), Consent(given=True, by="web", at=now))
        written = Campaign(name="Chaos", subject="New cups", words="They are here.", hold_out=HOLD_OUT)
        made = draft(uow, written, actor=MIA, now=now)
        ask_approval(uow, made.campaign_id, actor=MIA, now=now)
        approved = approve(uow, made.campaign_id, actor=LEO, second_person=True, now=now)
        uow.commit()
    return approved


def _until_over(engine: Engine, campaign_id: int) -> None:
    """Waits until the campaign is done; who was put off is tried at once."""
    end = time.monotonic() + 10 * PATIENCE_SECONDS
    state = f"SELECT state FROM chat.campaign WHERE campaign_id = {campaign_id}"
    while [row.state for row in rows_of(engine, state)] != ["done"]:
        assert time.monotonic() < end, "the campaign does not end"
        rows_of(engine, "UPDATE chat.campaign_member SET next_at = now() WHERE next_at > now() RETURNING member_id")
        time.sleep(1)


def _check(engine: Engine, sendgrid: SendGridServer, members: int, leaving: _Leaving) -> dict[str, object]:
    found = rows_of(engine, _OUTCOMES)
    assert len(found) <= members
    assert all(row.next_at is None for row in found), "somebody still waits"
    accepted = Counter(mail.to for mail in sendgrid.accepted)
    assert max(accepted.values()) == 1, f"written to twice: {[one for one, times in accepted.items() if times > 1]}"
    by_hash = {_hash(number): _email(number) for number in range(members)}
    held = {by_hash[row.hashed_email] for row in found if row.arm == "held_out" and row.hashed_email in by_hash}
    assert not held & set(accepted), "somebody of the hold-out was written to"
    for row in found:
        if row.arm == "treated" and row.hashed_email in by_hash:
            assert row.outcome in ("sent", "sending", "withheld", "failed"), f"{row.outcome}: nobody knows why"
            if row.outcome == "sent":
                assert accepted[by_hash[row.hashed_email]] == 1
    for email, under_way in leaving.before.items():
        assert under_way or accepted[email] == 0, f"{email} had unsubscribed before"
    kinds = Counter((row.outcome or "forgotten") if row.arm == "treated" else "held out" for row in found)
    return {"members": len(found), **{f"members: {name}": count for name, count in sorted(kinds.items())}}


def main() -> None:
    """Runs it and prints what happened."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--members", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    print(f"A campaign in chaos with seed {given.seed} …", flush=True)  # noqa: T201
    with tempfile.TemporaryDirectory(prefix="parley-chaos-", ignore_cleanup_errors=True) as folder:
        server = embedded.start(Path(folder) / "state")
        database.upgrade(server.url)
        numbers = run(Path(folder), server.url, **vars(given))
    for name, value in numbers.items():
        print(f"{name:32}{value}")  # noqa: T201
    print("✓ nobody was written to twice, nobody was lost")  # noqa: T201


if __name__ == "__main__":
    main()
