"""Who may be sent marketing and when: the shop's rules. Every answer has its reason."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from domain.model import Order, OrderState
from domain.records.marketing_facts import Facts

DAY, WEEK = timedelta(days=1), timedelta(days=7)
AFTER_CANCELLING = timedelta(hours=24)
ORDER_CANCELLED = "the order was cancelled"
PAUSED = "marketing is paused"


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The shop's rules of marketing; the quiet hours are clock times in `time_zone`."""

    per_day: int = 1
    per_week: int = 3
    quiet_from: time = time(21)
    quiet_until: time = time(9)
    time_zone: tzinfo = UTC
    not_bought: timedelta = timedelta(days=30)
    cart_silence: timedelta = timedelta(hours=3)

    def quiet_end(self, now: datetime) -> datetime | None:
        """When the quiet hours end that `now` lies in; None outside them."""
        there = now.astimezone(self.time_zone)
        clock = there.time()
        over_midnight = self.quiet_from > self.quiet_until
        late, early = clock >= self.quiet_from, clock < self.quiet_until
        if not ((late or early) if over_midnight else (late and early)):
            return None
        day = there.date() + timedelta(days=1) if over_midnight and late else there.date()
        return datetime.combine(day, self.quiet_until, self.time_zone).astimezone(now.tzinfo)


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Whether to send: yes, no, or not before `not_before`; and why, in words for staff."""

    send: bool
    reason: str
    not_before: datetime | None = None


def judge(facts: Facts, limits: Limits, now: datetime) -> Verdict:
    """Applies the rules that hold for all marketing, the ones that forbid for good first."""
    if facts.paused:
        return Verdict(send=False, reason=PAUSED)
    if facts.consent is None:
        return Verdict(send=False, reason="no consent")
    if not facts.consent.given:
        return Verdict(send=False, reason=f"opted out ({facts.consent.by})")
    if not facts.consent.confirmed:
        return Verdict(send=False, reason="consent that the address never confirmed")
    if facts.suppressed:
        return Verdict(send=False, reason=f"suppressed: {facts.suppressed}")
    if facts.handed_over:
        return Verdict(send=False, reason="a person has the chat")
    if facts.cancelled_at is not None and now - facts.cancelled_at < AFTER_CANCELLING:
        return Verdict(send=False, reason="cancelled an order in the last 24 hours")
    for most, span, words in ((limits.per_day, DAY, "24 hours"), (limits.per_week, WEEK, "7 days")):
        count = sum(one.tried_at is not None and now - one.tried_at < span for one in facts.sent)
        if count >= most:
            return Verdict(send=False, reason=f"cap: {count} of {most} in {words}")
    quiet_end = limits.quiet_end(now)
    if quiet_end is not None:
        until = quiet_end.astimezone(limits.time_zone)
        return Verdict(send=False, reason=f"quiet hours until {until:%b %-d, %H:%M %Z}", not_before=quiet_end)
    return Verdict(send=True, reason=f"agreed ({facts.consent.by})")


def judge_order(order: Order, facts: Facts, limits: Limits, now: datetime) -> Verdict:
    """Applies the rules to the recommendation that follows an order."""
    if order.state is OrderState.CANCELLED:
        return Verdict(send=False, reason=ORDER_CANCELLED)
    return judge(facts, limits, now)
