"""Plays a case as its customer: what stands before it with buttons and plain words, then what was said."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.judges.sets import Case
from tests.judges.shop import TradeShop
from tests.judges.verdicts import Seen, Verdict, by_itself, judge

_ADDRESS = "12 Oak Street, Denver CO 80203"


class CannotPrepare(Exception):
    """What stands before the message did not come about, so that nothing can be judged."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    """A turn of a case, with its verdict; none where the case could not be prepared.

    `own` is the verdict on what the turn does by itself, whatever became of the turns before it.
    """

    case: Case
    said: str
    verdict: Verdict | None
    log: tuple[str, ...]
    own: Verdict | None = None


@dataclass
class Customer:
    """Somebody in a conversation of their own, from a network of their own."""

    shop: TradeShop
    number: int
    client: httpx.Client
    log: list[str] = field(default_factory=list)
    cart: dict[str, int] = field(default_factory=dict)
    replies: list[dict[str, Any]] = field(default_factory=list)
    state: dict[str, Any] = field(default_factory=dict)
    order_id: int | None = None

    def says(self, said: str) -> None:
        """Types a message."""
        self._post({"text": said}, said)

    def presses(self, choice: str) -> None:
        """Presses a button by what it stands for."""
        self._post({"choice": choice}, f"[{choice}]")

    def presses_first(self, verb: str) -> None:
        """Presses the first button of a verb in the last answer."""
        choice = next((one for one in self._choices() if one.partition(":")[0] == verb), None)
        if choice is None:
            raise CannotPrepare(f"no button {verb!r} in {json.dumps(self.replies)[:400]}")
        self.presses(choice)

    def puts(self, cart: dict[str, int]) -> None:
        """Fills the cart with taps."""
        for product_id, quantity in cart.items():
            for _ in range(quantity):
                self.presses(f"add:{product_id}")
        if self.cart != cart:
            raise CannotPrepare(f"the cart holds {self.cart}")

    def checks_out(self, *, until: str) -> None:
        """Goes on until the shop asks for "email", "address" or "confirm"."""
        if not self.cart:
            raise CannotPrepare("nothing to check out")
        self.presses("checkout:")
        if until != "email":
            self.says(f"judge{self.number}@example.com")
        if until == "confirm":
            self.says(_ADDRESS)
        if self.state["asked"] != until:
            raise CannotPrepare(f"the shop asks for {self.state['asked']}")

    def orders(self, cart: dict[str, int]) -> None:
        """Places an order."""
        self.puts(cart)
        self.checks_out(until="confirm")
        self.presses_first("confirm")
        if self.order_id is None:
            raise CannotPrepare("no order was placed")

    def _post(self, body: dict[str, Any], said: str) -> None:
        network = {"X-Forwarded-For": f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}"}
        answer = self.client.post(f"{self.shop.base}/api/chat", json=body, headers=network)
        if answer.status_code != 200:
            raise CannotPrepare(f"{answer.status_code}: {answer.text[:200]}")
        told = answer.json()
        self.replies, self.state = told["replies"], told["state"]
        self.cart = dict(self.state["cart"])
        self.order_id = self.state["order"] or self.order_id
        self.log += [f"> {said}", f"< {self.text}", f"  {json.dumps(self.state)}"]

    @property
    def text(self) -> str:
        """The last answer as one text."""
        return "\n".join(f"{reply['title']}\n{reply['text']}".strip() for reply in self.replies)

    def _choices(self) -> list[str]:
        return [button["choice"] for reply in self.replies for button in reply["buttons"]]

    def seen(self, before: dict[str, int], order_before: dict[str, int] | None) -> Seen:
        """What the last message did."""
        address, email = self.shop.last_contact()
        written, choices = self.text, self._choices()
        named = {one.product_id: written.casefold().find(one.name.casefold()) for one in self.shop.products.values()}
        shown = [choice.partition(":")[2] for choice in choices if choice.startswith("add:")]
        shown += sorted((one for one, at in named.items() if at >= 0 and one not in shown), key=named.__getitem__)
        offered = [choice.partition(":")[2] for choice in choices if re.match(r"(?:add|pick):", choice)]
        return Seen(
            cart_before=before,
            cart=self.cart,
            asked=self.state["asked"],
            did=self.state.get("did", ()),
            placed=self.state["order"] is not None,
            cancelled=self.state["cancelled"] is not None,
            order_before=order_before,
            order=self._order(),
            address=address,
            email_noted=email,
            text=written,
            shown=[one for one in shown if one in self.shop.products],
            offered=offered,
        )

    def _order(self) -> dict[str, int] | None:
        return None if self.order_id is None else self.shop.order_lines(self.order_id)


def play(case: Case, shop: TradeShop, number: int) -> list[Played]:
    """All turns of a case with their verdicts."""
    with httpx.Client(timeout=60) as client:
        customer = Customer(shop=shop, number=number, client=client)
        try:
            for step in case.before:
                _prepare(customer, step)
        except CannotPrepare as trouble:
            return [Played(case=case, said=case.says[0].text, verdict=None, log=(*customer.log, str(trouble)))]
        played = []
        expected = dict(customer.cart)
        for say in case.says:
            before, order_before, begins = dict(customer.cart), customer._order(), len(customer.log)
            try:
                customer.says(say.text)
            except CannotPrepare as trouble:
                played.append(Played(case=case, said=say.text, verdict=None, log=(str(trouble),)))
                break
            seen, log = customer.seen(before, order_before), tuple(customer.log[begins:])
            verdict = judge(say.expect, seen, shop.products)
            own = judge(by_itself(say.expect, expected, seen), seen, shop.products)
            played.append(Played(case=case, said=say.text, verdict=verdict, log=log, own=own))
            expected = dict(say.expect.get("cart", expected))
        return played


def _prepare(customer: Customer, step: tuple[Any, ...]) -> None:
    match step:
        case ("cart", cart):
            customer.puts(cart)
        case ("checkout",):
            customer.checks_out(until="confirm")
        case ("asked_email",):
            customer.checks_out(until="email")
        case ("asked_address",):
            customer.checks_out(until="address")
        case ("placed", cart):
            customer.orders(cart)
        case ("placed_cancelling", cart):
            customer.orders(cart)
            customer.presses(f"cancel:{customer.order_id}")
        case ("listed", said, *_) | ("said", said):
            customer.says(said)
        case _:
            raise CannotPrepare(f"nobody knows how to prepare {step[0]!r}")
