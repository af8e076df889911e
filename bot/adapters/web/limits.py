"""Who asks the web app, as limits see it, and how often each may: a visitor (the cookie), a network (the address).

A cookie costs nothing, so what is limited for a visitor is limited for the network too, more widely: an office shares
one address.
"""

import hashlib
import hmac
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.requests import Request

from domain.ports import Clock
from domain.records.rates import Rate, Rates

MINUTE = timedelta(minutes=1)
A_MOMENT = timedelta(seconds=5)
MOST_REMEMBERED = 10_000
IPV6_NETWORK = 64  # bits: what one customer of a provider gets, and may use every address of


def pseudonyms(key: bytes) -> Callable[[Request], str]:
    """What the network of a request is called wherever it is kept: the same as long as `key` is, and no way back."""
    key = hmac.new(key, b"networks", hashlib.sha256).digest()

    def pseudonym(request: Request) -> str:
        network = network_of(request.client.host if request.client else "")
        return hmac.new(key, network.encode(), hashlib.sha256).hexdigest()[:32]

    return pseudonym


def network_of(address: str) -> str:
    """The address, or the network that all addresses of one IPv6 customer are in; anything else as it is."""
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(IPv6Address(int(parsed) >> (128 - IPV6_NETWORK) << (128 - IPV6_NETWORK)))


class WebLimits:
    """How often visitors and networks may write; several processes count together."""

    def __init__(self, rates: Rates, clock: Clock, *, messages_per_minute: int, visitors_per_network: int) -> None:
        of_network = messages_per_minute * visitors_per_network
        self._rates = rates
        self._used_up: dict[tuple[Rate, str], datetime] = {}  # until when this process need not ask
        self._clock = clock
        self._visitor = Rate(name="messages of a visitor", most=messages_per_minute, per=MINUTE)
        self._newcomers = Rate(name="new visitors of a network", most=messages_per_minute, per=MINUTE)
        self._network = Rate(name="messages of a network", most=of_network, per=MINUTE)
        self._streams = Rate(name="streams of a visitor", most=messages_per_minute, per=MINUTE)
        self._network_streams = Rate(name="streams of a network", most=of_network, per=MINUTE)
        self._looks = Rate(name="looks of a visitor", most=messages_per_minute, per=MINUTE)
        self._newcomers_looks = Rate(name="looks of a network without a cookie", most=messages_per_minute, per=MINUTE)
        self._network_looks = Rate(name="looks of a network", most=of_network, per=MINUTE)

    def take_message(self, visitor: str, network: str, *, new: bool) -> bool:
        """Counts a message, and says whether it may be answered; `new` is a visitor who has no cookie yet.

        What one visitor sends beyond the limit is not counted for the others of the network, but for the first of it.
        """
        counted = [(self._visitor, visitor), (self._network, network)]
        return self._take([*counted, (self._newcomers, network)] if new else counted)

    def take_stream(self, visitor: str, network: str) -> bool:
        """Counts a stream of events that begins, and says whether it may."""
        return self._take([(self._streams, visitor), (self._network_streams, network)])

    def take_look(self, visitor: str | None, network: str) -> bool:
        """Counts a look at a product, and says whether it may be; all who have no cookie yet are one visitor."""
        whose = (self._looks, visitor) if visitor is not None else (self._newcomers_looks, network)
        return self._take([whose, (self._network_looks, network)])

    def _take(self, counted: Sequence[tuple[Rate, str]]) -> bool:
        """Counts all of them, but none while one is known to be used up."""
        now = self._clock.now()
        if any(self._used_up.get(one, now) > now for one in counted):
            return False
        within = self._rates.allow_all(counted, now)
        if len(self._used_up) > MOST_REMEMBERED:
            self._used_up.clear()
        self._used_up.update({one: now + A_MOMENT for one, allowed in zip(counted, within, strict=True) if not allowed})
        return all(within)
