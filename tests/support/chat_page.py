"""The chat page as a test uses it: writing in it, and pictures of it for people to look at."""

from pathlib import Path

from playwright.sync_api import Page

SCREENSHOTS = Path(".parley/screenshots")


def says(page: Page, words: str) -> None:
    """Writes a message and sends it."""
    page.get_by_role("textbox").fill(words)
    page.keyboard.press("Enter")


def shot(page: Page, name: str, *, whole: bool = False) -> None:
    """Keeps a picture for people to look at, of what is seen or of the whole page."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=whole)
