"""Two tables: JOBS, what each durable job is and who carries it out, and FOLLOWS, which of them an event brings about.

Names and arguments of jobs wait in people's databases: they stay as they are, and never hold personal data.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from bot.channels import channel_of
from domain import events, message_ids
from domain.conversation import ChatRef
from domain.model import OrderState
from domain.periods import Period, Span
from domain.records.ingested import FileKind
from scheduler.services import Services

# Higher ones first, where more is waiting than the workers can do.
CODE, RECEIPT, TICKET, STAFF, UPKEEP, MARKETING = 30, 20, 15, 10, 0, -10

Key = Callable[..., str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A job to enqueue, not to be run before `at`.

    Of those with the same `lock` one runs at a time, in the order they were enqueued; of those with the same `only`
    one waits at a time, and more of them are left out.
    """

    name: str
    args: Mapping[str, Any]
    priority: int
    lock: str | None = None
    only: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """A kind of job: `carried_out_by` finds the method that does it; `lock` and `only` are made of its arguments.

    One that is `retried` is tried again with growing pauses, and its last failure is noted for `parley jobs`. The
    others come again by themselves. One that is `long` may run for minutes, as when a channel asks to wait. One that
    `gives_way` shares its lock with jobs about others: what failed lets these go first, or it would hold them up.
    """

    name: str
    carried_out_by: Callable[[Services], Callable[..., None]]
    priority: int
    lock: Key | None = None
    only: Key | None = None
    retried: bool = True
    long: bool = False
    gives_way: bool = False

    def due(self, at: datetime | None = None, **args: Any) -> Due:
        """One job of this kind."""
        lock, only = self.lock and self.lock(**args), self.only and self.only(**args)
        return Due(name=self.name, args=args, priority=self.priority, lock=lock, only=only, at=at)


def _support(**of: int) -> str:
    """A channel takes one message a second: many that wait for it hold one place of the workers, not all."""
    return "support"


def _chat(channel: str, chat_id: str) -> str:
    return f"{channel}:{chat_id}"


def _report(name: str, span: str, first: str) -> str:
    return message_ids.report(name, Period.containing(date.fromisoformat(first), Span(span)))


def _late(name: str, span: str, first: str) -> str:
    return f"late:{_report(name, span, first)}"


def _upkeep(name: str, carried_out_by: Callable[[Services], Callable[..., None]], *, long: bool = False) -> Job:
    """A job that the timetable begins, and that does all there is to do: one that waits is enough."""
    return Job(name=name, carried_out_by=carried_out_by, priority=UPKEEP, only=lambda: name, retried=False, long=long)


MAIL_ORDER = Job(
    name="mail_order", carried_out_by=lambda all: all.mails.order_step, priority=RECEIPT, lock=message_ids.order_mail
)
MAIL_CODE = Job(name="mail_code", carried_out_by=lambda all: all.mails.code, priority=CODE)
MAIL_OPT_IN = Job(name="mail_opt_in", carried_out_by=lambda all: all.mails.opt_in, priority=RECEIPT)
REMARKET = Job(
    name="remarket",
    carried_out_by=lambda all: all.marketing.remarket,
    priority=MARKETING,
    lock=message_ids.remarketing,
    only=message_ids.remarketing,
)
REMIND = Job(
    name="remind",
    carried_out_by=lambda all: all.marketing.remind,
    priority=MARKETING,
    lock=message_ids.cart_reminder,
    only=message_ids.cart_reminder,
)
OPEN_THREAD = Job(
    name="open_ticket_thread",
    carried_out_by=lambda all: all.staff.open_ticket_thread,
    priority=TICKET,  # somebody new goes before whoever writes much
    lock=_support,
    gives_way=True,
)
RELAY_WORDS = Job(
    name="relay_words",
    carried_out_by=lambda all: all.staff.relay_words,
    priority=STAFF,
    lock=_support,
    gives_way=True,
)
RELAY_NOTE = Job(  # enqueued by nobody any more
    name="relay_note",
    carried_out_by=lambda all: all.staff.relay_note,
    priority=STAFF,
    lock=_support,
    gives_way=True,
)
TELL_STOCK = Job(
    name="tell_admins_stock",
    carried_out_by=lambda all: all.staff.tell_admins_stock,
    priority=STAFF,
    lock=lambda **_: "stock",
)
TELL_REORDER = Job(
    name="tell_reorder",
    carried_out_by=lambda all: all.staff.tell_reorder,
    priority=STAFF,
    lock=lambda **_: "tell_reorder",
    only=lambda **_: "tell_reorder",
)
WATCH_STOCK = Job(
    name="watch_stock",
    carried_out_by=lambda all: all.staff.watch_stock,
    priority=UPKEEP,
    lock=lambda: "stock",
    only=lambda: "watch_stock",
    retried=False,
)
TELL_WAITING = Job(
    name="tell_waiting",
    carried_out_by=lambda all: all.chats.tell_waiting,
    priority=STAFF,
    lock=lambda: "tell_waiting",
    only=lambda: "tell_waiting",
    retried=False,
)
TELL_UNANSWERED = Job(
    name="tell_unanswered",
    carried_out_by=lambda all: all.staff.tell_unanswered,
    priority=STAFF,
    only=lambda: "tell_unanswered",
)
PAY_OUT = Job(
    name="pay_out",
    carried_out_by=lambda all: all.paying.pay_out,
    priority=STAFF,
    lock=lambda order_id: f"pay_out:{order_id}",
)
TELL_CUSTOMER = Job(name="tell_customer", carried_out_by=lambda all: all.chats.tell_customer, priority=RECEIPT)
BRING_REPLIES = Job(
    name="bring_replies", carried_out_by=lambda all: all.chats.bring_replies, priority=RECEIPT, lock=_chat
)
SEND_REPORT = Job(
    name="send_report",
    carried_out_by=lambda all: all.reports.send,
    priority=STAFF,
    lock=_report,
    only=_report,
    long=True,
)
SHOW_REPORT = Job(name="show_report", carried_out_by=lambda all: all.reports.show, priority=STAFF, long=True)
SHOW_DOCS = Job(name="show_docs", carried_out_by=lambda all: all.documents.show, priority=STAFF, long=True)
SHOW_LINEAGE = Job(
    name="show_lineage", carried_out_by=lambda all: all.documents.show_lineage, priority=STAFF, long=True
)
SHOW_BOARD = Job(name="show_board", carried_out_by=lambda all: all.boards.show, priority=STAFF, long=True)
TELL_LATE = Job(name="tell_report_late", carried_out_by=lambda all: all.reports.tell_late, priority=STAFF, only=_late)
TELL_BOUNCED = Job(name="tell_report_bounced", carried_out_by=lambda all: all.reports.tell_bounced, priority=STAFF)
RUN_CAMPAIGN = Job(
    name="run_campaign",
    carried_out_by=lambda all: all.campaigns.run,
    priority=MARKETING,
    lock=message_ids.campaign_run,
    only=message_ids.campaign_run,
    long=True,
)
MAIL_SAMPLE = Job(name="mail_sample", carried_out_by=lambda all: all.campaigns.sample, priority=STAFF)
TELL_CAMPAIGN = Job(
    name="tell_campaign_waits", carried_out_by=lambda all: all.staff.tell_campaign_waits, priority=STAFF
)
ENTER_AUTOMATIONS = _upkeep("enter_automations", lambda all: all.campaigns.enter)
LOOK_AFTER_CAMPAIGNS = _upkeep("look_after_campaigns", lambda all: all.campaigns.look_after)
LEFT_CARTS = _upkeep("left_carts", lambda all: all.marketing.left_carts)
CATCH_UP = _upkeep("catch_up", lambda all: all.upkeep.catch_up)
RESCUE = _upkeep("rescue", lambda all: all.upkeep.rescue)
SWEEP = _upkeep("sweep", lambda all: all.upkeep.sweep)
TRAIN = _upkeep("train_recommender", lambda all: all.upkeep.train, long=True)
END_READERS = _upkeep("end_readers", lambda all: all.data_sharing.end_due)
TELL_DATA_ASKED = Job(name="tell_data_asked", carried_out_by=lambda all: all.data_sharing.tell_asked, priority=STAFF)
TELL_DATA_DECIDED = Job(
    name="tell_data_decided", carried_out_by=lambda all: all.data_sharing.tell_decided, priority=STAFF
)
TELL_PORTS = Job(name="tell_ports", carried_out_by=lambda all: all.data_sharing.tell_ports, priority=STAFF)
EXPORT = Job(
    name="export_lake",
    carried_out_by=lambda all: all.exporting.export,
    priority=UPKEEP,
    lock=lambda: "build_warehouse",  # it waits for a build that runs
    only=lambda: "export_lake",
    long=True,
)
PREDICT = Job(
    name="predict",
    carried_out_by=lambda all: all.predicting.renew,
    priority=UPKEEP,
    lock=lambda: "predict",  # its own: builds and exports do not wait for one that fails and is tried again
    only=lambda: "predict",
    long=True,
)
BUILD = Job(
    name="build_warehouse",
    carried_out_by=lambda all: all.warehousing.build,
    priority=UPKEEP,
    lock=lambda: "build_warehouse",
    only=lambda: "build_warehouse",
    long=True,
)
INGEST = Job(
    name="ingest",
    carried_out_by=lambda all: all.ingesting.take,
    priority=UPKEEP,
    lock=lambda: "ingest",
    only=lambda: "ingest",
    retried=False,
    long=True,
)
TELL_FILES = Job(
    name="tell_admins_files",
    carried_out_by=lambda all: all.ingesting.tell,
    priority=STAFF,
    lock=lambda: "tell_admins_files",
    only=lambda: "tell_admins_files",
)
FORGET_COPIES = Job(
    name="forget_copies",
    carried_out_by=lambda all: all.ingesting.forget,
    priority=UPKEEP,
    lock=lambda **_: "forget_copies",
    only=lambda **_: "forget_copies",
    long=True,
)

JOBS: Mapping[str, Job] = {
    job.name: job
    for job in (
        MAIL_ORDER,
        MAIL_CODE,
        MAIL_OPT_IN,
        REMARKET,
        REMIND,
        OPEN_THREAD,
        RELAY_WORDS,
        RELAY_NOTE,
        TELL_STOCK,
        TELL_REORDER,
        WATCH_STOCK,
        TELL_WAITING,
        TELL_UNANSWERED,
        PAY_OUT,
        TELL_CUSTOMER,
        BRING_REPLIES,
        SEND_REPORT,
        SHOW_REPORT,
        SHOW_DOCS,
        SHOW_LINEAGE,
        SHOW_BOARD,
        TELL_LATE,
        TELL_BOUNCED,
        RUN_CAMPAIGN,
        MAIL_SAMPLE,
        TELL_CAMPAIGN,
        ENTER_AUTOMATIONS,
        LOOK_AFTER_CAMPAIGNS,
        LEFT_CARTS,
        CATCH_UP,
        RESCUE,
        SWEEP,
        TRAIN,
        BUILD,
        EXPORT,
        PREDICT,
        END_READERS,
        TELL_DATA_ASKED,
        TELL_DATA_DECIDED,
        TELL_PORTS,
        INGEST,
        TELL_FILES,
        FORGET_COPIES,
    )
}
LONG_JOBS = tuple(job.name for job in JOBS.values() if job.long)
# Looked for all the time: jobs that died with their worker, replies that never arrived, readers whose time is over.
MENDING = (RESCUE, CATCH_UP, END_READERS)


class Known(Protocol):
    """What is asked about an event before it is known what follows."""

    def chat_of_order(self, order_id: int) -> ChatRef | None:
        """Where an order's customer hears of it; None if it was made in no chat."""
        ...

    def held_mails(self, hashed_email: str) -> Sequence[tuple[int, str]]:
        """The orders whose mails wait for this address to confirm them, and the steps these are about."""
        ...

    def relay_waits(self, ticket_id: int) -> bool:
        """Whether a job waits that will post all that a ticket's thread does not have yet."""
        ...


def bringing(chat: ChatRef) -> Due:
    """What brings the replies that wait for a chat, unless that is due already."""
    due = BRING_REPLIES.due(channel=chat.channel, chat_id=chat.chat_id)
    return replace(due, only=due.lock)


def _order_placed(event: events.OrderPlaced, known: Known) -> list[Due]:
    return [MAIL_ORDER.due(order_id=event.order_id, step="placed"), REMARKET.due(order_id=event.order_id)]


def _order_changed(event: events.OrderChanged, known: Known) -> list[Due]:
    return _told(known, event.order_id, f"changed-{event.change}", event.told_in)


def _order_cancelled(event: events.OrderCancelled, known: Known) -> list[Due]:
    return _told(known, event.order_id, OrderState.CANCELLED, event.told_in)


def _refund_due(event: events.RefundDue, known: Known) -> list[Due]:
    return [PAY_OUT.due(order_id=event.order_id)]


def _order_shipped(event: events.OrderShipped, known: Known) -> list[Due]:
    return _told(known, event.order_id, OrderState.SHIPPED)


def _parcel_corrected(event: events.ParcelCorrected, known: Known) -> list[Due]:
    return _told(known, event.order_id, f"{OrderState.SHIPPED}-{event.correction}")


def _order_delivered(event: events.OrderDelivered, known: Known) -> list[Due]:
    return _told(known, event.order_id, OrderState.DELIVERED)


def _return_moved(event: events.ReturnMoved, known: Known) -> list[Due]:
    return _told(known, event.order_id, message_ids.return_step(event.state, event.nth), event.told_in)


def _told(known: Known, order_id: int, step: str, told_in: ChatRef | None = None) -> list[Due]:
    """A mail about a step, and news for the chat in which the order was made, unless that was told already."""
    chat = known.chat_of_order(order_id)
    in_chat = [TELL_CUSTOMER.due(order_id=order_id, step=step)] if chat is not None and chat != told_in else []
    return [MAIL_ORDER.due(order_id=order_id, step=step), *in_chat]


def _stock_fell(event: events.StockFell, known: Known) -> list[Due]:
    return [TELL_STOCK.due(product_id=event.product_id, quantity=event.quantity)]


def _ticket_opened(event: events.TicketOpened, known: Known) -> list[Due]:
    return [OPEN_THREAD.due(ticket_id=event.ticket_id)]


def _ticket_noted(event: events.TicketNoted, known: Known) -> list[Due]:
    return [] if known.relay_waits(event.ticket_id) else [RELAY_WORDS.due(ticket_id=event.ticket_id)]


def _replies_waiting(event: events.RepliesWaiting, known: Known) -> list[Due]:
    if not channel_of(event.channel).pushes:
        return []  # whoever comes there fetches what waits
    return [BRING_REPLIES.due(channel=event.channel, chat_id=event.chat_id)]


def _person_forgotten(event: events.PersonForgotten, known: Known) -> list[Due]:
    return []  # a stranger may say it again and again; see `at_once` and `ingesting.forget`


def _consent_given(event: events.ConsentGiven, known: Known) -> list[Due]:
    return [] if event.order_id is None else [REMARKET.due(order_id=event.order_id)]


def _proof_asked(event: events.ProofAsked, known: Known) -> list[Due]:
    return [MAIL_CODE.due(event.at, proof_id=event.proof_id)]


def _opt_in_asked(event: events.OptInAsked, known: Known) -> list[Due]:
    return [MAIL_OPT_IN.due(opt_in_id=event.opt_in_id)]


def _held_mails_freed(event: events.HeldMailsFreed, known: Known) -> list[Due]:
    """Each mail that was held is decided about anew."""
    return [MAIL_ORDER.due(order_id=order_id, step=step) for order_id, step in known.held_mails(event.hashed_email)]


def _remarketing_due(event: events.RemarketingDue, known: Known) -> list[Due]:
    return [REMARKET.due(event.at, order_id=event.order_id)]


def _reminder_due(event: events.ReminderDue, known: Known) -> list[Due]:
    return [REMIND.due(event.at, quote_id=event.quote_id, number=event.number)]


def _campaign_due(event: events.CampaignDue, known: Known) -> list[Due]:
    return [RUN_CAMPAIGN.due(event.at, campaign_id=event.campaign_id)]


def _campaign_waiting(event: events.CampaignWaiting, known: Known) -> list[Due]:
    return [TELL_CAMPAIGN.due(campaign_id=event.campaign_id)]


def _campaign_sampled(event: events.CampaignSampled, known: Known) -> list[Due]:
    return [MAIL_SAMPLE.due(campaign_id=event.campaign_id, identity_id=event.identity_id, asked=event.asked)]


def _report_due(event: events.ReportDue, known: Known) -> list[Due]:
    return [SEND_REPORT.due(event.at, **_of_period(event))]


def _report_late(event: events.ReportLate, known: Known) -> list[Due]:
    return [TELL_LATE.due(event.at, **_of_period(event))]


def _report_bounced(event: events.ReportBounced, known: Known) -> list[Due]:
    return [TELL_BOUNCED.due(message_id=event.message_id)]


def _report_asked(event: events.ReportAsked, known: Known) -> list[Due]:
    to = {"top": event.top, "user": event.user, "asked": event.asked, "channel": event.channel}
    of = {"of": {str(name): value for name, value in event.of.named.items()}} if event.of else {}
    return [SHOW_REPORT.due(**_of_period(event) | to | of)]


def _docs_asked(event: events.DocsAsked, known: Known) -> list[Due]:
    day = event.day.isoformat()
    return [SHOW_DOCS.due(day=day, user=event.user, asked=event.asked, channel=event.channel)]


def _lineage_asked(event: events.LineageAsked, known: Known) -> list[Due]:
    day = event.day.isoformat()
    due = SHOW_LINEAGE.due(product=event.product, day=day, user=event.user, asked=event.asked, channel=event.channel)
    return [due]


def _board_asked(event: events.BoardAsked, known: Known) -> list[Due]:
    day = event.day.isoformat()
    return [SHOW_BOARD.due(board=event.board, day=day, user=event.user, asked=event.asked, channel=event.channel)]


def _file_taken_in(event: events.FileTakenIn, known: Known) -> list[Due]:
    after = [BUILD.due(), *([TRAIN.due()] if event.kind == FileKind.ORDERS else [])]
    return [TELL_FILES.due(), *(after if event.loaded else [])]


def _data_asked(event: events.DataAsked, known: Known) -> list[Due]:
    return [TELL_DATA_ASKED.due(request_id=event.request_id)]


def _data_decided(event: events.DataDecided, known: Known) -> list[Due]:
    return [TELL_DATA_DECIDED.due(request_id=event.request_id)]


def _of_period(event: events.ReportDue | events.ReportLate | events.ReportAsked) -> dict[str, Any]:
    """The arguments of a job about a report."""
    return {"name": event.name, "span": event.period.span, "first": event.period.first.isoformat()}


FOLLOWS: Mapping[type[events.Event], Callable[[Any, Known], list[Due]]] = {
    events.OrderPlaced: _order_placed,
    events.OrderChanged: _order_changed,
    events.OrderCancelled: _order_cancelled,
    events.RefundDue: _refund_due,
    events.OrderShipped: _order_shipped,
    events.ParcelCorrected: _parcel_corrected,
    events.OrderDelivered: _order_delivered,
    events.ReturnMoved: _return_moved,
    events.StockFell: _stock_fell,
    events.TicketOpened: _ticket_opened,
    events.TicketNoted: _ticket_noted,
    events.RepliesWaiting: _replies_waiting,
    events.PersonForgotten: _person_forgotten,
    events.ConsentGiven: _consent_given,
    events.ProofAsked: _proof_asked,
    events.OptInAsked: _opt_in_asked,
    events.HeldMailsFreed: _held_mails_freed,
    events.RemarketingDue: _remarketing_due,
    events.ReminderDue: _reminder_due,
    events.CampaignDue: _campaign_due,
    events.CampaignWaiting: _campaign_waiting,
    events.CampaignSampled: _campaign_sampled,
    events.ReportDue: _report_due,
    events.ReportLate: _report_late,
    events.ReportBounced: _report_bounced,
    events.ReportAsked: _report_asked,
    events.DocsAsked: _docs_asked,
    events.LineageAsked: _lineage_asked,
    events.BoardAsked: _board_asked,
    events.FileTakenIn: _file_taken_in,
    events.DataAsked: _data_asked,
    events.DataDecided: _data_decided,
}
