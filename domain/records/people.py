"""Who customers are, their e-mails and addresses, as they are kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptAddress:
    """An address of a customer; `own` is the one where they live, `lived_since` when they said that they do or did."""

    address_id: int
    text: str
    own: bool = False
    lived_since: datetime | None = None


class People(Protocol):
    """Customers and their protected data; the only way into the restricted tables."""

    def remember_email(self, hashed_email: str, email: str, at: datetime) -> None:
        """Makes the customer known and keeps the way back from the hash, which nobody erases until this is committed.

        Raises:
            Busy: it is being forgotten, or remembered by others, for too long.
        """
        ...

    def email(self, hashed_email: str) -> str | None:
        """The address behind a hash, to send mail to it; None after it was forgotten."""
        ...

    def prove_email(self, identity_id: int, hashed_email: str, email: str, by: str, at: datetime) -> None:
        """Notes that an identity owns an address, and who or what vouched for it; a later proof replaces it."""
        ...

    def confirm_email(self, identity_id: int, hashed_email: str, at: datetime) -> bool:
        """Notes that an address confirmed an identity's orders; False if it had before."""
        ...

    def confirmed(self, identity_id: int, hashed_email: str) -> bool:
        """Whether an address confirmed an identity's orders, or the identity proved it."""
        ...

    def proven(self, identity_id: int, hashed_email: str) -> bool:
        """Whether an identity proved an address."""
        ...

    def proven_email(self, identity_id: int) -> str | None:
        """The hash of the address that somebody proved last."""
        ...

    def proven_by(self, identity_id: int) -> str:
        """Who or what vouched for an identity's address: a channel, "code", "link"; empty where nobody did."""
        ...

    def remember_address(self, hashed_email: str | None, identity_id: int, address: str, at: datetime) -> int:
        """Keeps a shipping address and returns its id."""
        ...

    def address(self, address_id: int) -> str:
        """A shipping address, for its owner's eyes."""
        ...

    def addresses_of(self, hashed_email: str) -> list[KeptAddress]:
        """The addresses that are kept under an e-mail, each once, the newest first."""
        ...

    def live_at(self, hashed_email: str, address_id: int, at: datetime) -> None:
        """Notes that a kept address is where this customer lives from now on; those of others stay as they are."""
        ...

    def hashes_beginning(self, hashed: str) -> list[str]:
        """The hashed e-mails of customers that begin so, at most two."""
        ...

    def remember_parcel(self, order_id: int, carrier: str, tracking: str, at: datetime) -> None:
        """Keeps who brings an order and under which number, in place of what was known of it."""
        ...

    def parcel(self, order_id: int) -> tuple[str, str]:
        """Who brings an order and under which number; both empty where nothing is known, or not any more."""
        ...

    def remember_reason(self, order_id: int, reason: str, at: datetime) -> None:
        """Keeps why the shop cancels an order, or is about to, for its customer; the latest holds."""
        ...

    def reason(self, order_id: int) -> str:
        """Why the shop cancelled an order, or is about to; empty when it did not, or that was forgotten."""
        ...
