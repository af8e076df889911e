"""Everything a handler needs to answer one message."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import Flag, StrEnum, auto

from bot.counting import Noted
from bot.messages import Choice, IncomingMessage, Reply, Verb
from bot.phrases.journeys import Words, words_of
from bot.shop import Shop
from domain.conversation import Asked, CartLine, Conversation, Did, PendingQuestion
from domain.errors import BadEmail
from domain.model import Identity, Order, Product
from domain.orders.cancelling import owns
from domain.orders.journeys import NEW_ORDER, ChangeOrder, Journey
from domain.people.identity import hash_email, mask_email, normalise_email
from domain.ports import UnitOfWork
from domain.products.catalogue import Match
from domain.products.catalogue import words as words_of_name
from nlu.emoji_words import is_cold, speaks_against
from nlu.own_words import own_words
from nlu.rules.agreeing import asks_advice
from nlu.rules.deeds import Deed, aside
from nlu.rules.moods import Stance, is_a_reason, stance_of
from nlu.rules.promo_codes import CodeWish
from nlu.rules.replacements import Replacement
from nlu.rules.said import Heard, Saying
from nlu.sayings import hear
from nlu.understanding import Entity, Understanding

AGREEING = {"affirm", "checkout"}  # to what is asked
CLEAR = 0.6  # how sure the model must be of a yes or no
SURE = 0.30  # below this nothing is certain enough to be answered
SURE_ENOUGH_TO_CHANGE = 0.40  # the same for what changes a cart, an order or what is kept


class About(StrEnum):
    """What an intent is about, where somebody has to know."""

    CART = "cart"
    ORDERS = "orders"
    CONTACT = "contact"
    ELSE = "else"


class AtOnce(StrEnum):
    """Whether an intent is answered before the open question has its turn."""

    NEVER = "never"
    IF_SURE = "if sure"
    IF_CLEAR = "if clear"


class Slot(Flag):
    """What a question asks for that an intent's words are surely not, even where they look it."""

    NONE = 0
    ADDRESS = auto()
    CHOICE = auto()  # one of the products that are shown
    COUNT = auto()  # how many of something there shall be in the cart
    ANY = ADDRESS | CHOICE | COUNT


@dataclass(frozen=True, kw_only=True)
class Intent:
    """Something a customer may want, who answers it, and what it may do. `bot.intents.INTENTS` is the table of all."""

    name: str
    handle: "Handler"
    label: str = ""  # as a button of the fallback offers it; without one it is never offered
    command: str = ""  # what is typed behind a slash for it, and works as a button does
    about: About = About.ELSE
    buys: bool = False  # names what to buy: ordering and adding to the cart do nearly the same
    changes: bool = False  # a cart, an order or what is kept of somebody
    asks: bool = False  # changes nothing, so that it is answered beside other wishes
    digression: bool = False  # answered in between; then the open question is put again
    polite: bool = False  # and wants nothing
    at_once: AtOnce = AtOnce.NEVER
    asks_back: bool = False  # ends in a question, so that it comes last of several wishes
    in_a_change: bool = False  # goes on with the change of a placed order
    may_be_a_negation: bool = False  # what the model may take "no teapot, thanks" and "I never ordered a teapot" for
    tells: bool = False  # its messages are stories, whose clauses want nothing of their own
    shows_cart: bool = False  # its answer tells what is in the cart
    never: Slot = Slot.NONE

    @property
    def least(self) -> float:
        """How sure the model must be of it."""
        return SURE_ENOUGH_TO_CHANGE if self.changes and not self.tells else SURE

    @property
    def fills_cart(self) -> bool:
        """Whether it puts something into the cart, takes it out or counts it anew."""
        return self.changes and self.about is About.CART


@dataclass(frozen=True, kw_only=True)
class Question:
    """A kind of open question, who reads its answer, and what goes on while it is open.

    `bot.routing.questions.QUESTIONS` is the table of all.
    """

    kind: Asked
    answer: "Callable[[Turn, PendingQuestion], list[Reply] | None]"
    on_the_way: bool = False  # to an order; "stop" leaves that way
    aside: bool = False  # "stop" only closes it
    in_a_change: bool = False  # of the change of a placed order; to others "cancel it" and "keep it" are answers
    about_cancelling: bool = False
    hard_to_undo: bool = False  # it is open only as long as the last answer asks it
    first: bool = False  # nothing more of a message is done before it is answered
    beside: bool = False  # what else stays in the cart may be said beside it
    settles_address: bool = False  # an address may be corrected while it is open
    in_public: bool = False  # its answer tells nothing of anybody
    answered_in_words: bool = False  # and not by a button
    wants_number: bool = True  # a number alone is its answer, and no row of a list that was shown
    wants_digits: bool = False  # and no product that is called so
    takes_six_digits: bool = False  # they answer it, and are no code


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
    shipped_to: int | None = None  # the key of the address before it
    ships_to: str | None = None  # the address that closed rules find offered; "" where it is only talked of
    named: Mapping[str, Product] = field(default_factory=dict)  # what the message names exactly, by its whole name
    did: list[str] = field(default_factory=list)  # the intents whose handlers answered so far, in their order
    noted: Noted = field(default_factory=Noted)  # what is kept of it even where its work is undone
    only_names: bool = False  # and nothing else is in the message but how many, and politeness
    swap: Replacement | None = None  # what shall be replaced by what, as the reader reads it
    codes: CodeWish | None = None  # what it says of promotions' codes, which its text is without
    goes_on: bool = False  # whether more of the same message follows: then nothing is asked yet
    written: str = ""  # the message's text with its quotes and emoji, for a person to read
    intents: Mapping[str, Intent] = field(default_factory=dict)
    questions: Mapping[Asked, Question] = field(default_factory=dict)
    looked_up: dict[str, Match] = field(default_factory=dict)  # what the catalogue has, by the words
    _changed: dict[int, Order] = field(default_factory=dict)  # the orders that journeys change, read once a turn

    def said(self, saying: Saying) -> Heard | None:
        """Where and with what the message says something in fixed words; None where it does not."""
        return hear(self.message.text, saying)

    @property
    def meant(self) -> Intent:
        """What the table says of the likeliest intent; of one that it does not know, nothing at all."""
        return self.intents.get(self.understanding.intent, UNKNOWN)

    def carry_out(self, intent: Intent | None = None) -> list[Reply]:
        """Lets the handler of an intent answer, of the meant one unless another is named, and notes that it did."""
        intent = intent or self.meant
        self.did.append(intent.name)
        return intent.handle(self)

    def note_done(self, deed: str) -> None:
        """Notes a deed that has a name of its own beside its intent's, such as `ticket:broken`."""
        if deed not in self.did:
            self.did.append(deed)

    def note_deed(self, what: Did, of: str = "") -> None:
        """Notes what was done, and the number or id of what it was done to, for who takes it back."""
        self.noted.deeds.setdefault(what, set()).update([of] if of else [])

    @property
    def asked(self) -> Question | None:
        """What the table says of the open question, if there is one."""
        pending = self.conversation.pending
        return None if pending is None else self.questions[pending.kind]

    @property
    def sure(self) -> bool:
        """Whether the model is sure enough of the likeliest intent; all that buy count as one."""
        if self.meant is UNKNOWN:
            return False
        guesses = self.understanding.ranking
        if not self.meant.buys:
            return guesses[0].confidence >= self.meant.least
        buying = (guess.confidence for guess in guesses if self.intents.get(guess.intent, UNKNOWN).buys)
        return sum(buying) >= self.meant.least

    @property
    def says_yes(self) -> bool:
        """Whether the message is a clear yes; a doubtful one never places, cancels or empties anything."""
        clear = self.understanding.intent == "affirm" and self.understanding.confidence >= CLEAR
        return clear and not self.takes_back_by_sign

    @property
    def takes_back_by_sign(self) -> bool:
        """Whether an emoji refuses or doubts what the words say; those of what is only quoted do not count."""
        return speaks_against(own_words(self.written))

    @property
    def says_no(self) -> bool:
        """Whether the message is a clear no."""
        return self.understanding.intent == "deny" and self.understanding.confidence >= CLEAR

    def stance(self, deed: Deed) -> Stance:
        """What the message answers to whether something hard to take back shall be done; a button means its label."""
        pending = self.conversation.pending
        if pending is not None and (pending.aside or pending.by_name):
            deed = aside(deed, offered=pending.by_name or self._shows_another_kind)
        if self.understanding.text:
            cold = is_cold(own_words(self.written))
            stance = stance_of(self.understanding.text, deed, cold=cold)
            if stance is Stance.UNCLEAR and self._says_yes_and_why(deed, cold=cold):
                stance = Stance.YES
            return Stance.UNCLEAR if stance is Stance.YES and self.takes_back_by_sign else stance
        return Stance.YES if self.says_yes else Stance.NO if self.says_no else Stance.UNCLEAR

    @property
    def _shows_another_kind(self) -> bool:
        """Whether the last answer showed products that may be meant in place of what is in the cart."""
        wanted = {line.product_id for line in self.conversation.cart}
        others = [one for one in self.shown if one not in wanted]
        products = self.products([*wanted, *others]) if others else {}
        there, shown = (
            {word for one in ids if one in products for word in words_of_name(products[one].title)}
            for ids in (wanted, others)
        )
        return not there.isdisjoint(shown)

    def is_of_two_minds(self, deed: Deed) -> bool:
        """Whether the words alone say yes to a deed, and what is beside them does not go with it.

        That may be a sign, or the form of a question: "ok 😡", "yes ❌", "would you buy it?".
        """
        text = self.understanding.text
        says_yes = bool(text) and (stance_of(text, deed) is Stance.YES or asks_advice(text, deed))
        return says_yes and self.stance(deed) is not Stance.YES

    def _says_yes_and_why(self, deed: Deed, *, cold: bool) -> bool:
        """Whether a clear yes comes first, and behind it nothing but its reason: the reader hears no wish in it."""
        understanding, wishes = self.understanding, self.understanding.wishes
        if not deed.reasons or not wishes or any(wish.intent not in AGREEING or wish.entities for wish in wishes):
            return False
        text, yes = understanding.text, wishes[0]
        begins = not text[: yes.start].strip()
        begins = begins and stance_of(text[yes.start : yes.end], deed, cold=cold) is Stance.YES
        return begins and is_a_reason(text[yes.end :], deed)

    @property
    def identity(self) -> Identity:
        """Who writes."""
        return Identity(identity_id=self.conversation.identity_id, proven_email=self.conversation.proven_email)

    def own_order(self, order_id: int) -> Order | None:
        """The order of that number, however old, if it is this customer's."""
        order = self.uow.orders.get(order_id)
        return order if order is not None and owns(self.identity, order) else None

    @property
    def newest_open(self) -> Order | None:
        """The order that was placed last, while it can be cancelled."""
        newest = self.uow.orders.of_identity(self.identity, limit=1)
        return newest[0] if newest and newest[0].cancellable(self.now) else None

    @property
    def journey(self) -> Journey:
        """What the cart is on its way to; the change of an order that is not this customer's any more is none."""
        order_id = self.conversation.changing
        if order_id is None:
            return NEW_ORDER
        if order_id not in self._changed:
            order = self.own_order(order_id)
            if order is None:
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

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids of the products that the last answer offers, in their order."""
        verbs = (Verb.ADD, Verb.DEAL, Verb.GROUP, Verb.PICK)
        return tuple(dict.fromkeys(choice.arg for choice in self.offered if choice.verb in verbs))

    @property
    def screen(self) -> tuple[Product, ...]:
        """The products that the last answer showed, or spoke of without buttons, in their order."""
        listed = self.conversation.listing.product_ids
        offered = [choice.arg for choice in self.offered if choice.verb in (Verb.ADD, Verb.DEAL, Verb.GROUP)]
        spoken_of = not offered and self.conversation.pending is None and self.conversation.focus in listed
        is_list = set(offered) & set(listed) and offered != [self.conversation.focus]
        ids = listed if spoken_of or is_list else tuple(dict.fromkeys(offered))
        products = self.products(ids) if ids else {}
        return tuple(products[product_id] for product_id in ids if product_id in products)

    @property
    def focus(self) -> Product | None:
        """The product that was spoken of last."""
        focus = self.conversation.focus
        return self.products([focus]).get(focus) if focus else None

    @property
    def plain_words(self) -> frozenset[str]:
        """The words of the message in small letters, as spaces part them."""
        return frozenset(self.message.text.lower().split())

    @property
    def only_asks(self) -> bool:
        """Whether a message ends in a question mark and wishes for nothing."""
        return self.message.text.rstrip().endswith("?") and self.said(Saying.WISHES_FOR) is None

    def products(self, product_ids: Iterable[str]) -> dict[str, Product]:
        """Products by id, those that exist."""
        wanted = list(product_ids)
        return self.uow.products.get(wanted) if wanted else {}

    def writes_email(self, hashed_email: str | None) -> bool:
        """Whether the message offers the e-mail of that hash."""
        written = self.understanding.first("email")
        with suppress(BadEmail):
            return (
                written is not None and hash_email(normalise_email(written.value), self.shop.hash_key) == hashed_email
            )
        return False

    @property
    def emails(self) -> tuple[Entity, ...]:
        """Every e-mail of the message, offered as the writer's own or not."""
        return tuple(one for one in self.understanding.entities if one.name in ("email", "mentioned"))

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
        self.conversation.email_from_proof = False

    def note_email(self) -> None:
        """Notes the e-mail of a message that is about something else, where none is known and it is a good one."""
        written = self.understanding.first("email")
        if written is not None and self.conversation.hashed_email is None:
            with suppress(BadEmail):
                self.take_email(written.value)

    def take_address(self, address: str) -> None:
        """Notes a checked shipping address; the conversation keeps only its key."""
        self.conversation.address_id = self.uow.people.remember_address(
            self.conversation.hashed_email, self.conversation.identity_id, address, self.now
        )


Handler = Callable[[Turn], list[Reply]]


def _nobody(turn: Turn) -> list[Reply]:
    raise LookupError(f"nobody answers the intent {turn.understanding.intent!r}")


UNKNOWN = Intent(name="", handle=_nobody)
