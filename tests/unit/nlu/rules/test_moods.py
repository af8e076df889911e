"""Only a clear yes is a yes: a table of wordings, and thousands that a generator makes of frames nobody tuned on."""

import itertools

import pytest

from nlu.rules.deeds import CANCEL, CHANGE, EMPTY, FORGET, PLACE, TAKE, Deed
from nlu.rules.moods import (
    Mood,
    Stance,
    asks_besides,
    asks_of_the_past,
    begins_with_yes,
    is_a_reason,
    mood_of,
    names_only,
    only_asks,
    stance_of,
)

YES = [
    "yes", "Yes!", "yep please", "yesss", "y", "👍", "ok", "sure", "do it", "go ahead", "cancel it",
    "please cancel order 1001", "yes cancel the order",
    "I want it cancelled", "can you cancel it please?", "could you cancel that for me?", "yes, i changed my mind",
    "go ahead and cancel", "yeah get rid of it",
    "I'd like to cancel", "sure, cancel both", "yes i am sure", "that's right, cancel my order",
    "ok cancel it, thanks", "i would like my order cancelled",
    "confirm the cancellation", "yes yes cancel", "absolutely", "yes, i don't need it anymore", "please do",
    "call it off", "yes, cancel #1001",
]  # fmt: skip
NO = [
    "no", "nope", "no don't cancel it", "wait, keep it", "please do not cancel", "I never said cancel",
    "I don't want that order cancelled", "don't",
    "don't you dare cancel", "cancel, no wait", "can you not cancel it", "let's not cancel", "no need to cancel",
    "i was going to cancel but no", "leave it",
    "not yet", "hold on", "yes but wait", "yes, keep it", "nooo", "👎", "never mind", "i'd rather not",
    "please keep my order", "I said DON’T cancel",
    "under no circumstances cancel this", "dont cancel pls", "cancel it? no!", "i do not wish to cancel",
    "you should not cancel anything", "cancel nothing",
]  # fmt: skip
ASKS = [
    "can I still cancel?", "what happens if I cancel", "is it possible to cancel later?",
    "would cancelling cost me anything", "why would I cancel", "how do I cancel",
    "do you cancel orders", "until when can i cancel", "is there a fee for cancelling?",
    "what's your cancellation policy", "if I cancel, do I get my money back?",
    "am i able to cancel tomorrow", "tell me how long i can cancel", "just asking, can one cancel?",
]  # fmt: skip
UNCLEAR = [
    "maybe", "yes if it's late", "no, cancel it", "are you sure", "I'm not sure", "sure?", "cancel?", "yes?",
    "ok good to know", "ok thanks", "hm",
    "yes I know it's my order", "I changed my mind", "yes, I want that order", "yes please send it",
    "yes order it", "confirm my order",
    "correct the order", "i might cancel", "i think so", "perhaps cancel it tomorrow", "my wife said cancel",
    "yes or no", "okay, what else", "yes and add a whisk",
    "go ahead with my order", "unless it ships today, cancel it", "", "?!", "sure is a nice shop", "right on time",
    "cancel the umbrella", "i guess", "whatever",
]  # fmt: skip


# Answers to "Shall I place this order?".
PLACES = [
    "yes", "yes please", "yep do it", "ok go ahead", "place it", "place the order", "perfect, order it", "sounds good",
    "looks right, thanks", "sure thing", "yes that's right", "correct", "👍", "si", "ok thanks bye",
    "yes please ship it", "go for it", "confirm", "I confirm", "let's do it", "buy it", "yes, I'd like that",
    "do it please asap", "Yes!", "yeah", "yup", "y", "ok", "okay", "sure", "alright", "absolutely", "definitely",
    "of course", "please do", "go ahead", "yes go ahead please", "yes, place it", "yes place the order please",
    "please place my order", "confirm the order", "confirm my order please", "submit it", "order it",
    "order now please",
    "yes order it now", "send it", "ship it!", "looks good to me", "looks great, go ahead", "all good, place it",
    "that is correct", "that's correct, thank you", "yes, everything is correct", "it's all right, order it",
    "great, thanks", "perfect", "excellent, do it", "yes yes yes", "yesss", "YES PLEASE", "yes thank you very much",
    "ok, let's go", "I'll take it", "yes I want it", "I want to order it", "could you place it please?", "I agree",
    "deal", "proceed", "proceed with the order", "please proceed", "complete my order", "finalize it",
    "that's it, thanks",
    "ok cool", "fine by me", "works for me", "yes, thanks, have a nice day", "great, place the order now",
    "make it so", "ja bitte", "right, go ahead", "hi, yes please", "exactly", "yes we want it",
]  # fmt: skip
PLACES_NOTHING = [
    "is that right?", "correct?", "sure?", "hmm yes or no?", "yes and no", "yes? no!", "no yes", "yeah no",
    "sure, whatever, no", "yeah right", "yes maybe", "yes if it is cheaper", "who said yes", "why yes", '"yes" he said',
    "yes to the first question", "yes?", "ok?", "right?", "is this correct", "yes!?", "looks good?", "are you sure",
    "is everything right", "ok now what", "deal with that", "please deal with it", "cool down",
    "correct it", "yes, correct the address", "place it later", "yes tomorrow",
    "yes but wait", "yes, I changed my mind", "ok it's too expensive", "my mistake, ok", "I don't want it",
    "yes, cancel it", "good bye", "thanks", "place order 1001", "yes 3", "yes but make it 3", "yes and add a whisk",
    "yes, but change the address", "Yes, but change address", "go to my cart", "this is my order", "my order",
    "confirm the cancellation", "I said yes yesterday", "yes I think so", "I guess so", "sure is a nice shop",
    "not yes", "yes unless it is late", "yes if my wife agrees", "should I say yes", "what if I say yes", "hm ok maybe",
    "change it", "fine print", "yes to everything but the mugs", "take it off", "yes but no", "ok or not", "",
]  # fmt: skip


def test_only_a_clear_yes_places() -> None:
    assert [said for said in PLACES if stance_of(said, PLACE) is not Stance.YES] == []
    assert [said for said in PLACES_NOTHING if stance_of(said, PLACE) is Stance.YES] == []


def test_a_yes_to_placing_is_none_to_what_takes_back() -> None:
    for said in ("perfect", "looks good", "place it", "ok thanks bye", "confirm my order"):
        assert [deed for deed in (CANCEL, EMPTY, FORGET) if stance_of(said, deed) is Stance.YES] == []


def test_who_is_glad_of_it_gives_no_reason_to_take_it_away() -> None:
    for why in (" I'm so happy with it", " because I love it", " looking forward to it", " it's perfect"):
        assert not is_a_reason(why, CANCEL)
        assert is_a_reason(why, PLACE)
    for why in (" I bought it by mistake", " we changed our mind"):
        assert is_a_reason(why, CANCEL)
        assert not is_a_reason(why, PLACE)
    assert is_a_reason(" my brother already got me one", CANCEL)
    assert not is_a_reason(" it's for my brother's birthday", CANCEL)
    assert is_a_reason(" it's for my brother's birthday", PLACE)


def test_a_yes_may_come_first() -> None:
    assert begins_with_yes("Yes, forget me")
    assert begins_with_yes("ok yes")
    assert not begins_with_yes("forget me, yes")
    assert not begins_with_yes("")


def test_a_change_is_made_by_who_asks_for_it() -> None:
    assert stance_of("yes, change it please", CHANGE) is Stance.YES
    assert stance_of("confirm the change", CHANGE) is Stance.YES
    assert stance_of("change it?", CHANGE) is not Stance.YES


def test_what_is_offered_is_taken_by_a_clear_yes() -> None:
    for said in ("yes", "yes take it", "use that", "that's right", "yes, that address"):
        assert stance_of(said, TAKE) is Stance.YES
    for said in ("is that right?", "yes or no", "yes 3", "yeah right"):
        assert stance_of(said, TAKE) is not Stance.YES


def test_a_wall_of_yes_may_end_in_a_no() -> None:
    assert stance_of("yes " * 600 + "no", PLACE) is not Stance.YES


@pytest.mark.parametrize(
    ("said", "stance"),
    [
        *((said, Stance.YES) for said in YES),
        *((said, Stance.NO) for said in NO),
        *((said, Stance.ASKS) for said in ASKS),
        *((said, Stance.UNCLEAR) for said in UNCLEAR),
    ],
)
def test_what_an_answer_to_cancelling_is(said: str, stance: Stance) -> None:
    assert stance_of(said, CANCEL) is stance


@pytest.mark.parametrize(
    ("said", "mood"),
    [
        ("cancel my order", Mood.COMMAND),
        ("can I cancel my order", Mood.COMMAND),  # what follows is a question anyway
        ("I want to cancel order 1042", Mood.COMMAND),
        ("I don't want it anymore please cancel it", Mood.COMMAND),
        ("the mugs are wrong, cancel the order", Mood.COMMAND),
        ("please don't cancel my order", Mood.REFUSED),
        ("add a whisk but don't cancel the order", Mood.REFUSED),
        ("I never cancelled anything", Mood.REFUSED),
        ("how can I cancel an order", Mood.ASKED),
        ("why can't I cancel it?", Mood.ASKED),
        ("what if I cancel tomorrow", Mood.ASKED),
        ("I might cancel it later", Mood.WONDERED),
        ("if it is late, cancel it", Mood.WONDERED),
        ("somebody told me to cancel", Mood.WONDERED),
        ("two mugs please", None),
        ("the glass teapot", None),
    ],
)
def test_how_a_message_speaks_of_cancelling(said: str, mood: Mood | None) -> None:
    assert mood_of(said, CANCEL) is mood


# Frames with a slot for the verb and one for what it is done to; none of them is a clear yes to anything.
_REFUSALS = [
    "no {v} {o}", "don't {v} {o}", "do not {v} {o}", "please don't {v} {o}", "dont {v} {o}", "never {v} {o}",
    "I won't {v} {o}", "i'm not going to {v} {o}",
    "you must not {v} {o}", "i didn't ask you to {v} {o}", "why {v} {o}", "no no, don't {v} {o}",
    "wait, don't {v} {o} yet", "hold on before you {v} {o}",
    "i'd rather you didn't {v} {o}", "there's no need to {v} {o}", "no reason to {v} {o}", "stop, do not {v} {o}",
    "please not {v} {o}", "you can't {v} {o}",
    "it would be wrong to {v} {o}", "i take it back, don't {v} {o}", "I would never {v} {o}",
    "it's not that i want to {v} {o}", "nobody asked to {v} {o}",
]  # fmt: skip
_QUESTIONS = [
    "can i still {v} {o}?", "could i {v} {o} tomorrow", "what happens if i {v} {o}", "is it possible to {v} {o}",
    "how would i {v} {o}", "how long can i {v} {o}",
    "when can i {v} {o}", "do i have to {v} {o}", "does it cost anything to {v} {o}",
    "would it be ok to {v} {o} later", "should i {v} {o}?", "{v} {o}?",
    "what does it mean to {v} {o}", "am i allowed to {v} {o}", "if i {v} {o}, do i get a refund?", "who can {v} {o}",
    "tell me whether i can {v} {o}",
    "are you about to {v} {o}", "did you {v} {o}?", "will you {v} {o} by yourself tomorrow?",
    "and if i wanted to {v} {o}?", "what would it take to {v} {o}",
]  # fmt: skip
_THOUGHTS = [
    "maybe {v} {o}", "i might {v} {o}", "i'm thinking of whether to {v} {o}", "perhaps i should {v} {o}",
    "i was about to {v} {o}", "i almost wanted to {v} {o}",
    "if it isn't here by friday {v} {o}", "unless you hurry i will {v} {o}", "my husband wants me to {v} {o}",
    "let me think about whether to {v} {o}",
    "i could {v} {o} but it is nice", "i wish i didn't have to {v} {o}", "you said you would {v} {o}",
    "yesterday i wanted to {v} {o}", "not sure if i should {v} {o}",
    "i will {v} {o} some day", "i said {v} {o} as a joke", "tempting to {v} {o}", "people often {v} {o}",
    "the button says {v} {o}", "yes {v} {o} or maybe not",
]  # fmt: skip
_HEDGED = [
    "{y} but not now", "{y} maybe", "{y}? no", "not {y}", "{y}, wait", "{y} if it is free", "{y}, keep it",
    "{y} or rather no", "hmm {y}?", "{y}, i want to keep it",
    "{y}, when does it arrive", "{y} it is a nice shop", "{y} that's what my friend said", "{y} and send it today",
    "{y}, ship it", "{y} i love it", "{y} what",
    "no {y}", "{y} unless it was shipped", "{y}, leave it as it is", "{y} don't", "i don't think {y}",
    "{y}, add a whisk", "{y} how much was it", "{y}, deliver it",
]  # fmt: skip
_DEEDS: list[tuple[Deed, list[str], list[str]]] = [
    (
        CANCEL,
        ["cancel", "call off", "scrap", "cancle", "get rid of"],
        ["it", "my order", "order 1001", "that one", "everything", "the teapot order", ""],
    ),
    (EMPTY, ["empty", "clear", "drop", "delete"], ["it", "my cart", "the basket", "everything", ""]),
    (FORGET, ["forget", "erase", "delete", "remove"], ["me", "my data", "everything about me", "all of it", ""]),
]
_YESES = [
    "yes",
    "yeah",
    "yep",
    "sure",
    "ok",
    "okay",
    "absolutely",
    "definitely",
    "go ahead",
    "do it",
    "of course",
    "right",
]


def generated() -> list[tuple[str, Deed]]:
    """Some thousands of messages that are no clear yes, in plain spelling and as people type."""
    made = [
        (frame.format(v=verb, o=thing).strip(), deed)
        for deed, verbs, things in _DEEDS
        for frame, verb, thing in itertools.product([*_REFUSALS, *_QUESTIONS, *_THOUGHTS], verbs, things)
    ]
    made += [(frame.format(y=yes), deed) for deed, _, _ in _DEEDS for frame, yes in itertools.product(_HEDGED, _YESES)]
    return [*made, *((said.upper().replace("'", "’") + "!!", deed) for said, deed in made if "?" not in said)]


def test_no_generated_wording_is_taken_for_a_yes() -> None:
    accepted = [said for said, deed in generated() if stance_of(said, deed) is Stance.YES]
    assert len(generated()) > 5000
    assert accepted == []


def test_clear_commands_and_yeses_are_taken() -> None:
    """The reverse: a generator of clear ones, so that caution does not become deafness."""
    frames = ["{v} {o}", "please {v} {o}", "yes {v} {o}", "yes, {v} {o} please", "ok, {v} {o}", "i want to {v} {o}"]
    frames += ["go ahead and {v} {o}", "yes can you {v} {o}?"]
    for deed, verbs, things in [
        (CANCEL, ["cancel", "cancle", "scrap"], ["it", "my order", "order 1001", "the order", "both orders"]),
        (EMPTY, ["empty", "clear"], ["it", "my cart", "the basket", "everything"]),
        (FORGET, ["forget", "erase", "delete"], ["me", "my data", "everything about me", "all my data"]),
    ]:
        said = [frame.format(v=verb, o=thing) for frame, verb, thing in itertools.product(frames, verbs, things)]
        refused = [one for one in said if stance_of(one, deed) is not Stance.YES]
        assert refused == []


def test_the_deed_named_alone() -> None:
    assert names_only("the cart", EMPTY)
    assert not names_only("not the cart", EMPTY)
    assert not names_only("don't empty the basket", EMPTY)


def test_a_long_message_is_read_in_no_time() -> None:
    for text in ("no cancel " * 250, "cancel, " * 300, "a" * 2000, "not " * 500 + "cancel", "!" * 2000):
        assert stance_of(text, CANCEL) is not Stance.YES or "no" not in text


@pytest.mark.parametrize(
    ("text", "besides"),
    [
        ("forget about me, do you have teapots?", True),
        ("forget me, and what's with the order?", True),
        ("please forget me", False),
        ("can you forget me?", False),
        ("could you delete my data, please?", False),
        ("forget me. ok?", False),
    ],
)
def test_who_asks_something_beside_a_deed(text: str, besides: bool) -> None:
    assert asks_besides(text, FORGET) is besides


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("did you forget me?", True),
        ("have you deleted my data", True),
        ("can you forget me?", False),
        ("forget me", False),
        ("did you get my mail? forget me", False),
        ("do you have teapots?", False),
    ],
)
def test_who_asks_whether_it_was_done_orders_nothing(text: str, past: bool) -> None:
    assert asks_of_the_past(text, FORGET) is past


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("how long does delivery take?", True),
        ("thanks! how do I pay", True),
        ("do you still have them?", True),
        ("can you check whether they are there?", True),
        ("can I return it?", True),
        ("show my past orders", True),
        ("how long does it take? I need it on Friday", False),
        ("can you deliver on Friday?", False),
        ("Denver? I live in Boulder", False),
        ("isn't that too many?", False),
        ("too many", False),
        ("thanks", False),
        ("", False),
    ],
)
def test_who_only_asks(text: str, asks: bool) -> None:
    assert only_asks(text) is asks
