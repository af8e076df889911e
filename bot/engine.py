"""Handles one message: understands it, locks its conversation, answers it once, commits everything together."""

import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from time import perf_counter

import structlog

from bot import admin, metrics, public, router, slash
from bot.finding import recommendations
from bot.intents import INTENTS
from bot.messages import Choice, IncomingMessage, Reply, reply_from_json, reply_to_json
from bot.phrases import customer as phrases
from bot.phrases import privacy as phrases_privacy
from bot.routing import choices
from bot.routing.questions import QUESTIONS
from bot.shop import Shop
from bot.shopping import basket
from bot.state import State, state_of
from bot.support import relay
from bot.trust.card_numbers import has_card_number
from bot.turn import Intent, Turn
from domain import message_ids
from domain.conversation import ChatRef, Conversation, Offer
from domain.errors import BadEmail, Busy, ShopError
from domain.patience import patiently
from domain.people.identity import hash_email, mask_email, normalise_email
from domain.people.proving import prove
from domain.ports import Clock, Delivery, UnitOfWork
from nlu.commands import parse_command
from nlu.emoji_words import emoji_to_words
from nlu.own_words import own_words
from nlu.rules.acts import unread
from nlu.shares import Shares, ShareTaken
from nlu.understanding import Guess, Interpreter, NluUnavailable, Understanding

LONGEST_TEXT = 2000
LONGEST_READING = 1.0  # seconds after which no further clause of a message is read alone
IDLE = timedelta(minutes=30)

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
    ) -> None:
        self._interpreter = interpreter
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._shop = shop
        self._shares = shares or Shares()
        self._intents = intents

    def handle(self, message: IncomingMessage) -> Answer:
        """Answers a message; the same message again gets the stored answer and changes nothing."""
        with structlog.contextvars.bound_contextvars(turn=uuid.uuid4().hex[:12]):
            return self._handle(_storable(message))

    def _handle(self, written: IncomingMessage) -> Answer:
        started = perf_counter()
        written = slash.read(written)
        message = replace(written, text=emoji_to_words(own_words(written.text)))
        understanding, reduced = self._understand(message)
        understood = perf_counter()

        def once() -> tuple[Answer, Turn | None]:
            return self._take_turn(written, message, understanding, reduced)

        answer, turn = patiently(once)
        if turn is not None:
            self._note(turn, len(answer.replies), understood - started, perf_counter() - started)
        return answer

    def _take_turn(
        self, written: IncomingMessage, message: IncomingMessage, understanding: Understanding, reduced: bool
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
                written=written.text,
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
            deliveries = uow.conversations.save(
                conversation, now, message_id=turn.message.id, replies=[reply_to_json(reply) for reply in replies]
            )
            state = state_of(conversation, uow)
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

    def _understand(self, message: IncomingMessage) -> tuple[Understanding, bool]:
        """What the message means, and whether it had to be understood without the NLU server."""
        if (
            message.choice is not None
            or message.command is not None
            or not message.text
            or len(message.text) > LONGEST_TEXT
        ):
            return Understanding(text="", ranking=(Guess(intent="none", confidence=0.0),)), False
        if has_card_number(message.text):
            return Understanding(text="", ranking=(Guess(intent="none", confidence=0.0),)), False
        try:
            with self._shares.of(message.origin):
                return self._read_clauses(self._interpreter.understand(message.text)), False
        except NluUnavailable as error:
            if isinstance(error, ShareTaken):
                metrics.NLU_REFUSED.inc()
            log.warning("nlu unavailable", reason=str(error))
            command = parse_command(message.text)
            blank = Understanding(text=message.text, ranking=(Guess(intent="none", confidence=0.0),))
            return command or blank, True

    def _read_clauses(self, understanding: Understanding) -> Understanding:
        """The same, with its clauses that want something of their own; without them where the server cannot tell."""
        began = perf_counter()
        clauses: list[Understanding] = []
        with suppress(NluUnavailable):
            for clause in unread(understanding.text):
                if perf_counter() - began > LONGEST_READING:
                    break
                clauses.append(self._interpreter.understand(clause))
        return replace(understanding, clauses=tuple(clauses)) if clauses else understanding

    def _reply_where_it_belongs(self, turn: Turn) -> tuple[Turn, list[Reply]]:
        """The replies, and the turn in whose chat they are to be sent, with its conversation as it is to be kept."""
        message = turn.message
        if (
            admin.owns(message)
            and message.chat.others_read
            and message.private_chat is not None
            and turn.source != "slack"
        ):
            return self._reply_privately(turn)  # Slack shows a command's answer to its sender only
        if not message.chat.others_read or admin.owns(message):
            replies, conversation = self._reply(turn)
        else:
            try:
                with turn.uow.savepoint():
                    replies, conversation = public.answer(turn, self._reply)
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
        turn = replace(turn, message=message, conversation=replace(there, updated_at=None), cart_then=shown)
        replies, conversation = self._reply(turn)
        conversation.answers = key
        return replace(turn, conversation=conversation), replies

    def _reply(self, turn: Turn) -> tuple[list[Reply], Conversation]:
        """The replies, and the conversation as it is to be kept: unchanged when the shop says no.

        Handlers let the domain work inside a savepoint, so its failed work is undone before the error comes here.
        """
        if turn.message.proven_email and not turn.message.chat.others_read:
            _prove_email(turn)
        conversation, changing = turn.conversation, turn.conversation.changing
        try:
            replies = [*_welcome_back(turn), *_answer(turn)]
        except Busy:
            raise
        except ShopError as error:
            conversation = turn.uow.conversations.lock(turn.message.chat, turn.message.sender_id, turn.now)
            conversation.pending = None
            replies = [Reply(text=phrases.sorry(replace(turn, conversation=conversation), error))]
        recommendations.note_added(replace(turn, conversation=conversation), changing)
        return replies, conversation


def _prove_email(turn: Turn) -> None:
    """Takes the channel's word for the sender's e-mail; an address that is none is passed over."""
    try:
        email = normalise_email(turn.message.proven_email)
    except BadEmail:
        return
    hashed = hash_email(email, turn.shop.hash_key)
    proven = turn.conversation.proven_email
    if proven == hashed:
        return
    if proven is not None and turn.uow.people.proven_by(turn.conversation.identity_id) != turn.source:
        return  # a code that was mailed says more than the channel
    prove(turn.uow, turn.conversation.identity_id, hashed, email, turn.source, turn.now)
    turn.conversation.proven_email = hashed
    if turn.conversation.hashed_email is None:
        turn.conversation.hashed_email, turn.conversation.masked_email = hashed, mask_email(email)


def _storable(message: IncomingMessage) -> IncomingMessage:
    """The message without what Postgres cannot keep, wherever in it."""
    choice, command = message.choice, message.command
    return replace(
        message,
        id=_readable(message.id),
        text=_readable(message.text).strip(),
        choice=choice and Choice(verb=choice.verb, arg=_readable(choice.arg)),
        command=command
        and replace(
            command,
            text=_readable(command.text).strip(),
            fields=tuple((name, _readable(value)) for name, value in command.fields),
        ),
    )


def _readable(text: str) -> str:
    """The text without NUL characters and lone halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _answer(turn: Turn) -> list[Reply]:
    if admin.owns(turn.message):
        return admin.answer(turn)
    if turn.conversation.ticket_id is not None:
        return relay.relay(replace(turn, message=replace(turn.message, text=turn.written)), router.choose)
    text = turn.message.text
    if turn.message.choice is None:
        if not text:
            only_quoted = bool(turn.written) and not own_words(turn.written)
            return [Reply(text=phrases.ONLY_QUOTED if only_quoted else phrases.EMPTY_MESSAGE)]
        if len(text) > LONGEST_TEXT:
            return [Reply(text=phrases.TOO_LONG)]
        if has_card_number(text):
            return [Reply(text=phrases.CARD_NUMBER)]
    replies = router.choose(turn)
    if turn.reduced and replies and replies[0].text != phrases.REDUCED:
        first = replies[0]
        replies = [first.with_lines(below=[phrases.REDUCED_NOTE]), *replies[1:]]
    return replies


def _welcome_back(turn: Turn) -> list[Reply]:
    """After half an hour of silence a customer is told what is still in the cart."""
    conversation = turn.conversation
    silent = conversation.updated_at is not None and turn.now - conversation.updated_at >= IDLE
    if not silent or not conversation.cart or turn.meant.shows_cart:
        return []
    if conversation.ticket_id is not None or conversation.changing is not None or admin.owns(turn.message):
        return []
    return [Reply(text=phrases.STILL_IN_CART.format(items=phrases.items(basket.pieces(conversation.cart))))]


def _stored(deliveries: list[Delivery], state: State) -> Answer:
    return Answer(
        state=state,
        replies=tuple(reply_from_json(delivery.reply) for delivery in deliveries),
        delivery_ids=tuple(delivery.delivery_id for delivery in deliveries if not delivery.delivered),
        repeated=True,
    )
