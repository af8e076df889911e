"""The client of the Rasa server: answers, outages, recovery, cache."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from nlu.rasa_client import RasaClient
from nlu.understanding import Entity, NluUnavailable

GOOD: dict[str, Any] = {
    "text": "2 mugs",
    "intent": {"name": "order", "confidence": 0.9},
    "intent_ranking": [{"name": "order", "confidence": 0.9}, {"name": "help", "confidence": 0.1}],
    "entities": [
        {"entity": "quantity", "value": "2", "start": 0, "end": 1, "role": "set", "group": "1", "extractor": "x"},
        {"entity": "product", "value": "mugs", "start": 2, "end": 6},
    ],
}


class Server:
    """A Rasa server that answers what a test tells it to, and remembers what it was asked."""

    def __init__(self, *answers: dict[str, Any] | Exception | int) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert (request.method, request.url.path) == ("POST", "/model/parse")
        self.asked.append(json.loads(request.content)["text"])
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, int):
            return httpx.Response(answer)
        if len(self.asked[-1]) < len("2 mugs"):
            answer = {**answer, "entities": []}  # they would lie beyond the text
        return httpx.Response(200, json=answer)


class Clock:
    """Monotonic seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def make_client(server: Callable[[httpx.Request], httpx.Response], **overrides: Any) -> RasaClient:
    settings: dict[str, Any] = {"failures": 3, "pause": 10.0, "clock": Clock(), **overrides}
    return RasaClient("http://nlu.example", transport=httpx.MockTransport(server), **settings)


def test_reads_ranking_and_entities() -> None:
    understanding = make_client(Server(GOOD)).understand("2 mugs")
    assert (understanding.intent, understanding.confidence) == ("order", 0.9)
    assert [guess.intent for guess in understanding.ranking] == ["order", "help"]
    assert understanding.entities == (
        Entity(name="quantity", value="2", start=0, end=1, role="set", group="1"),
        Entity(name="product", value="mugs", start=2, end=6),
    )


def test_a_wall_of_signs_is_sent_thinned_and_entities_stay_in_place() -> None:
    text = "@" * 500 + " 2 mugs"
    at = {"quantity": 501, "product": 503}
    entities = [{**found, "start": at[found["entity"]], "end": at[found["entity"]] + 1} for found in GOOD["entities"]]
    server = Server({**GOOD, "entities": entities})
    understanding = make_client(server).understand(text)
    assert server.asked[0].split() == ["@" * 8, "@@@", "2", "mugs"]
    assert (understanding.text, understanding.entities[0].start) == (text, 501)


PART: dict[str, Any] = {
    "act": "return",
    "confidence": 0.9,
    "start": 0,
    "end": 6,
    "spans": [{"kind": "o", "start": 2, "end": 6}],
}
WISH: dict[str, Any] = {"intent": "order", "confidence": 0.9, "start": 0, "end": 6, "entities": GOOD["entities"]}
MALFORMED: list[Any] = [
    {},
    [],
    None,
    "order",
    {**GOOD, "intent": {"name": None, "confidence": 0.0}, "intent_ranking": []},
    {**GOOD, "intent": {"name": "", "confidence": 0.0}, "intent_ranking": [{"name": "", "confidence": 0.0}]},
    {**GOOD, "intent_ranking": [{"name": "help", "confidence": 0.9}]},
    {**GOOD, "intent_ranking": [{"name": "order", "confidence": "high"}]},
    {**GOOD, "intent_ranking": [{"name": "order", "confidence": 1.5}]},
    {**GOOD, "intent_ranking": [{"name": "order"}]},
    {**GOOD, "entities": None},
    {**GOOD, "entities": [{"entity": "product", "value": 3, "start": 0, "end": 1}]},
    {**GOOD, "entities": [{"entity": "product", "value": "mug", "start": "0", "end": 1}]},
    {**GOOD, "entities": [{"value": "mug", "start": 0, "end": 1}]},
    {**GOOD, "entities": [{"entity": "product", "value": "mug", "start": True, "end": 1}]},
    {**GOOD, "entities": [{"entity": "product", "value": "mug", "start": -1, "end": 1}]},
    {**GOOD, "entities": [{"entity": "product", "value": "mug", "start": 2, "end": 1}]},
    {**GOOD, "entities": [{"entity": "product", "value": "mug", "start": 0, "end": 7}]},
    {**GOOD, "entities": [{"entity": "product", "value": "", "start": 0, "end": 1}]},
    {**GOOD, "entities": [{"entity": "product", "value": "m" * 100_000, "start": 0, "end": 1}]},
    {**GOOD, "entities": [{"entity": "product", "value": "mug", "start": 0, "end": 1, "group": "g" * 100}]},
    {**GOOD, "entities": [{"entity": "quantity", "value": "two", "start": 0, "end": 1}]},
    {**GOOD, "entities": [{"entity": "quantity", "value": "²", "start": 0, "end": 1}]},
    {**GOOD, "entities": [{"entity": "quantity", "value": "9" * 16, "start": 0, "end": 1}]},
    {**GOOD, "entities": [{"entity": "quantity", "value": "2", "start": 0, "end": 1, "role": "divide"}]},
    {**GOOD, "entities": [{"entity": "price", "value": "NaN", "start": 0, "end": 1, "role": "below"}]},
    {**GOOD, "entities": [{"entity": "price", "value": "1e9", "start": 0, "end": 1, "role": "below"}]},
    {**GOOD, "entities": [{"entity": "order_number", "value": "#1", "start": 0, "end": 1}]},
    {**GOOD, "entities": [{"entity": "reference", "value": "-1", "start": 0, "end": 1}]},
    {**GOOD, "entities": [GOOD["entities"][0]] * 2001},
    {**GOOD, "wishes": [{**WISH, "intent": None}]},
    {**GOOD, "wishes": [{**WISH, "confidence": 2}]},
    {**GOOD, "wishes": [{**WISH, "end": 7}]},
    {**GOOD, "wishes": [{**WISH, "start": 6}]},
    {**GOOD, "wishes": [{**WISH, "entities": [{"entity": "quantity", "value": "two", "start": 0, "end": 1}]}]},
    {**GOOD, "wishes": "order"},
    {**GOOD, "parts": [{**PART, "act": None}]},
    {**GOOD, "parts": [{**PART, "confidence": 2}]},
    {**GOOD, "parts": [{**PART, "start": 6}]},
    {**GOOD, "parts": [{**PART, "spans": [{"kind": "o", "start": 2, "end": 7}]}]},
    {**GOOD, "parts": [{**PART, "spans": [{"kind": "k" * 50, "start": 2, "end": 6}]}]},
    {**GOOD, "parts": "return"},
    {**GOOD, "intent_ranking": {"name": "order", "confidence": 0.9}},
    {**GOOD, "intent_ranking": [{"name": "order", "confidence": 10**400}]},
]


@pytest.mark.parametrize("answer", MALFORMED)
def test_a_blank_or_malformed_answer_is_an_error(answer: Any) -> None:
    client = make_client(lambda request: httpx.Response(200, json=answer))
    with pytest.raises(NluUnavailable) as caught:
        client.understand("2 mugs")
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(200, text="<html>"),
        httpx.Response(200, text="[" * 100_000 + "]" * 100_000),
        httpx.Response(200, text='{"entities": ' + "[" * 50_000),
        httpx.Response(200, content=b"\xff\xfe{}"),
        httpx.Response(200, json={**GOOD, "text": "m" * 300_000}),
        httpx.Response(200, json=GOOD, headers={"content-encoding": "identity"}),
        httpx.Response(500),
        httpx.Response(409),
        httpx.Response(302, headers={"location": "http://elsewhere.example"}),
    ],
)
def test_an_answer_that_is_no_parse_is_an_error(response: httpx.Response) -> None:
    client = make_client(lambda request: response, failures=1)
    with pytest.raises(NluUnavailable):
        client.understand("2 mugs")
    assert not client.available


def test_a_wish_has_its_place_and_its_own_entities() -> None:
    (wish,) = make_client(Server({**GOOD, "wishes": [WISH]})).understand(" 2 mugs").wishes
    assert (wish.intent, wish.confidence, wish.start, wish.end) == ("order", 0.9, 1, 7)
    assert [(entity.name, entity.start) for entity in wish.entities] == [("quantity", 1), ("product", 3)]


def test_a_part_has_its_words_and_its_spans() -> None:
    (part,) = make_client(Server({**GOOD, "parts": [PART]})).understand(" 2 mugs").parts
    assert (part.text, part.act, part.sure) == ("2 mugs", "return", 0.9)
    assert [(span.words, span.kind, span.at) for span in part.spans] == [("mugs", "o", 2)]


def test_a_token_goes_with_each_request() -> None:
    asked: list[str] = []

    def serve(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, json=GOOD)

    make_client(serve, token="s3cret&more").understand("2 mugs")
    assert asked == ["http://nlu.example/model/parse?token=s3cret%26more"]


def test_a_broken_connection_is_tried_once_more() -> None:
    server = Server(httpx.RemoteProtocolError("closed"), GOOD)
    assert make_client(server).understand("2 mugs").intent == "order"
    assert server.asked == ["2 mugs", "2 mugs"]


def test_a_second_broken_connection_is_an_error() -> None:
    server = Server(httpx.ConnectError("refused"))
    with pytest.raises(NluUnavailable):
        make_client(server).understand("2 mugs")
    assert len(server.asked) == 2


def test_a_slow_server_is_not_asked_again() -> None:
    server = Server(httpx.ReadTimeout("slow"))
    with pytest.raises(NluUnavailable):
        make_client(server).understand("2 mugs")
    assert len(server.asked) == 1


def fail(client: RasaClient, times: int) -> None:
    for _ in range(times):
        with pytest.raises(NluUnavailable):
            client.understand("2 mugs")


def test_the_circuit_opens_after_failures_in_a_row() -> None:
    server = Server(500)
    client = make_client(server)
    fail(client, 2)
    assert client.available
    fail(client, 1)
    assert not client.available
    fail(client, 5)
    assert len(server.asked) == 3


def test_a_success_in_between_keeps_the_circuit_closed() -> None:
    client = make_client(Server(500, 500, GOOD, 500, 500, GOOD), cache_size=0)
    fail(client, 2)
    client.understand("2 mugs")
    fail(client, 2)
    assert client.available


def test_the_circuit_heals_by_itself() -> None:
    clock = Clock()
    server = Server(500, 500, 500, GOOD)
    client = make_client(server, clock=clock)
    fail(client, 3)
    clock.now += 9.9
    fail(client, 1)
    clock.now += 0.2
    assert client.understand("2 mugs").intent == "order"
    assert client.available


def test_a_failed_try_opens_the_circuit_for_another_pause() -> None:
    clock = Clock()
    server = Server(500)
    client = make_client(server, clock=clock)
    fail(client, 3)
    clock.now += 10
    fail(client, 2)
    assert len(server.asked) == 4
    assert not client.available


def test_a_known_text_is_answered_without_asking_even_in_an_outage() -> None:
    server = Server(GOOD, 500)
    client = make_client(server)
    first = client.understand("2 mugs")
    for text in ("a", "b", "c"):
        with pytest.raises(NluUnavailable):
            client.understand(text)
    assert client.understand("2 mugs") is first


def test_the_cache_forgets_the_least_recently_used() -> None:
    server = Server(GOOD)
    client = make_client(server, cache_size=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        client.understand(text)
    assert server.asked == ["a", "b", "c", "b"]


def test_long_texts_are_cut_and_not_kept() -> None:
    server = Server(GOOD)
    client = make_client(server)
    text = "mug " * 25_000
    assert client.understand(text).text == text
    client.understand(text)
    assert len(server.asked) == 2
    assert all(len(asked) <= 2000 for asked in server.asked)


@pytest.mark.parametrize(("text", "intent"), [("/orders", "past_orders"), (" /forget\n", "forget_me")])
def test_a_command_with_a_slash_is_ours_and_asks_nobody(text: str, intent: str) -> None:
    server = Server(500)
    understanding = make_client(server).understand(text)
    assert (understanding.text, understanding.intent, understanding.confidence) == (text, intent, 1.0)
    assert server.asked == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("/out_of_scope", "out_of_scope"),
        (" /affirm", "affirm"),
        ('/order{"product": "mug"}', 'order{"product": "mug"}'),
        ("\xa0//\n/ 2 mugs", "2 mugs"),
        ("2 mugs and/or plates", "2 mugs and/or plates"),
    ],
)
def test_nobody_can_name_an_intent_to_rasa(text: str, asked: str) -> None:
    server = Server(GOOD)
    assert make_client(server).understand(text).text == text
    assert server.asked == [asked]


@pytest.mark.parametrize("text", ["2 mugs", "  2 mugs", "/2 mugs", "// 2 mugs\n"])
def test_offsets_count_from_where_the_text_begins(text: str) -> None:
    understanding = make_client(Server(GOOD)).understand(text)
    assert [text[entity.start : entity.end] for entity in understanding.entities] == ["2", "mugs"]


@pytest.mark.parametrize("text", ["", " \n\t", "/", " // /", "/" * 3000])
def test_a_blank_text_asks_nobody_and_means_nothing(text: str) -> None:
    server = Server(500)
    understanding = make_client(server).understand(text)
    assert (understanding.intent, understanding.confidence) == ("out_of_scope", 0.0)
    assert server.asked == []


def test_threads_may_share_a_client() -> None:
    client = make_client(Server(GOOD), cache_size=5)
    with ThreadPoolExecutor(8) as pool:
        intents = list(pool.map(lambda number: client.understand(f"{number % 20} mugs").intent, range(400)))
    assert intents == ["order"] * 400
    client.close()
