"""`/churn`: who may be leaving, why, and whom of them to write to."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from bot.admin.parsing import first_word, read_page
from bot.admin.replies import actor, button
from bot.messages import Attachment, Button, Line, Reply, Row, Verb
from bot.phrases import labels, misread, staff_churn
from bot.phrases import staff as phrases
from bot.phrases.staff import PAGE
from bot.turn import Turn
from bot.values import BadInput
from domain.csv_cells import harmless
from domain.periods import Period, Span
from domain.pseudonyms import hash_said
from domain.records.auditing import Action, Entry, of_audience, of_segment
from domain.records.predictions import AtRisk, Member, Risks
from domain.records.staff import Role

SHOWN = 5  # of three lines each
MOST_EXPORTED = 100_000  # rows of a file that a chat still takes
COLUMNS = (
    "customer",
    "probability",
    "at_stake",
    "at_risk_since",
    "last_order_date",
    "reasons",
    "bought_most",
    "in_audience",
    "as_of",
)
LONGEST = 19  # digits of a number that a customer may have
_WORD = "churn"


def answer_churn(turn: Turn, text: str, held: frozenset[Role]) -> list[Reply]:
    """The reply to `/churn [PAGE]`, `/churn csv`, `/churn audience`, `/churn add` and `/churn drop CUSTOMER`.

    Raises:
        BadInput: it cannot be read; nothing was changed.
    """
    word, rest = first_word(text)
    action = ACTIONS.get(word)
    return [action(turn, rest) if action is not None else _list(turn, text)]


def _list(turn: Turn, text: str) -> Reply:
    rest, number = read_page(text, _WORD)
    if rest:
        raise BadInput(misread.bad_page(text=rest), _WORD)
    found = turn.uow.churn_risks.top(SHOWN, (number - 1) * SHOWN)
    if found is None:
        return Reply(text=staff_churn.NOT_PREDICTED)
    if not found.shown:
        return Reply(text=staff_churn.NOBODY if number == 1 else phrases.NO_SUCH_PAGE)
    lines: list[Line] = []
    if number == 1:
        amount = turn.shop.money(found.at_stake)
        lines.append(staff_churn.at_stake(turn.shop, customers=found.total, days=found.days, amount=amount))
        lines += _how_it_went(turn, found)
    buttons: tuple[Button, ...] = ()
    for place, one in enumerate(found.shown, start=(number - 1) * SHOWN + 1):
        lines += ["", _row(turn, place, one), staff_churn.why(reasons=one.reasons, bought=one.bought)]
        if not one.in_audience:
            buttons += button(labels.to_campaign(place=place), Verb.CHURN_ADD, str(one.customer_id))
    if found.total > number * SHOWN:
        buttons += button(labels.MORE, Verb.CHURN_SHOW, str(number + 1))
    return Reply(
        title=staff_churn.title(turn.shop, as_of=found.as_of),
        body=(*lines, "", staff_churn.ONLY_MARKETING),
        buttons=buttons + button(labels.CSV, Verb.CHURN_CSV),
    )


def _row(turn: Turn, place: int, one: AtRisk) -> Row:
    said = staff_churn.customer(
        turn.shop,
        place=place,
        pseudonym=one.pseudonym,
        probability=one.probability,
        since=one.since,
        collected=one.in_audience,
    )
    return Row(said, turn.shop.money(one.at_stake), strong=True)


def _how_it_went(turn: Turn, found: Risks) -> list[Line]:
    """Who came and went in a week, and how the last predictions came out whose days are over."""
    week = Period(span=Span.WEEK, first=found.as_of - timedelta(days=6), last=found.as_of)
    moves, kept = turn.uow.churn_risks.moves(week), turn.uow.churn_risks.kept(found.as_of)
    told: list[Line] = [] if moves is None else [staff_churn.moved(turn.shop, moves=moves)]
    return told if kept is None else [*told, staff_churn.kept(turn.shop, found=kept, days=found.days)]


def _add(turn: Turn, text: str) -> Reply:
    risks = turn.uow.churn_risks
    one = _only(_identified(text, risks.one, risks.named), staff_churn.NO_SUCH_CUSTOMER)
    is_new = turn.uow.audience.put(one.hashed_email, actor(turn), turn.now)
    if is_new:
        _note(turn, Action.ADD, one.pseudonym)
    return Reply(
        text=staff_churn.added(pseudonym=one.pseudonym, was_there=not is_new),
        buttons=button(labels.TAKE_OUT, Verb.CHURN_DROP, str(one.customer_id))
        + button(labels.AUDIENCE, Verb.CHURN_AUDIENCE),
    )


def _drop(turn: Turn, text: str) -> Reply:
    one = _only(_identified(text, turn.uow.audience.one, turn.uow.audience.named), staff_churn.NOT_COLLECTED)
    turn.uow.audience.take_out(one.hashed_email)
    _note(turn, Action.REMOVE, one.pseudonym)
    return Reply(text=staff_churn.dropped(pseudonym=one.pseudonym))


def _audience(turn: Turn, text: str) -> Reply:
    rest, number = read_page(text, _WORD)
    if rest:
        raise BadInput(misread.bad_page(text=rest), _WORD)
    shown, total = turn.uow.audience.members(PAGE, (number - 1) * PAGE)
    if not shown:
        return Reply(text=staff_churn.NOBODY_COLLECTED if number == 1 else phrases.NO_SUCH_PAGE)
    buttons: tuple[Button, ...] = ()
    lines: list[Line] = []
    for place, one in enumerate(shown, start=(number - 1) * PAGE + 1):
        lines.append(f"{place} · {one.pseudonym}")
        buttons += button(labels.take_out(place=place), Verb.CHURN_DROP, str(one.customer_id))
    if total > number * PAGE:
        buttons += button(labels.MORE, Verb.CHURN_AUDIENCE, str(number + 1))
    return Reply(title=staff_churn.audience(turn.shop, customers=total), body=tuple(lines), buttons=buttons)


def _file(turn: Turn, text: str) -> Reply:
    """All at risk as a file; that it was taken is noted."""
    found = turn.uow.churn_risks.top(MOST_EXPORTED)
    if found is None:
        return Reply(text=staff_churn.NOT_PREDICTED)
    content = io.StringIO(newline="")
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found.shown:
        cells = (one.pseudonym, f"{one.probability:.4f}", one.at_stake, one.since, one.last_order, one.reasons)
        rest = ("; ".join(one.bought), "yes" if one.in_audience else "no", found.as_of)
        writer.writerow([harmless(cell) for cell in (*cells, *rest)])
    count = {"customers": str(len(found.shown))}
    turn.uow.audit.note(
        Entry(at=turn.now, actor=actor(turn), action=Action.EXPORT, subject=of_segment(_WORD), changed_to=count)
    )
    return Reply(
        text=staff_churn.exported(turn.shop, customers=len(found.shown), as_of=found.as_of),
        attachment=Attachment(name=f"churn-{found.as_of}.csv", content=content.getvalue()),
    )


Known = TypeVar("Known", AtRisk, Member)


def _identified(
    text: str, one: Callable[[int], Known | None], named: Callable[[str], Sequence[Known]]
) -> Sequence[Known]:
    """Who has a number, or a pseudonym that begins so."""
    said = text.strip()
    if said.isdecimal() and len(said) <= LONGEST:
        found = one(int(said))
        return [] if found is None else [found]
    begins = hash_said(said)
    return [] if begins is None else named(begins)


def _only(found: Sequence[Known], nobody: str) -> Known:
    """The one who is meant.

    Raises:
        BadInput: nobody is, or several are.
    """
    if len(found) != 1:
        raise BadInput(staff_churn.SEVERAL if found else nobody, _WORD)
    return found[0]


def _note(turn: Turn, action: Action, name: str) -> None:
    turn.uow.audit.note(Entry(at=turn.now, actor=actor(turn), action=action, subject=of_audience(name)))


ACTIONS: dict[str, Callable[[Turn, str], Reply]] = {
    "show": _list,
    "csv": _file,
    "audience": _audience,
    "add": _add,
    "drop": _drop,
}
