"""`/report`: shows one of the reports now to the one who asks for it, and tells admins who a pseudonym is."""

import re
from datetime import date

from bot.admin.customers import NobodyMeant, customer_meant
from bot.admin.parsing import BadInput
from bot.admin.replies import actor
from bot.messages import Reply
from bot.phrases import misread
from bot.phrases import staff as phrases
from bot.turn import Turn
from domain.events import ReportAsked
from domain.periods import EARLIEST, Period, Span
from domain.pseudonyms import pseudonym
from domain.records.auditing import Action, Entry
from domain.records.sales import ReportName
from domain.records.staff import Role

NAMES = tuple(ReportName)
REVEAL = "reveal"
MOST = 50
_USUAL = {ReportName.MARKETING: Span.DAY, ReportName.FINANCE: Span.WEEK, ReportName.DEALS: Span.WEEK}
_TOP = re.compile(r"top=([0-9]{1,4})", re.IGNORECASE)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def answer_report(turn: Turn, text: str, held: frozenset[Role]) -> list[Reply]:
    """The reply to `/report NAME [day|week|month] [DATE] [top=N]`, which comes by a job, or `/report reveal PSEUDONYM`.

    `/report deals` shows what customers would be told now.

    Raises:
        BadInput: no such report, period or date.
    """
    name, *words = text.lower().split() or [""]
    if name == REVEAL:
        return [_reveal(turn, " ".join(words))]
    if name not in NAMES:
        raise BadInput(misread.WHICH_REPORT, "report")
    if name == ReportName.DEALS and words:
        raise BadInput(misread.DEALS_ARE_NOW, "deals")
    span, day, top = _USUAL[ReportName(name)], None, 5
    for word in words:
        if word in list(Span):
            span = Span(word)
        elif found := _TOP.fullmatch(word):
            top = int(found[1])
        elif _DATE.fullmatch(word):
            day = _date(word)
        else:
            raise BadInput(misread.unreadable(word=word), "report")
    if not 1 <= top <= MOST:
        raise BadInput(misread.top(most=MOST), "report")
    today = turn.now.astimezone(turn.shop.time_zone).date()
    if day is not None and day > today:
        raise BadInput(misread.DAY_TO_COME, "report")
    if day is not None and day < EARLIEST:
        raise BadInput(misread.LONG_AGO, "report")
    zone = turn.shop.time_zone
    period = Period.latest(turn.now, span, zone) if day is None else Period.containing(day, span)
    sender = turn.message.sender_id
    turn.uow.record(
        ReportAsked(name=name, period=period, top=top, channel=turn.source, user=sender, asked=turn.message.id)
    )
    deals = name == ReportName.DEALS
    return [Reply(text=phrases.POST_COMES if deals else phrases.report_comes(name=name, period=period))]


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


def _date(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError as exc:
        raise BadInput(misread.date(word=word), "report") from exc
