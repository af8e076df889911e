"""How understandings are scored, and when a drop against the baseline counts."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from nlu.evaluating.evaluation import (
    BASELINE,
    BadLabels,
    Score,
    compare,
    evaluate,
    evaluate_file,
    read_baseline,
)
from nlu.evaluating.scoring import fairly_same, judge, same_words
from nlu.understanding import Understanding
from tests.support.reading import as_read

OWN_SET = BASELINE.parent / "evaluation" / "slots.jsonl"


class Labelled:
    """An interpreter that knows the intent of every message and uses the real rules for the rest."""

    def __init__(self, intents: dict[str, str]) -> None:
        self.intents = intents

    def understand(self, text: str) -> Understanding:
        return as_read(text, self.intents[text], 0.9)


@pytest.mark.parametrize(
    ("found", "gold"),
    [
        ("Blue Mugs", "blue mug"),
        ("tlight holder", "t-light holder"),
        ("the cherries", "cherry"),
        ("café boxes", "cafe box"),
        ("salt & pepper", "salt and pepper"),
        ("holder, red", "red holder"),
    ],
)
def test_spelling_and_plural_do_not_matter(found: str, gold: str) -> None:
    assert same_words(found, gold)


@pytest.mark.parametrize(
    ("found", "gold", "same"),
    [
        ("bunting", "party bunting", True),
        ("jam set", "jam making set", True),
        ("clock in oak", "wall clock in oak", True),
        ("party", "party bunting", False),
        ("red party bunting", "party bunting", False),
        ("mug", "plate", False),
        ("", "plate", False),
    ],
)
def test_a_shorter_name_counts_when_it_holds_the_head_noun(found: str, gold: str, same: bool) -> None:
    assert fairly_same(found, gold) is same


@pytest.mark.parametrize(
    ("intent", "text", "gold", "right"),
    [
        ("order", "2 mugs and a plate", "2 x mug; 1 x plate", True),
        ("order", "2 mugs and a plate", "1 x plate; 2 x mug", True),
        ("order", "2 mugs", "2 x mug; 1 x plate", False),
        ("order", "2 mugs and a plate", "2 x mug", False),
        ("order", "3 mugs", "2 x mug", False),
        ("add_to_cart", "another mug", "+1 x mug", True),
        ("add_to_cart", "add two of number 3", "2 x #3", True),
        ("change_quantity", "make it 3", "set 3 x ?", True),
        ("change_quantity", "make the mugs 3", "set 3 x ?", False),
        ("change_quantity", "one less", "dec 1 x ?", True),
        ("change_quantity", "2 of each", "set 2 x all", True),
        ("remove_from_cart", "remove everything", "remove all", True),
        ("remove_from_cart", "remove it", "remove ?", True),
        ("cancel_order", "cancel my order", "which=last", True),
        ("cancel_order", "cancel order 1042", "which=last", False),
        ("cancel_order", "cancel order 1042", "order=1042", True),
        ("order_status", "where is my lamp", "item=lamp", True),
        ("recommend", "what goes with the lamp", "with=lamp", True),
        ("recommend", "what goes with my cart", "with=cart", True),
        ("provide_email", "bob@example.com", "email=bob@example.com", True),
        ("provide_address", "12 Main St, Denver CO 80203", "zip=80203", True),
        ("provide_address", "12 Main St", "zip=", True),
        ("stock_question", "do you have 40 lamps", "q=lamp; n=40", True),
        ("stock_question", "do you have lamps", "q=lamp; n=40", False),
        ("stock_question", "tell me when it is back", "q=?; notify=1", True),
    ],
)
def test_judges_by_the_gold_grammar(intent: str, text: str, gold: str, right: bool) -> None:
    understanding = Labelled({text: intent}).understand(text)
    (judgement,) = judge(intent, gold, understanding)
    assert judgement.fair is right


@pytest.mark.parametrize(
    ("text", "gold", "right"),
    [
        ("mugs under 8", "lt=8; q=mug", [True, True]),
        ("mugs under 8.00", "lt=8; q=plate", [True, False]),
        ("from 15 to 35", "ge=15; le=35", [True]),
        ("cheapest first", "sort=asc", [True]),
        ("got any cheaper ones", "lt=prev", [True]),
        ("under 8", "le=8", [False]),
    ],
)
def test_prices_and_their_topic_are_judged_apart(text: str, gold: str, right: list[bool]) -> None:
    understanding = Labelled({text: "price_filter"}).understand(text)
    assert [judgement.fair for judgement in judge("price_filter", gold, understanding)] == right


@pytest.mark.parametrize(("intent", "gold"), [("order", "two mugs"), ("stock_question", "lamp"), ("help", "q=1")])
def test_a_gold_answer_outside_the_grammar_is_refused(intent: str, gold: str) -> None:
    with pytest.raises(ValueError, match="gold"):
        judge(intent, gold, Labelled({"x": intent}).understand("x"))


@pytest.fixture
def utterances(tmp_path: Path) -> Path:
    path = tmp_path / "utterances.tsv"
    path.write_text("order\t2 mugs\nadd_to_cart\tadd a plate\nhelp\thelp me\n\n", "utf-8")
    gold = {"intent": "order", "text": "2 mugs", "gold": "2 x mug"}
    (tmp_path / "slots.jsonl").write_text(json.dumps(gold) + "\n", "utf-8")
    return path


@pytest.fixture
def seconds() -> Iterator[float]:
    return iter([0.0, 0.01, 1.0, 1.02, 2.0, 2.03])


def test_counts_order_and_add_to_cart_as_one_and_strictly_too(utterances: Path, seconds: Iterator[float]) -> None:
    interpreter = Labelled({"2 mugs": "order", "add a plate": "order", "help me": "human"})
    evaluation = evaluate(interpreter, utterances, timer=lambda: next(seconds))
    assert evaluation.accuracy == Score(right=2, total=3)
    assert evaluation.strict_accuracy == Score(right=1, total=3)
    assert evaluation.recall["help"].share == 0
    assert evaluation.confusion["help", "human"] == 1
    assert evaluation.slots["items"] == (Score(right=1, total=1), Score(right=1, total=1))
    assert evaluation.p50 == pytest.approx(0.02)
    assert [miss.text for miss in evaluation.intent_misses] == ["help me"]


def test_prints_scores_confusions_and_misses(utterances: Path) -> None:
    output = io.StringIO()
    interpreter = Labelled({"2 mugs": "order", "add a plate": "order", "help me": "human"})
    evaluate_file(utterances, interpreter, Console(file=output, width=120))
    printed = output.getvalue()
    assert all(word in printed for word in ("0.667", "Confusion matrix", "help me", "items", "p95"))


@pytest.mark.parametrize("line", ["order 2 mugs", "order\t", "\t2 mugs"])
def test_a_malformed_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "utterances.tsv"
    path.write_text(f"help\thelp\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r"utterances\.tsv, line 2"):
        evaluate(Labelled({"help": "help"}), path)


def test_a_label_of_no_intent_is_named_with_its_line_and_the_nearest(tmp_path: Path, utterances: Path) -> None:
    path = tmp_path / "others.tsv"
    path.write_text("order\t2 mugs\n\nordr\t3 mugs\n", "utf-8")
    with pytest.raises(BadLabels, match=r"others\.tsv, line 3: 'ordr' is no intent; is 'order' meant\?"):
        evaluate(Labelled({}), path)
    gold = {"intent": "xyzzy", "text": "2 mugs", "gold": "2 mugs"}
    utterances.with_name("slots.jsonl").write_text(json.dumps(gold) + "\n", "utf-8")
    with pytest.raises(BadLabels, match=r"slots\.jsonl, line 1: 'xyzzy' is no intent$"):
        evaluate(Labelled({}), utterances)


def test_a_malformed_gold_line_is_named(utterances: Path) -> None:
    utterances.with_name("slots.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(ValueError, match=r"slots\.jsonl, line 1"):
        evaluate(Labelled({}), utterances)


def test_only_a_drop_of_more_than_two_points_counts(utterances: Path, tmp_path: Path) -> None:
    interpreter = Labelled({"2 mugs": "order", "add a plate": "add_to_cart", "help me": "help"})
    evaluation = evaluate(interpreter, utterances)
    (tmp_path / "baseline.json").write_text(json.dumps(evaluation.scores()))
    baseline = read_baseline(tmp_path / "baseline.json")
    assert compare(evaluation, baseline) == []
    assert compare(evaluation, {**baseline, "recall help": 1.02}) == []
    (drop,) = compare(evaluation, {**baseline, "recall help": 1.021})
    assert (drop.name, drop.before, drop.now) == ("recall help", 1.021, 1.0)
    (gone,) = compare(evaluation, {**baseline, "recall magic": 0.5})
    assert gone.now == 0.0


def test_the_reader_understands_our_own_evaluation_set() -> None:
    """With the intents known, it must reach what the whole is measured by."""
    wrong = []
    golds = [json.loads(line) for line in OWN_SET.read_text("utf-8").splitlines()]
    for gold in golds:
        understanding = Labelled({gold["text"]: gold["intent"]}).understand(gold["text"])
        wrong += [gold["text"] for one in judge(gold["intent"], gold["gold"], understanding) if not one.fair]
    assert len(wrong) <= 0.06 * len(golds), wrong
