"""What a message says it does not want is never read as a wish, in whatever frame it stands."""

import itertools
import time

import pytest

from nlu.rules.extraction import extract
from nlu.rules.negation import find_negated
from nlu.understanding import Guess, Understanding, wanted_lines

THINGS = ("whisk", "teapots", "rolling pin", "red enamel mug", "oak tray")
# A frame around what is not wanted, and whether it only is not to be added.
FRAMES = [
    ("no {}", False),
    ("and no {}", False),
    ("but no {}", False),
    ("without the {}", False),
    ("without a {}", False),
    ("except the {}", False),
    ("except for the {}", False),
    ("apart from the {}", False),
    ("not the {}", False),
    ("but not the {}", False),
    ("and not a {}", False),
    ("minus the {}", False),
    ("no need for a {}", False),
    ("I don't want the {}", False),
    ("i dont need any {}", False),
    ("we don't want {}", False),
    ("skip the {}", False),
    ("leave out the {}", False),
    ("hold the {}", False),
    ("no more {}", False),
    ("don't add the {}", True),
    ("do not include a {}", True),
    ("please don't put any {}", True),
    ("never send me the {}", True),
]
WANTED = ("2 linen aprons", "a linen apron", "linen aprons")


def lines(said: str, intent: str) -> list[str]:
    entities = tuple(extract(said, intent))
    understanding = Understanding(text=said, ranking=(Guess(intent=intent, confidence=1.0),), entities=entities)
    return [line.phrase for line in wanted_lines(understanding) if line.phrase]


@pytest.mark.parametrize(("frame", "added"), FRAMES)
@pytest.mark.parametrize("intent", ["order", "add_to_cart", "change_quantity", "affirm", "deny"])
def test_what_is_negated_is_left_out(frame: str, added: bool, intent: str) -> None:
    for thing in THINGS:
        said = frame.format(thing)
        [left_out] = [entity for entity in extract(said, intent) if entity.name == "left_out"]
        assert (left_out.value, left_out.role) == (thing, "added" if added else "wanted")
        assert lines(said, intent) == []


@pytest.mark.parametrize("intent", ["order", "add_to_cart"])
def test_what_is_wanted_beside_it_stays(intent: str) -> None:
    for (frame, _), thing, wanted in itertools.product(FRAMES, THINGS, WANTED):
        negated = frame.format(thing)
        for said in (f"{wanted}, {negated}", f"{negated}, {wanted}", f"{wanted} {negated} please"):
            found = lines(said, intent)
            if said.startswith(negated) or "," in said or wanted != "linen aprons":
                assert [phrase.removesuffix("s") for phrase in found] == ["linen apron"], said
            assert thing not in " ".join(found)


@pytest.mark.parametrize(
    "said",
    [
        "no, 2 mugs",
        "no 2 mugs",
        "no I want 2 mugs",
        "no make it 3",
        "no thanks",
        "no problem",
        "don't forget the mugs",
        "don't leave out the tray",
        "I can't do without the mug",
        "not sure about the mug",
        "not only the mug",
        "not 2 but 3 mugs",
        "why not a mug",
        "no more than 3 mugs",
        "nothing but the best mugs",
        "I need a knot board",
    ],
)
def test_what_is_no_negation_of_a_product_stays(said: str) -> None:
    assert list(find_negated(said)) == []


@pytest.mark.parametrize(
    "piece", ["no a ", "not ", "don't want ", "except for the ", "without the tray and ", "no need for "]
)
def test_a_wall_of_negations_takes_no_time(piece: str) -> None:
    started = time.perf_counter()
    list(find_negated((piece * 2000)[:2000]))
    assert time.perf_counter() - started < 0.5
