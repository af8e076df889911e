"""What the bot remembers of a conversation between two messages. Holds no address and no e-mail, only their keys."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.plans import Place, Plan, PlannedWish, Spoken

SHOWN_LATELY = 4  # answers with products that somebody may come back to


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatRef:
    """Where a conversation takes place: a channel ("web", "slack", …) and the chat's id in it.

    `public` is whether others read along, as in a group: what is said there must not hold addresses.
    """

    channel: str
    chat_id: str
    public: bool = field(default=False, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class CartLine:
    """One product in the cart; prices are decided when a quote is made. `place` keeps the order they were said in."""

    product_id: str
    quantity: int
    place: int = field(default=0, compare=False)


class Problem(StrEnum):
    """Why a line that was asked for is not in the cart yet."""

    WHICH = "which"
    MANY = "many"
    SHORT = "short"
    PACKS = "packs"  # or the pieces that are in them


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenLine:
    """A line that needs an answer before it can go into the cart at `place`; `options` are product ids."""

    phrase: str
    quantity: int
    problem: Problem
    options: tuple[str, ...]
    adds: bool = True
    place: int = 0


class Asked(StrEnum):
    """What the bot asked last."""

    OPEN_LINE = "open_line"
    EMAIL = "email"
    EMAIL_FIX = "email_fix"
    EMAIL_MEANT = "email_meant"
    ADDRESS = "address"
    WHERE_TO = "where_to"
    CONFIRM = "confirm"
    CHECKOUT = "checkout"
    WHICH_LINE = "which_line"
    CLEAR_CART = "clear_cart"
    WHICH_ORDER = "which_order"
    CANCEL_ORDER = "cancel_order"
    CANCEL_MEANING = "cancel_meaning"
    WHAT_TO_CHANGE = "what_to_change"
    FORGET = "forget"
    PROVE_EMAIL = "prove_email"
    CODE = "code"
    STOP_EMAIL = "stop_email"
    NOTE = "note"
    START_EMAIL = "start_email"
    CASE_ORDER = "case_order"
    SOLD_OUT = "sold_out"
    WHAT_WAS_WRONG = "what_was_wrong"
    PLAN_ORDER = "which_order_of_plan"
    WHICH_ITEM = "which_item"
    WHICH_OPTION = "which_option"
    EXCHANGE_OR_REFUND = "exchange_or_refund"
    WHY_RETURN = "why_return"
    PAY_HOW = "pay_how"
    PLAN_ADDRESS = "address_of_plan"
    CONFIRM_PLAN = "confirm_plan"
    RETURN_WHAT = "return_what"
    CONFIRM_RETURN = "confirm_return"


@dataclass(frozen=True, kw_only=True, slots=True)
class PendingQuestion:
    """The open question: its kind, the keys it offered, and what was to be done with the answer.

    It is `aside` while it stands behind the answer to something else, which a mere "ok" may be said to. It wants to be
    agreed to `by_name` where a plain yes may be to what stood beside it.
    """

    kind: Asked
    options: tuple[str, ...] = ()
    subject: str = ""
    quantity: int = 0
    aside: bool = False
    by_name: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A button of the last answer, so that its label can be typed instead."""

    label: str
    choice: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What a recommendation was asked for: to go with products, to be like one, some of a kind, or what is popular.

    Or to fit a need, said in words. With nothing of that it is for the customer. `passed` was shown for it before.
    """

    goes_with: tuple[str, ...] = ()
    like: str = ""
    among: tuple[str, ...] = ()
    popular: bool = False
    need: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """The last list of products a customer was shown, and how to get its next page; a recommendation has its wish."""

    product_ids: tuple[str, ...] = ()
    below: str = ""
    at_most: str = ""
    above: str = ""
    at_least: str = ""
    descending: bool = False
    phrase: str = ""
    category: str = ""
    offset: int = 0
    wish: Wish | None = None

    @property
    def kind(self) -> str:
        """What the products are, in words; empty where they are all kinds of things."""
        return self.category or self.phrase


@dataclass(frozen=True, kw_only=True, slots=True)
class Aside:
    """What a customer was about to order when they turned to a placed order to change it."""

    cart: tuple[CartLine, ...] = ()
    open_lines: tuple[OpenLine, ...] = ()
    address_id: int | None = None
    codes: tuple[str, ...] = ()


class Did(StrEnum):
    """What was done last."""

    CARD = "card"  # the cart, the address, the e-mail or the codes of what is on its way were changed
    PLACED = "placed"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    CARRIED_OUT = "carried_out"  # several things with placed orders, or what comes back of them
    TICKET = "ticket"
    MAILS_STOPPED = "mails_stopped"
    MAILS_STARTED = "mails_started"
    MAILS_HERE = "mails_here"  # ideas come into this chat, too
    WAITS = "waits"  # they will be told when something is back
    WAITS_NO_MORE = "waits_no_more"
    DISMISSED = "dismissed"  # a recommendation
    RATED = "rated"
    PROVEN = "proven"  # an address
    STOPPED = "stopped"  # the way to an order was left, and the cart is kept
    TAKEN_BACK = "taken_back"  # what was done before it


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """What was on its way to an order, and where it went to, before a message changed that."""

    cart: tuple[CartLine, ...] = ()
    changing: int | None = None
    hashed_email: str | None = None
    masked_email: str = ""
    email_from_proof: bool = False
    address_id: int | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """The last deed: what, when, the numbers or ids of what it was done to, and what was there before.

    It is `fresh` as long as the last answer is the one that told of it.
    """

    what: Did
    at: datetime
    of: tuple[str, ...] = ()
    before: Before = field(default_factory=Before)
    fresh: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitting:
    """The placed orders that plans were carried out for, those that only went elsewhere, and when the last one was.

    `pay_told` is whether it was told what pays for swaps, and `method_id` what that was; empty is as it was paid.
    """

    order_ids: tuple[int, ...]
    moved: tuple[int, ...]
    at: datetime
    pay_told: bool = False
    method_id: str = ""


@dataclass(kw_only=True, slots=True)
class Conversation:
    """The state of one sender's conversation in one chat."""

    chat: ChatRef
    sender_id: str
    identity_id: int
    proven_email: str | None = None
    updated_at: datetime | None = None
    cart: list[CartLine] = field(default_factory=list)
    cart_before: list[CartLine] | None = None
    changing: int | None = None  # the placed order that the cart and the address are about
    aside: Aside = field(default_factory=Aside)  # while `changing`
    open_lines: list[OpenLine] = field(default_factory=list)
    checking_out: bool = False
    pending: PendingQuestion | None = None
    hashed_email: str | None = None
    masked_email: str = ""
    email_from_proof: bool = False  # nobody typed it here: it came with a proof, and the next one takes its place
    address_id: int | None = None
    focus: str = ""
    listing: Listing = field(default_factory=Listing)
    recommended: tuple[str, ...] = ()  # the products that were recommended last, newest last
    misunderstood: int = 0
    ticket_id: int | None = None  # while a person has this conversation, the bot is silent
    offers: list[Offer] = field(default_factory=list)
    shown: tuple[tuple[str, ...], ...] = ()  # the products of the last answers that showed some, newest first
    codes: tuple[str, ...] = ()  # of promotions, in their normal form, for the cart or the one to come
    answers: str = ""  # the id of the message from a public place that was answered here last
    done: Done | None = None  # what was done last
    plan: Plan | None = None  # what is wished of placed orders, and waits for a yes
    sitting: Sitting | None = None  # the placed orders that were changed here lately
    spoken_of: tuple[Place, ...] = ()  # what of placed orders an answer was about, the last last
    spoken: Spoken | None = None  # what of placed orders is meant by "it", and by "the lamp too"
    refused: Spoken | None = None  # the orders that things cannot be taken out of, as it was told last
    weighed: PlannedWish | None = None  # what is there instead was shown, and nothing is wished yet

    @property
    def ships_to(self) -> int | None:
        """The key of the address that is known, also while another one is asked for."""
        asked = self.pending
        if self.address_id is None and asked is not None and asked.kind is Asked.ADDRESS and asked.options:
            return int(asked.options[0])
        return self.address_id

    @property
    def standing(self) -> Before:
        """What is on its way, and where it goes to, as it is now."""
        return Before(
            cart=tuple(self.cart),
            changing=self.changing,
            hashed_email=self.hashed_email,
            masked_email=self.masked_email,
            email_from_proof=self.email_from_proof,
            address_id=self.ships_to,
            codes=self.codes,
        )

    def go_back_to(self, before: Before) -> None:
        """Brings back what was on its way, and where it went to; what is open about it is closed."""
        self.cart, self.open_lines, self.cart_before, self.pending = list(before.cart), [], None, None
        self.hashed_email, self.masked_email = before.hashed_email, before.masked_email
        self.email_from_proof, self.address_id = before.email_from_proof, before.address_id
        self.codes = before.codes

    def quantity_of(self, product_id: str) -> int:
        """How many of a product are in the cart."""
        return next((line.quantity for line in self.cart if line.product_id == product_id), 0)

    def next_place(self) -> int:
        """A place behind everything that is in the cart or still open."""
        places = [line.place for line in self.cart] + [line.place for line in self.open_lines]
        return 1 + max(places, default=0)

    def place_of(self, product_id: str) -> int:
        """Where a product stands in the cart; a product that is not in it comes last."""
        return next((line.place for line in self.cart if line.product_id == product_id), self.next_place())

    def put(self, product_id: str, quantity: int, place: int | None = None) -> None:
        """Sets a product's quantity in the cart; 0 takes it out. Lines keep their places, a new one comes last."""
        known = product_id in [line.product_id for line in self.cart]
        if known or place is None:
            place = self.place_of(product_id)
        changed = CartLine(product_id=product_id, quantity=quantity, place=place)
        lines = [changed if line.product_id == product_id else line for line in self.cart]
        lines += [] if known else [changed]
        self.cart = sorted((line for line in lines if line.quantity > 0), key=lambda line: line.place)
        if quantity > 0:
            self.focus = product_id

    def note_shown(self, product_ids: Sequence[str]) -> None:
        """Notes which products an answer shows, for who comes back to them."""
        if product_ids:
            self.shown = tuple(dict.fromkeys((tuple(product_ids), *self.shown)))[:SHOWN_LATELY]

    def remember_cart(self) -> None:
        """Keeps the cart as it is now for an undo."""
        self.cart_before = list(self.cart)

    def undo(self) -> bool:
        """Brings the cart back to before the last change; says whether there was one. A second undo does nothing."""
        if self.cart_before is None:
            return False
        self.cart, self.cart_before = self.cart_before, None
        return True

    def empty_cart(self) -> None:
        """Forgets the cart and everything that was being asked about it."""
        self.cart, self.open_lines, self.checking_out, self.pending = [], [], False, None

    def leave_change(self) -> None:
        """Ends the change of a placed order: what was there before it is there again."""
        aside = self.aside
        self.empty_cart()
        self.changing, self.aside, self.cart_before = None, Aside(), None
        self.cart, self.open_lines, self.address_id = list(aside.cart), list(aside.open_lines), aside.address_id
        self.codes = tuple(dict.fromkeys((*aside.codes, *self.codes)))

    def take_proven(self, hashed_email: str, masked_email: str) -> bool:
        """Orders go to a proven address, unless another one was typed; says whether they go elsewhere than before."""
        if self.hashed_email == hashed_email or not (self.hashed_email is None or self.email_from_proof):
            return False
        self.hashed_email, self.masked_email, self.email_from_proof = hashed_email, masked_email, True
        return True

    def go_on_in(self, private: "Conversation") -> None:
        """Moves the cart and what was asked here into the sender's private conversation.

        Of what was asked there, only a wait for words stays: no yes that was said here may answer a card there.
        """
        if self.changing is not None:
            self.leave_change()
        if private.changing is not None and (self.cart or self.open_lines):
            private.leave_change()
        if self.cart:
            private.remember_cart()
            private.done = None  # what comes is what an undo takes back
        for line in self.cart:
            private.put(line.product_id, private.quantity_of(line.product_id) + line.quantity)
        private.open_lines = [*private.open_lines, *self.open_lines]
        private.codes, self.codes = tuple(dict.fromkeys((*private.codes, *self.codes))), ()
        if self.pending is not None or (private.pending and private.pending.kind not in (Asked.EMAIL, Asked.ADDRESS)):
            private.pending = self.pending
        private.focus, private.offers = self.focus or private.focus, self.offers
        private.listing = self.listing if self.listing.product_ids else private.listing
        self.empty_cart()
        self.cart_before, self.offers = None, []
