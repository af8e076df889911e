"""Customers by pseudonym: segment, value, risk, what may please them; and, for who may, whose address is behind one."""

from decimal import Decimal, InvalidOperation
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from bot.adapters.web.api import answers
from bot.adapters.web.api.access import Needs, parts_of
from bot.adapters.web.api.cursors import Cursor, Limit, cursor, place_of
from bot.adapters.web.api.problems import Problem, described
from bot.adapters.web.api.products import TEXT, companion_answers, product_answer
from bot.phrases import api as phrases
from domain.errors import BadEmail
from domain.model import Identity
from domain.people.identity import hash_email, normalise_email
from domain.ports import UnitOfWork
from domain.products.recommending import recommend_for, taste_of
from domain.pseudonyms import hash_said, pseudonym
from domain.records.api_keys import ApiKey, Scope
from domain.records.auditing import Action, Entry, of_customer
from domain.records.catalogue import ANY_PRICE
from domain.records.customer_facts import CustomerFacts, Place, Served, Wanted
from domain.records.segments import Segment, Tier

customers = APIRouter(tags=["customers"])
Called = Annotated[
    str, Path(min_length=1, max_length=80, pattern=TEXT, description=phrases.SPELLED, examples=[answers.A_CUSTOMER])
]
_NOBODY = 0  # no identity has this number: what an address ordered is told, and of no chat
_MANY = 3  # recommendations of each kind


class Listed(BaseModel):
    """Which customers, and where the list goes on."""

    model_config = ConfigDict(extra="forbid")

    segment: Segment | None = None
    tier: Tier | None = None
    risk_above: float | None = Field(None, ge=0, le=1, description="Whose probability to leave is above it.")
    limit: Limit = 50
    cursor: Cursor = None


class CustomerMeant(BaseModel):
    """Whose address is asked for."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"customer": answers.A_CUSTOMER}]})

    customer: str = Field(min_length=1, max_length=80, pattern=TEXT, description=phrases.SPELLED)


class AddressMeant(BaseModel):
    """Which customer has an address."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"email": "ann@example.com"}]})

    email: str = Field(min_length=1, max_length=320, pattern=TEXT)


@customers.post("/customers/lookup", responses=described(400, 401, 403, 404, 409, 422, 429, 503))
def look_up_customer(
    request: Request, asked: CustomerMeant | AddressMeant, key: Annotated[ApiKey, Depends(Needs(Scope.PII))]
) -> answers.Found:
    """Whose address is behind a pseudonym, or which customer has an address. Every look is in the audit log."""
    parts = parts_of(request)
    with parts.unit_of_work() as uow:
        if isinstance(asked, AddressMeant):
            called, hashed = asked.email, _hash_of(asked.email, parts.shop.hash_key)
        else:
            called, hashed = asked.customer, _meant(uow, asked.customer)
        name = pseudonym(hashed)
        uow.audit.note(Entry(at=parts.clock.now(), actor=key.actor, action=Action.LOOK, subject=of_customer(name)))
        email = uow.people.email(hashed)
        uow.commit()
    if email is None:
        raise Problem(404, phrases.no_customer(called=called))
    return answers.Found(customer=name, hashed_email=hashed, email=email)


@customers.get(
    "/customers", dependencies=[Depends(Needs(Scope.CUSTOMERS))], responses=described(401, 403, 404, 422, 429, 503)
)
def list_customers(request: Request, listed: Annotated[Listed, Query()]) -> answers.Customers:
    """Customers by what they paid, most first; whoever was forgotten is in no list."""
    wanted = Wanted(segment=listed.segment, tier=listed.tier, risk_above=listed.risk_above)
    after = _place(listed.cursor) if listed.cursor else None
    with parts_of(request).unit_of_work() as uow:
        found = uow.customer_facts.page(wanted, listed.limit + 1, after)
        served = uow.customer_facts.served()
    if found is None:
        raise Problem(503, phrases.NOT_BUILT)
    shown = found[: listed.limit]
    more = None
    if len(found) > listed.limit:
        more = cursor(net=str(shown[-1].lifetime_net), id=shown[-1].customer_id)
    return answers.Customers(data=[_customer(one, served) for one in shown], next=more)


@customers.get(
    "/customers/{customer}",
    dependencies=[Depends(Needs(Scope.CUSTOMERS))],
    responses=described(401, 403, 404, 409, 422, 429, 503),
)
def read_customer(request: Request, customer: Called) -> answers.OneCustomer:
    """One customer: habits, predictions, and what may be recommended."""
    parts = parts_of(request)
    with parts.unit_of_work() as uow:
        found = uow.customer_facts.one(_meant(uow, customer))
        if found is None:
            raise Problem(404, phrases.no_customer(called=customer))
        served = uow.customer_facts.served()
        theirs = Identity(identity_id=_NOBODY, proven_email=found.hashed_email)
        taste = taste_of(uow, theirs, parts.clock.now())
        pleasing = recommend_for(uow, taste, without=(), bounds=ANY_PRICE, limit=_MANY)
    again = [
        answers.BoughtBefore(product=product_answer(one.product), times=one.times, last_at=one.last_at)
        for one in pleasing.again
    ]
    told = _customer(found, served).model_dump()
    return answers.OneCustomer(**told, again=again, new=companion_answers(pleasing.new))


def _hash_of(email: str, key: bytes) -> str:
    try:
        return hash_email(normalise_email(email), key)
    except BadEmail as bad:
        raise Problem(404, phrases.NO_EMAIL) from bad


def _meant(uow: UnitOfWork, called: str) -> str:
    """The hashed e-mail of who is meant.

    Raises:
        Problem: nobody is, or several are.
    """
    beginning = hash_said(called)
    found = uow.people.hashes_beginning(beginning) if beginning else []
    if len(found) > 1:
        raise Problem(409, phrases.several_customers(called=called))
    if not found:
        raise Problem(404, phrases.no_customer(called=called))
    return found[0]


def _place(word: str) -> Place:
    place = place_of(word, net=str, id=int)
    try:
        return Place(lifetime_net=Decimal(place["net"]), customer_id=int(place["id"]))
    except InvalidOperation as bad:
        raise Problem(404, phrases.BAD_CURSOR) from bad


def _customer(facts: CustomerFacts, served: Served) -> answers.Customer:
    churn = value = None
    if served.churn is not None and facts.probability is not None and facts.at_stake is not None:
        churn = answers.Churn(
            probability=facts.probability,
            at_stake=facts.at_stake,
            reasons=facts.reasons or "",
            days=served.churn.days,
            as_of=served.churn.as_of,
        )
    if served.value is not None and facts.expected is not None:
        value = answers.Value(expected=facts.expected, days=served.value.days, as_of=served.value.as_of)
    return answers.Customer(
        customer=facts.pseudonym,
        hashed_email=facts.hashed_email,
        as_of=facts.as_of,
        segment=facts.segment,
        tier=facts.tier,
        place=facts.place,
        is_loyal=facts.is_loyal,
        first_order_date=facts.first_order,
        last_order_date=facts.last_order,
        days_since_order=facts.days_since,
        usual_gap_days=None if facts.usual_gap is None else float(facts.usual_gap),
        orders=facts.orders,
        lifetime_net=facts.lifetime_net,
        churn=churn,
        value=value,
    )
