"""What is kept of a person, and who may see and erase how much of it.

An e-mail is a person's own when a channel or a code has proven it. Of an unproven one a chat identity sees and erases
what it did itself; the e-mail goes too where nobody else ever used it. Nothing tells an asker which of both it was,
for that would say whether the shop knows an address.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from domain.conversation import CartLine
from domain.model import Discount, Identity, OrderLine
from domain.records.returns import Return


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """Whose data is meant: everything of these chat identities, and everything under these hashed e-mails.

    `users` are other identities that used one of the e-mails beside their own: of theirs, only what belongs to it.
    `strangers` are those among all of these that used an e-mail without proving it: their parcels still arrive.
    """

    identity_ids: tuple[int, ...] = ()
    hashed_emails: tuple[str, ...] = ()
    users: tuple[int, ...] = ()
    strangers: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """How much is kept, in numbers; `open_orders` are one's own that are placed and neither shipped nor cancelled.

    `parcels` are the orders of others under one's e-mail that are still to arrive: they keep where they go. `addresses`
    are those that would be erased, and `mails` those to the reached e-mails; `gift_cards` is what is left on theirs.
    """

    orders: int
    addresses: int
    chats: int
    answers: int
    notes: int
    mails: int
    open_orders: tuple[int, ...]
    parcels: tuple[int, ...] = ()
    gift_cards: Decimal = Decimal("0.00")


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptEmail:
    """An e-mail address, and who has it; `marketing` is the customer's word on it, if it was ever given."""

    email: str
    proven_by: str
    known_since: datetime | None
    postcode: str
    marketing: bool | None
    no_marketing_because: str
    first_name: str = ""
    last_name: str = ""
    signed_up_on: date | None = None
    reference: str = ""  # what the file calls its owner that the names came from


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptPayment:
    """A line of an order's ledger; `method` is what its customer calls what paid, as long as that is kept."""

    kind: str
    amount: Decimal
    method: str
    why: str
    state: str
    at: datetime
    done_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptMethod:
    """What somebody pays with, and what is left on it where it is a gift card."""

    kind: str
    label: str
    balance: Decimal | None


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptOrder:
    """An order as its customer may see it."""

    order_id: int
    state: str
    placed_at: datetime
    lines: tuple[OrderLine, ...]
    discount: Decimal
    total: Decimal
    shipping_address: str
    promotions: tuple[Discount, ...] = ()
    parcel: str = ""  # who brings it, and under which number
    store_id: str = ""  # the branch that sold it
    order_ref: str = ""  # what that calls it
    rating: int | None = None  # how they found it, from 1 to 5
    returns: tuple[Return, ...] = ()  # what came back of it, or is to
    payments: tuple[KeptPayment, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptChat:
    """What is remembered of a chat."""

    channel: str
    chat_id: str
    sender_id: str
    cart: tuple[CartLine, ...]
    masked_email: str


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptText:
    """A text and when it was written; `about` says by whom or as what."""

    at: datetime
    about: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonalData:
    """All that is kept of a person, in their own terms; of mails those to the reached e-mails."""

    emails: tuple[KeptEmail, ...]
    chats: tuple[KeptChat, ...]
    orders: tuple[KeptOrder, ...]
    addresses: tuple[KeptText, ...]
    answers: tuple[KeptText, ...]
    notes: tuple[KeptText, ...]
    mails: tuple[KeptText, ...]
    notifications: tuple[KeptText, ...]
    consents: tuple[KeptText, ...]
    recommended: tuple[KeptText, ...]
    counted: tuple[KeptText, ...]  # what they asked for in vain, and how far their turns came on a day
    waiting: tuple[KeptText, ...] = ()  # what they are to be told of when it is back, or were lately
    methods: tuple[KeptMethod, ...] = ()
    reckoned: tuple[KeptText, ...] = ()  # what is predicted of them, and whether they are collected for a campaign


class Privacy(Protocol):
    """Everything that the tables keep of a person."""

    def reach_of(self, identity: Identity) -> Reach:
        """What an identity may erase."""
        ...

    def reach_of_email(self, hashed_email: str) -> Reach | None:
        """All of an e-mail's, for staff; None when the shop does not know it."""
        ...

    def lock(self, reach: Reach) -> None:
        """Nobody else writes in the conversations concerned until this unit of work ends.

        Raises:
            Busy: one of them is in the middle of something for too long.
        """
        ...

    def kept(self, reach: Reach) -> Kept:
        """How much there is."""
        ...

    def data(self, reach: Reach) -> PersonalData:
        """All there is."""
        ...

    def erase(self, reach: Reach) -> None:
        """Deletes it. Orders stay, under a random token in place of each hashed e-mail, so that all totals do.

        So do those that these identities placed under an e-mail which is not theirs to erase.

        What a stranger ordered under the e-mail keeps its shipping address until `forget_parcel`.
        """
        ...

    def forget_parcel(self, order_id: int) -> None:
        """Erases the shipping address of an order that has no e-mail any more, unless something else needs it."""
        ...


def visible_to(identity: Identity) -> Reach:
    """What an identity may see: what it did itself, and what is under its proven e-mail."""
    proven = (identity.proven_email,) if identity.proven_email else ()
    return Reach(identity_ids=(identity.identity_id,), hashed_emails=proven)


def kept_of(privacy: Privacy, identity: Identity, reach: Reach) -> Kept:
    """How much of a reach an identity is told of: a mail to an unproven e-mail is not even counted.

    Whether one went out there depends on what others did with the e-mail.
    """
    return replace(privacy.kept(reach), mails=privacy.kept(visible_to(identity)).mails)
