"""Customers prove their address, link a second chat, and turn ideas off and on, in their own words."""

import pytest
from sqlalchemy import text

from domain.people.proving import code_of
from tests.support.stage import Customer, Stage

KEY = b"story key of thirty-two characters"


def mailed_code(shop: Stage) -> str:
    """The newest code, as the mail shows it."""
    with shop.database.connect() as connection:
        proof_id = connection.execute(text("SELECT max(proof_id) FROM pii.proof WHERE purpose = 'mail'")).scalar_one()
    return code_of(proof_id, KEY)


def proves(customer: Customer, shop: Stage, email: str = "bob@example.com") -> Customer:
    customer.says(f"verify {email}").hears("a code is on its way")
    return customer.says(mailed_code(shop))


def test_bob_sees_the_orders_of_his_address_after_a_proof(bob: Customer, shop: Stage) -> None:
    shop.customer("bob", "elsewhere").knows_contact().has_ordered("order a glass teapot")
    again = shop.customer("bob at work")
    again.says("show my orders").hears("no orders")
    again.says("I want to see the orders I made with bob@example.com").hears("If b•••@e•••.com is right")
    again.says(f"my code is {mailed_code(shop)}").hears("is yours", "1 order", "[My orders]")
    again.presses("My orders").hears("Glass Teapot")


def test_a_customer_who_talks_of_other_things_can_still_type_the_code(bob: Customer, shop: Stage) -> None:
    bob.says("please verify my email").hears("which e-mail address")
    bob.says("bob@example.com").hears("a code is on its way")
    bob.says("what is available for less than $8?").hears("Ruled Notebook")
    bob.says("order 2 glass teapots").hears("$69.00")
    bob.says(mailed_code(shop)).hears("b•••@e•••.com is yours")


def test_a_code_that_did_not_arrive_is_sent_again(bob: Customer, shop: Stage) -> None:
    bob.says("verify bob@example.com")
    first = mailed_code(shop)
    bob.says("the code didn't arrive, send another one").hears("a code is on its way")
    bob.says(first).hears("not the code", "4 tries")
    bob.says(mailed_code(shop)).hears("is yours")


@pytest.mark.parametrize("words", ["never mind", "no", "stop", "no thanks"])
def test_a_proof_can_be_left(bob: Customer, words: str) -> None:
    bob.says("verify bob@example.com").says(words).hears("no code is needed")


def test_two_chats_are_linked(bob: Customer, eve: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says("how do I link my telegram account").hears("Prove the same e-mail", "[Prove my address]")
    proves(bob, shop)
    bob.says("link telegram").presses("Link another chat").hears("Tell it to nobody")
    code = bob.heard.split("“link ")[1][:9]
    elsewhere = shop.customer("bob on telegram")
    elsewhere.says(f"link {code}").hears("this chat is linked", "1 order")
    elsewhere.says("my orders").hears("Glass Teapot")
    eve.says(f"link {code}").hears("does not work")


def test_a_proof_during_an_order_goes_back_to_it(bob: Customer, shop: Stage) -> None:
    bob.says("order 2 glass teapots").says("check out").hears("e-mail")
    bob.says("verify bob@example.com").hears("a code is on its way")
    bob.says(mailed_code(shop)).hears("is yours", "Where shall we ship it")


def test_everything_of_this_works_in_reduced_mode(bob: Customer, shop: Stage) -> None:
    shop.interpreter.down = True
    bob.says("verify bob@example.com").hears("a code is on its way")
    bob.says(mailed_code(shop)).hears("is yours")
    bob.says("link").presses("Link another chat").hears("Tell it to nobody")
    code = bob.heard.split("“link ")[1][:9]
    shop.customer("other").says(f"link {code}").hears("this chat is linked")
    bob.says("stop emails").hears("no more ideas")
    bob.says("send me ideas").hears("ideas go to")


def test_ideas_for_an_address_wait_for_its_owner(bob: Customer) -> None:
    bob.says("send me ideas at rob@example.com").hears("A mail with a link goes to")
    bob.says("please stop all marketing to rob@example.com").hears("no more ideas and reminders to r•••@")


def test_a_new_order_asks_for_ideas_once(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.hears("May I mail you ideas", "[Yes, mail me ideas]", "[No, thanks]")
    bob.presses("Yes, mail me ideas").hears("A mail with a link goes to")
    bob.has_ordered("order 2 ruled notebooks")
    bob.hears_no("mail you ideas")


@pytest.mark.parametrize("words", ["stop sending me emails", "unsubscribe me please", "no more ads please"])
def test_one_message_stops_ideas(bob: Customer, words: str) -> None:
    bob.knows_contact().says("send me ideas").hears("A mail with a link goes to")
    bob.says(words).hears("no more ideas and reminders to b•••@", "still comes", "[Send me ideas]")
    bob.presses("Send me ideas").hears("A mail with a link goes to")


def test_stopping_during_an_order_keeps_the_order(bob: Customer) -> None:
    bob.knows_contact().says("order a glass teapot").hears("[Place order]")
    bob.says("stop sending me emails").hears("no more ideas", "Back to your order")
    bob.says("yes").hears("is placed").hears_no("mail you ideas")


def test_a_stranger_stops_mails_to_an_address_and_learns_nothing(bob: Customer, eve: Customer) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    eve.says("unsubscribe").hears("Which e-mail address")
    eve.says("bob@example.com").hears("no more ideas and reminders to b•••@").hears_no("teapot")
