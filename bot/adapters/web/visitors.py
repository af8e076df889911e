"""Who a visitor of the page is: a signed cookie, and what makes sure that only our own page uses it."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from fastapi import Request, Response
from itsdangerous import BadSignature, URLSafeSerializer

COOKIE = "parley"
COOKIE_SECONDS = 365 * 24 * 3600
LEAST_ID = 16  # characters of a message's id that nobody guesses: the page's have 36
_OUR_OWN = ("same-origin", "none")  # https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header


class Visitors:
    """Knows visitors again.

    `keys` may have signed their cookies, the newest last. `public_url` is where they come to.
    """

    def __init__(self, keys: Sequence[bytes], public_url: str) -> None:
        self._signed = URLSafeSerializer([_derived(key, b"web cookie").hex() for key in keys], salt="visitor")
        self._first_messages = _derived(keys[-1], b"first messages")
        self._public = urlsplit(public_url)

    def of(self, request: Request) -> str | None:
        """Whose cookie came along; None without one of ours."""
        with suppress(BadSignature):
            return str(self._signed.loads(request.cookies.get(self._cookie(request), "")))
        return None

    def new(self, message_id: str = "", network: str = "") -> str:
        """Somebody unknown. The same first message, sent again as its answer was lost, is from the same one.

        Only from the same network: who knows a message's id elsewhere is somebody else.
        """
        if len(message_id) < LEAST_ID:
            return secrets.token_urlsafe(18)
        first = f"{network}/{message_id}".encode("utf-8", "replace")
        return urlsafe_b64encode(_derived(self._first_messages, first)[:18]).decode()

    def remember(self, request: Request, response: Response, visitor: str) -> None:
        """Sets the cookie."""
        response.set_cookie(
            self._cookie(request),
            self._signed.dumps(visitor),
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="lax",
            secure=self.is_secure(request),
        )

    def _cookie(self, request: Request) -> str:
        """The cookie's name: by its prefix browsers let no other site, nor a plain connection, put one in its place."""
        return f"__Host-{COOKIE}" if self.is_secure(request) else COOKIE

    def is_secure(self, request: Request) -> bool:
        """Whether the page is reached by https."""
        return "https" in (self._public.scheme, request.url.scheme)

    def is_foreign(self, request: Request) -> bool:
        """Whether a browser says that another site's page sends this. Programs do not say, and have nobody's cookie."""
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        if site is not None and site not in _OUR_OWN:
            return True
        if origin is None or site == "same-origin":
            return False
        return urlsplit(origin).netloc not in {self._public.netloc, request.headers.get("host", "")} - {""}


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hmac.new(key, purpose, hashlib.sha256).digest()
