"""What somebody quotes or strikes out is not their wish, and emoji are what they mean."""

import pytest

from tests.support.stage import Customer, Stage

YES = ("👍", ":+1:", "✅", ":white_check_mark:", "👍🏿", "👌 thanks")
NO = ("👎", ":-1:", "❌", ":x:", ":-1::skin-tone-3:")
DECORATIONS = ("🙏", "❤️", ":party_parrot:", "🍕", "😀😀")


@pytest.mark.parametrize("thumb", YES)
def test_a_thumb_up_at_the_card_places_what_is_on_it(bob: Customer, shop: Stage, thumb: str) -> None:
    bob.knows_contact().says("order 2 red enamel mugs").hears("[Place order]")
    bob.says(thumb).hears("is placed", "$24.00")
    assert shop.stock("MUG-RED") == 38


@pytest.mark.parametrize("thumb", NO)
def test_a_thumb_down_at_the_card_changes_nothing(bob: Customer, shop: Stage, thumb: str) -> None:
    bob.knows_contact().says("order 2 red enamel mugs").says(thumb).hears("nothing is ordered yet")
    bob.says("show my cart").hears("2 × Red Enamel Mug")
    assert shop.orders() == 0


@pytest.mark.parametrize("decoration", [*DECORATIONS, *YES, *NO])
def test_emoji_beside_words_and_without_a_question_leave_the_cart_alone(bob: Customer, decoration: str) -> None:
    bob.says(f"add 2 red enamel mugs {decoration}").hears("2 × Red Enamel Mug", "$24.00")
    if decoration in DECORATIONS:
        bob.says(decoration)
    bob.says(f"show my cart {decoration}").hears("2 × Red Enamel Mug", "$24.00").hears_no("3 ×")


def test_a_keycap_chooses_and_counts(bob: Customer) -> None:
    bob.says("add 3️⃣ lunch bags").hears("3 × “lunch bags”")
    bob.says(":two:").hears("3 ×", "Lunch Bag").hears_no("which one")


@pytest.mark.parametrize("quote", ["> 2 red enamel mugs", "&gt; 2 red enamel mugs", "~2 red enamel mugs~"])
@pytest.mark.parametrize("said", ["no thanks", "what is in my cart?", "hello"])
def test_a_quoted_order_is_not_obeyed(bob: Customer, quote: str, said: str) -> None:
    bob.says(f"{quote}\n{said}").hears_no("Red Enamel Mug")
    bob.says("show my cart").hears("cart is empty")


def test_a_quoted_question_of_the_card_with_a_yes_is_a_yes(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order 2 red enamel mugs")
    bob.says("> shall I place it? no\nyes").hears("is placed")
    assert shop.orders() == 1


def test_a_bare_quote_is_asked_about_and_leaves_the_question_open(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order 2 red enamel mugs").says("> yes").hears("only a quote", "what shall I do")
    assert shop.orders() == 0
    bob.says("yes").hears("is placed")


@pytest.mark.parametrize("said", ["💯", ":100:"])
def test_praise_places_nothing(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().says("order 2 glass teapots").says(said).hears("shall I place it?")
    assert shop.orders() == 0
