"""A corrected address: put into what is known, or asked for, with the card closed until it is settled."""

import pytest
from sqlalchemy import text

from tests.support.stage import Customer, Stage


@pytest.fixture
def at_card(bob: Customer) -> Customer:
    """Bob, who sees the card of a teapot to 12 Main St, Denver CO 80203."""
    bob.knows_contact().says("order a glass teapot").hears("To: 12 Main St, Denver CO 80203", "[Place order]")
    return bob


def ships_to(shop: Stage) -> str:
    with shop.database.connect() as connection:
        found = connection.execute(
            text(
                "SELECT a.address FROM shop.orders o JOIN pii.address a USING (address_id) "
                "ORDER BY o.order_id DESC LIMIT 1"
            )
        )
        return str(found.scalar_one())


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("wrong address, it's 11 Lake Ave", "11 Lake Ave, Denver CO 80203"),
        ("oh wait, I live at 11 Lake Ave now", "11 Lake Ave, Denver CO 80203"),
        ("no, the zip is 80204", "12 Main St, Denver CO 80204"),
        ("zip should be 80204", "12 Main St, Denver CO 80204"),
        ("apartment 4b actually", "12 Main St, apartment 4b, Denver CO 80203"),
        ("you forgot apt 7", "12 Main St, apt 7, Denver CO 80203"),
        ("same street but number 14", "14 Main St, Denver CO 80203"),
        ("house number 14, not 12", "14 Main St, Denver CO 80203"),
        ("9 Elm Court, Dayton OH 45402 thanks love", "9 Elm Court, Dayton OH 45402"),
        ("9 Elm Court, Portland ME 04101", "9 Elm Court, Portland ME 04101"),
        ("no, it's not 12 but 14", "14 Main St, Denver CO 80203"),
        ("I live at number 14b, not number 12", "14b Main St, Denver CO 80203"),
        ("please send it to 5 Oak Ave, Boulder CO 80301, thanks!", "5 Oak Ave, Boulder CO 80301"),
        ("send it to my office: 1200 Market St, Denver CO 80202", "1200 Market St, Denver CO 80202"),
        ("change the address to 9 Elm Grove, Reading RG1 5PP", "9 Elm Grove, Reading RG1 5PP"),
        ("No! It's Lindenstraße 14, 10969 Berlin", "Lindenstraße 14, 10969 Berlin"),
        ("ship it to Keizersgracht 123, 1015 CJ Amsterdam instead", "Keizersgracht 123, 1015 CJ Amsterdam"),
        ("my address is 350 Bay Street, Toronto ON M5H 2S6", "350 Bay Street, Toronto ON M5H 2S6"),
        ("sorry, my street number is 21", "21 Main St, Denver CO 80203"),
        ("wrong zip, it has to be 80204", "12 Main St, Denver CO 80204"),
        ("the postcode is wrong. 80205", "12 Main St, Denver CO 80205"),
        ("the city is Boulder", "12 Main St, Boulder"),
        ("deliver it to Flat 2, 9 Mill Lane, Bath BA1 5QT please", "Flat 2, 9 Mill Lane, Bath BA1 5QT"),
        ("it should go to 11 Lake Ave", "11 Lake Ave, Denver CO 80203"),
        ("leave it at the back door please", "12 Main St, Denver CO 80203 (leave it at the back door please)"),
        ("you forgot my flat, its apt 5C", "12 Main St, apt 5C, Denver CO 80203"),
        ("add unit 4", "12 Main St, unit 4, Denver CO 80203"),
        ("it's the 2nd floor", "12 Main St, 2nd floor, Denver CO 80203"),
        ("could you add apartment 12 to it", "12 Main St, apartment 12, Denver CO 80203"),
        ("please put c/o Anna Miller on it", "12 Main St, c/o Anna Miller, Denver CO 80203"),
        ("c/o Miller", "12 Main St, c/o Miller, Denver CO 80203"),
        ("18 Willow Court, Bend OR 97701, thank you dear", "18 Willow Court, Bend OR 97701"),
        ("its 27 Heron Lane in Boise, ID 83702 cheers mate", "27 Heron Lane, Boise, ID 83702"),
        ("please ring twice", "12 Main St, Denver CO 80203 (please ring twice)"),
        ("11 Lake Ave, leave it with a neighbour", "11 Lake Ave, Denver CO 80203 (leave it with a neighbour)"),
    ],
)
def test_a_correction_at_the_card_leads_to_a_new_card_and_ships_there(
    at_card: Customer, shop: Stage, said: str, whole: str
) -> None:
    at_card.says(said).hears(f"To: {whole}\n", "[Place order]").says("yes").hears("is placed", whole)
    assert ships_to(shop) == whole


@pytest.mark.parametrize(
    "said",
    [
        "wrong address",
        "that's my old address",
        "the address is wrong",
        "I moved",
        "different address please",
        "that's not where I live",
        "ship it to my office",
        "no, to my mum's please",
        "wrong place",
        "my work, please",
        "can you deliver it to another place?",
        "yes but send it to work",
    ],
)
def test_a_wrong_address_closes_the_card(at_card: Customer, shop: Stage, said: str) -> None:
    at_card.says(said).hears("ship").hears_no("[Place order]")
    at_card.says("yes").hears_no("is placed")
    assert shop.orders() == 0
    at_card.says("11 Lake Ave").hears("To: 11 Lake Ave, Denver CO 80203", "[Place order]").says("yes").hears(
        "is placed"
    )
    assert ships_to(shop) == "11 Lake Ave, Denver CO 80203"


def test_a_thing_added_while_it_goes_elsewhere_is_bought_and_the_address_asked(at_card: Customer, shop: Stage) -> None:
    at_card.says("add a whisk and send it to my office").hears_no("[Place order]")
    at_card.says("yes").hears_no("is placed")
    assert shop.orders() == 0


@pytest.mark.parametrize("said", ["yes, send it", "yes, ship it to that address", "yes please send it to me"])
def test_a_yes_with_the_address_as_it_is_places(at_card: Customer, said: str) -> None:
    at_card.says(said).hears("is placed")


def test_a_place_in_another_town_is_no_street(at_card: Customer) -> None:
    at_card.says("send it to my office in Boulder CO 80301").hears("street").hears_no("[Place order]")
    at_card.says("11 Lake Ave").hears("To: 11 Lake Ave, Boulder CO 80301", "[Place order]")


def test_the_old_card_s_button_does_not_ship_to_the_old_address(at_card: Customer, shop: Stage) -> None:
    at_card.says("wrong address").presses_old("Place order", 1)
    assert shop.orders() == 0


def test_the_old_one_after_all(at_card: Customer) -> None:
    at_card.says("wrong address").says("keep the old one").hears("To: 12 Main St, Denver CO 80203", "[Place order]")


def test_street_first_and_town_in_the_next_message(bob: Customer, shop: Stage) -> None:
    bob.says("order a glass teapot").says("bob@example.com").hears("where shall we ship")
    bob.says("please send it to 11 Lake Ave, thanks!").hears("“11 Lake Ave”", "town and postcode")
    bob.says("yes").hears_no("[Place order]").says("Boulder CO 80301").hears("To: 11 Lake Ave, Boulder CO 80301\n")


def test_town_first_and_street_in_the_next_message(bob: Customer) -> None:
    bob.says("order a glass teapot").says("bob@example.com")
    bob.says("Boulder CO 80301").hears("“Boulder CO 80301”", "which street and number").hears_no("[Place order]")
    bob.says("11 Lake Ave").hears("To: 11 Lake Ave, Boulder CO 80301\n", "[Place order]")


def test_both_parts_corrected_one_after_the_other(at_card: Customer, shop: Stage) -> None:
    at_card.says("wrong address, it's 11 Lake Ave").says("Boulder CO 80301").hears(
        "To: 11 Lake Ave, Boulder CO 80301\n"
    )
    at_card.says("yes").hears("is placed")
    assert ships_to(shop) == "11 Lake Ave, Boulder CO 80301"


def test_nonsense_gets_one_clear_question(bob: Customer) -> None:
    bob.says("order a glass teapot").says("bob@example.com").says("my address is home")
    bob.hears("street and number").hears_no("[Place order]")
    assert sum(reply.text.count("?") for reply in bob.replies) <= 1


def test_the_address_of_a_placed_order_is_corrected_too(at_card: Customer, shop: Stage) -> None:
    at_card.says("yes").hears("is placed").presses("Change").says("wrong address, it's 11 Lake Ave")
    at_card.hears("Your order #1001, changed", "To: 11 Lake Ave, Denver CO 80203\n").says("yes").hears("is changed")
    assert ships_to(shop) == "11 Lake Ave, Denver CO 80203"


def test_a_wrong_address_while_changing_closes_that_card(at_card: Customer, shop: Stage) -> None:
    at_card.says("yes").presses("Change").says("apt 9").hears("apt 9", "[Confirm change]")
    at_card.says("no, wrong address").hears_no("[Confirm change]").says("yes").hears_no("is changed")
    at_card.says("14 Main St").hears("To: 14 Main St, Denver CO 80203\n").says("yes").hears("is changed")
    assert ships_to(shop) == "14 Main St, Denver CO 80203"


def test_right_after_placing_a_wrong_address_is_that_order_s(at_card: Customer, shop: Stage) -> None:
    at_card.says("yes").hears("is placed").says("wrong address, it's 11 Lake Ave")
    at_card.hears("Your order #1001, changed", "To: 11 Lake Ave, Denver CO 80203\n").says("yes").hears("is changed")
    assert ships_to(shop) == "11 Lake Ave, Denver CO 80203"


@pytest.mark.parametrize("said", ["make it 2", "add a linen apron", "what's in my cart", "yes"])
def test_what_is_no_correction_is_none(at_card: Customer, shop: Stage, said: str) -> None:
    at_card.says(said).hears_no("which street", "town and postcode")


def test_no_part_of_an_address_stays_in_the_conversation(at_card: Customer, shop: Stage) -> None:
    at_card.says("wrong address").says("11 Lake Ave")
    assert not shop.finds_in_chat_tables("Lake Ave")


@pytest.mark.parametrize(
    "said", ["to my office", "please send it to my office instead", "ship it to my sister's place", "deliver to my mum"]
)
def test_right_after_an_order_elsewhere_is_asked_about(bob: Customer, said: str) -> None:
    order = bob.knows_contact().has_ordered("order a linen apron")
    bob.says(said).hears(f"Order #{order}, not changed yet", "Where shall we ship it?")
    bob.says("3 Main St, Boulder CO 80301").hears("3 Main St, Boulder CO 80301", "Shall I change it")


@pytest.mark.parametrize("said", ["do you deliver to my office?", "a glass teapot to my office"])
def test_right_after_an_order_a_question_or_a_product_changes_no_address(bob: Customer, said: str) -> None:
    bob.knows_contact().has_ordered("order a linen apron")
    bob.says(said).hears_no("not changed yet", "Shall I change it")


@pytest.mark.parametrize(
    ("wrong", "said", "whole"),
    [
        ("wrong street", "18 Willow Court | Bend OR 97701", "18 Willow Court, Bend OR 97701"),
        ("wrong street", "Bend OR 97701 | 18 Willow", "18 Willow, Bend OR 97701"),
        ("wrong address", "Boulder CO 80301 | 7 Larkspur, thanks", "7 Larkspur, Boulder CO 80301"),
        ("that's the wrong town", "Boulder", "12 Main St, Boulder"),
        ("the zip is wrong", "80301", "12 Main St, Denver CO 80301"),
    ],
)
def test_what_is_asked_anew_keeps_nothing_that_was_called_wrong(
    at_card: Customer, shop: Stage, wrong: str, said: str, whole: str
) -> None:
    at_card.says(wrong).hears("Where shall we ship it?").hears_no("[Place order]")
    for part in said.split(" | "):
        at_card.says(part)
    at_card.hears(f"To: {whole}\n").says("yes").hears("is placed")
    assert ships_to(shop) == whole


def test_a_number_with_a_product_s_name_is_no_street(at_card: Customer) -> None:
    at_card.says("wrong address").says("2 red enamel mugs").hears("2 × Red Enamel Mug", "Where shall we ship it?")


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("cancel order 1001", "#1001"),
        ("track order 1001", "being packed"),
        ("where's my order 1001?", "being packed"),
        ("return order 1001", "ticket"),
        ("cancel order #1001", "#1001"),
        ("cancel order 1001, Denver CO 80203", "#1001"),
        ("cheaper than 20", "less than $20"),
        ("change quantity to 3", "3 × Glass Teapot"),
        ("qty 4", "4 × Glass Teapot"),
        ("three of these", "3 × Glass Teapot"),
        ("what is in my basket 1", "2 × Glass Teapot"),
        ("cancel order 1001 on Oak St", "#1001"),
    ],
)
def test_another_wish_while_the_address_is_asked_is_no_address(bob: Customer, words: str, heard: str) -> None:
    bob.knows_contact().has_ordered("order a linen apron")
    bob.says("order 2 glass teapots").says("change address").says(words).hears(heard).hears_no("I have “")


@pytest.mark.parametrize("words", ["80204", "zip is 80204", "Denver CO 80204"])
def test_a_postcode_alone_is_part_of_the_address_that_is_asked(bob: Customer, words: str) -> None:
    bob.knows_contact().has_ordered("order a linen apron")
    bob.says("order 2 glass teapots").says("change address").says(words).hears("80204", "street and number")
