"""The addresses in mails: signed, so that nobody can make one up, and what each of them stands for."""

import hashlib
import hmac
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import urlencode

from itsdangerous import BadSignature, URLSafeSerializer


class Links:
    """Makes and reads links to the web app at `base` (without a slash at its end).

    `keys` are the secrets that links may be signed with, the newest last: with it new ones are signed.
    """

    def __init__(self, base: str, keys: Sequence[bytes]) -> None:
        self._base = base
        secrets = [hmac.new(key, b"links in mails", hashlib.sha256).hexdigest() for key in keys]
        self._orders = URLSafeSerializer(secrets, salt="cancel")
        self._mails = URLSafeSerializer(secrets, salt="unsubscribe")
        self._opt_ins = URLSafeSerializer(secrets, salt="opt in")
        self._confirmations = URLSafeSerializer(secrets, salt="confirm")
        self._ratings = URLSafeSerializer(secrets, salt="rate")
        self._payments = URLSafeSerializer(secrets, salt="pay")

    def home(self) -> str:
        """The chat."""
        return f"{self._base}/"

    def add(self, product_id: str, message_id: str) -> str:
        """The chat, with this product put into the cart, as the mail of this message suggests."""
        return f"{self._base}/?{urlencode({'add': product_id, 'from': message_id})}"

    def image(self, url: str) -> str:
        """A product picture's address; the shop's own pictures have only a path."""
        return f"{self._base}{url}" if url.startswith("/") else url

    def cancel(self, order_id: int) -> str:
        """The page on which an order can be cancelled by who got its confirmation."""
        return f"{self._base}/cancel/{self._orders.dumps(order_id)}"

    def unsubscribe(self, message_id: str) -> str:
        """The page, and the one-click address, that ends all marketing to who got this message."""
        return f"{self._base}/unsubscribe/{self._mails.dumps(message_id)}"

    def opt_in(self, opt_in_id: int) -> str:
        """The page on which the owner of an address agrees to marketing."""
        return f"{self._base}/ideas/{self._opt_ins.dumps(opt_in_id)}"

    def confirm(self, order_id: int) -> str:
        """The page on which the owner of an address confirms that an order is theirs."""
        return f"{self._base}/confirm/{self._confirmations.dumps(order_id)}"

    def rate(self, order_id: int, score: int) -> str:
        """The page on which who got the question how an order was answers it, with a score chosen already."""
        return f"{self._base}/rate/{self._ratings.dumps(order_id)}?score={score}"

    def pay(self, order_id: int) -> str:
        """The page on which what is still to be paid for an order is paid by card."""
        return f"{self._base}/pay/{self._payments.dumps(order_id)}"

    def paid_by(self, token: str) -> int | None:
        """The order that a link pays; None for a made-up one."""
        return _number(self._payments, token)

    def order_of(self, token: str) -> int | None:
        """The order of a cancel link; None for a made-up one."""
        return _number(self._orders, token)

    def opt_in_of(self, token: str) -> int | None:
        """What a link agrees to; None for a made-up one."""
        return _number(self._opt_ins, token)

    def confirmed_by(self, token: str) -> int | None:
        """The order that a link confirms; None for a made-up one."""
        return _number(self._confirmations, token)

    def rated_by(self, token: str) -> int | None:
        """The order that a link rates; None for a made-up one."""
        return _number(self._ratings, token)

    def message_of(self, token: str) -> str | None:
        """The message of an unsubscribe link; None for a made-up one."""
        with suppress(BadSignature):
            found = self._mails.loads(token)
            return found if isinstance(found, str) else None
        return None


def _number(serializer: URLSafeSerializer, token: str) -> int | None:
    with suppress(BadSignature):
        found = serializer.loads(token)
        return found if isinstance(found, int) else None
    return None
