"""Lets the engine answer what came from Slack, and brings the answers to where they belong."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import structlog
from slack_sdk.errors import SlackClientError

from bot import metrics
from bot.adapters.outdated import outdated
from bot.adapters.slack import files as slack_files
from bot.adapters.slack import home as slack_home
from bot.adapters.slack.blocks import settled
from bot.adapters.slack.events import SLACK, Arrived, Commanded, Press, Said, direct_chat, is_direct, place_of
from bot.adapters.slack.forms import Origin, Submitted, opened
from bot.adapters.slack.parts import SlackParts
from bot.adapters.slack.people import People
from bot.adapters.slack.sending import NotAccepted, Place, SlackOutbox, reason
from bot.adapters.slack.support import Support
from bot.adapters.slack.text import plain
from bot.engine import Answer
from bot.messages import Choice, Command, IncomingMessage, Reply, Verb
from bot.phrases import slack as slack_phrases
from bot.phrases import talk
from domain.conversation import ChatRef
from domain.errors import Busy

WELCOME = "welcome"
_IMPORT = re.compile(r"\A\W*inventory\s{1,9}import(?:[\s-]{1,9}(check|dry[ -]run))?\W*", re.I)
_ROLES = re.compile(r"parley\s+role\b", re.I)
_GREET = Choice(verb=Verb.INTENT, arg="greet")
log = structlog.get_logger()


class Turns:
    """What is done about each kind of thing that happens in Slack; called in the lanes, after the acknowledgement."""

    def __init__(self, parts: SlackParts, outbox: SlackOutbox, people: People) -> None:
        self._parts = parts
        self._outbox = outbox
        self._people = people
        self._support = Support(parts, outbox, people)

    def said(self, said: Said) -> None:
        """Answers a message that is for the bot, and passes on what support wrote in a ticket's thread."""
        importing = next((file for file in said.files if file.name.lower().endswith(".csv")), None)
        text = plain(said.text, bot=said.bot)
        asked = _IMPORT.fullmatch(text)
        if asked is None:
            importing = None
        taken = True
        with self._or_says(Place(channel=said.channel, thread=said.thread), slack_phrases.NOT_PASSED_ON):
            taken = self._support.takes(said, text)
        if taken:
            return
        if not (said.direct or said.mentioned or importing or self._goes_on(said)):
            return
        place = Place(channel=said.channel, thread=said.answer_thread, owner="" if said.direct else said.user)
        command = None
        if importing is not None and asked is not None:
            command = self._import(importing.url, importing.size, asked[1] or "")
            if command is None:
                megabytes = slack_files.MOST_BYTES // 1_000_000
                self._outbox.tell(place, slack_phrases.file_unreadable(megabytes=megabytes))
                return
        message = IncomingMessage(id=said.ts, chat=said.chat, sender_id=said.user, text=text, command=command)
        self._answer(message, place)

    def pressed(self, press: Press) -> None:
        """Does what a button stands for, and leaves no button on its card that is outdated."""
        if self._is_of_another(press):
            return
        choice = Choice.decode(press.value)
        if choice.verb is Verb.HANDOFF_RESOLVE:
            with self._or_says(Place(channel=press.channel, thread=press.thread), talk.BROKEN):
                self._support.resolve(press, choice.arg)
            return
        leads_away = choice.trait.alone and not (press.direct or press.ephemeral or press.in_home)
        if not press.in_home and not press.ephemeral and not leads_away:
            chat = press.chat
            place = Place(channel=press.channel, thread=press.answer_thread, owner="" if press.direct else press.user)
        else:
            channel = self._private_chat(press)
            if not channel:
                return
            chat = direct_chat(channel)
            place = Place(channel=channel)
            if press.ephemeral:
                place = Place(channel=press.channel, thread=press.thread, hook=press.hook, files=channel)
        message = IncomingMessage(id=press.message_id, chat=chat, sender_id=press.user, choice=choice)

        def update_card() -> None:
            if press.blocks and not place.hook and not leads_away:
                blocks = settled(press.blocks, press.action_id)
                self._outbox.update(press.channel, press.message_ts, blocks, press.message_text)

        answer = self._answer(
            message, place, trigger=press.trigger, before=update_card, pressed="" if leads_away else press.message_ts
        )
        if press.in_home and answer is not None:
            self.show_home(press.user, answer.replies)
        if leads_away and answer is not None:
            self._outbox.whisper(press.channel, press.thread, press.user, slack_phrases.IN_PRIVATE)

    def _private_chat(self, press: Press) -> str:
        """The direct chat with who pressed; empty, and they are told, where there can be none."""
        try:
            return self._people.direct_chat(press.user)
        except (SlackClientError, OSError) as error:
            log.warning("slack opened no direct chat", error=reason(error))
            if press.channel:
                self._outbox.whisper(press.channel, press.thread, press.user, slack_phrases.NO_DIRECT_CHAT)
            return ""

    def opens_form(self, press: Press) -> None:
        """Shows the form that a message's button holds, to the one it was meant for."""
        if self._is_of_another(press):
            return
        form = opened(press.value)
        if form is None:
            return
        channel = self._people.direct_chat(press.user) if press.ephemeral or press.in_home else press.channel
        chat = direct_chat(channel) if press.ephemeral or press.in_home else press.chat
        hook = press.hook if press.ephemeral else ""
        thread = "" if press.in_home else press.answer_thread
        origin = Origin(channel=press.channel or channel, chat_id=chat.chat_id, thread=thread, hook=hook)
        self._outbox.open_modal(press.trigger, form, "", origin)

    def commanded(self, given: Commanded) -> None:
        """Answers a slash command, for its sender alone."""
        own = ""
        with self._or_says(Place(channel=given.channel, hook=given.hook), talk.BROKEN):
            own = self._people.direct_chat(given.user)
        if not own:
            return
        command = Command(name=given.name, text=plain(given.text, subjects=True))
        message = IncomingMessage(
            id=given.trigger,
            chat=direct_chat(own),
            sender_id=given.user,
            command=command,
            names=self._people.names_of_staff() if _ROLES.match(f"{command.name} {command.text}") else (),
        )
        place = Place(channel=given.channel, hook=given.hook, files=own)
        self._answer(message, place, trigger=given.trigger)

    def sent_form(self, user: str, form: Submitted) -> None:
        """Answers a form that was filled in, where it was opened."""
        origin = form.origin
        message = IncomingMessage(
            id=form.message_id,
            chat=ChatRef(channel=SLACK, chat_id=origin.chat_id, public=not is_direct(origin.chat_id)),
            sender_id=user,
            text=form.text,
            command=form.command,
        )
        place = Place(
            channel=origin.channel,
            thread=origin.thread,
            hook=origin.hook,
            owner="" if origin.channel == origin.chat_id else user,
            files=origin.chat_id if origin.hook else "",
        )
        self._answer(message, place)

    def arrived(self, who: Arrived) -> None:
        """Greets somebody who is new, once, and shows them their home tab if they are in it."""
        user, channel = who.user, who.channel or self._people.direct_chat(who.user)
        chat = direct_chat(channel)
        if not self._parts.chats.knows(chat, user):
            message = IncomingMessage(id=WELCOME, chat=chat, sender_id=user, choice=_GREET)
            self._answer(message, Place(channel=channel))
        if who.home:
            self.show_home(user)

    def show_home(self, user: str, answers: tuple[Reply, ...] = ()) -> None:
        """Shows the Home tab as things are now."""
        home = slack_home.read(
            self._parts, direct_chat(self._people.direct_chat(user)), user, self._people.groups(user)
        )
        self._outbox.publish_home(user, slack_home.view(home, answers, image_base=self._parts.image_base))

    def _answer(
        self,
        message: IncomingMessage,
        place: Place,
        *,
        trigger: str = "",
        before: Callable[[], None] = lambda: None,
        pressed: str = "",
    ) -> Answer | None:
        """Lets the engine answer, does `before`, sends, and takes the buttons that ended off all but the message that
        was `pressed`; None when there is no answer. A repeated one went out before; should it have been lost, the
        worker brings it.
        """
        try:
            profile = self._people.profile(message.sender_id)
            answer = self._parts.engine.handle(
                replace(
                    message,
                    proven_email=profile.email,
                    groups=self._people.groups(message.sender_id),
                    private_chat=self._alone_with(message),
                )
            )
        except self._parts.chats.away:
            raise  # what was stored is taken up again
        except Busy:
            self._outbox.tell(place, slack_phrases.BUSY)
            return None
        except Exception:
            metrics.FAILURES.labels(channel=SLACK).inc()
            log.exception("turn failed", channel=SLACK)
            self._outbox.tell(place, talk.BROKEN)
            return None
        if answer.repeated:
            return None
        before()
        if answer.private_chat is not None and answer.replies:
            # In a thread that nobody answered in yet a whisper is not shown, see chat.postEphemeral.
            thread = "" if place.thread == message.id else place.thread
            self._outbox.whisper(place.channel, thread, message.sender_id, slack_phrases.IN_PRIVATE)
        if answer.private_chat is not None:
            self._end_buttons(message, answer, pressed)
            message = replace(message, chat=answer.private_chat)
            place = Place(channel=answer.private_chat.chat_id)
        for number, reply in enumerate(answer.replies):
            try:
                ts = self._send(message, place, reply, trigger, over=number == 0 and message.choice is not None)
            except (SlackClientError, NotAccepted, OSError) as error:
                log.warning("slack took no reply", error=reason(error))
                break  # those after it must not overtake it
            self._parts.chats.arrived(
                answer.delivery_ids[number : number + 1],
                sent_as=ts if reply.passing else "",
                question=answer.state.question,
            )
        self._end_buttons(message, answer, pressed)
        return answer

    def _end_buttons(self, message: IncomingMessage, answer: Answer, pressed: str) -> None:
        """Takes the buttons that an answer ended off what was sent before; a card that was pressed is settled."""
        channel, _ = place_of(message.chat)
        place = Place(channel=channel, owner=message.sender_id if message.chat.public else "")
        for one in outdated(self._parts.chats, message.chat, message.sender_id, answer, pressed):
            self._outbox.redraw(place, one.sent_as, one.after)

    def _alone_with(self, message: IncomingMessage) -> ChatRef | None:
        """The direct chat with who wrote where others read along; None where there can be none, or is no need."""
        if not message.chat.public:
            return None
        try:
            return direct_chat(self._people.direct_chat(message.sender_id))
        except (SlackClientError, OSError) as error:
            log.warning("slack opened no direct chat", error=reason(error))
            return None

    def _send(self, message: IncomingMessage, place: Place, reply: Reply, trigger: str, *, over: bool) -> str:
        """Sends a reply and returns its timestamp; a form that was asked for with a tap or a command opens at once."""
        if reply.form is not None and trigger:
            origin = Origin(channel=place.channel, chat_id=message.chat.chat_id, thread=place.thread, hook=place.hook)
            shown = self._outbox.open_modal(trigger, reply.form, reply.text, origin)
            if shown and place.hook and not reply.buttons and reply.attachment is None:
                return ""
        return self._outbox.post(place, reply, replace=over and bool(place.hook))

    @contextmanager
    def _or_says(self, place: Place, sorry: str) -> Iterator[None]:
        """Says so where something fails that Slack believes done."""
        try:
            yield
        except self._parts.chats.away:
            raise
        except Exception:
            metrics.FAILURES.labels(channel=SLACK).inc()
            log.exception("slack work failed", channel=SLACK)
            self._outbox.tell(place, sorry)

    def _is_of_another(self, press: Press) -> bool:
        """Tells somebody who pressed a button of another person's card that it is not theirs."""
        if not press.owner or press.owner == press.user or press.direct:
            return False
        self._outbox.whisper(press.channel, press.answer_thread, press.user, slack_phrases.NOT_YOURS)
        return True

    def _goes_on(self, said: Said) -> bool:
        """Whether it is in a thread in which the bot was talked with before."""
        return bool(said.thread) and self._parts.chats.knows(said.chat, said.user)

    def _import(self, url: str, size: int, how: str) -> Command | None:
        if size > slack_files.MOST_BYTES:
            return None
        try:
            content = slack_files.fetch(url, token=self._parts.bot_token, api_url=self._parts.api_url)
        except slack_files.UnreadableFile as error:
            log.warning("slack file not read", error=str(error))
            return None
        return Command(name="inventory", text=f"import {how}".strip(), file=content)
