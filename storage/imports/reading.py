"""How the texts of a file are to be understood that depend on the shop: its dates, its e-mails."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from domain.errors import BadEmail
from domain.people.homes import is_home
from domain.people.identity import holds_email, normalise_email

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])"
DATE = rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:[ T]{_CLOCK}{_ZONE}?)?"
_LONGEST_PLACE = 100
_IS_DATE = re.compile(DATE)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How the texts of a file are to be understood."""

    hash_key: bytes
    time_zone: str
    latest: datetime
    rounding: bool = False
    skip_returns: bool = False

    @classmethod
    def of(
        cls, *, hash_key: bytes, time_zone: str, now: datetime, rounding: bool = False, skip_returns: bool = False
    ) -> Self:
        """Dates without a zone are in `time_zone`; dates beyond tomorrow are slips of the pen.

        `rounding` is for prices with more than two decimals, `skip_returns` for rows with negative quantities; both
        are refused without it.
        """
        latest = now + timedelta(days=1)
        return cls(hash_key=hash_key, time_zone=time_zone, latest=latest, rounding=rounding, skip_returns=skip_returns)

    def date(self, written: str, name: str = "date") -> str:
        """A date, with or without a time and a zone, as Postgres reads it after `in_zone`.

        Raises:
            ValueError: it is none, or not of these times; the message says which, and in which column.
        """
        try:
            moment = datetime.fromisoformat(written if _IS_DATE.fullmatch(written) else "")
        except ValueError as exc:
            raise ValueError(f"{name} {written!r} is no date such as 2026-05-12 or 2026-05-12 17:30:00") from exc
        if (
            not EARLIEST
            <= (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(self.time_zone)))
            <= self.latest
        ):
            raise ValueError(f"{name} {written!r} is before {EARLIEST.year} or in the future")
        return moment.isoformat(" ")

    def email(self, written: str, name: str = "cust_email") -> str:
        """A normalised address.

        Raises:
            ValueError: it is none; the message does not repeat it, because messages may be logged.
        """
        try:
            return normalise_email(written)
        except BadEmail as exc:
            domain = exc.suggestion.rpartition("@")[2]
            hint = f"; is {domain} meant?" if domain else ""
            raise ValueError(f"{name} is no e-mail address{hint}") from exc

    def in_zone(self, connection: Connection) -> None:
        """Lets Postgres take dates without a zone for the shop's, until the transaction ends."""
        connection.execute(text("SELECT set_config('TimeZone', :zone, true)"), {"zone": self.time_zone})


def read_place(written: str, name: str = "cust_location") -> str:
    """Where a customer is, roughly: what tells who they are may stand in no table that reports are made of.

    Raises:
        ValueError: it says where somebody lives; the message does not repeat it.
    """
    if len(written) > _LONGEST_PLACE:
        raise ValueError(f"{name} has more than {_LONGEST_PLACE} characters")
    if holds_email(written) or is_home(written):
        raise ValueError(f"{name} says where somebody lives; write the town, region, country or postcode alone")
    return written
