"""When the understanding is down, buttons and short commands still sell, and the bot says so."""

from tests.support.stage import Customer, Stage


def test_an_order_goes_through_with_short_commands(bob: Customer, shop: Stage) -> None:
    shop.interpreter.down = True
    bob.says("could I perhaps have two teapots").hears("reduced mode", "order 2")
    bob.says("order 2 TEAPOT").hears("$69.00", "reduced mode").says("bob@example.com")
    bob.says("12 Main St, Denver CO 80203").hears("[Place order]").says("yes").hears("is placed")
    assert (shop.orders(), shop.stock("TEAPOT")) == (1, 7)


def test_an_outage_in_the_middle_of_an_order_loses_nothing(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order 2 glass teapots")
    shop.interpreter.down = True
    bob.says("add 1 RECIPE").hears("2 × Glass Teapot", "1 × Wooden Recipe Box", "$88.90")
    shop.interpreter.down = False
    bob.says("no, make it 3 recipe boxes").hears("$128.70").hears_no("reduced")
    bob.says("yes").hears("is placed")


def test_buttons_work_without_understanding(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order 2 mugs")
    shop.interpreter.down = True
    bob.presses("Green Stoneware Mug").hears("$31.00").presses("Place order").hears("is placed")


def test_a_choice_by_number_works_without_understanding(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order 2 mugs")
    shop.interpreter.down = True
    bob.says("2").hears("2 × Green Stoneware Mug")


def test_cancelling_works_without_understanding(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    shop.interpreter.down = True
    bob.says("cancel 1001").hears("Cancel order #1001?").says("yes").hears("is cancelled")
    assert shop.orders() == 0


def test_what_is_not_understood_changes_nothing_and_repeats_the_question(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order a glass teapot")
    shop.interpreter.down = True
    bob.says("sounds wonderful, go for it").hears("reduced mode", "[Place order]")
    assert shop.orders() == 0
