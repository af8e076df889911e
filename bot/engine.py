"""Handles one message: understands it, locks its conversation, answers it once, commits everything together."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from time import perf_counter

import structlog

from bot import admin, metrics, public, router, slash
from bot.answering.learning import Learning
from bot.card_numbers import has_card_number
from bot.channels import channel_of
from bot.counting import Noted, gained, intents_of, steps_of
from bot.finding import recommendations
from bot.intents import INTENTS
from bot.messages import IncomingMessage, Reply, reply_from_json, reply_to_json
from bot.phrases import privacy as phrases_privacy
from bot.phrases import talk as phrases_talk
from bot.phrases.sorry import sorry
from bot.routing import choices
from bot.routing.code_hearing import hear_codes
from bot.routing.doubting import doubt
from bot.routing.hearing import LONGEST_TEXT, Hearing
from bot.routing.questions import QUESTIONS
from bot.shop import Shop
from bot.shopping.welcoming import welcome_back
from bot.state import State, state_of
from bot.support import relay
from bot.trust.vouching import take_word
from bot.turn import Intent, Turn
from domain import message_ids
from domain.conversation import ChatRef, Conversation, Offer
from domain.errors import CustomerError, OutOfStock, ShopError
from domain.patience import patiently
from domain.ports import Clock, UnitOfWork
from domain.records.conversations import Delivery
from nlu.chat_words import spelled_out
from nlu.emoji_words import emoji_to_words
from nlu.own_words import own_words
from nlu.rules.identifiers import plain_order_numbers
from nlu.rules.order_corrections import as_corrected
from nlu.rules.promo_codes import CodeWish
from nlu.rules.refused_cancels import without_refusal
from nlu.rules.retractions import undenied
from nlu.shares import Shares
from nlu.understanding import Interpreter, Understanding

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a message was answered; an adapter sends `replies` and then marks `delivery_ids` as delivered.

    They belong into the `private_chat`, if one is named, and not where the message was written.
    """

    replies: tuple[Reply, ...]
    delivery_ids: tuple[int, ...]
    state: State = field(default_factory=lambda: State(cart={}))
    reduced: bool = False
    repeated: bool = False
    private_chat: ChatRef | None = None


class MessageEngine:
    """Answers messages; keeps nothing between two of them but its collaborators."""

    def __init__(
        self,
        *,
        interpreter: Interpreter,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        shop: Shop,
        shares: Shares | None = None,
        intents: Mapping[str, Intent] = INTENTS,
        learning: Learning | None = None,
    ) -> None:
        self._hearing = Hearing(interpreter, shares or Shares())
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._shop = shop
        self._intents = intents
        self._learning = learning

    def handle(self, message: IncomingMessage) -> Answer:
        """Answers a message; the same message again gets the stored answer and changes nothing."""
        with structlog.contextvars.bound_contextvars(turn=uuid.uuid4().hex[:12]):
            return self._handle(message.storable())

    def _handle(self, written: IncomingMessage) -> Answer:
        started = perf_counter()
        written = slash.read(written)
        message = replace(written, text=plain_order_numbers(_said(written.text), self._shop.order_prefix))
        codes = hear_codes(message, self._unit_of_work, self._clock.now())
        if codes is not None:
            message = replace(message, text=codes.rest)
        understanding, reduced = self._hearing.understand(message)
        if understanding.condition or understanding.besides:
            message = replace(message, text=understanding.text)
        understood = perf_counter()

        def once() -> tuple[Answer, Turn | None]:
            return self._take_turn(written, message, understanding, codes, reduced)

        answer, turn = patiently(once)
        if turn is not None:
            self._note(turn, len(answer.replies), understood - started, perf_counter() - started)
            if self._learning is not None and _may_be_new(turn):
                self._learning.begin()
        return answer

    def _take_turn(
        self,
        written: IncomingMessage,
        message: IncomingMessage,
        understanding: Understanding,
        codes: CodeWish | None,
        reduced: bool,
    ) -> tuple[Answer, Turn | None]:
        """All of a message in one transaction; no turn for one that was answered before.

        Raises:
            Busy: others were in the way, and nothing was done.
        """
        now = self._clock.now()
        with self._unit_of_work() as uow:
            conversation = uow.conversations.take(message.chat, message.sender_id, message.id, now)
            if conversation is None:
                log.info("message repeated", channel=message.chat.channel)
                state = state_of(uow.conversations.lock(message.chat, message.sender_id, now), uow)
                return _stored(uow.conversations.replies_to(message.chat, message.id), state), None
            turn = Turn(
                message=message,
                understanding=understanding,
                conversation=conversation,
                uow=uow,
                shop=self._shop,
                now=now,
                reduced=reduced,
                cart_then=tuple(conversation.cart),
                shipped_to=conversation.ships_to,
                written=written.text,
                codes=codes,
                intents=self._intents,
                questions=QUESTIONS,
            )
            turn, replies = self._reply_where_it_belongs(turn)
            conversation = turn.conversation
            if not admin.owns(message):  # staff's buttons are not meant by what a customer types
                conversation.offers = [
                    Offer(label=button.label, choice=button.choice.encode())
                    for reply in replies
                    for button in reply.buttons
                ]
                conversation.note_shown(turn.shown)
            today = now.astimezone(self._shop.time_zone).date()
            deliveries = uow.conversations.save(
                conversation,
                now,
                message_id=turn.message.id,
                replies=[reply_to_json(reply) for reply in replies],
                day=today if replies and not admin.owns(message) else None,
                steps=steps_of(turn.noted, replies, conversation, uow.recorded),
                intents=intents_of(turn.did, self._intents, turn.message, turn.noted),
            )
            if turn.noted.shortages:
                uow.lost_demand.note(turn.noted.shortages.values(), conversation.identity_id, today, now)
            state = state_of(conversation, uow, turn.did)
            uow.commit()
        answer = Answer(
            replies=tuple(replies),
            delivery_ids=tuple(delivery.delivery_id for delivery in deliveries),
            state=state,
            reduced=reduced,
            private_chat=None if turn.message.chat == message.chat else turn.message.chat,
        )
        return answer, turn

    def _note(self, turn: Turn, replies: int, nlu_seconds: float, seconds: float) -> None:
        """Logs and counts a turn, without a word of what was said."""
        choice = turn.message.choice
        intent = turn.understanding.intent
        if choice is not None:  # whose words may be anybody's, as everything that comes in
            intent = f"button {choice.verb}" if choices.knows(choice) else "button"
        metrics.TURNS.labels(channel=turn.source, reduced=turn.reduced).inc()
        metrics.TURN_SECONDS.observe(seconds)
        metrics.NLU_SECONDS.observe(nlu_seconds)
        log.info(
            "turn",
            channel=turn.source,
            intent=intent,
            confidence=round(turn.understanding.confidence, 2),
            replies=replies,
            reduced=turn.reduced,
            milliseconds=round(seconds * 1000),
            nlu_milliseconds=round(nlu_seconds * 1000),
        )

    def _reply_where_it_belongs(self, turn: Turn) -> tuple[Turn, list[Reply]]:
        """The replies, and the turn in whose chat they are to be sent, with its conversation as it is to be kept."""
        message = turn.message
        if (
            admin.owns(message)
            and message.chat.public
            and message.private_chat is not None
            and not channel_of(turn.source).hides_commands
        ):
            return self._reply_privately(turn)
        if not message.chat.public or admin.owns(message):
            replies, conversation = self._reply(turn)
        else:
            try:
                with turn.uow.savepoint():
                    replies, conversation = public.answer_in_public(turn, self._reply)
            except public.Personal:
                return self._reply_privately(turn)
        conversation.answers = ""
        return replace(turn, conversation=conversation), replies

    def _reply_privately(self, turn: Turn) -> tuple[Turn, list[Reply]]:
        """Answers in the sender's private chat, and takes the cart there; else only says that it is private."""
        uow, message = turn.uow, turn.message
        here = uow.conversations.lock(message.chat, message.sender_id, turn.now)
        if message.private_chat is None:
            return replace(turn, conversation=here), [Reply(text=phrases_privacy.WRITE_DIRECTLY)]
        there = uow.conversations.lock(message.private_chat, message.sender_id, turn.now)
        shown = tuple(there.cart)
        if not admin.owns(message):
            here.go_on_in(there)
        for conversation in (here, there):
            uow.conversations.save(conversation, turn.now)
        key = message_ids.answered_privately(message.chat.chat_id, message.id)
        message = replace(message, chat=message.private_chat, id=key)
        there = replace(there, updated_at=None)
        turn = replace(turn, message=message, conversation=there, cart_then=shown, noted=Noted())
        replies, conversation = self._reply(turn)
        conversation.answers = key
        return replace(turn, conversation=conversation), replies

    def _reply(self, turn: Turn) -> tuple[list[Reply], Conversation]:
        """The replies, and the conversation as it is to be kept: unchanged when the shop says no.

        Handlers let the domain work inside a savepoint, so its failed work is undone before the error comes here.
        """
        take_word(turn)
        conversation, changing = turn.conversation, turn.conversation.changing
        cart = tuple(conversation.cart)
        try:
            welcome = [] if admin.owns(turn.message) else welcome_back(turn)
            replies = [*welcome, *_answer(turn)]
        except ShopError as error:
            if not isinstance(error, CustomerError):
                raise  # others were in the way, or it is none that a customer can cause
            conversation = turn.uow.conversations.lock(turn.message.chat, turn.message.sender_id, turn.now)
            conversation.pending = None
            if isinstance(error, OutOfStock):
                turn.noted.short(error.shortages)
            replies = [Reply(text=sorry(replace(turn, conversation=conversation), error))]
        turn.noted.carted = conversation.changing == changing and gained(cart, conversation.cart)
        recommendations.note_added(replace(turn, conversation=conversation), changing)
        return replies, conversation


def _may_be_new(turn: Turn) -> bool:
    """Whether a question was asked, or answered by staff, that may have no vector yet."""
    return admin.owns(turn.message) or any(name.startswith("ask_") for name in turn.did)


def _answer(turn: Turn) -> list[Reply]:
    if admin.owns(turn.message):
        doubt(turn)
        return admin.answer_staff(turn)
    if turn.conversation.ticket_id is not None:
        return relay.relay(replace(turn, message=replace(turn.message, text=turn.written)), router.choose)
    if (unread := _unread(turn)) is not None:
        doubt(turn)
        return [Reply(text=unread)]
    replies = router.choose(turn)
    if "help" in turn.did and (besides := admin.commands_besides(turn)):
        replies = [replies[0].with_lines(below=besides), *replies[1:]]
    if turn.reduced and replies and replies[0].text != phrases_talk.REDUCED:
        first = replies[0]
        replies = [first.with_lines(below=[phrases_talk.REDUCED_NOTE]), *replies[1:]]
    return replies


def _unread(turn: Turn) -> str | None:
    """Why a message is not read at all; None where it is."""
    text = turn.message.text
    if turn.message.choice is not None:
        return None
    if not text and turn.codes is None:
        only_quoted = bool(turn.written) and not own_words(turn.written)
        return phrases_talk.ONLY_QUOTED if only_quoted else phrases_talk.EMPTY_MESSAGE
    if len(text) > LONGEST_TEXT:
        return phrases_talk.TOO_LONG
    return phrases_talk.CARD_NUMBER if has_card_number(text) else None


def _stored(deliveries: list[Delivery], state: State) -> Answer:
    return Answer(
        state=state,
        replies=tuple(reply_from_json(delivery.reply) for delivery in deliveries),
        delivery_ids=tuple(delivery.delivery_id for delivery in deliveries if not delivery.delivered),
        repeated=True,
    )


def _said(written: str) -> str:
    """A message as it is understood: the sender's own words, spelled out, without the numbers that they deny."""
    said = as_corrected(spelled_out(emoji_to_words(own_words(written))))
    return without_refusal(undenied(said) or said)
