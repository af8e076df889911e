"""An HTTP address that gives JSON in pages, read as if it were a folder with one file that is new every hour."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from analytics.folders import Found, Unreachable

ANSWER_SECONDS = 20
MOST_PAGES = 10_000
_LISTS = ("data", "items", "results", "tickets")
_NAME = "pages.json"


class Pages:
    """What an address answers with `page=1`, `page=2` and so on, or with the address of the next page in `next`."""

    def __init__(self, address: str, *, most_bytes: int, now: Callable[[], datetime], token: str = "") -> None:
        """`token` is shown to that address alone, as a bearer's."""
        self.address = address
        self._most_bytes = most_bytes
        self._now = now
        self._token = token

    def files(self, pattern: str = "*") -> list[Found]:
        """One, which is another one every hour."""
        hour = f"{self._now():%Y-%m-%dT%H}"
        return [Found(path=self.address, name=_NAME, bytes=0, stamp=hour, changed_at=None)]

    def fetch(self, file: Found, to: Path) -> str | None:
        """Writes what all pages hold, an object on each line, and returns the SHA-256 of that.

        Raises:
            Unreachable: it does not answer, refuses, answers no JSON, leads elsewhere, or has no end.
        """
        digest, size = hashlib.sha256(), 0
        with to.open("wb") as out:
            for found in self._objects():
                line = json.dumps(found, ensure_ascii=False).encode(errors="replace") + b"\n"
                size += len(line)
                if size > self._most_bytes:
                    raise Unreachable(self.address, f"it gives more than {self._most_bytes / 1e6:,.0f} MB")
                digest.update(line)
                out.write(line)
        return digest.hexdigest()

    def remove(self, file: Found) -> None:
        """Nothing can be taken away there."""

    def _objects(self) -> Iterator[Any]:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        place = urlsplit(self.address)[:2]
        url, numbered = str(httpx.URL(self.address).copy_merge_params({"page": "1"})), True
        with httpx.Client(timeout=ANSWER_SECONDS, headers=headers) as client:
            for page in range(2, MOST_PAGES + 2):
                answer = self._answer(client, url)
                objects = answer if isinstance(answer, list) else _list_in(answer)
                if objects is None:
                    raise Unreachable(self.address, "it answers with no list")
                yield from objects
                following = answer.get("next") if isinstance(answer, dict) else None
                if isinstance(following, str) and following:
                    url, numbered = urljoin(url, following), False
                elif numbered and objects:
                    url = str(httpx.URL(self.address).copy_merge_params({"page": str(page)}))
                else:
                    return
                if urlsplit(url)[:2] != place:
                    raise Unreachable(self.address, "its next page is elsewhere")
        raise Unreachable(self.address, f"it has more than {MOST_PAGES:,} pages")

    def _answer(self, client: httpx.Client, url: str) -> Any:
        try:
            with client.stream("GET", url) as response:
                response.raise_for_status()
                whole = b""
                for block in response.iter_bytes():
                    whole += block
                    if len(whole) > self._most_bytes:
                        raise Unreachable(self.address, "a page has no end")
            if response.is_redirect:
                raise Unreachable(self.address, "it leads elsewhere")
            return json.loads(whole)
        except httpx.HTTPStatusError as error:
            raise Unreachable(self.address, f"HTTP {error.response.status_code}") from error
        except (httpx.HTTPError, ValueError, RecursionError) as error:
            raise Unreachable(self.address, type(error).__name__) from error


def _list_in(answer: Any) -> list[Any] | None:
    found = (answer.get(name) for name in _LISTS) if isinstance(answer, dict) else ()
    return next((one for one in found if isinstance(one, list)), None)
