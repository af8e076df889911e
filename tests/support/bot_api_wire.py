"""How the Bot API is spoken: the forms of requests, the HTML of messages, and refusals."""

from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl

Json = dict[str, Any]


@dataclass
class Refusal(Exception):
    """What the server answers instead of doing it."""

    status: int
    description: str
    retry_after: int = 0


_TAGS = {"b": "bold", "i": "italic", "a": "text_link"}


class _Entities(HTMLParser):
    """Telegram's HTML as text and entities."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.entities: list[Json] = []
        self._open: list[tuple[str, int, str]] = []

    def _at(self) -> int:
        return len(self.text.encode("utf-16-le")) // 2

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            raise Refusal(400, f"Bad Request: can't parse entities: unsupported start tag {tag}")
        self._open.append((tag, self._at(), dict(attrs).get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        opened, start, href = self._open.pop()
        if opened != tag:
            raise Refusal(400, "Bad Request: can't parse entities: unmatched end tag")
        entity: Json = {"type": _TAGS[tag], "offset": start, "length": self._at() - start}
        if href.startswith("tg://user?id="):
            user = {"id": int(href.partition("=")[2]), "is_bot": False, "first_name": "?"}
            entity |= {"type": "text_mention", "user": user}
        self.entities.append(entity)

    def handle_data(self, data: str) -> None:
        self.text += data


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The text and entities of a message in HTML."""
    parser = _Entities()
    parser.feed(source)
    parser.close()
    if parser._open:
        raise Refusal(400, "Bad Request: can't parse entities: unclosed tag")
    return parser.text, parser.entities


def parse_form(content_type: str, body: bytes) -> tuple[Json, dict[str, bytes]]:
    """The parameters and files of a request."""
    if not content_type.startswith("multipart/"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True)), {}
    parts = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    given: Json = {}
    files: dict[str, bytes] = {}
    for part in parts.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        if part.get_filename() is None:
            given[name] = content.decode()
        else:
            files[name] = content
    for name, value in given.items():  # how a parameter refers to a file of the same request
        if value.startswith("attach://"):
            files[name] = files.pop(value.removeprefix("attach://"))
    return given, files
