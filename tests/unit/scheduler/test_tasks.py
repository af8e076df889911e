"""The tables of jobs: every event has a row, every job that follows exists, and what is due has its locks."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import get_args, get_type_hints

import pytest

from domain import events
from domain.conversation import ChatRef
from domain.periods import Period, Span
from domain.records.marts import Slice
from scheduler.at_once import AT_ONCE
from scheduler.tasks import FOLLOWS, JOBS, LONG_JOBS, MARKETING, Due, bringing

AT = datetime(2026, 5, 18, 8, tzinfo=UTC)
WEEK = Period.containing(date(2026, 5, 11), Span.WEEK)
HERE, THERE = ChatRef(channel="slack", chat_id="D1"), ChatRef(channel="telegram", chat_id="7")


class Known:
    """Order 1 was made in `chat`; two mails are held; a job waits that brings the words of ticket 6."""

    def __init__(self, chat: ChatRef | None = HERE) -> None:
        self._chat = chat

    def chat_of_order(self, order_id: int) -> ChatRef | None:
        return self._chat

    def held_mails(self, hashed_email: str) -> Sequence[tuple[int, str]]:
        return [(1, "placed"), (2, "shipped-1")]

    def relay_waits(self, ticket_id: int) -> bool:
        return ticket_id == 6


def follows(event: events.Event, chat: ChatRef | None = HERE) -> list[Due]:
    return FOLLOWS[type(event)](event, Known(chat))


def test_every_event_has_a_row_and_its_function_is_for_it() -> None:
    assert set(FOLLOWS) == set(get_args(events.Event))
    assert {kind: get_type_hints(function)["event"] for kind, function in FOLLOWS.items()} == {
        kind: kind for kind in FOLLOWS
    }
    assert set(AT_ONCE) <= set(FOLLOWS)
    assert {kind: get_type_hints(function)["event"] for kind, function in AT_ONCE.items()} == {
        kind: kind for kind in AT_ONCE
    }


def test_the_names_of_jobs_stay_for_they_wait_in_databases() -> None:
    assert sorted(JOBS) == [
        "bring_replies",
        "build_warehouse",
        "catch_up",
        "end_readers",
        "enter_automations",
        "export_lake",
        "forget_copies",
        "ingest",
        "left_carts",
        "look_after_campaigns",
        "mail_code",
        "mail_opt_in",
        "mail_order",
        "mail_sample",
        "open_ticket_thread",
        "pay_out",
        "predict",
        "relay_note",
        "relay_words",
        "remarket",
        "remind",
        "rescue",
        "run_campaign",
        "send_report",
        "show_board",
        "show_docs",
        "show_lineage",
        "show_report",
        "sweep",
        "tell_admins_files",
        "tell_admins_stock",
        "tell_campaign_waits",
        "tell_customer",
        "tell_data_asked",
        "tell_data_decided",
        "tell_ports",
        "tell_reorder",
        "tell_report_bounced",
        "tell_report_late",
        "tell_unanswered",
        "tell_waiting",
        "train_recommender",
        "watch_stock",
    ]
    assert set(LONG_JOBS) == {
        "build_warehouse",
        "export_lake",
        "forget_copies",
        "ingest",
        "predict",
        "run_campaign",
        "send_report",
        "show_board",
        "show_docs",
        "show_lineage",
        "show_report",
        "train_recommender",
    }


REPORT = {"name": "finance", "span": "week", "first": "2026-05-11"}
KEY = "report:finance/week/2026-05-11"
# What follows: the job, its arguments, its lock, what it is alone with, and when.
FOLLOWED = [
    (events.PersonForgotten(), []),
    (events.PersonForgotten(hashed_emails=("h",)), []),  # a job of its own looks every quarter of an hour
    (events.DataAsked(request_id=3), [("tell_data_asked", {"request_id": 3}, None, None, None)]),
    (
        events.BoardAsked(board="sales", day=date(2026, 5, 18), user="U", asked="1.2", channel="slack"),
        [
            (
                "show_board",
                {"board": "sales", "day": "2026-05-18", "user": "U", "asked": "1.2", "channel": "slack"},
                None,
                None,
                None,
            )
        ],
    ),
    (
        events.LineageAsked(product="sales_erp", day=date(2026, 5, 18), user="U", asked="1.2", channel="slack"),
        [
            (
                "show_lineage",
                {"product": "sales_erp", "day": "2026-05-18", "user": "U", "asked": "1.2", "channel": "slack"},
                None,
                None,
                None,
            )
        ],
    ),
    (events.DataDecided(request_id=3), [("tell_data_decided", {"request_id": 3}, None, None, None)]),
    (
        events.OrderPlaced(order_id=1),
        [
            ("mail_order", {"order_id": 1, "step": "placed"}, "mail:order/1/placed", None, None),
            ("remarket", {"order_id": 1}, "marketing:order/1", "marketing:order/1", None),
        ],
    ),
    (
        events.OrderChanged(order_id=1, change=2),
        [
            ("mail_order", {"order_id": 1, "step": "changed-2"}, "mail:order/1/changed-2", None, None),
            ("tell_customer", {"order_id": 1, "step": "changed-2"}, None, None, None),
        ],
    ),
    (
        events.OrderCancelled(order_id=1, told_in=HERE),
        [("mail_order", {"order_id": 1, "step": "cancelled"}, "mail:order/1/cancelled", None, None)],
    ),
    (events.RefundDue(order_id=1), [("pay_out", {"order_id": 1}, "pay_out:1", None, None)]),
    (
        events.ParcelCorrected(order_id=1, correction=1),
        [
            ("mail_order", {"order_id": 1, "step": "shipped-1"}, "mail:order/1/shipped-1", None, None),
            ("tell_customer", {"order_id": 1, "step": "shipped-1"}, None, None, None),
        ],
    ),
    (events.ConsentGiven(hashed_email="h"), []),
    (
        events.ConsentGiven(hashed_email="h", order_id=1),
        [("remarket", {"order_id": 1}, "marketing:order/1", "marketing:order/1", None)],
    ),
    (
        events.ReminderDue(quote_id="q", number=2, at=AT),
        [("remind", {"quote_id": "q", "number": 2}, "notice:quote/q/2", "notice:quote/q/2", AT)],
    ),
    (
        events.CampaignDue(campaign_id=3, at=AT),
        [("run_campaign", {"campaign_id": 3}, "campaign:3", "campaign:3", AT)],
    ),
    (events.CampaignWaiting(campaign_id=3), [("tell_campaign_waits", {"campaign_id": 3}, None, None, None)]),
    (
        events.CampaignSampled(campaign_id=3, identity_id=4, asked="1.2"),
        [("mail_sample", {"campaign_id": 3, "identity_id": 4, "asked": "1.2"}, None, None, None)],
    ),
    (events.ProofAsked(proof_id=4, at=AT), [("mail_code", {"proof_id": 4}, None, None, AT)]),
    (
        events.HeldMailsFreed(hashed_email="h"),
        [
            ("mail_order", {"order_id": 1, "step": "placed"}, "mail:order/1/placed", None, None),
            ("mail_order", {"order_id": 2, "step": "shipped-1"}, "mail:order/2/shipped-1", None, None),
        ],
    ),
    (events.TicketNoted(ticket_id=5), [("relay_words", {"ticket_id": 5}, "support", None, None)]),
    (events.TicketNoted(ticket_id=6), []),
    (events.TicketOpened(ticket_id=3), [("open_ticket_thread", {"ticket_id": 3}, "support", None, None)]),
    (events.RepliesWaiting(channel="web", chat_id="x"), []),
    (events.RepliesWaiting(channel="unheard of", chat_id="x"), []),
    (
        events.RepliesWaiting(channel="slack", chat_id="D1"),
        [("bring_replies", {"channel": "slack", "chat_id": "D1"}, "slack:D1", None, None)],
    ),
    (events.ReportDue(name="finance", period=WEEK), [("send_report", REPORT, KEY, KEY, None)]),
    (events.ReportLate(name="finance", period=WEEK, at=AT), [("tell_report_late", REPORT, None, f"late:{KEY}", AT)]),
    (
        events.ReportAsked(name="finance", period=WEEK, top=5, user="U", asked="1.2", channel="slack"),
        [("show_report", REPORT | {"top": 5, "user": "U", "asked": "1.2", "channel": "slack"}, None, None, None)],
    ),
    (
        events.DocsAsked(day=date(2026, 5, 18), user="U", asked="1.2", channel="slack"),
        [("show_docs", {"day": "2026-05-18", "user": "U", "asked": "1.2", "channel": "slack"}, None, None, None)],
    ),
    (
        events.ReportAsked(
            name="finance", period=WEEK, top=5, user="U", asked="1.2", channel="slack", of=Slice(store="denver")
        ),
        [
            (
                "show_report",
                REPORT | {"top": 5, "user": "U", "asked": "1.2", "channel": "slack", "of": {"store": "denver"}},
                None,
                None,
                None,
            )
        ],
    ),
]


@pytest.mark.parametrize(("event", "expected"), FOLLOWED, ids=lambda value: type(value).__name__)
def test_what_follows_an_event_waits_for_what_it_must(event: events.Event, expected: list[tuple[object, ...]]) -> None:
    due = follows(event)
    assert [(one.name, dict(one.args), one.lock, one.only, one.at) for one in due] == expected
    assert all(one.name in JOBS for one in due)


@pytest.mark.parametrize(("chat", "told"), [(None, False), (HERE, False), (THERE, True)])
def test_a_chat_hears_of_its_order_unless_it_was_told(chat: ChatRef | None, told: bool) -> None:
    due = follows(events.OrderCancelled(order_id=1, told_in=HERE), chat)
    assert ("tell_customer" in [one.name for one in due]) is told


def test_replies_are_brought_once_however_often_they_are_found_waiting() -> None:
    assert bringing(THERE).only == bringing(THERE).lock == "telegram:7"


def test_marketing_gives_way_to_everything_else() -> None:
    assert {job.name for job in JOBS.values() if job.priority <= MARKETING} == {
        "remarket",
        "remind",
        "run_campaign",
    }
