"""What marked messages wish: which number counts what, what belongs together, and what each entity means."""

import pytest

from nlu.understanding import Understanding, WantedLine, wanted_lines
from tests.support.reading import understood


def lines(said: str) -> list[tuple[int | None, str]]:
    found = wanted_lines(understood(said, "order"))
    return [(line.quantity, line.phrase or line.reference) for line in found]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("{add}[2](q) [mugs](p) and [a](q) [whisk](p)", [(2, "mugs"), (1, "whisk")]),
        ("{add}[mugs](p) x[2](q), [plates](p) x[6](q)", [(2, "mugs"), (6, "plates")]),
        ("{add}[mugs](p) [2](q) [plates](p) [6](q)", [(2, "mugs"), (6, "plates")]),
        ("{add}[2](q) [mugs](p) [6](q) [plates](p)", [(2, "mugs"), (6, "plates")]),
        ("{add}[mugs](p), [3](q) [plates](p)", [(None, "mugs"), (3, "plates")]),
        ("{add}[mugs](p) and [plates](p), [2](q) of each", [(2, "mugs"), (2, "plates")]),
        ("{add}[two](q) each of [the mug](p) and [the plate](p)", [(2, "mug"), (2, "plate")]),
        ("{add}[3](q) of [the first](r) and [1](q) of [the last one](r)", [(3, "1"), (1, "last")]),
        ("{add}[2](q) [it](r)", [(2, "it")]),
        ("{add}[mugs](p)\\n[plates](p) [4](q)", [(None, "mugs"), (4, "plates")]),
        ("{add}[3](oq) no [4](q) [hammers](p)", [(4, "hammers")]),
        ("{add}[a](q) [claw hammer](p), [the sixteen ounce one](r)", [(1, "claw hammer sixteen ounce")]),
        ("{add}[2](q) [mugs](p) and [the blue one](r)", [(2, "mugs"), (None, "blue")]),
        ("{add}[the](p) [mug](p)", [(None, "mug")]),
    ],
)
def test_which_number_counts_what(said: str, wanted: list[tuple[int | None, str]]) -> None:
    assert lines(said) == wanted


@pytest.mark.parametrize(
    ("said", "operation", "quantity", "name"),
    [
        ("{set}make [the mugs](p) [4](q)", "set", 4, "mugs"),
        ("{more}[one](q) more of [those](r)", "add", 1, "it"),
        ("{more}make it [3](q) again", "set", 3, ""),
        ("{more}put them back to [two](q) again", "set", 2, ""),
        ("{more}make it [3](q) more again", "add", 3, ""),
        ("{more}[3](q) again please", "add", 3, ""),
        ("{less}[two](q) fewer [plates](p)", "subtract", 2, "plates"),
        ("{times}[double](q) [the mugs](p)", "times", 2, "mugs"),
        ("{times}[halve](q) [it](r)", "parts", 2, "it"),
        ("{remove}take out [2](q) [mugs](p)", "subtract", 2, "mugs"),
    ],
)
def test_what_is_done_with_a_number(said: str, operation: str, quantity: int, name: str) -> None:
    line = next(wanted_lines(understood(said, "change_quantity")))
    assert (line.operation, line.quantity, line.phrase or line.reference) == (operation, quantity, name)


def intents(said: str) -> list[str]:
    return [wish.intent for wish in understood(said, "order").wishes]


@pytest.mark.parametrize(
    ("said", "wished"),
    [
        ("{-}hi there {add}[2](q) [mugs](p) {-}for my mum", ["add_to_cart"]),
        ("{add}[2](q) [mugs](p) {skip}and no [whisk](p) {email}to [a@b.de](e)", ["add_to_cart"]),
        ("{add}[2](q) [mugs](p) {shop}are you open {status}and my order", ["add_to_cart", "ask_shop", "order_status"]),
        ("{set}make it [4](q) {less}and [one](q) less of [the mugs](p)", ["change_quantity"]),
        ("{remove}drop [the mug](p) {remove}and [the pan](p)", ["remove_from_cart"]),
        ("{stock}got [mugs](p)? {stock}and [pans](p)?", ["stock_question", "stock_question"]),
        ("{skip}no [lid](p)", ["change_quantity"]),
        ("{keep}only keep [the mug](p)", ["remove_from_cart"]),
        ("{keep}leave [the mug](p) in", ["keep"]),
        ("{-}hm", []),
    ],
)  # fmt: skip
def test_what_belongs_together(said: str, wished: list[str]) -> None:
    assert intents(said) == wished


def test_a_message_has_no_more_than_a_dozen_wishes() -> None:
    assert len(intents("{stock}mugs? {price_of}how much? " * 20)) == 12


def named(understanding: Understanding, name: str) -> list[str]:
    return [entity.value for entity in understanding.all(name)]


def test_what_is_not_wanted_stays_or_goes() -> None:
    said = understood("{add}[2](q) [mugs](p) {skip}without [the lid](p)", "order")
    assert (named(said, "left_out"), named(said, "product")) == (["lid"], ["mugs"])
    assert said.all("left_out")[0].role == "wanted"
    assert understood("{skip}don't add [the lid](p)", "order").all("left_out")[0].role == "added"
    assert named(understood("{keep}everything out but [the mug](p)", "remove_from_cart"), "kept") == ["mug"]
    assert named(understood("{keep}leave [the mug](p) as it is", "deny"), "stays") == ["mug"]
    swapped = understood("{swap}[the red](o) for [the blue mug](p)", "change_quantity")
    assert (named(swapped, "replaced"), named(swapped, "product")) == (["red"], ["blue mug"])


def test_both_of_a_name_are_all_that_are_called_so() -> None:
    line = next(wanted_lines(understood("{remove}drop [both](r) [mugs](p)", "remove_from_cart")))
    assert line == WantedLine(phrase="mugs", reference="all")


def test_clearing_is_of_everything() -> None:
    assert named(understood("{clear}start over", "remove_from_cart"), "reference") == ["all"]


def test_closed_rules_read_the_rest() -> None:
    said = understood("{prices}[mugs](p) [under $20](b)", "price_filter")
    assert [(entity.value, entity.role) for entity in said.all("price")] == [("20", "below")]
    said = understood("{status}where is order [#1042](n)", "order_status")
    assert named(said, "order_number") == ["1042"]
    said = understood("{add}[2](q) [mugs](p), {address}[12 Main St, Denver CO 80203](a)", "order")
    assert named(said, "address") == ["12 Main St, Denver CO 80203"]
    wish = said.wishes[0]
    assert [entity.name for entity in wish.entities if entity.name == "address"] == ["address"]
