"""What is on the chat page can be seen and reached in light and dark, as WCAG 2.2 (AA) counts it."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.chat_page import says

TEXT, EDGE = 4.5, 3.0  # https://www.w3.org/TR/WCAG22/#contrast-minimum, #non-text-contrast
# Colours as the browser computes them; what is behind an element is the first background that is not clear.
CONTRASTS = """
    const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const clear = (colour) => parts(colour).length > 3 && parts(colour)[3] === 0;
    const light = (colour) => {
        const [r, g, b] = parts(colour).slice(0, 3).map((one) => one / 255)
            .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a, b) => {
        const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
        return (high + 0.05) / (low + 0.05);
    };
    const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (!clear(colour)) return colour;
        }
    };
    const leftOut = ":disabled, .sr, [aria-hidden=true]";
    const shown = (element) => element.getClientRects().length && !element.closest(leftOut);
    const named = (element) => element.textContent.trim().slice(0, 30) || element.id;
"""
WORDS = """() => {%s
    const holding = [...document.querySelectorAll("body *")].filter((one) => shown(one)
        && [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
    return holding.map((one) => [named(one), contrast(getComputedStyle(one).color, behind(one))]);
}"""
EDGES = """() => {%s
    return [...document.querySelectorAll("button, a.file, .composer")].filter(shown)
        .filter((one) => !one.matches(".new-chat, .composer.blank .send"))
        .map((one) => {
            const style = getComputedStyle(one), around = behind(one.parentElement);
            const edge = parseFloat(style.borderTopWidth) ? style.borderTopColor : style.backgroundColor;
            return [named(one), contrast(edge, around)];
        });
}"""
FOCUS = """() => {%s
    const one = document.activeElement;
    if (one === document.body) return null;
    const box = one.id === "input" ? one.closest(".composer") : one, style = getComputedStyle(box);
    const ring = one.id === "input" ? style.borderTopColor : style.outlineColor;
    const wide = one.id === "input" ? 2 : style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
    const { top, bottom } = one.getBoundingClientRect();
    const under = document.querySelector(".top").getBoundingClientRect().bottom;
    const over = one.closest(".dock") ? innerHeight : document.querySelector(".dock").getBoundingClientRect().top;
    const hidden = !one.closest(".top") && (bottom <= under || top >= over);
    return { name: named(one), wide, hidden, contrast: contrast(ring, behind(box.parentElement)) };
}"""


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The chat page on a phone, in both colour schemes, after much was said; nothing moves."""
    size = {"width": 390, "height": 844}
    with browser.new_page(viewport=size, color_scheme=request.param, reduced_motion="reduce") as page:  # type: ignore[arg-type]
        page.goto(address)
        expect(page.locator("#greeting")).to_be_visible()
        yield page


def measured(page: Page, what: str) -> Any:
    return page.evaluate(what.replace("%s", CONTRASTS, 1))


def too_faint(page: Page, what: str, least: float) -> list[tuple[str, float]]:
    found = measured(page, what)
    assert found
    return [(name, round(contrast, 2)) for name, contrast in found if contrast < least]


def everything(page: Page) -> None:
    """All kinds of things that the page shows, a message that did not get through among them."""
    for said in ("help", "what do you know about me?", "what do you have for less than $20?", "2 lunch bags"):
        says(page, said)
        expect(page.locator(".typing")).to_be_hidden()
    page.get_by_role("button", name="None of these").click()
    says(page, "2 red enamel mugs, ship to 12 Main St, Denver CO 80203, bob@example.com")
    page.get_by_role("button", name="Place order").click()
    expect(page.get_by_text("is placed")).to_be_visible()
    says(page, "cancel my order")
    expect(page.get_by_role("button", name="Yes, cancel it")).to_be_visible()
    page.route("**/api/**", lambda route: route.abort())
    says(page, "hello?")
    expect(page.get_by_role("button", name="Retry")).to_be_visible()


def test_words_and_edges_stand_out_from_what_is_behind_them(page: Page) -> None:
    assert too_faint(page, WORDS, TEXT) == []
    assert too_faint(page, EDGES, EDGE) == []
    everything(page)
    assert too_faint(page, WORDS, TEXT) == []
    assert too_faint(page, EDGES, EDGE) == []


def test_whatever_the_keyboard_reaches_is_seen_to_be_reached(page: Page) -> None:
    everything(page)
    page.get_by_role("textbox").focus()
    reached: list[str] = []
    while (at := measured(page, FOCUS)) and len(reached) < 60:
        reached.append(at["name"])
        assert not at["hidden"], at
        assert (at["wide"] >= 2, at["contrast"] >= EDGE) == (True, True), at
        page.keyboard.press("Shift+Tab")
    assert {"input", "Retry", "Yes, cancel it", "Add to cart", "New chat"} <= set(reached)
