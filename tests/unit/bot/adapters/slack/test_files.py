"""Uploaded files come from Slack only."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.adapters.slack import files as slack_files
from bot.adapters.slack.files import UnreadableFile, fetch


class Files(BaseHTTPRequestHandler):
    """Serves /utf8, /windows and /large to whoever has the token; the rest leads away, as Slack does."""

    def do_GET(self) -> None:
        contents = {
            "/utf8": "\ufeffid,name\nA,Café\n".encode(),
            "/windows": "Café".encode("cp1252"),
            "/large": b"x" * 200,
        }
        if self.path in contents and self.headers["Authorization"] == "Bearer xoxb":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(contents[self.path])
        else:
            self.send_response(302)
            self.send_header("Location", "/utf8")
            self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("path", "text"), [("/utf8", "id,name\nA,Café\n"), ("/windows", "Caf\udce9")])
def test_a_file_is_fetched_with_the_bots_token(address: str, path: str, text: str) -> None:
    assert fetch(f"{address}{path}", token="xoxb", api_url=f"{address}/api/") == text


def test_what_is_refused_or_too_large_is_not_read(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableFile, match="status 302"):
        fetch(f"{address}/utf8", token="another", api_url=f"{address}/api/")
    monkeypatch.setattr(slack_files, "MOST_BYTES", 100)
    with pytest.raises(UnreadableFile, match="too large"):
        fetch(f"{address}/large", token="xoxb", api_url=f"{address}/api/")


@pytest.mark.parametrize(
    ("url", "api_url"),
    [
        ("http://files.slack.com/x", None),
        ("https://files.slack.com.evil.example/x", None),
        ("https://evilslack.com/x", None),
        ("https://user@evil.example/slack.com", None),
        ("http://169.254.169.254/latest/meta-data", None),
        ("file:///etc/passwd", None),
        ("http://127.0.0.1:9/x", "http://127.0.0.1:8/api/"),
        ("", None),
    ],
)
def test_the_token_goes_nowhere_else(url: str, api_url: str | None) -> None:
    with pytest.raises(UnreadableFile, match="not an address of Slack"):
        fetch(url, token="xoxb", api_url=api_url)
