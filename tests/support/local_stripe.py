"""A stand-in for Stripe on this machine: starts localstripe from its own environment, and pays as a browser would."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from nlu.processes import free_port

MISSING = "no localstripe here: make .parley/localstripe/bin/localstripe, or set PARLEY_LOCAL_STRIPE"
API_KEY = "sk_test_parley"
WEBHOOK_SECRET = "whsec_parley"
_CARD = {"card[number]": "4242424242424242", "card[exp_month]": "12", "card[exp_year]": "2040", "card[cvc]": "123"}


def binary() -> str | None:
    """Where it is; None where it is not."""
    for known in (os.environ.get("PARLEY_LOCAL_STRIPE"), ".parley/localstripe/bin/localstripe"):
        if known and Path(known).exists():
            return known
    return None


class LocalStripe:
    """A running one."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = httpx.Client(base_url=url, auth=(API_KEY, ""))

    def close(self) -> None:
        self._client.close()

    def _post(self, path: str, **fields: str) -> dict[str, object]:
        answer = self._client.post(path, data=fields)
        answer.raise_for_status()
        return dict(answer.json())

    def pays(self, intent: str) -> None:
        """The customer pays by card, as Stripe's form has them."""
        method = self._client.post("/v1/payment_methods", data={"type": "card", **_CARD}).json()["id"]
        self._post(f"/v1/payment_intents/{intent}", payment_method=method)
        self._post(f"/v1/payment_intents/{intent}/confirm")

    def refunds(self, intent: str) -> list[int]:
        """What went back of a payment, in cents."""
        found = self._client.get("/v1/refunds", params={"payment_intent": intent}).json()["data"]
        return [one["amount"] for one in found]

    def reports_to(self, url: str) -> None:
        """Where it sends what happens, signed."""
        self._client.post("/_config/webhooks/parley", data={"url": url, "secret": WEBHOOK_SECRET}).raise_for_status()


@contextmanager
def running() -> Iterator[LocalStripe]:
    """Starts one, empty, and ends it."""
    port = free_port()
    process = subprocess.Popen(
        [str(binary()), "--port", str(port), "--from-scratch"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url)
        server = LocalStripe(url)
        yield server
        server.close()
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(url: str) -> None:
    for _ in range(200):
        try:
            httpx.get(f"{url}/v1/balance", auth=(API_KEY, ""))
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("localstripe did not start")
