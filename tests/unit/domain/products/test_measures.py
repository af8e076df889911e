"""Measures, packs and small numbers compare as they are meant, however they are written."""

import pytest

from domain.products.catalogue import choose, single_of, words
from tests.unit.domain.products.test_catalogue import names, shelf


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("12kilo", "12 kg"),
        ("30 meter", "30 m"),
        ("half inch", "1/2 Inch"),
        ("a pack of five", "pack 5"),
        ("five-pack", "5-Pack"),
        ("50x70", "50 x 70"),
        ("128 giga", "128 GB"),
        ("gray", "grey"),
        ("seven seas", "7 Seas"),
        ("big", "large"),
        ("canvases", "canvas"),
        ("beanies", "beanie"),
    ],
)
def test_they_compare_alike(said: str, written: str) -> None:
    assert words(said) == words(written)


@pytest.mark.parametrize("said", ["half", "a pound cake", "in", "m6x40", "xl", "2xl", "5 of them"])
def test_what_is_no_measure_stays_as_it_is(said: str) -> None:
    assert "kg" not in words(said)
    assert words(said) == words(said.upper())


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("hose of 30 meter", "Garden Hose 30 m"),
        ("big bags of chicken food 12kilo", "Chicken Dry Food 12 kg"),
        ("basic tee blck L", "Basic Tee Black L"),
        ("tee black large", "Basic Tee Black L"),
        ("packets of basil seeds", "Basil Seeds Genovese"),
        ("jeans 34/32", "Slim Jeans 34/32"),
    ],
)
def test_a_product_is_named_by_what_it_measures(said: str, meant: str) -> None:
    everything = shelf(
        "Garden Hose 15 m", "Garden Hose 30 m", "Chicken Dry Food 3 kg", "Chicken Dry Food 12 kg", "Basic Tee Black L",
        "Basic Tee Black M", "Basil Seeds Genovese", "Slim Jeans 32/34", "Slim Jeans 34/32",
    )  # fmt: skip
    found = choose(said, everything).product
    assert found is not None
    assert found.name == meant


@pytest.mark.parametrize(("said", "name"), [("gift box", "Gift Wrap"), ("bag of nails", "Nail Brush")])
def test_one_word_beside_what_goods_come_in_takes_nothing_unseen(said: str, name: str) -> None:
    assert choose(said, shelf(name, "Teapot")).product is None


def test_the_single_one_is_meant_where_no_pack_is_said() -> None:
    tins = shelf("Beef Tin 400 g", "Beef Tins 400 g, 6-Pack")
    assert names(choose("beef tins", tins).options) == ["Beef Tin 400 g", "Beef Tins 400 g, 6-Pack"]
    assert single_of("beef tins", tins) == tins[0]
    assert single_of("pack of beef tins", tins) is None
    assert single_of("tee", shelf("Tee Red", "Tee Blue")) is None


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("large blue teapot", "Small Blue Teapot"),
        ("single white duvet cover", "Double White Duvet Cover"),
        ("glass jar 1500ml", "Glass Jar 150 ml"),
        ("medium rope", "Rope 10 m"),
        ("large jug", "Jug 0.5 l"),
    ],
)
def test_the_opposite_and_another_size_are_never_taken_unseen(said: str, other: str) -> None:
    assert choose(said, shelf(other, "Tin Opener")).product is None
