"""Which product a customer's words mean: certain, a question with options, or not found with the nearest."""

import pytest

from domain.model import Product
from domain.products.catalogue import choose, narrow, singular, words
from tests.support.factories import make_product


def shelf(*names: str) -> list[Product]:
    """Products in stock with these names."""
    return [make_product(name=name) for name in names]


def names(products: tuple[Product, ...]) -> list[str]:
    """What they are called."""
    return [product.name for product in products]


MUGS = shelf("Red Enamel Mug", "Blue Enamel Mug", "Green Stoneware Mug")
BOXES = shelf("Wooden Recipe Box", "Recipe Box", "Recipe Box with Stand")


@pytest.mark.parametrize(
    ("text", "comparable"),
    [
        ("The Red Enamel Mug, please!", ("red", "enamel", "mug")),
        ("T-Light Holder", ("tlight", "holder")),
        ("tlight holders", ("tlight", "holder")),
        ("Children's mugs", ("children", "mug")),
        ("Children’s mug", ("children", "mug")),
        ("CRÈME BRÛLÉE dishes", ("creme", "brulee", "dish")),
        ("Set of 3 Cake Tins", ("set", "3", "cake", "tin")),
        ("cake_tin/red", ("cake", "tin", "red")),
        ("some of the", ()),
        (" ?! ", ()),
        ("", ()),
    ],
)
def test_words_have_no_case_accents_hyphens_stop_words_or_plural(text: str, comparable: tuple[str, ...]) -> None:
    assert words(text) == comparable


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("mugs", "mug"),
        ("candles", "candle"),
        ("roses", "rose"),
        ("vases", "vase"),
        ("sizes", "size"),
        ("boxes", "box"),
        ("dishes", "dish"),
        ("torches", "torch"),
        ("dresses", "dress"),
        ("glasses", "glass"),
        ("berries", "berry"),
        ("cookies", "cookie"),
        ("pies", "pie"),
        ("knives", "knife"),
        ("shelves", "shelf"),
    ],
)
def test_a_plural_and_its_singular_compare_alike(plural: str, one: str) -> None:
    assert singular(plural) == singular(one) == one


@pytest.mark.parametrize("word", ["glass", "canvas", "cactus", "iris", "bus", "gas", "is", "3"])
def test_a_word_that_only_looks_like_a_plural_keeps_its_meaning(word: str) -> None:
    assert singular(word) == singular(singular(word))
    assert word.startswith(singular(word))


def test_the_whole_name_wins_over_products_that_hold_it() -> None:
    assert choose("recipe box", BOXES).product == BOXES[1]


def test_the_longer_name_wins_when_it_was_said() -> None:
    assert choose("a wooden recipe box please", BOXES).product == BOXES[0]
    assert choose("recipe box with a stand", BOXES).product == BOXES[2]


def test_the_order_of_the_words_does_not_matter() -> None:
    assert choose("mug red enamel", MUGS).product == MUGS[0]


def test_one_word_that_only_one_product_has_is_enough() -> None:
    assert choose("stoneware", MUGS).product == MUGS[2]


def test_a_family_is_asked_back_and_never_guessed() -> None:
    match = choose("enamel mugs", MUGS)
    assert match.product is None
    assert names(match.options) == ["Red Enamel Mug", "Blue Enamel Mug"]


def test_two_products_with_the_same_name_are_asked_back() -> None:
    twins = [make_product(product_id="A", name="Fern Card"), make_product(product_id="B", name="Fern Card")]
    match = choose("fern card", twins)
    assert match.product is None
    assert match.options == tuple(twins)


def test_what_is_sold_out_is_offered_last() -> None:
    red, blue, _ = MUGS
    match = choose("enamel mug", [make_product(name=red.name, quantity=0), blue])
    assert names(match.options) == ["Blue Enamel Mug", "Red Enamel Mug"]


def test_numbers_in_a_name_tell_products_apart() -> None:
    tins = shelf("Set of 3 Cake Tins", "Set of 6 Cake Tins")
    assert choose("set of 6 cake tins", tins).product == tins[1]
    assert choose("cake tins", tins).options == tuple(tins)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("recipie box", "Recipe Box"),
        ("tlight holders", "T-Light Holder"),
        ("t-lights holder", "T-Light Holder"),
        ("choclate box", "Chocolate Box"),
        ("cookies cutter", "Cookie Cutter"),
    ],
)
def test_a_misspelling_still_finds_its_product(typed: str, meant: str) -> None:
    everything = shelf("Recipe Box", "T-Light Holder", "Umbrella", "Chocolate Box", "Cookie Cutter", "Teapot", "Tin")
    found = choose(typed, everything).product
    assert found is not None
    assert found.name == meant


@pytest.mark.parametrize(
    ("said", "name"),
    [("umberella", "Umbrella"), ("teapott", "Teapot"), ("kitchen scissrs", "Brass Kitchen Scissors")],
)
def test_one_letter_in_a_long_word_is_no_doubt(said: str, name: str) -> None:
    found = choose(said, shelf(name, "Tin")).product
    assert found is not None
    assert found.name == name
    two = choose(said, shelf(name, f"Large {name}"))
    assert two.product is None
    assert names(two.options)


@pytest.mark.parametrize(
    ("said", "alike"),
    [
        ("wallop", "Wallet"),
        ("wall", "Wallpaper"),
        ("green mug", "Greek Mug"),
        ("mellow vase", "Yellow Vase"),
        ("teapot warmer", "Teapot"),
        ("my lovely umbrella stand", "Umbrella"),
        ("wrapping", "Wrap"),
    ],
)
def test_a_likeness_is_never_taken_unseen(said: str, alike: str) -> None:
    assert choose(said, shelf(alike, "Tin")).product is None


@pytest.mark.parametrize("name", ["Wall Clock", "Glass Teapot", "Set of 3 Cake Tins", "Recipe Box", "Red Enamel Mug"])
def test_words_of_one_name_alone_take_it(name: str) -> None:
    everything = shelf("Wall Clock", "Glass Teapot", "Set of 3 Cake Tins", "Recipe Box", "Red Enamel Mug")
    for said in (
        name,
        name.upper(),
        name.rsplit(maxsplit=1)[-1],
        " ".join(reversed(name.split())),
        f"{name.split(maxsplit=1)[0]} {name.rsplit(maxsplit=1)[-1]}",
    ):
        found = choose(said, everything).product
        assert found is not None
        assert found.name == name


def test_a_misspelt_family_is_still_asked_back() -> None:
    assert names(choose("enamle mug", MUGS).options) == ["Red Enamel Mug", "Blue Enamel Mug"]


@pytest.mark.parametrize(("short", "name"), [("car", "Birthday Card"), ("cup", "Cupcake Stand"), ("tin", "Tinsel")])
def test_a_short_word_is_no_beginning_of_another(short: str, name: str) -> None:
    match = choose(short, shelf(name))
    assert (match.product, match.options) == (None, ())


@pytest.mark.parametrize("phrase", ["red umbrella", "enamel umbrella", "wooden mug"])
def test_one_of_two_words_is_not_enough_even_for_a_question(phrase: str) -> None:
    match = choose(phrase, MUGS)
    assert (match.product, match.options) == (None, ())
    assert match.close != ()


def test_two_of_three_words_are_a_question_even_if_only_one_product_has_them() -> None:
    match = choose("green stoneware umbrella", MUGS)
    assert match.product is None
    assert names(match.options) == ["Green Stoneware Mug"]


def test_below_the_floor_the_nearest_three_are_close() -> None:
    cards = shelf("Fern Card", "Rose Card", "Star Card", "Moon Card", "Doormat")
    match = choose("purple birthday card", cards)
    assert (match.product, match.options) == (None, ())
    assert names(match.close) == ["Fern Card", "Rose Card", "Star Card"]


def test_what_shares_no_word_is_not_even_close() -> None:
    match = choose("umbrella stand", MUGS)
    assert (match.product, match.options, match.close) == (None, (), ())


@pytest.mark.parametrize("phrase", ["", "the", "?!"])
def test_no_word_at_all_finds_nothing(phrase: str) -> None:
    match = choose(phrase, MUGS)
    assert (match.product, match.options) == (None, ())


def test_an_empty_catalogue_finds_nothing() -> None:
    assert choose("mug", []).close == ()


def test_a_catalogue_without_names_is_searched_by_its_ids() -> None:
    products = [make_product(product_id="OB3DU6HDPITC"), make_product(product_id="U8WUCVBHUEPT")]
    assert choose("ob3du6hdpitc", products).product == products[0]


@pytest.mark.parametrize("answer", ["the green one", "green", "the green stoneware mug please", "stoneware"])
def test_an_answer_narrows_the_options_to_what_it_names(answer: str) -> None:
    assert narrow(answer, MUGS) == (MUGS[2],)


def test_an_answer_that_fits_several_options_keeps_them_all() -> None:
    assert narrow("an enamel one", MUGS) == (MUGS[0], MUGS[1])


def test_the_option_that_fits_more_of_the_answer_wins() -> None:
    jars = shelf("Large Glass Jar", "Small Glass Jar")
    assert narrow("the small glass", jars) == (jars[1],)


@pytest.mark.parametrize("answer", ["", "that one", "it", "the cheaper one", "pink", "green umbrella"])
def test_an_answer_that_names_no_option_keeps_none(answer: str) -> None:
    assert narrow(answer, MUGS) == ()


def test_an_answer_may_be_misspelt() -> None:
    assert narrow("the grean one", MUGS) == (MUGS[2],)


@pytest.mark.parametrize(
    ("said", "name"), [("tea pot", "Glass Teapot"), ("lunchbag", "Dotty Lunch Bag"), ("teatowel", "Fern Tea Towel")]
)
def test_a_compound_may_be_written_in_one_word_or_two(said: str, name: str) -> None:
    product = make_product(product_id="IT", name=name)
    assert choose(said, [product, make_product(product_id="OTHER", name="Wooden Spoon")]).product == product
