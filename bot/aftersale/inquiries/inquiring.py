"""Hears the questions of a message about placed orders, and answers those that the shop's data answer.

What a question takes is taken out of the message, so that nobody hears a wish in it. Figures of what is wished wait
until the wishes are known.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.aftersale.inquiries import figures, money, offers, parcels, things
from bot.aftersale.inquiries.asking import Answer, Asking, spoken_before
from bot.aftersale.which.lately import orders_lately
from bot.aftersale.world import World, world_of
from bot.messages import Line, Reply
from bot.phrases import aftersale as phrases_aftersale
from bot.phrases import inquiries as phrases
from bot.turn import Turn
from domain.answering import answers_of
from domain.conversation import Asked
from domain.plans import Place, Plan, PlannedWish
from nlu.rules.aftersale_marks import marks_of
from nlu.rules.aftersale_question_words import ASKS_FOR, POINTS
from nlu.rules.aftersale_questions import Fact, Inquiry, read_inquiries, says_more, supposed_wish, without_inquiries
from nlu.rules.aftersale_words import DEEDS
from nlu.rules.said import Saying

_OF_MONEY = frozenset({Fact.BACK, Fact.SUM, Fact.EACH, Fact.DIFFERENCE, Fact.PAYS, Fact.BALANCE_AFTER, Fact.MONEY_TO})
_ON_ITS_CARD = frozenset({Fact.STATE, Fact.ARRIVED})  # which is shown to who asks nothing else
_REFUNDS = "refunds"  # the shop's answer on when money is back


@dataclass(frozen=True, kw_only=True, slots=True)
class Inquired:
    """What a message asks.

    Attributes:
        text: the message.
        rest: the message with blanks in the places of the questions.
        facts: what is asked that can be answered here.
        lines: what is answered.
        spoken_of: what was spoken of last, by the questions.
        waiting: the questions that can be answered once it is known what is wished.
        weighed: the wish that a choice among what is shown would be.
        says_more: whether the message says anything but its questions.
    """

    text: str
    rest: str
    facts: frozenset[Fact] = frozenset()
    lines: tuple[Line, ...] = ()
    spoken_of: tuple[Place, ...] = ()
    waiting: tuple[Asking, ...] = ()
    weighed: PlannedWish | None = None
    says_more: bool = True

    @property
    def asks(self) -> bool:
        """Whether anything is asked that can be answered here."""
        return bool(self.lines or self.waiting)

    @property
    def keys(self) -> tuple[str, ...]:
        """The products that "it" may mean behind the questions."""
        return tuple(dict.fromkeys(place.product_id for place in self.spoken_of if place.product_id))


def inquire(turn: Turn, text: str, world: World, plan: Plan | None = None) -> Inquired:
    """The questions of a message, answered as far as that goes before its wishes are known."""
    if turn.message.chat.public or not world.orders:
        return Inquired(text=text, rest=text)
    lines: list[Line] = []
    waiting: list[Asking] = []
    taken: list[Inquiry] = []
    last: tuple[Place, ...] = ()
    weighed: PlannedWish | None = None
    supposed = ""
    for one in read_inquiries(text):
        before = text[: one.start]
        spoken_of = last or spoken_before(before, world) or _spoken_of(turn, plan)
        asking = Asking(turn=turn, world=world, plan=plan, inquiry=one, before=before, spoken_of=spoken_of)
        if one.fact in _OF_MONEY or figures.of_what_will_be(asking):
            taken.append(one)
            supposed += supposed_wish(one)
            waiting.append(asking)
            continue
        answer = _ANSWERS[one.fact](asking)
        if answer is None:
            continue
        taken.append(one)
        lines += [line for line in answer.lines if line not in lines]
        last, weighed = _last(last, answer.spoken_of), answer.weighed or weighed
    rest, asked = without_inquiries(text, taken) + supposed, [one.inquiry for one in waiting]
    return Inquired(
        text=text,
        rest=rest,
        facts=frozenset(one.fact for one in (*taken, *asked)),
        lines=tuple(lines),
        spoken_of=last,
        waiting=tuple(waiting),
        weighed=weighed,
        says_more=not (taken or waiting) or bool(supposed) or says_more(without_inquiries(text, [*taken, *asked])),
    )


def _last(before: tuple[Place, ...], told: tuple[Place, ...]) -> tuple[Place, ...]:
    """What was spoken of last; things stay spoken of where only their order is told of behind them."""
    ids = {place.order_id for place in before if place.product_id}
    of_its_order = bool(told) and all(not place.product_id and place.order_id in ids for place in told)
    return before if of_its_order else told or before


def picked(turn: Turn, world: World, inquired: Inquired) -> PlannedWish | None:
    """The wish that a message is which chooses among what was shown, by it or right before."""
    return offers.picked(inquired.rest, world, inquired.weighed or turn.conversation.weighed)


def told(turn: Turn, world: World, plan: Plan | None, inquired: Inquired, *, shown: bool = False) -> list[Line]:
    """All answers, now that it is known what is wished; what was spoken of is remembered."""
    if inquired.spoken_of:
        turn.conversation.spoken_of = inquired.spoken_of
    turn.conversation.weighed = inquired.weighed
    lines = list(inquired.lines)
    for one in inquired.waiting:
        answer = figures.paid(replace(one, world=world, plan=plan)) if one.inquiry.fact is Fact.PAID else None
        lines += answer.lines if answer is not None else ()
    return [*lines, *money.told(turn, world, plan, [one.inquiry for one in inquired.waiting], shown=shown)]


def beside(turn: Turn, inquired: Inquired, replies: Sequence[Reply]) -> list[Reply]:
    """The answers above what the wishes of the same message lead to, where they are known by now."""
    plan = turn.conversation.plan
    shown = any(reply.title == phrases_aftersale.TITLE for reply in replies)
    lines = told(turn, world_of(turn), plan, inquired, shown=shown) if inquired.asks else []
    if not lines or not replies:
        return list(replies)
    if replies[0].title:
        return [Reply(body=tuple(lines)), *replies]
    return [replies[0].with_lines(above=lines), *replies[1:]]


def alone(turn: Turn, world: World, inquired: Inquired) -> list[Reply] | None:
    """The answers to a message that wishes for nothing; None where there are none, or it says more than it asks."""
    if not turn.meant.polite:
        turn.conversation.weighed = None
    pending = turn.conversation.pending
    if not inquired.asks or (pending is not None and pending.kind is Asked.CANCEL_ORDER):
        return None
    if _is_of_deeds(inquired.rest) or (turn.meant.changes and ASKS_FOR.search(inquired.rest.lower())):
        return None
    if inquired.facts <= _ON_ITS_CARD and not (turn.conversation.spoken_of and POINTS.search(inquired.text.lower())):
        return None
    if inquired.facts == {Fact.BACK} and turn.said(Saying.ASKS_MONEY_BACK) and not money.returned(turn, world):
        return None  # its ledger tells
    lines = told(turn, world, None, inquired)
    if not lines:
        return None
    turn.note_done("order_status")
    return [Reply(body=tuple(lines))]


def _spoken_of(turn: Turn, plan: Plan | None) -> tuple[Place, ...]:
    """What the plan is about, what was answered last, or what something was done with just now."""
    if plan is not None:
        return tuple(place for wish in plan.wishes for place in wish.among[:1])
    if turn.conversation.spoken_of:
        return turn.conversation.spoken_of
    return tuple(Place(order_id=order_id) for order_id in orders_lately(turn)[-1:])


def _is_of_deeds(text: str) -> bool:
    marks = {piece.mark for piece in marks_of(text.lower(), [], [])}
    return not marks.isdisjoint(DEEDS)


def _when_refunded(asking: Asking) -> Answer | None:
    """When money is back, as far as the shop says."""
    answers = answers_of(asking.turn.shop.answers, asking.turn.uow)
    said = answers[_REFUNDS].text if _REFUNDS in answers else phrases_aftersale.WHEN_BACK
    return Answer(lines=(f"{phrases.NO_DAY} {said}",))


_ANSWERS: Mapping[Fact, Callable[[Asking], Answer | None]] = {
    **dict.fromkeys(
        (
            Fact.TRACKING,
            Fact.ADDRESS,
            Fact.STATE,
            Fact.ARRIVED,
            Fact.NUMBER,
            Fact.ORDERED_AT,
            Fact.UNTIL,
            Fact.HOW_PAID,
        ),
        parcels.answer,
    ),
    Fact.METHODS: parcels.methods,
    Fact.ONE_METHOD: lambda _: Answer(lines=(phrases.ONE_METHOD,)),
    Fact.PAID: figures.paid,
    Fact.UTMOST: figures.utmost,
    Fact.COUNT: things.count,
    Fact.WHICH: things.which,
    Fact.OPTION: things.option,
    Fact.KINDS: offers.kinds,
    Fact.OFFERS: offers.offers,
    Fact.REFUND_WHEN: _when_refunded,
}
