"""`/report`: shows one of the reports now to the one who asks for it, and tells admins who a pseudonym is."""

import re

from bot.admin.customers import NobodyMeant, customer_meant
from bot.admin.replies import actor
from bot.admin.when import read_when
from bot.messages import Reply
from bot.phrases import misread
from bot.phrases import staff as phrases
from bot.turn import Turn
from bot.values import BadInput
from domain.events import ReportAsked
from domain.periods import EARLIEST, Period, Span
from domain.pseudonyms import pseudonym
from domain.records.auditing import Action, Entry
from domain.records.marts import Dimension, Slice
from domain.records.sales import ReportName
from domain.records.staff import Role

NAMES = tuple(ReportName)
REVEAL = "reveal"
MOST = 50
LONGEST = 60  # characters of a store's or a category's name
READERS = {
    ReportName.MARKETING: frozenset({Role.ADMIN, Role.MARKETING}),
    ReportName.FINANCE: frozenset({Role.ADMIN, Role.FINANCE}),
    ReportName.DEALS: frozenset({Role.ADMIN, Role.MARKETING}),
    ReportName.SALES: frozenset({Role.ADMIN, Role.MARKETING, Role.FINANCE}),
    ReportName.STORES: frozenset({Role.ADMIN, Role.MARKETING, Role.FINANCE}),
    ReportName.LOYALTY: frozenset({Role.ADMIN, Role.MARKETING}),
    ReportName.DISCOUNTS: frozenset({Role.ADMIN, Role.MARKETING}),
    ReportName.CHURN: frozenset({Role.ADMIN, Role.MARKETING}),
    ReportName.SUPPORT: frozenset({Role.ADMIN, Role.MARKETING, Role.SUPPORT}),
}
_OF = re.compile(rf"(?:^|(?<=\s))({'|'.join(Dimension)})=(?:[\"“”]([^\"“”]*)[\"“”]|(\S*))", re.IGNORECASE)
_TOP = re.compile(r"top=([0-9]{1,4})", re.IGNORECASE)


def answer_report(turn: Turn, text: str, held: frozenset[Role]) -> list[Reply]:
    """The reply to `/report NAME [day|week|month] [DATE] [top=N]`, which comes by a job, or `/report reveal PSEUDONYM`.

    `/report deals` shows what customers would be told now, `/report sales` can be of a store, a category or a part of
    the day.

    Raises:
        BadInput: no such report, period, date or part.
    """
    of, text = _part(text)
    said, *words = text.split() or [""]
    said = said.lower()
    if said == REVEAL:
        return [_reveal(turn, " ".join(words).lower())]
    if said not in NAMES:
        raise BadInput(misread.WHICH_REPORT, "report")
    name = ReportName(said)
    if name is ReportName.DEALS and words:
        raise BadInput(misread.DEALS_ARE_NOW, "deals")
    if of and name is not ReportName.SALES:
        raise BadInput(misread.WHOLE_REPORT, "sales")
    today = turn.now.astimezone(turn.shop.time_zone).date()
    when = read_when(" ".join(words), today, turn.shop)
    span, day, top = when.span or _usual(name), when.day, name.usual_top
    for word in when.rest:
        if not (found := _TOP.fullmatch(word)):
            raise BadInput(misread.unreadable(word=word), "report")
        top = int(found[1])
    if not 1 <= top <= MOST:
        raise BadInput(misread.top(most=MOST), "report")
    if day is not None and day > today:
        raise BadInput(misread.DAY_TO_COME, "report")
    if day is not None and day < EARLIEST:
        raise BadInput(misread.LONG_AGO, "report")
    zone = turn.shop.time_zone
    period = Period.latest(turn.now, span, zone) if day is None else Period.containing(day, span)
    sender = turn.message.sender_id
    turn.uow.record(
        ReportAsked(name=name, period=period, top=top, channel=turn.source, user=sender, asked=turn.message.id, of=of)
    )
    if name is ReportName.DEALS:
        return [Reply(text=phrases.POST_COMES)]
    if name.of_a_day:
        return [Reply(text=phrases.latest_report_comes(name=name))]
    return [Reply(text=phrases.report_comes(name=name, period=turn.shop.period(period), of=of))]


def _usual(name: ReportName) -> Span:
    return Span.DAY if name is ReportName.MARKETING or name.of_a_day else Span.WEEK


def _part(text: str) -> tuple[Slice, str]:
    """The sales that are meant, as `category="Garden tools"` says, and the text without that.

    Raises:
        BadInput: it is blank, too long, or there twice.
    """
    named: dict[str, str] = {}
    for found in _OF.finditer(text):
        name, value = found[1].lower(), (found[2] or found[3] or "").strip()
        if not value or len(value) > LONGEST or name in named:
            raise BadInput(misread.part(name=name, most=LONGEST), "sales")
        named[name] = value
    return Slice.of(named), _OF.sub(" ", text)


def _reveal(turn: Turn, said: str) -> Reply:
    """Whose pseudonym it is; that it was asked is noted."""
    if not said:
        raise BadInput(misread.WHO_IS_IT, REVEAL)
    try:
        hashed = customer_meant(turn, said, REVEAL)
    except NobodyMeant as nobody:
        name, told = nobody.pseudonym, nobody.reason
    else:
        name, email = pseudonym(hashed), turn.uow.people.email(hashed)
        told = phrases.revealed(pseudonym=name, email=email) if email else phrases.nobody_called(pseudonym=name)
    turn.uow.audit.note(Entry(at=turn.now, actor=actor(turn), action=Action.REVEAL, subject=f"customer:{name}"))
    return Reply(text=told)
