"""What the letters say, that both of their parts say the same, and that data stays data in them."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

from bot.links import Links
from domain.model import Discount, Order, OrderLine, OrderState, Product
from domain.orders.shipping import Parcel
from domain.orders.telling import OrderNews
from domain.outreach.remarketing import Suggestions
from domain.payments.telling import Told
from domain.records.companions import Companion
from domain.records.notifications import Kind
from domain.records.payments import PAY_LINK, PaymentKind, PaymentState
from domain.records.returns import Condition, Return, ReturnKind, ReturnLine, ReturnReason, ReturnState
from mail.letter import Letter
from mail.letters import code_letter, opt_in_letter, order_letter, remarketing_letter, reminder_letter
from mail.rendering import LONGEST_SUBJECT, TEMPLATES, inert, render
from mail.return_letters import return_letter
from tests.support.factories import EMAIL, HASH_KEY, HASHED_EMAIL, NOW, SECOND, TERMS, make_order, make_product
from tests.support.reported_shop import SHOP

LINKS = Links("https://shop.example", [HASH_KEY])
ADDRESS = "12 Main St, Denver CO 80203"
MESSAGE_ID = "mail-7"
UNSUBSCRIBE = LINKS.unsubscribe(MESSAGE_ID)
ORDER_KINDS = {
    Kind.ORDER_PLACED: OrderState.PLACED,
    Kind.ORDER_CHANGED: OrderState.PLACED,
    Kind.ORDER_CANCELLED: OrderState.CANCELLED,
    Kind.ORDER_SHIPPED: OrderState.SHIPPED,
    Kind.ORDER_DELIVERED: OrderState.DELIVERED,
}
MUG = make_product(name="Red Mug", image_url="/images/RED-MUG.png")
TEAPOT = make_product(name="Teapot", sale_price=Decimal("411.50"))
TRAY = make_product(name="Oak Tray", image_url="https://pictures.example/tray.png")
PRODUCTS = {product.product_id: product for product in (MUG, TEAPOT, TRAY)}
HOSTILE = (
    "<script>alert(1)</script>\r\nBcc: eve@evil.example\n\n<a href='https://evil.example/x'>"
    "www.evil.example</a> {{ total }}\u202e\u2028\x00"
)
URL = re.compile(r"https?://[^\s\"<>]+")
AUTOMATIC_LINK = re.compile(r"https?://|www\.\w|\w\.example|\w@\w")


class Reader(HTMLParser):
    """What a reader of the HTML sees, where its links lead, and its tags; an image's address is no link."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.links: set[str] = set()
        self.images: list[dict[str, str | None]] = []
        self._hidden = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._hidden = tag == "style"
        values = dict(attrs)
        assert not [name for name in values if name.startswith("on")]
        if tag == "img":
            self.images.append(values)
        if href := values.get("href"):
            self.links.add(href)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d[\d,.:]*\d|\d", URL.sub("", text)))


def order_of(quantities: dict[str, int], **overrides: Any) -> Order:
    """Order 1042, at the products' prices; those that are unknown cost 12.00."""
    lines = tuple(
        OrderLine(
            product_id=product_id,
            quantity=quantity,
            unit_price=PRODUCTS[product_id].sale_price if product_id in PRODUCTS else Decimal("12.00"),
        )
        for product_id, quantity in quantities.items()
    )
    return make_order(order_id=1042, lines=lines, **overrides)


ORDER = order_of({"RED-MUG": 2, "TEAPOT": 3}, discount=Decimal("5.00"))


def news(kind: Kind = Kind.ORDER_PLACED, order: Order = ORDER, **overrides: Any) -> Letter:
    """News of an order that is in the state of the news, unless it is in another; three products are known."""
    if order.state is OrderState.PLACED:
        order = replace(order, state=ORDER_KINDS[kind])
    now = overrides.pop("now", NOW)
    told: dict[str, Any] = {"products": PRODUCTS, "address": ADDRESS} | overrides
    return order_letter(
        OrderNews(order=order, step=kind.removeprefix("order_"), **told), shop=SHOP, links=LINKS, now=now
    )


def suggestion(suggestions: Suggestions, **overrides: Any) -> Letter:
    values: dict[str, Any] = {
        "shop": SHOP,
        "links": LINKS,
        "message_id": MESSAGE_ID,
        "postal_address": "1 Fern Lane",
    }
    return remarketing_letter(ORDER, suggestions, PRODUCTS, **values | overrides)


def reminder(lines: tuple[OrderLine, ...] = ORDER.lines, products: dict[str, Product] = PRODUCTS) -> Letter:
    return reminder_letter(
        lines, products, shop=SHOP, links=LINKS, unsubscribe_url=UNSUBSCRIBE, postal_address="1 Fern Lane"
    )


def pair(product: Product, because: str = "RED-MUG", together: int = 37, orders: int = 112) -> Companion:
    return Companion(product=product, because=because, together=together, orders=orders)


PROMOTED = order_of(
    {"TEAPOT": 1},
    discount=Decimal("4.00"),
    discounts=(
        Discount(promotion_id=1, name="Spring (SPRING10) at example.com", amount=Decimal("2.50"), code="SPRING10"),
        Discount(promotion_id=2, name="Mug week", amount=Decimal("1.00")),
    ),
)
MANY = order_of({f"P-{number}": number for number in range(1, 13)}, shipped_at=NOW)
BLUE = make_product(product_id="BLUE-MUG", name="Blue Mug", sale_price=Decimal("15.00"))


def returned(state: ReturnState, replacement_id: str = "", **overrides: Any) -> Letter:
    """News of the return of two mugs, for which 20.00 were paid, for money or for two that cost more."""
    line = ReturnLine(product_id="RED-MUG", quantity=2, unit_price=MUG.sale_price, amount=Decimal("20.00"))
    if replacement_id:
        line = replace(line, replacement_id=replacement_id, replacement_price=BLUE.sale_price)
    one = Return(
        return_id=1001,
        order_id=1042,
        kind=ReturnKind.EXCHANGE if replacement_id else ReturnKind.RETURN,
        lines=(line,),
        state=state,
        reason=ReturnReason.DOES_NOT_FIT,
        condition=Condition.MISSING if state is ReturnState.RECEIVED else None,
        requested_at=NOW,
    )
    shop = replace(SHOP, return_address=overrides.pop("return_address", "12 Fern Lane, Denver CO 80203"))
    told = OrderNews(order=ORDER, step=f"return_{state}-1", products=PRODUCTS | {"BLUE-MUG": BLUE}, returned=one)
    return return_letter(told, one, shop=shop, links=LINKS, **overrides)


POPULAR = (Companion(product=TRAY, together=54, orders=54), Companion(product=TEAPOT, together=1, orders=1))
LETTERS = {
    **{f"{kind}, two lines": news(kind) for kind in ORDER_KINDS},
    **{f"{kind}, one line": news(kind, order_of({"TEAPOT": 1}), address="") for kind in ORDER_KINDS},
    **{f"{kind}, many lines": news(kind, MANY, products={}) for kind in ORDER_KINDS},
    f"{Kind.ORDER_PLACED}, two promotions": news(order=PROMOTED),
    "cancelled by the shop": news(Kind.ORDER_CANCELLED, reason="The kiln broke."),
    **{f"return {state}": returned(state) for state in ReturnState if state is not ReturnState.REPLACED},
    **{f"exchange {state}": returned(state, "BLUE-MUG") for state in ReturnState if state is not ReturnState.REFUNDED},
    "return without an address": returned(ReturnState.REQUESTED, return_address="", confirmed=False),
    "one suggestion": suggestion(Suggestions(pairs=(pair(TRAY),))),
    "three suggestions": suggestion(Suggestions(pairs=(pair(TRAY), pair(MUG, "TEAPOT", 9, 48), pair(TEAPOT)))),
    "popular": suggestion(Suggestions(popular=POPULAR, since_days=30), postal_address=""),
    "popular so far": suggestion(Suggestions(popular=POPULAR[:1])),
    "reminder": reminder(),
    "reminder of many": reminder(MANY.lines),
    "code": code_letter("402917", shop=SHOP, minutes=10),
    "opt-in": opt_in_letter(shop=SHOP, links=LINKS, opt_in_id=7, ended=False, postal_address="12 Fern Lane"),
    "ended": opt_in_letter(shop=SHOP, links=LINKS, opt_in_id=7, ended=True, postal_address="12 Fern Lane"),
}


@pytest.mark.parametrize("name", LETTERS)
def test_both_parts_hold_the_same_facts(name: str) -> None:
    letter = LETTERS[name]
    reader = Reader(letter.html)
    assert numbers(letter.text) | numbers(letter.subject) == numbers(reader.text)
    assert set(URL.findall(letter.text)) == reader.links


@pytest.mark.parametrize("name", LETTERS)
def test_plain_text_is_written_for_readers(name: str) -> None:
    text = LETTERS[name].text
    assert not re.search(r"[<>]|&\w+;|&#|\{|\}|\n\n\n|None", text)
    assert text == text.strip() + "\n"


@pytest.mark.parametrize("name", LETTERS)
def test_html_is_one_column_for_any_screen_and_loads_nothing_but_pictures(name: str) -> None:
    html = LETTERS[name].html
    reader = Reader(html)
    assert html.startswith("<!DOCTYPE html>")
    assert "max-width:600px" in html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "prefers-color-scheme: dark" in html
    assert not {"link", "script", "iframe", "form", "object"} & set(reader.tags)
    assert "url(" not in html
    assert "@import" not in html
    for image in reader.images:
        assert str(image["src"]).startswith(("https://shop.example/images/", "https://pictures.example/"))
        assert image["alt"]
        assert image["width"] == image["height"] != "1"


@pytest.mark.parametrize("name", LETTERS)
def test_letters_hold_no_personal_data_but_the_address_of_the_parcel(name: str) -> None:
    letter = LETTERS[name]
    for secret in (EMAIL, HASHED_EMAIL):
        assert secret not in letter.subject + letter.text + letter.html
    assert "Main St" not in letter.subject
    assert ("Main St" in letter.text) == ("Main St" in letter.html)
    assert "Main St" not in letter.text or name.startswith(("order_", "cancelled"))


@pytest.mark.parametrize("name", LETTERS)
def test_subjects_are_one_short_line_with_the_shop(name: str) -> None:
    subject = LETTERS[name].subject
    assert subject.startswith("Fern & Fable: ")
    assert subject.isprintable()
    assert len(subject) <= LONGEST_SUBJECT


def test_a_placed_order_says_what_was_bought_what_it_costs_and_where_it_goes() -> None:
    letter = news()
    assert letter.subject == "Fern & Fable: order #1042 is placed"
    for line in (
        "Thank you for your order",
        "Order #1042, placed May 12, 2026",
        "2 × Red Mug, $12.00 each: $24.00",
        "3 × Teapot, $411.50 each: $1,234.50",
        "Discount: −$5.00",
        "Total: $1,253.50",
        f"We ship it to: {ADDRESS}",
        "You can cancel until May 12, 11:30 AM MDT: here, or with “cancel 1042” in the chat.",
        f"Cancel order #1042: {LINKS.cancel(1042)}",
    ):
        assert line in letter.text.splitlines()
    seen = Reader(letter.html).text
    for words in ("2 × Red Mug $12.00 each $24.00", "Discount −$5.00", "Total $1,253.50", ADDRESS, "11:30 AM MDT"):
        assert words in seen


def test_what_is_still_to_be_paid_by_card_is_paid_at_its_link() -> None:
    assert "/pay/" not in news().text
    to_pay = Told(kind=PaymentKind.CHARGE, state=PaymentState.OPEN, amount=ORDER.total, method=PAY_LINK)
    letter = news(money=(to_pay,))
    assert f"Pay by card: {LINKS.pay(1042)}" in letter.text.splitlines()
    assert LINKS.pay(1042) in letter.html
    assert "invoice" not in letter.text


def test_what_a_card_paid_for_a_cancelled_order_goes_back() -> None:
    assert "You will not be charged anything." in news(Kind.ORDER_CANCELLED).text
    back = Told(kind=PaymentKind.REFUND, state=PaymentState.OPEN, amount=ORDER.total, method=PAY_LINK)
    letter = news(Kind.ORDER_CANCELLED, money=(back,))
    assert "What you paid goes back to where it came from." in letter.text
    assert "charged" not in letter.text


@pytest.mark.parametrize(
    ("order", "late", "open_"),
    [
        (ORDER, timedelta(0), True),
        (ORDER, TERMS.cancel_window - SECOND, True),
        (ORDER, TERMS.cancel_window, False),
        (replace(ORDER, state=OrderState.SHIPPED), timedelta(0), False),
        (replace(ORDER, state=OrderState.CANCELLED), timedelta(0), False),
    ],
)
def test_the_link_that_cancels_is_there_only_while_the_window_is_open(
    order: Order, late: timedelta, open_: bool
) -> None:
    letter = news(order=order, now=NOW + late)
    for part in (letter.text, letter.html):
        assert ("/cancel/" in part) is open_
        assert ("You can cancel until" in part) is open_


@pytest.mark.parametrize(
    ("kind", "reason", "says", "says_not"),
    [
        (Kind.ORDER_CHANGED, "", ["has changed", "how it stands now", ADDRESS], ["Reason"]),
        (Kind.ORDER_CANCELLED, "", ["You cancelled it.", "not be charged", "“human”"], ["Reason", "sorry"]),
        (
            Kind.ORDER_CANCELLED,
            "No mugs.",
            ["We had to cancel", "Reason: No mugs.", "not be charged"],
            ["You cancelled"],
        ),
        (Kind.ORDER_SHIPPED, "", ["on its way", f"It goes to: {ADDRESS}", "something wrong", "“human”"], ["charged"]),
        (Kind.ORDER_DELIVERED, "", ["was delivered", "missing or broken", "“human”", "Nobody reads"], ["charged"]),
    ],
)
def test_each_step_of_an_order_has_its_words(kind: Kind, reason: str, says: list[str], says_not: list[str]) -> None:
    letter = news(kind, reason=reason)
    for part in (letter.text, Reader(letter.html).text):
        assert [words for words in says if words not in part] == []
        assert [words for words in says_not if words in part] == []


def test_an_order_tells_the_days_of_its_steps_in_the_shops_zone() -> None:
    order = replace(ORDER, shipped_at=NOW + timedelta(hours=12), delivered_at=NOW + timedelta(days=2))
    text = news(Kind.ORDER_DELIVERED, order).text
    assert "Order #1042, placed May 12, 2026, shipped May 12, 2026, delivered May 14, 2026" in text


def test_a_missing_picture_leaves_no_hole() -> None:
    reader = Reader(news().html)
    assert [(image["src"], image["alt"]) for image in reader.images] == [
        ("https://shop.example/images/RED-MUG.png", "Red Mug")
    ]
    for odd in ("javascript:alert(1)", "data:image/gif;base64,R0", "cid:1", "pictures/mug.png"):
        strange = {**PRODUCTS, "RED-MUG": replace(MUG, image_url=odd)}
        assert Reader(news(products=strange).html).images == []


def test_suggestions_show_their_evidence_and_promise_nothing_else() -> None:
    letter = LETTERS["three suggestions"]
    assert letter.subject == "Fern & Fable: what goes with your Red Mug"
    for part in (letter.text, Reader(letter.html).text):
        assert "Bought with your Red Mug in 37 of 112 orders" in part
        assert "Bought with your Teapot in 9 of 48 orders" in part
        assert "order #1042 stays as it is" in part
        assert "becomes an order of its own once you confirm it there" in part
        assert "because you agreed to suggestions and reminders from Fern & Fable" in part
        assert "Fern & Fable, 1 Fern Lane" in part
        assert not re.search(r"receipt|thank you|total|miss you", part, re.I)
    assert f"Add to my order: {LINKS.add('OAK-TRAY', MESSAGE_ID)}" in letter.text
    assert f"Stop these mails: {UNSUBSCRIBE}" in letter.text


def test_popular_products_are_called_that_and_counted() -> None:
    letter = LETTERS["popular"]
    assert letter.subject == "Fern & Fable: what people bought most in the last 30 days"
    for part in (letter.text, Reader(letter.html).text):
        assert "Too few orders show what goes with your order #1042" in part
        assert "In 54 orders" in part
        assert re.search(r"In 1 order\b", part)
        assert "Bought with" not in part
    assert "what people bought most so far" in LETTERS["popular so far"].text


def test_a_reminder_says_that_nothing_was_ordered_and_no_price_is_held() -> None:
    letter = LETTERS["reminder"]
    for part in (letter.text, Reader(letter.html).text):
        assert "nothing was ordered" in part
        assert "prices are no longer held" in part
        assert "$1,258.50" in part
        assert "Stop these mails" in part


def test_the_codes_mail_has_the_code_its_time_and_no_link() -> None:
    letter = LETTERS["code"]
    assert letter.subject == "Fern & Fable: your code is 402917"
    for part in (letter.text, Reader(letter.html).text):
        assert "402917" in part
        assert "10 minutes" in part
        assert "You did not ask for a code?" in part
    assert Reader(letter.html).links == set()
    assert "http" not in letter.text + letter.html
    assert "1 minute." in code_letter("402917", shop=SHOP, minutes=1).text


def hostile_letters() -> list[Letter]:
    """Letters in which everything that somebody else wrote is an attack."""
    evil = replace(MUG, name=HOSTILE, image_url='https://pictures.example/"><script>x</script>')
    products = {**PRODUCTS, "RED-MUG": evil}
    suggestions = Suggestions(pairs=(pair(evil), pair(TRAY)))
    return [
        *(news(kind, address=HOSTILE, products=products) for kind in ORDER_KINDS),
        news(order=order_of({HOSTILE: 1})),
        remarketing_letter(
            ORDER, suggestions, products, shop=SHOP, links=LINKS, message_id=MESSAGE_ID, postal_address=""
        ),
        remarketing_letter(
            ORDER,
            Suggestions(pairs=(pair(TRAY, HOSTILE),)),
            {},
            shop=SHOP,
            links=LINKS,
            message_id=MESSAGE_ID,
            postal_address="",
        ),
        reminder(products=products),
    ]


def test_data_becomes_neither_markup_nor_links_nor_lines() -> None:
    for letter in hostile_letters():
        reader = Reader(letter.html)
        assert "script" not in reader.tags
        assert all(url.startswith("https://shop.example/") for url in reader.links)
        for part in (letter.text, reader.text):
            assert "<script>alert(1)</script> Bcc: eve@" in part
            assert "{{ total }}" in part
            assert not AUTOMATIC_LINK.search(URL.sub("", part.replace("https://shop.example/", "")))
            assert not re.search("[\u202e\u2028\x00\r]", part)
        assert not re.search("^Bcc", letter.text, re.M)


def test_a_products_name_cannot_break_the_subject() -> None:
    for letter in hostile_letters():
        assert len(letter.subject.splitlines()) == 1
        assert len(letter.subject) <= LONGEST_SUBJECT
        assert not re.search(r"[\r\n\x00\u2028\u202e]", letter.subject)


def test_a_reason_is_data_too() -> None:
    letter = news(Kind.ORDER_CANCELLED, reason=HOSTILE)
    assert "script" not in Reader(letter.html).tags
    assert Reader(letter.html).links == {"https://shop.example/"}
    assert not re.search("^Bcc", letter.text, re.M)


def test_a_long_shop_name_leaves_the_code_whole() -> None:
    letter = code_letter(
        "402917", shop=replace(SHOP, name="The Very Old and Rather Long Name of a Shop\nBcc: x" * 3), minutes=10
    )
    assert letter.subject.endswith("…: your code is 402917")
    assert len(letter.subject) <= LONGEST_SUBJECT


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("12 Main St., Apt. 4, Denver", "12 Main St., Apt. 4, Denver"),
        ("1.5 l Jug", "1.5 l Jug"),
        ("evil.com", "evil.\u200ccom"),
        ("www.1.com", "www.\u200c1.\u200ccom"),
        ("http://10.0.0.1/x", "http:\u200c//10.0.0.1/x"),
        ("a@b", "a@\u200cb"),
        ("2 @ 3: //", "2 @ 3: //"),
        ("", ""),
    ],
)
def test_words_of_others_are_no_links(written: str, shown: str) -> None:
    assert inert(written) == shown


def test_a_requested_return_says_its_number_where_to_send_it_and_what_comes_of_it() -> None:
    asked = returned(ReturnState.REQUESTED)
    assert asked.subject == "Fern & Fable: return R1001 of order #1042"
    for part in (asked.text, Reader(asked.html).text):
        assert "write R1001 on the parcel" in part
        assert "Send it to: 12 Fern Lane, Denver CO 80203" in part
        assert "you get $20.00 back" in part
    assert "Discount: −$4.00" in asked.text
    swapped = returned(ReturnState.REQUESTED, "BLUE-MUG")
    assert "we send you 2 × Blue Mug in its place; you pay $6.00 on top." in swapped.text
    nowhere = returned(ReturnState.REQUESTED, return_address="", confirmed=False)
    assert "a person tells you where to send it" in nowhere.text
    assert LINKS.confirm(1042) in nowhere.text


def test_what_became_of_a_return_is_said_with_what_goes_back() -> None:
    assert "You get $20.00 back" in returned(ReturnState.REFUNDED).text
    assert "this comes in its place: 2 × Blue Mug." in returned(ReturnState.REPLACED, "BLUE-MUG").text
    assert "It costs $6.00 more" in returned(ReturnState.REPLACED, "BLUE-MUG").text
    assert "it was not in the parcel" in returned(ReturnState.RECEIVED).text
    for over in (ReturnState.REFUSED, ReturnState.CALLED_OFF):
        assert "get back" not in returned(over).text


def test_every_template_of_a_kind_is_there() -> None:
    of_returns = {kind for kind in Kind if kind.startswith("order_return_")}  # one letter for all of its steps
    of_their_own = set(Kind) - {Kind.SAMPLE} - of_returns  # a sample is the campaign's letter
    assert {kind.value for kind in of_their_own} <= {path.stem for path in TEMPLATES.glob("*.j2")}


def test_a_value_that_is_missing_fails_loudly() -> None:
    with pytest.raises(Exception, match="is undefined"):
        render(Kind.CODE, shop_name="Fern & Fable")


def test_a_shipped_order_says_how_it_travels_with_a_link_where_we_know_one() -> None:
    parcel = Parcel(carrier="UPS", tracking="1Z999AA10123456784")
    for known, link in ((parcel, True), (replace(parcel, carrier="Bike"), False)):
        letter = news(Kind.ORDER_SHIPPED, make_order(), products={}, address="", parcel=known)
        assert f"It travels with {known}." in letter.text
        assert "<b>" not in letter.html
        for body in (letter.text, letter.html):
            assert ("https://www.ups.com/track?tracknum=1Z999AA10123456784" in body) == link
    plain = news(Kind.ORDER_SHIPPED, make_order(), products={}, address="")
    assert "It travels" not in plain.text


def test_a_mail_has_a_row_for_each_promotion_and_no_link_in_it() -> None:
    letter = news(order=PROMOTED)
    for text in (letter.text, letter.html):
        for piece in ("−$2.50", "Mug week", "−$1.00", "Discount", "−$0.50"):
            assert piece in text
        assert "Spring" in text
        assert "at example.com" not in text


def test_a_reminder_says_what_the_card_took_off() -> None:
    letter = reminder_letter(
        PROMOTED.lines,
        PRODUCTS,
        shop=SHOP,
        links=LINKS,
        unsubscribe_url=UNSUBSCRIBE,
        postal_address="",
        discounts=PROMOTED.discounts,
    )
    assert "Mug week: −$1.00" in letter.text
