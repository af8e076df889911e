"""Which acts a message holds: clauses that clearly begin different ones, in any order and joined in any way."""

import itertools
import time

import pytest

from nlu.rules.act_heads import KEEP
from nlu.rules.acts import find_acts, only_keeps, unread

CLAUSES = {
    "add_to_cart": ("add 2 red mugs", "give me a teapot", "I'd like 3 linen aprons", "put in a whisk"),
    "remove_from_cart": ("drop the rolling pin", "remove the tray", "take the teapot out", "get rid of the mugs"),
    "change_quantity": ("make the mugs 4", "change the teapots to two", "double the aprons"),
    "order_status": ("where is my last order", "tell me where my parcel is", "track my order"),
    "price_filter": ("what's your cheapest bowl", "show me the most expensive vase"),
    "stock_question": ("do you have aprons", "how much is the teapot"),
    "show_cart": ("show me my cart", "what's in my basket"),
    "past_orders": ("show my past orders",),
    "cancel_order": ("cancel my last order",),
    "recommend": ("recommend something", "what goes with the mug"),
    "human": ("I want to talk to a person",),
}
JOINTS = (" and ", ", ", ". ", "; ", ", then ", ", and please ", " but ", "\n")
PAIRS = list(itertools.permutations(CLAUSES, 2))


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_every_pair_of_acts_is_cut_apart(first: str, second: str) -> None:
    joints = itertools.cycle(JOINTS)
    for one, other in itertools.product(CLAUSES[first], CLAUSES[second]):
        said = f"{one}{next(joints)}{other}"
        assert [act.intent for act in find_acts(said)] == [first, second], said
        assert "".join(act.text for act in find_acts(said)).startswith(one.removesuffix("."))


@pytest.mark.parametrize("intent", sorted(CLAUSES.keys() - {"stock_question", "price_filter"}))
def test_acts_of_one_kind_stay_together(intent: str) -> None:
    for one, other in itertools.product(CLAUSES[intent], repeat=2):
        assert find_acts(one) == []
        assert find_acts(f"{one} and {other}") == []


@pytest.mark.parametrize(
    "said",
    [
        "2 mugs and a teapot, ship to 12 Main St, Denver CO 80203",
        "hi, can I get 2 mugs and a red teapot, bob@example.com",
        "yes but drop the teapot",
        "no, make it 3",
        "what do you have for less than $20?",
        "it's my son's birthday and I need tea",
        "mugs and aprons",
        "drop the mug and the teapot",
        "the set of 3 cake tins, please",
        "ok thanks",
        "",
    ],
)
def test_one_act_is_none_to_cut(said: str) -> None:
    assert find_acts(said) == []


@pytest.mark.parametrize(
    "piece", ["make the ", "add and ", "what ", "take the a ", "show a ", "please, ", " and ", "is the a "]
)
def test_a_wall_of_clauses_takes_no_time(piece: str) -> None:
    started = time.perf_counter()
    find_acts((piece * 2000)[:2000])
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize("thing", ["the teapot", "the red mugs", "my whisk", "that tray"])
@pytest.mark.parametrize(
    "frame",
    [
        "I never said remove {}",
        "don't remove {}",
        "no, leave {} in",
        "please don't take {} out",
        "I didn't say to drop {}",
        "I didn't ask you to delete {}",
        "you shouldn't have removed {}",
        "do not get rid of {}",
        "I don't want to remove {}",
        "leave {} in the cart please",
    ],
)
def test_what_is_not_to_go_stays(frame: str, thing: str) -> None:
    assert thing in (only_keeps(frame.format(thing)) or "")
    acts = find_acts(f"{frame.format(thing)}, add an apron")
    assert [act.intent for act in acts] == [KEEP, "add_to_cart"]


@pytest.mark.parametrize(
    "said",
    [
        "remove the mug",
        "keep the mug and drop the rest",
        "keep only the mug",
        "keep the old one",
        "keep 2 mugs",
        "leave out the tray",
        "keep it",
        "why don't you remove the mug",
        "don't add the mug",
    ],
)
def test_that_keeps_nothing_alone(said: str) -> None:
    assert only_keeps(said) is None


def test_what_is_kept_among_other_acts_is_an_act_of_its_own() -> None:
    acts = find_acts("drop the tray, keep the mug, add an apron")
    assert [(act.intent, act.text) for act in acts] == [
        ("remove_from_cart", "drop the tray"),
        (KEEP, "keep the mug"),
        ("add_to_cart", "add an apron"),
    ]


@pytest.mark.parametrize("kept", ["dont take the teapot out", "don't remove the teapot", "never drop the teapot"])
@pytest.mark.parametrize("added", ["just add a lemon tea towel", "only put in a whisk"])
def test_what_shall_stay_and_what_is_only_added_are_two_wishes(kept: str, added: str) -> None:
    assert [(act.text, act.intent) for act in find_acts(f"{kept}, {added}")] == [(kept, "keep"), (added, "add_to_cart")]


@pytest.mark.parametrize(
    "said",
    [
        "show me something between 2 and 500 dollars",
        "what do you have for less than $50?",
        "anything from $5 to $10 !!",
        "is the teapot in stock ?!",
    ],
)
def test_one_clause_is_not_read_twice(said: str) -> None:
    assert unread(said) == []


def test_a_price_range_is_not_cut_where_other_clauses_are() -> None:
    assert unread("between 5 and 10 bucks, and when does it ship?") == ["between 5 and 10 bucks", "when does it ship"]
