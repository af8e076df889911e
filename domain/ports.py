"""The clock, and the unit of work: one transaction with everything that `domain/records/` keeps."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from domain.events import Event
from domain.records.answers import Answers, Questions
from domain.records.api_keys import ApiKeys
from domain.records.auditing import Audit
from domain.records.builds import Builds
from domain.records.campaign_results import CampaignResults
from domain.records.campaigns import Audiences, Campaigns
from domain.records.catalogue import Catalogue, Products, StockRoom
from domain.records.companions import Recommender
from domain.records.conversations import Conversations
from domain.records.conversations_board import ConversationsBoard
from domain.records.customer_facts import AllCustomerFacts
from domain.records.customers_board import CustomersBoard
from domain.records.data_products import DataProducts, DataRequests
from domain.records.demand import LostDemand
from domain.records.feedback import Impressions
from domain.records.given_up import Jobs
from domain.records.marketing_board import MarketingBoard
from domain.records.marketing_facts import Marketing
from domain.records.notifications import Consents, Notifications
from domain.records.opting_in import OptIns
from domain.records.orders import Orders, Quotes
from domain.records.payments import Payments
from domain.records.people import People
from domain.records.predictions import Audience, ChurnRisks
from domain.records.privacy import Privacy
from domain.records.products_board import ProductsBoard
from domain.records.promotions import Promotions, PromotionUses
from domain.records.proofs import Proofs
from domain.records.purchases import Purchases
from domain.records.rates import Rates
from domain.records.ratings import Ratings
from domain.records.returns import Returns
from domain.records.segments import Segments
from domain.records.shipments import Shipments
from domain.records.staff import Staff, StaffPasses
from domain.records.supply import Supply
from domain.records.tickets import Tickets
from domain.records.waiting import WaitingList


class Clock(Protocol):
    """The only reader of the time."""

    def now(self) -> datetime:
        """The current moment, aware, in UTC."""
        ...


class UnitOfWork(Protocol):
    """One database transaction; leaving it without `commit` undoes everything."""

    @property
    def products(self) -> Products:
        """The catalogue's rows and their stock."""
        ...

    @property
    def catalogue(self) -> Catalogue:
        """Questions to the catalogue."""
        ...

    @property
    def recommender(self) -> Recommender:
        """What is bought together."""
        ...

    @property
    def impressions(self) -> Impressions:
        """What customers were recommended, and what they did with it."""
        ...

    @property
    def lost_demand(self) -> LostDemand:
        """What customers asked for and the shop did not have."""
        ...

    @property
    def supply(self) -> Supply:
        """How stock stands, and what is agreed with suppliers."""
        ...

    @property
    def products_board(self) -> ProductsBoard:
        """What the board of products and stock is made of."""
        ...

    @property
    def purchases(self) -> Purchases:
        """What is ordered of suppliers."""
        ...

    @property
    def waiting(self) -> WaitingList:
        """Who is to be told when something is back."""
        ...

    @property
    def stock_room(self) -> StockRoom:
        """What staff asks of the catalogue."""
        ...

    @property
    def answers(self) -> Answers:
        """What staff answered, and the vectors of questions."""
        ...

    @property
    def questions(self) -> Questions:
        """What was asked and not answered."""
        ...

    @property
    def audit(self) -> Audit:
        """The log of what staff did."""
        ...

    @property
    def staff(self) -> Staff:
        """The roles that were given in chats."""
        ...

    @property
    def staff_passes(self) -> StaffPasses:
        """Who of staff may see the pages for staff."""
        ...

    @property
    def customer_facts(self) -> AllCustomerFacts:
        """What is known of single customers."""
        ...

    @property
    def customers_board(self) -> CustomersBoard:
        """Sums over customers."""
        ...

    @property
    def api_keys(self) -> ApiKeys:
        """Keys by which other programs ask the shop."""
        ...

    @property
    def data_products(self) -> DataProducts:
        """How the ports of data products are."""
        ...

    @property
    def data_requests(self) -> DataRequests:
        """Who asked to read them."""
        ...

    @property
    def orders(self) -> Orders:
        """Placed orders."""
        ...

    @property
    def payments(self) -> Payments:
        """Ledgers of orders, and what customers pay with."""
        ...

    @property
    def ratings(self) -> Ratings:
        """How customers found their orders."""
        ...

    @property
    def returns(self) -> Returns:
        """What comes back of orders."""
        ...

    @property
    def shipments(self) -> Shipments:
        """What left for customers."""
        ...

    @property
    def quotes(self) -> Quotes:
        """Quotes shown to customers."""
        ...

    @property
    def promotions(self) -> Promotions:
        """Codes and automatic discounts."""
        ...

    @property
    def promotion_uses(self) -> PromotionUses:
        """Which orders used them."""
        ...

    @property
    def people(self) -> People:
        """Customers and their protected data."""
        ...

    @property
    def conversations(self) -> Conversations:
        """Persistent conversations."""
        ...

    @property
    def tickets(self) -> Tickets:
        """Conversations that a person takes over."""
        ...

    @property
    def notifications(self) -> Notifications:
        """What was sent to customers and what was withheld."""
        ...

    @property
    def opt_ins(self) -> OptIns:
        """What was asked and answered about marketing."""
        ...

    @property
    def consents(self) -> Consents:
        """Who wants marketing."""
        ...

    @property
    def proofs(self) -> Proofs:
        """Codes that prove whose an e-mail address is."""
        ...

    @property
    def rates(self) -> Rates:
        """How often something was done of late; counted apart from this transaction."""
        ...

    @property
    def code_tries(self) -> Rates:
        """How often codes of promotions were guessed at of late; as `rates`."""
        ...

    @property
    def marketing(self) -> Marketing:
        """What the rules of marketing need to know."""
        ...

    @property
    def segments(self) -> Segments:
        """What the warehouse knows of customers' segments."""
        ...

    @property
    def churn_risks(self) -> ChurnRisks:
        """Who may be leaving."""
        ...

    @property
    def campaigns(self) -> Campaigns:
        """Campaigns and their members."""
        ...

    @property
    def campaign_results(self) -> CampaignResults:
        """What campaigns came to."""
        ...

    @property
    def audiences(self) -> Audiences:
        """Who is in an audience."""
        ...

    @property
    def audience(self) -> Audience:
        """Whom staff collected for a campaign."""
        ...

    @property
    def marketing_board(self) -> MarketingBoard:
        """What the board of marketing shows."""
        ...

    @property
    def conversations_board(self) -> ConversationsBoard:
        """What the board of conversations shows."""
        ...

    @property
    def builds(self) -> Builds:
        """How the warehouse's builds went."""
        ...

    @property
    def jobs(self) -> Jobs:
        """The durable jobs that were given up."""
        ...

    @property
    def privacy(self) -> Privacy:
        """Everything that is kept of a person."""
        ...

    def __enter__(self) -> Self:
        """Begins."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Undoes what was not committed."""
        ...

    @property
    def recorded(self) -> Sequence[Event]:
        """What was recorded so far, without what a savepoint undid."""
        ...

    def record(self, event: Event) -> None:
        """Lets those who must act on `event` know, if and when this unit of work is committed."""
        ...

    def savepoint(self) -> AbstractContextManager[None]:
        """A part that is undone alone when it raises."""
        ...

    def commit(self) -> None:
        """Makes everything so far permanent."""
        ...
