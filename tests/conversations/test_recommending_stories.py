"""Recommendations that people act on: others, not that one, more like this; and what they did with them is counted."""

import pytest
from sqlalchemy import text

from bot.messages import Choice, Verb
from domain.records.feedback import Placement
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.stage import START, Customer, Stage


@pytest.fixture
def sold(eve: Customer, shop: Stage) -> None:
    """Teapots go with recipe boxes, tins and aprons; a week has passed since."""
    eve.knows_contact()
    for companion, times in (("wooden recipe box", 4), ("set of 3 cake tins", 3), ("linen apron", 2)):
        for _ in range(times):
            eve.has_ordered(f"order a glass teapot and a {companion}")
            shop.sells_elsewhere("TEAPOT", -1)
    shop.passes(days=7)


def counted(shop: Stage, placement: Placement) -> tuple[int, int, int, int]:
    """Shown, added, dismissed, ordered."""
    with PostgresUnitOfWork(shop.database) as uow:
        for one in uow.impressions.performance(START, shop.clock.now().replace(year=2030)):
            if one.placement is placement:
                return one.shown, one.added, one.dismissed, one.ordered
    return 0, 0, 0, 0


@pytest.mark.usefixtures("sold")
def test_what_is_added_and_ordered_counts_for_where_it_was_shown(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("what goes with the glass teapot?").hears("1. Wooden", "2. Set of 3", "3. Linen")
    assert counted(shop, Placement.BOUGHT_TOGETHER) == (3, 0, 0, 0)
    bob.presses("Add Set of 3 Cake Tins")
    bob.says("and the third one too").hears("1 × Linen Apron")
    assert counted(shop, Placement.BOUGHT_TOGETHER) == (3, 2, 0, 0)
    bob.says("remove the apron").says("checkout").presses("Place order").hears("is placed")
    assert counted(shop, Placement.BOUGHT_TOGETHER) == (3, 2, 0, 1)


@pytest.mark.usefixtures("sold")
def test_who_adds_what_was_not_recommended_counts_for_nothing(bob: Customer, shop: Stage) -> None:
    bob.says("what goes with the glass teapot?").says("add a dotty lunch bag")
    assert counted(shop, Placement.BOUGHT_TOGETHER) == (3, 0, 0, 0)


@pytest.mark.usefixtures("sold")
@pytest.mark.parametrize("said", ["not the second one", "no, not the cake tins", "I don't like the second one"])
def test_not_that_one_shows_the_others_and_is_remembered(bob: Customer, shop: Stage, said: str) -> None:
    bob.says("what goes with the glass teapot?").says(said)
    bob.hears("leave out the Set of 3 Cake Tins").hears_no("2. Set of 3")
    assert counted(shop, Placement.BOUGHT_TOGETHER)[2] == 1
    shop.passes(days=1)
    bob.says("what goes with the glass teapot?").hears("Wooden Recipe Box", "Linen Apron").hears_no("Cake Tins")
    shop.passes(days=30)
    bob.says("what goes with the glass teapot?").hears("Set of 3 Cake Tins")


@pytest.mark.usefixtures("sold")
def test_not_that_one_of_several_asks_which(bob: Customer, shop: Stage) -> None:
    bob.says("what goes with the glass teapot?").says("not that one").hears("which one", "[Linen Apron]")
    bob.presses("Linen Apron").hears("leave out the Linen Apron")
    assert counted(shop, Placement.BOUGHT_TOGETHER)[2] == 1


@pytest.mark.usefixtures("sold")
def test_none_of_these_dismisses_all_of_them(bob: Customer, shop: Stage) -> None:
    bob.says("what goes with the glass teapot?").says("none of these").hears("leave out")
    assert counted(shop, Placement.BOUGHT_TOGETHER)[2] == 3


@pytest.mark.usefixtures("sold")
def test_not_that_one_after_something_else_is_no_dismissal(bob: Customer, shop: Stage) -> None:
    bob.says("what goes with the glass teapot?").says("hello").says("not the second one")
    assert counted(shop, Placement.BOUGHT_TOGETHER)[2] == 0


@pytest.mark.usefixtures("sold")
@pytest.mark.parametrize("said", ["something else", "show me other ideas", "more"])
def test_something_else_goes_on_without_what_was_shown(bob: Customer, shop: Stage, said: str) -> None:
    bob.says("what is popular?").hears("1. Glass Teapot")
    first = bob.heard
    bob.says(said).hears_no("Glass Teapot")
    assert bob.heard != first
    assert counted(shop, Placement.POPULAR)[2] == 0


@pytest.mark.usefixtures("sold")
def test_the_end_of_recommendations_is_said(bob: Customer) -> None:
    bob.says("what goes with the glass teapot under $20?").hears("1. Wooden").hears_no("2. ")
    for _ in range(5):
        bob.says("something else")
        if "That is all" in bob.heard:
            return
    raise AssertionError(bob.heard)


def test_a_stale_dismissal_does_nothing(bob: Customer, shop: Stage) -> None:
    bob.says("hello")
    bob._send("", Choice(verb=Verb.DISMISS, arg="MUG-RED")).hears("older")
    bob._send("", Choice(verb=Verb.OTHERS, arg="")).hears("older")
    assert counted(shop, Placement.POPULAR) == (0, 0, 0, 0)


def test_more_like_the_second_one_is_of_its_kind(bob: Customer, shop: Stage) -> None:
    bob.says("what lunch bags do you have for less than $20?").hears("2. Dotty Lunch Bag")
    bob.says("more like the second one").hears("Like the Dotty Lunch Bag", "Fox Lunch Bag").hears_no(". Dotty", "Mug")
    assert counted(shop, Placement.SIMILAR)[0] > 0


def test_a_kind_is_recommended_by_what_was_ordered_of_it(bob: Customer, eve: Customer) -> None:
    eve.knows_contact().has_ordered("order a green stoneware mug")
    bob.says("recommend me a mug").hears("1. Green Stoneware Mug, in 1 order", "not ordered yet").hears_no("Teapot")
    bob.says("recommend me a mug for under $13").hears_no("Green Stoneware").hears("Red Enamel Mug")


def test_what_nobody_sells_is_said(bob: Customer) -> None:
    bob.says("can you recommend a lawnmower?").hears("could not find “lawnmower”")


def test_thin_evidence_stays_in_the_category(bob: Customer, eve: Customer) -> None:
    eve.knows_contact().has_ordered("order 2 fern greeting cards")
    eve.has_ordered("order a fern greeting card")
    eve.has_ordered("order a fox lunch bag")
    bob.says("what goes with the dotty lunch bag?").hears("popular in bags", "Fox Lunch Bag").hears_no("Fern")


@pytest.mark.usefixtures("sold")
def test_what_was_just_bought_is_not_recommended_unless_it_is_used_up(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a wooden recipe box")
    shop.passes(days=2)
    bob.says("what goes with the glass teapot?").hears("Linen Apron").hears_no("Recipe Box")
    bob.says("recommend a product to me").hears_no("You bought these before")
    bob.has_ordered("order a wooden recipe box")
    shop.passes(days=2)
    bob.says("recommend a product to me").hears("You bought these before", "Recipe Box", "bought 2 times")
    shop.passes(days=31)
    bob.says("what goes with the glass teapot?").hears("Recipe Box")


@pytest.mark.usefixtures("sold")
def test_the_link_of_a_mail_counts_for_the_mail(bob: Customer, shop: Stage) -> None:
    with PostgresUnitOfWork(shop.database) as uow:
        uow.impressions.mailed(Placement.MAIL, ["RECIPE", "APRON"], "a hash", "0f" * 16, START)
        uow.commit()
    bob.knows_contact()
    bob._send("", Choice(verb=Verb.FOLLOW, arg=f"{'0f' * 16} RECIPE")).hears("1 × Wooden Recipe Box")
    bob.says("checkout").presses("Place order").hears("is placed")
    assert counted(shop, Placement.MAIL) == (2, 1, 0, 1)


def test_a_made_up_link_of_a_mail_only_adds_the_product(bob: Customer, shop: Stage) -> None:
    bob._send("", Choice(verb=Verb.FOLLOW, arg="nothing RECIPE")).hears("1 × Wooden Recipe Box")
    bob._send("", Choice(verb=Verb.FOLLOW, arg="nothing NOTHING")).hears("older")
    assert counted(shop, Placement.MAIL) == (0, 0, 0, 0)


@pytest.mark.usefixtures("sold")
def test_after_forget_me_what_was_recommended_is_nobodys(bob: Customer, shop: Stage) -> None:
    bob.says("what goes with the glass teapot?").says("not the second one")
    bob.says("what do you know about me?")
    bob.says("forget me").presses(bob.buttons[0])
    with shop.database.connect() as connection:
        rows = connection.execute(text("SELECT identity_id FROM shop.impression WHERE placement = 'bought together'"))
        assert set(rows.scalars()) == {None}


@pytest.mark.usefixtures("sold")
@pytest.mark.parametrize(
    "said",
    [
        "drop the red mug",
        "I don't want the red mug",
        "not the red mug, the blue one",
        "no, not that one, the second one",
        "not that expensive please",
        "I don't want that many",
        "not for me, for my mother",
        "all but the second one",
        "not that, checkout",
    ],
)
def test_what_means_something_else_dismisses_nothing(bob: Customer, shop: Stage, said: str) -> None:
    bob.says("add a red enamel mug").says("what goes with the glass teapot?").says(said).hears_no(
        "which one do you not"
    )
    assert counted(shop, Placement.BOUGHT_TOGETHER)[2] == 0


@pytest.mark.usefixtures("sold")
@pytest.mark.parametrize("said", ["the second one", "the cake tins", "number 2"])
def test_the_question_which_one_can_be_answered_in_words(bob: Customer, shop: Stage, said: str) -> None:
    bob.says("what goes with the glass teapot?").says("not that one").says(said).hears("leave out the Set of 3")
    assert counted(shop, Placement.BOUGHT_TOGETHER)[1:3] == (0, 1)


@pytest.mark.usefixtures("sold")
@pytest.mark.parametrize(
    "said", ["none of them thanks", "not those, something else please", "none", "I don't like any"]
)
def test_all_of_them_can_be_dismissed_in_many_words(bob: Customer, shop: Stage, said: str) -> None:
    bob.says("what goes with the glass teapot?").says(said)
    assert counted(shop, Placement.BOUGHT_TOGETHER)[2] == 3


@pytest.mark.usefixtures("sold")
def test_to_change_an_order_adds_nothing_that_was_recommended(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a linen apron and a glass teapot")
    bob.says("what is popular?").hears("Glass Teapot")
    bob.says("change my order")
    bob.says("keep it as it was")
    assert counted(shop, Placement.POPULAR)[1:] == (0, 0, 0)


@pytest.mark.usefixtures("sold")
def test_two_lists_are_numbered_on_and_each_can_be_dismissed(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.has_ordered("order a glass teapot")
    shop.passes(days=1)
    bob.says("recommend a product to me").hears("1. Glass Teapot", "2. Wooden Recipe Box", "3. Set of 3")
    bob.says("not the third one").hears("leave out the Set of 3", "1. Glass Teapot", "2. Wooden Recipe Box")
    bob.says("not the first one").hears("leave out the Glass Teapot", "1. Wooden Recipe Box")
    assert counted(shop, Placement.BUY_AGAIN)[2] == 1


@pytest.mark.usefixtures("sold")
def test_a_dismissal_of_last_week_counts_too(bob: Customer, shop: Stage) -> None:
    bob.says("what goes with the glass teapot?")
    shop.passes(days=8)
    bob._send("", Choice(verb=Verb.DISMISS, arg="TINS-3")).hears_no(". Set of 3")


@pytest.mark.usefixtures("sold")
def test_what_is_popular_can_have_a_price(bob: Customer, eve: Customer) -> None:
    eve.has_ordered("order a fern greeting card")
    bob.says("what is popular under $20?").hears("Fern Greeting Card").hears_no("Teapot", "nothing")
    bob.says("best sellers for under $5").hears("Fern Greeting Card").hears_no("Recipe", "nothing")


@pytest.mark.usefixtures("sold")
def test_a_mails_link_takes_the_credit_from_the_chat(bob: Customer, shop: Stage) -> None:
    with PostgresUnitOfWork(shop.database) as uow:
        uow.impressions.mailed(Placement.MAIL, ["RECIPE"], "a hash", "0f" * 16, START)
        uow.commit()
    bob.says("what is popular?").hears("Recipe Box")
    bob._send("", Choice(verb=Verb.FOLLOW, arg=f"{'0f' * 16} RECIPE"))
    assert counted(shop, Placement.MAIL)[1] == 1
    assert counted(shop, Placement.POPULAR)[1] == 0
