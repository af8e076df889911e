"""Fetches files that somebody uploaded, from Slack's own servers and nowhere else."""

from urllib.parse import urlsplit

import httpx

MOST_BYTES = 10_000_000
SECONDS = 20.0


class UnreadableFile(Exception):
    """The file is too large, is not Slack's to give, or did not arrive."""


def fetch(url: str, *, token: str, api_url: str | None) -> str:
    """The text of an uploaded file.

    Raises:
        UnreadableFile: it cannot be had.
    """
    if not _of_slack(url, api_url):
        raise UnreadableFile("not an address of Slack")
    content = bytearray()
    try:
        # No redirects: Slack sends those who may not read a file to its page for signing in.
        with httpx.stream("GET", url, headers={"Authorization": f"Bearer {token}"}, timeout=SECONDS) as response:
            if response.status_code != httpx.codes.OK:
                raise UnreadableFile(f"status {response.status_code}")
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > MOST_BYTES:
                    raise UnreadableFile("too large")
    except httpx.HTTPError as exc:
        raise UnreadableFile(type(exc).__name__) from exc
    return content.decode("utf-8-sig", errors="surrogateescape")  # the import says what is wrong with other bytes


def _of_slack(url: str, api_url: str | None) -> bool:
    """Whether the bot's token may travel to this address."""
    asked = urlsplit(url)
    if api_url is not None:
        own = urlsplit(api_url)
        return (asked.scheme, asked.netloc) == (own.scheme, own.netloc)
    host = asked.hostname or ""
    return asked.scheme == "https" and (host == "slack.com" or host.endswith(".slack.com"))
