"""Everything a handler needs to answer one message."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from bot.messages import Choice, IncomingMessage, Reply
from bot.phrases.journeys import Words, words_of
from bot.shop import Shop
from domain.conversation import CartLine, Conversation
from domain.errors import BadEmail
from domain.model import Identity, Order, Product
from domain.orders.cancelling import owns
from domain.orders.journeys import NEW_ORDER, ChangeOrder, Journey
from domain.people.identity import hash_email, mask_email, mask_for_writer, normalise_email
from domain.ports import UnitOfWork
from nlu.rules.moods import Deed, Stance, stance_of
from nlu.understanding import Understanding

CLEAR = 0.6  # how sure the model must be of a yes or no


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One message and its surroundings. Handlers change `conversation` and use `uow`; they never commit."""

    message: IncomingMessage
    understanding: Understanding
    conversation: Conversation
    uow: UnitOfWork
    shop: Shop
    now: datetime
    reduced: bool = False
    cart_then: tuple[CartLine, ...] = ()  # the cart before this message
    named: Mapping[str, Product] = field(default_factory=dict)  # what the message names exactly, by its whole name
    only_names: bool = False  # and nothing else is in the message but how many, and politeness
    goes_on: bool = False  # whether more of the same message follows: then nothing is asked yet
    written: str = ""  # the message's text with its quotes and emoji, for a person to read
    _changed: dict[int, Order] = field(default_factory=dict)  # the orders that journeys change, read once a turn

    @property
    def says_yes(self) -> bool:
        """Whether the message is a clear yes; a doubtful one never places, cancels or empties anything."""
        return self.understanding.intent == "affirm" and self.understanding.confidence >= CLEAR

    @property
    def says_no(self) -> bool:
        """Whether the message is a clear no."""
        return self.understanding.intent == "deny" and self.understanding.confidence >= CLEAR

    def stance(self, deed: Deed) -> Stance:
        """What the message answers to whether something hard to take back shall be done; a button means its label."""
        if self.understanding.text:
            return stance_of(self.understanding.text, deed)
        return Stance.YES if self.says_yes else Stance.NO if self.says_no else Stance.UNCLEAR

    @property
    def identity(self) -> Identity:
        """Who writes."""
        return Identity(identity_id=self.conversation.identity_id, proven_email=self.conversation.proven_email)

    @property
    def journey(self) -> Journey:
        """What the cart is on its way to; the change of an order that is not this customer's any more is none."""
        order_id = self.conversation.changing
        if order_id is None:
            return NEW_ORDER
        if order_id not in self._changed:
            order = self.uow.orders.get(order_id)
            if order is None or not owns(self.identity, order):
                return NEW_ORDER
            self._changed[order_id] = order
        return ChangeOrder(order=self._changed[order_id])

    @property
    def words(self) -> Words:
        """What is said on this journey."""
        return words_of(self.journey)

    @property
    def source(self) -> str:
        """The channel, as orders and movements note it."""
        return self.message.chat.channel

    @property
    def origin(self) -> str:
        """Whom to count this turn for."""
        return self.message.origin

    @property
    def offered(self) -> list[Choice]:
        """What the buttons of the last answer stand for."""
        return [Choice.decode(offer.choice) for offer in self.conversation.offers]

    def products(self, product_ids: Iterable[str]) -> dict[str, Product]:
        """Products by id, those that exist."""
        wanted = list(product_ids)
        return self.uow.products.get(wanted) if wanted else {}

    def masked(self, email: str) -> str:
        """An address that this very message holds, as its answer names it: with its domain unless others read along."""
        return mask_email(email) if self.message.chat.others_read else mask_for_writer(email)

    @property
    def shown_email(self) -> str:
        """The conversation's address as an answer names it; with its domain only if this very message holds it."""
        written = self.understanding.first("email")
        if written is not None:
            with suppress(BadEmail):
                email = normalise_email(written.value)
                if hash_email(email, self.shop.hash_key) == self.conversation.hashed_email:
                    return self.masked(email)
        return self.conversation.masked_email

    def take_email(self, text: str) -> None:
        """Notes the customer's e-mail; the conversation keeps only its hash and mask.

        Raises:
            BadEmail: it is none, or likely mistyped.
        """
        email = normalise_email(text)
        hashed = hash_email(email, self.shop.hash_key)
        self.uow.people.remember_email(hashed, email, self.now)
        self.conversation.hashed_email = hashed
        self.conversation.masked_email = mask_email(email)

    def take_address(self, address: str) -> None:
        """Notes a checked shipping address; the conversation keeps only its key."""
        self.conversation.address_id = self.uow.people.remember_address(
            self.conversation.hashed_email, self.conversation.identity_id, address, self.now
        )


Handler = Callable[[Turn], list[Reply]]
