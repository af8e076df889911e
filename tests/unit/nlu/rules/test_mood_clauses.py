"""Clauses: where they end, what a question is, and which phrase stands where."""

import pytest

from nlu.rules.mood_clauses import clauses_of, match


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Yes, cancel it!", [("yes",), ("cancel", "it")]),
        ("keep it and cancel that", [("keep", "it"), ("and", "cancel", "that")]),
        ("YEEEES", [("yes",)]),
        ("and", [("and",)]),
        ("?!", []),
        ("", []),
    ],
)
def test_a_message_is_cut_into_clauses(text: str, clauses: list[tuple[str, ...]]) -> None:
    assert [clause.words for clause in clauses_of(text)] == clauses


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("can i cancel?", [True]),
        ("wait, is it paid?", [True, True]),
        ("cancel it. ok?", [False, True]),
        ("no", [False]),
    ],
)
def test_a_sentence_that_ends_with_a_question_mark_asks(text: str, asks: list[bool]) -> None:
    assert [clause.question for clause in clauses_of(text)] == asks


def test_a_clause_begins_behind_words_that_only_lead_in() -> None:
    clause = next(clauses_of("ok so never do that"))
    assert clause.begins(frozenset({"never"}))
    assert not clause.begins(frozenset({"do that"}))
    assert clause.has(frozenset({"do that"}))
    assert not clause.has(frozenset({"do that"}), upto=4)


def test_the_longest_phrase_counts() -> None:
    words = ("call", "it", "off", "now")
    assert match(words, 0, frozenset({"call", "call it off"})) == 3
    assert match(words, 1, frozenset({"call"})) == 0
