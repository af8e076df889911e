"""What happened in the shop, for those who must hear of it; recorded in the transaction that made it happen."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.conversation import ChatRef
from domain.periods import Period
from domain.records.marts import EVERYTHING, Slice
from domain.records.returns import ReturnState


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderPlaced:
    """A customer placed an order."""

    order_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderCancelled:
    """An order was called off and its stock given back.

    `reason` is the shop's, if it was the shop. `told_in` is the chat whose answer tells the customer of it.
    """

    order_id: int
    reason: str = ""
    told_in: ChatRef | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderChanged:
    """An order's lines or address were changed, for the `change`-th time; `told_in` as with cancellations."""

    order_id: int
    change: int
    told_in: ChatRef | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RefundDue:
    """Something of an order's money is to go back through the payment provider."""

    order_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonForgotten:
    """Somebody was forgotten, with these e-mails; what was made of their data is to be made anew."""

    hashed_emails: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentGiven:
    """A customer agreed to marketing, in view of an order if there is one."""

    hashed_email: str
    order_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RemarketingDue:
    """The recommendation that follows an order is to be judged at `at`, or now."""

    order_id: int
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReminderDue:
    """The `number`-th reminder of an order card that was left unconfirmed is to be judged at `at`, or now."""

    quote_id: str
    number: int
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignDue:
    """A campaign is to begin, or to be sent on to who is due, at `at`, or now."""

    campaign_id: int
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignWaiting:
    """A campaign was written and waits for a second person's approval."""

    campaign_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignSampled:
    """Somebody of staff, known by their proven identity, wants to get a campaign's mail; `asked` is the message."""

    campaign_id: int
    identity_id: int
    asked: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProofAsked:
    """Somebody wants to prove that an address is theirs; a code is to be mailed there, not before `at`."""

    proof_id: int
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OptInAsked:
    """Somebody wants marketing to an address that they have not proven; it is to be mailed a link that confirms."""

    opt_in_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldMailsFreed:
    """What held back mails to an address is over: its owner confirmed or cancelled an order, or somebody proved it."""

    hashed_email: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderShipped:
    """An order left the shop."""

    order_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderDelivered:
    """An order arrived."""

    order_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnMoved:
    """The `nth` return of an order came to a state; `told_in` as with cancellations."""

    order_id: int
    nth: int
    state: ReturnState
    told_in: ChatRef | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StockFell:
    """A product's stock fell to the low mark or to nothing; recorded once for each such change of state."""

    product_id: str
    quantity: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketOpened:
    """A customer asked for a person."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketNoted:
    """Words of the customer or the bot wait to be brought into a ticket's thread."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportDue:
    """A report of a period is to be made and delivered, not before `at`."""

    name: str
    period: Period
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportLate:
    """A report did not arrive somewhere; if it still has not by `at`, the operators are to hear of it."""

    name: str
    period: Period
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportBounced:
    """A mail with a report came back."""

    message_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportAsked:
    """A `user` of staff wants to see a report now, alone, in `channel`; `asked` is the message that said so.

    A report on sales may be one of some sales only.
    """

    name: str
    period: Period
    top: int
    user: str
    asked: str
    channel: str
    of: Slice = EVERYTHING


@dataclass(frozen=True, kw_only=True, slots=True)
class DocsAsked:
    """A `user` of staff wants the warehouse's documentation, alone, in `channel`; `asked` is the message, of `day`."""

    day: date
    user: str
    asked: str
    channel: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LineageAsked:
    """A `user` of staff wants to see where the data of a product comes from; `asked` is the message, of `day`."""

    product: str
    day: date
    user: str
    asked: str
    channel: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardAsked:
    """A `user` of staff wants to see a board; `asked` is the message, of `day`."""

    board: str
    day: date
    user: str
    asked: str
    channel: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FileTakenIn:
    """A file that a branch handed in was loaded, or not; `kind` says what it holds."""

    kind: str
    loaded: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DataAsked:
    """Somebody of staff asked to read a port of a data product."""

    request_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DataDecided:
    """The owner of a port said whether somebody may read it."""

    request_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RepliesWaiting:
    """Messages that answer nothing were kept for a chat and are to be brought there."""

    channel: str
    chat_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ParcelCorrected:
    """A shipped order's carrier or tracking number was corrected, for the `correction`-th time."""

    order_id: int
    correction: int


Event = (
    OrderPlaced
    | OrderChanged
    | OrderCancelled
    | RefundDue
    | OrderShipped
    | ParcelCorrected
    | OrderDelivered
    | ReturnMoved
    | StockFell
    | TicketOpened
    | TicketNoted
    | RepliesWaiting
    | PersonForgotten
    | ConsentGiven
    | ProofAsked
    | OptInAsked
    | HeldMailsFreed
    | RemarketingDue
    | ReminderDue
    | CampaignDue
    | CampaignWaiting
    | CampaignSampled
    | ReportDue
    | ReportLate
    | ReportBounced
    | ReportAsked
    | DocsAsked
    | LineageAsked
    | BoardAsked
    | FileTakenIn
    | DataAsked
    | DataDecided
)
