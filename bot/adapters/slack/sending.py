"""Brings replies into Slack: posts, updates in place, answers that one person sees, modals, files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, TypeVar

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.webhook import WebhookClient

from bot.adapters.pace import Pace
from bot.adapters.slack.blocks import to_blocks, without_pictures
from bot.adapters.slack.events import place_of
from bot.adapters.slack.forms import Origin, modal
from bot.adapters.slack.sections import Block
from bot.adapters.slack.text import escape
from bot.messages import AnswerLost, Attachment, Form, Reply
from bot.phrases.slack import YOUR_FILE
from domain.conversation import ChatRef

# "One message per second per channel", https://docs.slack.dev/apis/web-api/rate-limits
SECONDS_PER_MESSAGE = 1.0
MESSAGES_PER_SECOND = 20.0
SECONDS = 10
RETRIES_AFTER_429 = 3

Sent = TypeVar("Sent")
log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where replies go: a channel or one of its threads, or by `hook` below a slash command, for the sender alone.

    `owner` is the user whose buttons they are, where others could press them too.
    """

    channel: str
    thread: str = ""
    hook: str = ""
    owner: str = ""
    files: str = ""  # the direct chat that files go to, when it is not this place


class NotAccepted(Exception):
    """Slack did not take an answer through a response_url."""


def slack_client(token: str | None, api_url: str | None, *, repeats: bool = True) -> WebClient:
    """A client that waits when Slack says so (429 with Retry-After).

    It `repeats` what was cut off on its way, as the package does of its own accord: then a message may come twice.
    """
    base_url = WebClient.BASE_URL if api_url is None else f"{api_url.rstrip('/')}/"
    client = WebClient(token=token, base_url=base_url, timeout=SECONDS, retry_handlers=None if repeats else [])
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=RETRIES_AFTER_429))
    return client


class SlackOutbox:
    """Sends at Slack's pace; what it is given for one channel leaves in that order."""

    def __init__(self, client: WebClient, image_base: str = "", pace: Pace | None = None) -> None:
        self._client = client
        self._image_base = image_base
        self._pace = pace or Pace(MESSAGES_PER_SECOND, SECONDS_PER_MESSAGE, burst=5)

    def post(self, place: Place, reply: Reply, *, replace: bool = False) -> str:
        """Sends one reply and returns its timestamp ("" for an answer that only the sender sees).

        `replace` puts it in the place of the ephemeral message that was answered.

        Raises:
            SlackClientError, NotAccepted: Slack did not take it.
        """
        blocks, text = to_blocks(reply, image_base=self._image_base, owner=place.owner)
        ts = ""
        if blocks:
            ts = self._send(place, blocks, text, replace=replace)
        if reply.attachment is not None:
            self._upload(place, reply.attachment)
        return ts

    def tell(self, place: Place, text: str) -> None:
        """A sentence; a failure is logged, for it is said when something else failed already."""
        try:
            self.post(place, Reply(text=text))
        except (SlackClientError, NotAccepted, OSError) as error:
            log.warning("slack took no message", error=reason(error))

    def whisper(self, channel: str, thread: str, user: str, text: str) -> None:
        """A sentence that only one user sees, in a channel; a failure is logged."""
        try:
            self._client.chat_postEphemeral(channel=channel, user=user, thread_ts=thread or None, text=escape(text))
        except (SlackClientError, OSError) as error:
            log.warning("slack took no message", error=reason(error))

    def update(self, channel: str, ts: str, blocks: Sequence[Block], text: str) -> None:
        """Changes a message in place; a failure is logged, for the answer is in another message."""
        try:
            _with_or_without_pictures(
                blocks, lambda kept: self._client.chat_update(channel=channel, ts=ts, blocks=kept, text=text)
            )
        except (SlackClientError, OSError) as error:
            log.warning("slack card not updated", error=reason(error))

    def redraw(self, place: Place, ts: str, reply: Reply) -> None:
        """Shows a message as `reply` says from now on; a failure is logged, as of `update`."""
        blocks, text = to_blocks(reply, image_base=self._image_base, owner=place.owner)
        self.update(place.channel, ts, blocks, text)

    def open_modal(self, trigger: str, form: Form, text: str, origin: Origin) -> bool:
        """Shows a form at once; False when it does not fit or the tap is too long ago."""
        view = modal(form, text, origin)
        if view is None or not trigger:
            return False
        try:
            self._client.views_open(trigger_id=trigger, view=view)
        except (SlackClientError, OSError) as error:
            log.warning("slack form not opened", error=reason(error))
            return False
        return True

    def publish_home(self, user: str, view: dict[str, Any]) -> None:
        """Shows a user's Home tab.

        Raises:
            SlackClientError: Slack did not take it.
        """
        _with_or_without_pictures(
            view["blocks"], lambda kept: self._client.views_publish(user_id=user, view={**view, "blocks": kept})
        )

    def _send(self, place: Place, blocks: list[Block], text: str, *, replace: bool) -> str:
        if place.hook:
            _answer_hook(place.hook, blocks, text, replace=replace)
            return ""
        try:
            return _with_or_without_pictures(blocks, lambda kept: self._post(place, kept, text))
        except SlackApiError as error:
            if not _about_blocks(error):
                raise
        return self._post(place, None, text)

    def _post(self, place: Place, blocks: list[Block] | None, text: str) -> str:
        self._pace.wait(place.channel)
        posted = self._client.chat_postMessage(
            channel=place.channel,
            thread_ts=place.thread or None,
            blocks=blocks,
            text=text,
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(posted["ts"])

    def direct(self, user: str) -> str:
        """The direct chat with a user.

        Raises:
            SlackClientError: there is no such user.
        """
        return str(self._client.conversations_open(users=[user])["channel"]["id"])

    def upload(self, channel: str, thread: str, name: str, content: bytes, alt: str) -> None:
        """A file in a thread, or in the channel itself; `alt` is for who does not see a picture.

        Raises:
            SlackClientError: Slack did not take it.
        """
        self._pace.wait(channel)
        self._put(channel, thread, name, content, alt)

    def _put(self, channel: str, thread: str, name: str, content: bytes | str, alt: str = "") -> None:
        self._client.files_upload_v2(
            channel=channel,
            thread_ts=thread or None,
            filename=name,
            title=name,
            content=content,
            alt_txt=alt or None,
        )

    def _upload(self, place: Place, attachment: Attachment) -> None:
        private = place.files and place.files != place.channel
        channel, thread = (place.files, "") if private else (place.channel, place.thread)
        self._put(channel, thread, attachment.name, attachment.content)
        if private and place.hook:
            _answer_hook(place.hook, [], YOUR_FILE, replace=False)


class SlackSender:
    """Brings messages into Slack that nobody waits for; a `bot.messages.ChatSender`, and the staff's room."""

    def __init__(self, client: WebClient, image_base: str = "") -> None:
        self._outbox = SlackOutbox(client, image_base)

    def send(self, chat: ChatRef, reply: Reply) -> None:
        """See `bot.messages.ChatSender.send`."""
        channel, thread = place_of(chat)
        self._outbox.post(Place(channel=channel, thread=thread), reply)

    def post(self, channel: str, reply: Reply, thread: str | None = None) -> str:
        """Posts into a channel, or into the thread "channel:timestamp", and returns the message's name of that form.

        Raises:
            SlackClientError: Slack did not take it.
            AnswerLost: nobody knows whether it did.
        """
        try:
            ts = self._outbox.post(Place(channel=channel, thread=(thread or "").partition(":")[2]), reply)
        except (TimeoutError, ConnectionResetError, HTTPException) as error:
            raise AnswerLost from error
        return f"{channel}:{ts}"

    def direct(self, user: str) -> str:
        """The direct chat with a user.

        Raises:
            SlackClientError: there is no such user.
        """
        return self._outbox.direct(user)

    def messages(self, reply: Reply) -> list[Reply]:
        """Its cards are in the message."""
        return [reply]

    def upload(self, thread: str, name: str, content: bytes, alt: str) -> None:
        """Puts a file into the thread "channel:timestamp", a picture into the channel, where nobody has to look for it.

        A picture is what has an `alt`, which says what it shows. No message of blocks can hold a picture that is not
        on the web.

        Raises:
            SlackClientError: Slack did not take it.
        """
        channel, _, ts = thread.partition(":")
        self._outbox.upload(channel, "" if alt else ts, name, content, alt)


def reason(error: Exception) -> str:
    """Slack's word for what is wrong, or the kind of error; never a part of the message."""
    if isinstance(error, SlackApiError):
        return str(error.response.get("error"))
    return str(error) if isinstance(error, NotAccepted) else type(error).__name__


def _about_blocks(error: SlackApiError) -> bool:
    return error.response.get("error") in ("invalid_blocks", "invalid_blocks_format", "invalid_arguments")


def _with_or_without_pictures(blocks: Sequence[Block], send: Callable[[list[Block]], Sent]) -> Sent:
    """Sends again without pictures when Slack refuses them: one that it cannot fetch costs the whole message.

    Raises:
        SlackApiError: Slack refuses it for another reason, or both ways.
    """
    try:
        return send(list(blocks))
    except SlackApiError as error:
        if not _about_blocks(error):
            raise
        log.warning("slack refused blocks", error=reason(error))
    return send(without_pictures(blocks))


def _answer_hook(hook: str, blocks: list[Block], text: str, *, replace: bool) -> None:
    client, status = WebhookClient(hook, timeout=SECONDS), 0
    for kept in (blocks, without_pictures(blocks)):
        response = client.send(text=text, blocks=kept or None, response_type="ephemeral", replace_original=replace)
        status = response.status_code
        if status == 200:
            return
        if kept == without_pictures(kept):
            break
    raise NotAccepted(f"status {status}")
