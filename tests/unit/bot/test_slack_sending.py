"""Sending to Slack when Slack, its rates or its servers say no."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.adapters.pace import Pace
from bot.adapters.slack_sending import Outbox, Place, SlackSender, reason, slack_client
from bot.messages import Reply
from domain.conversation import ChatRef

PICTURE = Reply(text="Red Mug", title="Mug", image="https://cdn.example/mug.png")


class FakeClient(WebClient):
    """Notes what is posted; refuses what the test tells it to."""

    def __init__(self, *refusals: str) -> None:
        super().__init__(token="xoxb")
        self.refusals = list(refusals)
        self.posted: list[dict[str, Any]] = []

    def chat_postMessage(self, **sent: Any) -> Any:
        self.posted.append(sent)
        refusal = self.refusals.pop(0) if self.refusals else ""
        if refusal:
            raise SlackApiError("refused", {"ok": False, "error": refusal})  # type: ignore[no-untyped-call]
        return {"ts": f"{len(self.posted)}.0"}


def outbox(client: WebClient) -> Outbox:
    return Outbox(client, pace=Pace(1000, 0.0))


def test_a_picture_that_slack_cannot_fetch_does_not_cost_the_message() -> None:
    client = FakeClient("invalid_blocks")
    outbox(client).post(Place(channel="D01"), PICTURE)
    assert ["accessory" in str(one["blocks"]) for one in client.posted] == [True, False]


def test_blocks_that_slack_refuses_do_not_cost_the_words() -> None:
    client = FakeClient("invalid_blocks", "invalid_blocks")
    assert outbox(client).post(Place(channel="D01"), PICTURE) == "3.0"
    assert (client.posted[2]["blocks"], client.posted[2]["text"]) == (None, "Mug\nRed Mug")


def test_other_refusals_are_the_callers_and_a_told_sentence_has_none() -> None:
    with pytest.raises(SlackApiError):
        outbox(FakeClient("channel_not_found")).post(Place(channel="D01"), PICTURE)
    outbox(FakeClient("channel_not_found")).tell(Place(channel="D01"), "Sorry.")


def test_a_message_that_nobody_waits_for_goes_into_its_thread() -> None:
    client = FakeClient()
    sender = SlackSender(client)
    sender.send(ChatRef(channel="slack", chat_id="C01:1.5"), Reply(text="Shipped!"))
    assert sender.post("C02", Reply(text="Low stock")) == "C02:2.0"
    sender.post("C02", Reply(text="Sold out"), "C02:2.0")
    assert [(one["channel"], one["thread_ts"]) for one in client.posted] == [
        ("C01", "1.5"),
        ("C02", None),
        ("C02", "2.0"),
    ]


def test_the_client_waits_when_slack_says_so() -> None:
    client = slack_client("xoxb", "http://localhost:3000/api")
    assert client.base_url == "http://localhost:3000/api/"
    assert any(isinstance(one, RateLimitErrorRetryHandler) for one in client.retry_handlers)
    assert slack_client("xoxb", None).base_url == "https://slack.com/api/"


def test_a_reason_holds_nothing_of_the_message() -> None:
    error = SlackApiError("refused: order 2 mugs", {"error": "msg_too_long"})  # type: ignore[no-untyped-call]
    assert (reason(error), reason(TimeoutError("to 12 Main St"))) == ("msg_too_long", "TimeoutError")
