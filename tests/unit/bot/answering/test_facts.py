"""What a description says of a question is shown, what it does not say is not known."""

import pytest

from bot.answering.facts import Known, asks_of_a_kind, known_of
from tests.support.factories import make_product

DRILL = make_product(
    name="Cordless Drill 18V",
    description="An 18-volt drill with two gears. Battery and charger are sold separately. Weighs 1.4 kg.",
)
BISCUITS = make_product(
    name="Oat Biscuits", description="Crisp biscuits with butter. Contains oats and milk.", pack_size=12
)
MALLET = make_product(name="Rubber Mallet", description="It does not mark tiles; the handle is ash wood.")
HINGES = make_product(name="Brass Hinges", description="")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "does it come with a battery",
            ("An 18-volt drill with two gears.", "Battery and charger are sold separately."),
        ),
        ("how heavy is it", ("Weighs 1.4 kg.",)),
        ("how many gears has the drill got", ("An 18-volt drill with two gears.",)),
        ("is it waterproof", ()),
        ("is it dishwasher safe", ()),
        ("does the drill have a lid", ()),
    ],
)
def test_only_the_sentences_that_concern_the_question(question: str, expected: tuple[str, ...]) -> None:
    assert known_of(question, DRILL).sentences == expected


def test_a_material_is_found_without_the_word_of_the_question() -> None:
    assert known_of("what is the handle of the mallet made of", MALLET).sentences == ("the handle is ash wood.",)


def test_ingredients_are_shown_as_they_are_written_and_nothing_is_inferred() -> None:
    assert known_of("are they vegan", BISCUITS).sentences == (
        "Crisp biscuits with butter.",
        "Contains oats and milk.",
    )
    assert not known_of("are the pages ruled", BISCUITS)


def test_what_only_the_name_says_is_said_to_be_the_name() -> None:
    assert known_of("what are they made of", HINGES) == Known(name="Brass Hinges")
    assert not known_of("are they stainless", make_product(name="Hinges"))


def test_how_many_are_in_a_pack() -> None:
    assert known_of("how many are in a pack", BISCUITS).pack_size == 12
    assert known_of("are they vegan", BISCUITS).pack_size == 0


def test_who_wants_to_hear_more_hears_all() -> None:
    assert len(known_of("tell me more about the drill", DRILL).sentences) == 3


def test_a_fact_is_told_from_other_questions() -> None:
    assert asks_of_a_kind("is it microwave safe")
    assert not asks_of_a_kind("do you like it here")
