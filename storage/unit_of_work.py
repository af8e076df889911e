"""One database transaction with everything the domain and the engine need in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from domain.errors import Busy
from domain.events import Event
from domain.records.rates import Rates
from storage.imports.stock_room import PostgresStockRoom
from storage.locks import others_were_in_the_way
from storage.queries.audiences import PostgresAudiences
from storage.queries.builds import PostgresBuilds
from storage.queries.campaign_results import PostgresCampaignResults
from storage.queries.churn_risks import PostgresChurnRisks
from storage.queries.conversations_board import PostgresConversationsBoard
from storage.queries.customer_facts import PostgresCustomerFacts
from storage.queries.customers_board import PostgresCustomersBoard
from storage.queries.data_products import PostgresDataProducts
from storage.queries.job_queue import PostgresJobs
from storage.queries.marketing_board import PostgresMarketingBoard
from storage.queries.products_board import PostgresProductsBoard
from storage.queries.segments import PostgresSegments
from storage.repositories.answers import PostgresAnswers, PostgresQuestions
from storage.repositories.api_keys import PostgresApiKeys
from storage.repositories.audience import PostgresAudience
from storage.repositories.audit import PostgresAudit
from storage.repositories.campaigns import PostgresCampaigns
from storage.repositories.conversations import PostgresConversations
from storage.repositories.data_requests import PostgresDataRequests
from storage.repositories.demand import PostgresLostDemand
from storage.repositories.impressions import PostgresImpressions
from storage.repositories.marketing import PostgresMarketing
from storage.repositories.notifications import PostgresConsents, PostgresNotifications
from storage.repositories.opt_ins import PostgresOptIns
from storage.repositories.orders import PostgresOrders, PostgresQuotes
from storage.repositories.payments import PostgresPayments
from storage.repositories.people import PostgresPeople
from storage.repositories.privacy import PostgresPrivacy
from storage.repositories.products import PostgresProducts
from storage.repositories.promotions import PostgresPromotions, PostgresPromotionUses
from storage.repositories.proofs import PostgresProofs
from storage.repositories.purchases import PostgresPurchases
from storage.repositories.rate_limits import PostgresRates
from storage.repositories.ratings import PostgresRatings
from storage.repositories.recommender import PostgresRecommender
from storage.repositories.returns import PostgresReturns
from storage.repositories.shipments import PostgresShipments
from storage.repositories.staff import PostgresStaff
from storage.repositories.staff_passes import PostgresStaffPasses
from storage.repositories.supply import PostgresSupply
from storage.repositories.tickets import PostgresTickets
from storage.repositories.waiting import PostgresWaitingList


class PostgresUnitOfWork:
    """Implements `domain.ports.UnitOfWork` over one connection of the engine's pool."""

    def __init__(
        self,
        engine: Engine,
        on_event: Callable[[Connection, Event], None] | None = None,
        rates: Rates | None = None,
        committed: Callable[[Event], None] | None = None,
    ) -> None:
        """`on_event` is called inside the transaction, so what it enqueues is committed or undone with it.

        `rates` count over connections of their own; without them a second one of `engine` is taken, which is for
        where few units of work run at once. `committed` hears of each event once it is permanent.
        """
        self._engine = engine
        self._rates = rates
        self._on_event = on_event
        self._committed = committed
        self._told = 0
        self._connection: Connection | None = None
        self.recorded: list[Event] = []

    def __enter__(self) -> Self:
        self._connection = self._engine.connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()
        if error is not None and others_were_in_the_way(error):
            raise Busy from error

    @property
    def connection(self) -> Connection:
        """The connection of this transaction, for jobs that belong to it."""
        if self._connection is None:
            raise RuntimeError("use the unit of work in a with statement")
        return self._connection

    def record(self, event: Event) -> None:
        """Lets those who must act on `event` know, if and when this unit of work is committed."""
        self.recorded.append(event)
        if self._on_event is not None:
            self._on_event(self.connection, event)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that is undone alone when it raises."""
        before = len(self.recorded)
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            del self.recorded[before:]
            raise

    def commit(self) -> None:
        """Makes everything so far permanent."""
        self.connection.commit()
        if self._committed is not None:
            for event in self.recorded[self._told :]:
                self._committed(event)
        self._told = len(self.recorded)

    @cached_property
    def products(self) -> PostgresProducts:
        """The catalogue's rows and their stock."""
        return PostgresProducts(self.connection)

    @property
    def catalogue(self) -> PostgresProducts:
        """Questions to the catalogue."""
        return self.products

    @cached_property
    def recommender(self) -> PostgresRecommender:
        """What is bought together."""
        return PostgresRecommender(self.connection)

    @cached_property
    def impressions(self) -> PostgresImpressions:
        """What customers were recommended."""
        return PostgresImpressions(self.connection)

    @cached_property
    def lost_demand(self) -> PostgresLostDemand:
        """What was asked for and not there."""
        return PostgresLostDemand(self.connection)

    @cached_property
    def supply(self) -> PostgresSupply:
        """How stock stands, and what is agreed with suppliers."""
        return PostgresSupply(self.connection)

    @cached_property
    def products_board(self) -> PostgresProductsBoard:
        """What the board of products and stock is made of."""
        return PostgresProductsBoard(self.connection)

    @cached_property
    def purchases(self) -> PostgresPurchases:
        """What is ordered of suppliers."""
        return PostgresPurchases(self.connection)

    @cached_property
    def waiting(self) -> PostgresWaitingList:
        """Who is to be told when something is back."""
        return PostgresWaitingList(self.connection)

    @cached_property
    def stock_room(self) -> PostgresStockRoom:
        """What staff asks of the catalogue."""
        return PostgresStockRoom(self.connection)

    @cached_property
    def answers(self) -> PostgresAnswers:
        """What staff answered, and the vectors of questions."""
        return PostgresAnswers(self.connection)

    @cached_property
    def questions(self) -> PostgresQuestions:
        """What was asked and not answered."""
        return PostgresQuestions(self.connection)

    @cached_property
    def audit(self) -> PostgresAudit:
        """The log of what staff did."""
        return PostgresAudit(self.connection)

    @cached_property
    def staff_passes(self) -> PostgresStaffPasses:
        """Who of staff may see the pages for staff."""
        return PostgresStaffPasses(self.connection)

    @cached_property
    def customer_facts(self) -> PostgresCustomerFacts:
        """What is known of single customers."""
        return PostgresCustomerFacts(self.connection)

    @cached_property
    def customers_board(self) -> PostgresCustomersBoard:
        """Sums over customers."""
        return PostgresCustomersBoard(self.connection)

    @cached_property
    def api_keys(self) -> PostgresApiKeys:
        """Keys by which other programs ask the shop."""
        return PostgresApiKeys(self.connection)

    @cached_property
    def data_products(self) -> PostgresDataProducts:
        """How the ports of data products are."""
        return PostgresDataProducts(self.connection)

    @cached_property
    def data_requests(self) -> PostgresDataRequests:
        """Who asked to read them."""
        return PostgresDataRequests(self.connection)

    @cached_property
    def staff(self) -> PostgresStaff:
        """The roles that were given in chats."""
        return PostgresStaff(self.connection)

    @cached_property
    def orders(self) -> PostgresOrders:
        """Placed orders."""
        return PostgresOrders(self.connection)

    @cached_property
    def payments(self) -> PostgresPayments:
        """Ledgers of orders, and what customers pay with."""
        return PostgresPayments(self.connection)

    @cached_property
    def ratings(self) -> PostgresRatings:
        """How customers found their orders."""
        return PostgresRatings(self.connection)

    @cached_property
    def returns(self) -> PostgresReturns:
        """What comes back of orders."""
        return PostgresReturns(self.connection)

    @cached_property
    def shipments(self) -> PostgresShipments:
        """What left for customers."""
        return PostgresShipments(self.connection)

    @cached_property
    def quotes(self) -> PostgresQuotes:
        """Quotes shown to customers."""
        return PostgresQuotes(self.connection)

    @cached_property
    def promotions(self) -> PostgresPromotions:
        """Codes and automatic discounts."""
        return PostgresPromotions(self.connection)

    @cached_property
    def promotion_uses(self) -> PostgresPromotionUses:
        """Which orders used them."""
        return PostgresPromotionUses(self.connection)

    @cached_property
    def people(self) -> PostgresPeople:
        """Customers and their protected data."""
        return PostgresPeople(self.connection)

    @cached_property
    def conversations(self) -> PostgresConversations:
        """Persistent conversations."""
        return PostgresConversations(self.connection)

    @cached_property
    def notifications(self) -> PostgresNotifications:
        """What was sent to customers and what was withheld."""
        return PostgresNotifications(self.connection)

    @cached_property
    def opt_ins(self) -> PostgresOptIns:
        """What was asked and answered about marketing."""
        return PostgresOptIns(self.connection)

    @cached_property
    def consents(self) -> PostgresConsents:
        """Who wants marketing."""
        return PostgresConsents(self.connection)

    @cached_property
    def proofs(self) -> PostgresProofs:
        """Codes that prove whose an e-mail address is."""
        return PostgresProofs(self.connection)

    @cached_property
    def rates(self) -> Rates:
        """How often something was done of late."""
        return self._rates or PostgresRates(self._engine)

    @property
    def code_tries(self) -> Rates:
        """How often codes of promotions were guessed at of late."""
        return self.rates

    @cached_property
    def marketing(self) -> PostgresMarketing:
        """What the rules of marketing need to know."""
        return PostgresMarketing(self.connection)

    @cached_property
    def segments(self) -> PostgresSegments:
        """What the warehouse knows of customers' segments."""
        return PostgresSegments(self.connection)

    @cached_property
    def churn_risks(self) -> PostgresChurnRisks:
        """Who may be leaving."""
        return PostgresChurnRisks(self.connection)

    @cached_property
    def campaigns(self) -> PostgresCampaigns:
        """Campaigns and their members."""
        return PostgresCampaigns(self.connection)

    @cached_property
    def campaign_results(self) -> PostgresCampaignResults:
        """What campaigns came to."""
        return PostgresCampaignResults(self.connection)

    @cached_property
    def audiences(self) -> PostgresAudiences:
        """Who is in an audience."""
        return PostgresAudiences(self.connection)

    @cached_property
    def audience(self) -> PostgresAudience:
        """Whom staff collected for a campaign."""
        return PostgresAudience(self.connection)

    @cached_property
    def marketing_board(self) -> PostgresMarketingBoard:
        """What the board of marketing shows."""
        return PostgresMarketingBoard(self.connection)

    @cached_property
    def conversations_board(self) -> PostgresConversationsBoard:
        """What the board of conversations shows."""
        return PostgresConversationsBoard(self.connection)

    @cached_property
    def builds(self) -> PostgresBuilds:
        """How the warehouse's builds went."""
        return PostgresBuilds(self.connection)

    @cached_property
    def jobs(self) -> PostgresJobs:
        """The durable jobs that were given up."""
        return PostgresJobs(self.connection)

    @cached_property
    def privacy(self) -> PostgresPrivacy:
        """Everything that is kept of a person."""
        return PostgresPrivacy(self.connection)

    @cached_property
    def tickets(self) -> PostgresTickets:
        """Conversations that a person takes over."""
        return PostgresTickets(self.connection)
