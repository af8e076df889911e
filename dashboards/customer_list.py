"""The list of customers by pseudonym: whom it holds, how it goes on, and how they are collected for a campaign."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self
from urllib.parse import urlencode

from bot.shop import Shop
from charts.customer_maps import between
from dashboards.board import Cell, Choice, Export, Section, table, text
from dashboards.looking import BadFilter, Look
from dashboards.paging import NOTED, Paging
from domain.records.auditing import of_segment
from domain.records.customer_facts import CustomerFacts, Place, Wanted
from domain.records.customers_board import TENTHS, Risked
from domain.records.predictions import RISK_FROM
from domain.records.segments import Segment, Tier
from reports.report import money

PATH = "/dashboard/customers"
KEY = "list"
_WHOLE = 100  # percent
_RISK = re.compile(r"(\d{1,3})-(\d{1,3})")
_PLACE = re.compile(r"(-?\d{1,16}\.\d\d)_(-?\d{1,18})")
_HEADINGS = ("customer", "segment", "tier", "to leave", "at stake", "paid in all", "last order", "why")


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """Who is listed: of a segment, of a tier, and of a range of risk in percent; None means all."""

    segment: Segment | None = None
    tier: Tier | None = None
    risk: tuple[int, int] | None = None

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Self:
        """From the query of an address.

        Raises:
            BadFilter: a value cannot be.
        """
        segment, tier, risk = (said.get(name) or "" for name in ("segment", "tier", "risk"))
        if segment and segment not in list(Segment):
            raise BadFilter(f"A segment is one of {', '.join(Segment)}.")
        if tier and tier not in list(Tier):
            raise BadFilter(f"A tier is one of {', '.join(Tier)}.")
        return cls(
            segment=Segment(segment) if segment else None,
            tier=Tier(tier) if tier else None,
            risk=_range(risk) if risk else None,
        )

    @property
    def wanted(self) -> Wanted:
        """The same for the storage; a range ends below its end, but for the last one."""
        low, high = self.risk or (None, None)
        return Wanted(
            segment=self.segment,
            tier=self.tier,
            risk_from=None if low is None else low / _WHOLE,
            risk_below=None if high is None or high == _WHOLE else high / _WHOLE,
        )

    @property
    def address(self) -> str:
        """Where the list of them is."""
        return self.page()

    def page(self, after: str = "") -> str:
        """Where it goes on behind a customer."""
        risk = f"{self.risk[0]}-{self.risk[1]}" if self.risk else ""
        said = {"segment": self.segment or "", "tier": self.tier or "", "risk": risk, "after": after}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{PATH}{'?' if query else ''}{query}#{KEY}"

    def choices(self, shop: Shop) -> tuple[Choice, ...]:
        """The filters, as they stand."""
        half = (int(RISK_FROM * _WHOLE), _WHOLE)
        ranges = [half, *((10 * tenth, 10 * tenth + 10) for tenth in reversed(TENTHS))]
        if self.risk is not None and self.risk not in ranges:
            ranges.append(self.risk)
        every = ("", "all")
        risk = f"{self.risk[0]}-{self.risk[1]}" if self.risk else ""
        risks = [(f"{low}-{high}", _called((low, high), shop)) for low, high in ranges]
        segments, tiers = ([(str(one), str(one)) for one in kind] for kind in (Segment, Tier))
        return (
            Choice(name="segment", label="Listed: segment", value=self.segment or "", options=(every, *segments)),
            Choice(name="tier", label="Tier by lifetime value", value=self.tier or "", options=(every, *tiers)),
            Choice(name="risk", label="Probability to leave", value=risk, options=(every, *risks)),
        )

    def called(self, shop: Shop) -> str:
        """In words: "VIP, High tier, 70 – 80% to leave"."""
        return self._worded(_called(self.risk, shop) if self.risk else "")

    def __str__(self) -> str:
        """The same for the audit log, whatever the shop's locale."""
        return self._worded(f"{self.risk[0]} – {self.risk[1]}% to leave" if self.risk else "")

    def _worded(self, risk: str) -> str:
        return ", ".join(filter(None, (self.segment, self.tier and f"{self.tier} tier", risk))) or "all"


def likely() -> Chosen:
    """Who is likelier to leave than not."""
    return Chosen(risk=(int(RISK_FROM * _WHOLE), _WHOLE))


def listed(look: Look, chosen: Chosen, risks: Risked | None) -> Section:
    """The customers who are chosen, the most valuable first: a page of them, or as a file all.

    Raises:
        BadFilter: there is no such place to go on from.
    """
    paging, facts = Paging.of(look, KEY, _PLACE, _place), look.uow.customer_facts
    found = facts.page(chosen.wanted, paging.limit, paging.after) or []
    total = facts.counted(chosen.wanted)
    shown = paging.shown(found)
    notes: tuple[str, ...] = ()
    if shown and total:
        stake = f", with {money(total.at_stake, look.shop)} at stake" if risks else ""
        many = look.shop.counted(total.customers, "customer")
        notes = (f"{many}{stake}, the most valuable first. {_UNLISTED}", *_hint(shown))
    last = f"{shown[-1].lifetime_net}_{shown[-1].customer_id}" if shown else ""
    return Section(
        key=KEY,
        title=f"Who they are: {chosen.called(look.shop)}",
        meaning=look.meaning("prediction_churn.at_stake"),
        table=table(_HEADINGS, [_row(look, one) for one in shown]),
        empty=_nobody(look, chosen, paging.after, risks),
        notes=notes,
        links=paging.links(found, chosen.page, last),
        exports=Export(subject=of_segment(f"{chosen}" if chosen != Chosen() else "all customers"), rows="customers"),
        is_wide=True,
        cut=paging.cut(found, look.shop),
    )


_UNLISTED = f"Whoever was forgotten is in the figures above and in no list. {NOTED}"


def _row(look: Look, one: CustomerFacts) -> tuple[Cell, ...]:
    return (
        text(one.pseudonym),
        text(one.segment or ""),
        text(one.tier or "–"),
        look.share(one.probability),
        _amount(look, one.at_stake),
        _amount(look, one.lifetime_net),
        Cell(said=one.last_order.isoformat() if one.last_order else "never", value=one.last_order),
        text(one.reasons or ""),
    )


def _amount(look: Look, value: Decimal | None) -> Cell:
    return Cell(said="–" if value is None else money(value, look.shop), value=value)


def _hint(shown: Sequence[CustomerFacts]) -> tuple[str, ...]:
    """How to collect those at risk; the first of them is the example."""
    at_risk = [one for one in shown if one.probability is not None and one.probability >= RISK_FROM]
    if not at_risk:
        return ()
    return (
        f"To write to who is likelier to leave than not: type /churn add {at_risk[0].pseudonym} in Slack or Telegram, "
        "which puts them into your campaign audience. /churn audience lists it, and nothing is sent by it.",
    )


def _nobody(look: Look, chosen: Chosen, after: Place | None, risks: Risked | None) -> str:
    if chosen.risk is not None and risks is None:
        return "It is not predicted yet who may leave: that comes after the night's build of the warehouse."
    return "Nobody else: the list ends before." if after else f"Nobody is listed: {chosen.called(look.shop)}."


def _called(risk: tuple[int, int], shop: Shop) -> str:
    return f"{between(*risk, shop)} to leave"


def _range(said: str) -> tuple[int, int]:
    """Two percentages.

    Raises:
        BadFilter: they are no range.
    """
    found = _RISK.fullmatch(said)
    low, high = (int(found[1]), int(found[2])) if found else (_WHOLE, 0)
    if not low < high <= _WHOLE:
        raise BadFilter("A range of risk is written in percent, as 70-80.")
    return low, high


def _place(found: re.Match[str]) -> Place:
    return Place(lifetime_net=Decimal(found[1]), customer_id=int(found[2]))
