"""An e-mail becomes the order's only where it is offered; a change of it is said in words, a proven one wants a yes."""

import pytest
from sqlalchemy import text

from domain.people.identity import hash_email
from tests.conversations.test_proving_stories import KEY, proves
from tests.support.stage import Customer, Stage


def orders_of(shop: Stage, email: str) -> int:
    with shop.database.connect() as connection:
        query = text("SELECT count(*) FROM shop.orders WHERE hashed_email = :it AND state <> 'cancelled'")
        return int(connection.execute(query, {"it": hash_email(email, KEY)}).scalar_one())


def codes_to(shop: Stage, email: str) -> int:
    with shop.database.connect() as connection:
        query = text("SELECT count(*) FROM pii.proof WHERE hashed_email = :it")
        return int(connection.execute(query, {"it": hash_email(email, KEY)}).scalar_one())


@pytest.mark.parametrize(
    "said",
    [
        "bill@example.com is the guy I sued",
        "does bill@example.com get this as well?",
        "my cousin bill@example.com told me of you",
        "who on earth is bill@example.com?",
    ],
)
@pytest.mark.parametrize("is_proven", [False, True])
def test_a_mere_mention_leaves_the_order_where_it_goes(
    bob: Customer, shop: Stage, said: str, *, is_proven: bool
) -> None:
    bob.knows_contact()
    if is_proven:
        proves(bob, shop)
    bob.says("order a glass teapot").hears("[Place order]")
    bob.says(said).hears("[Place order]").presses("Place order").hears("is placed")
    assert (orders_of(shop, "bob@example.com"), orders_of(shop, "bill@example.com")) == (1, 0)


@pytest.mark.parametrize(
    "said", ["keep bill@example.com out of it", "nothing to bill@example.com ever", "not bill@example.com, ok"]
)
def test_an_e_mail_that_is_refused_is_not_taken(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().says("order a glass teapot").says(said).says("place it").says("yes")
    assert orders_of(shop, "bill@example.com") == 0


def test_what_stays_is_masked_apart_from_what_was_mentioned(bob: Customer) -> None:
    bob.knows_contact().says("order a glass teapot")
    bob.says("bill@example.com is a thief").hears("still goes to b•••b@e•••.com")
    bob.says("no more mails to the old bob@example.com, it was closed").hears_no("still goes to")


def test_a_change_is_said_in_words_that_tell_the_two_apart(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order a glass teapot")
    bob.says("oh sorry, use bill@example.com").hears("now goes to b•••l@e•••.com instead of b•••b@e•••.com")
    bob.hears("[Place order]").says("yes").hears("is placed")
    assert orders_of(shop, "bill@example.com") == 1


def test_a_proven_e_mail_gives_way_to_a_yes_of_its_own(bob: Customer, shop: Stage) -> None:
    proves(bob.knows_contact(), shop).says("order a glass teapot")
    bob.says("rather use bill@example.com").hears("shall the confirmation go to b•••l@e•••.com instead of b•••b@")
    bob.says("no").hears("still goes to b•••b@e•••.com", "[Place order]")
    bob.says("rather use bill@example.com").says("yes").hears("now goes to b•••l@e•••.com", "[Place order]")
    bob.says("yes").hears("is placed")
    assert orders_of(shop, "bill@example.com") == 1


def test_an_order_that_brings_another_e_mail_asks_who_proved_one(bob: Customer, shop: Stage) -> None:
    proves(bob, shop).says("order 2 linen aprons, 12 Main St, Denver CO 80203, bill@example.com")
    bob.hears("$56.00", "instead of b•••b@e•••.com").presses("Keep b•••b@e•••.com").hears(
        "b•••@e•••.com", "[Place order]"
    )


def test_a_copy_for_somebody_takes_nobodys_place(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order a glass teapot")
    bob.says("and a copy to bill@example.com please").hears("one order has one address", "b•••b@e•••.com")
    bob.presses("Keep b•••b@e•••.com").hears("[Place order]").says("yes").hears("is placed")
    assert (orders_of(shop, "bob@example.com"), orders_of(shop, "bill@example.com")) == (1, 0)


@pytest.mark.parametrize(
    "said", ["my dad's e-mail is bill@example.com", "hm, only the one of my dad, bill@example.com"]
)
def test_what_may_be_meant_is_asked_where_none_is_known(bob: Customer, said: str) -> None:
    bob.says("order a glass teapot").says(said).hears("shall the confirmation go to b•••@e•••.com?")
    bob.says("yes").hears("noted", "where shall we ship")


def test_the_same_address_once_more_is_a_yes(bob: Customer) -> None:
    bob.says("order a glass teapot").says("bill@example.com?").hears("shall the confirmation")
    bob.says("bill@example.com").hears("where shall we ship")


def test_half_an_address_outlives_the_question_of_the_e_mail(bob: Customer) -> None:
    bob.says("order a glass teapot to 12 Main St").says("my mum's mail is bill@example.com").says("yes")
    bob.hears("“12 Main St”", "town and postcode")


def test_a_placed_order_keeps_its_e_mail_and_says_so(bob: Customer) -> None:
    order_id = bob.knows_contact().has_ordered("order a glass teapot")
    bob.says("oh no, wrong e-mail, it's bill@example.com")
    bob.hears(f"order #{order_id} stays under b•••b@e•••.com", "cancel it and order again", "human")


@pytest.mark.parametrize(
    "said", ["is bill@example.com registered with you?", "what has bill@example.com ordered so far?"]
)
def test_a_question_about_an_address_mails_nobody(bob: Customer, shop: Stage, said: str) -> None:
    bob.says(said).hears_no("code is on its way")
    assert codes_to(shop, "bill@example.com") == 0


@pytest.mark.parametrize(
    "said", ["bill@example.com passed your newsletter on to me", "I saw your ad in a mail from bill@example.com"]
)
def test_a_story_ends_nobodys_marketing(bob: Customer, said: str) -> None:
    bob.says(said).hears_no("done: no more ideas")


def test_a_clear_request_ends_anybodys_marketing(bob: Customer) -> None:
    bob.says("would you unsubscribe bill@example.com, he died last year").hears("no more ideas", "b•••@")


@pytest.mark.parametrize(
    "said",
    [
        "would jane@example.com like your newsletter?", "may jane@example.com get ideas by mail?",
        "will jane@example.com get ideas from you?", "who signed up jane@example.com for your newsletter?",
        "can jane@example.com unsubscribe?", "do you think jane@example.com wants your offers?",
    ],
)  # fmt: skip
def test_a_question_about_somebody_s_ideas_mails_and_ends_nothing(bob: Customer, said: str) -> None:
    bob.says(said).hears("their owner alone", "I changed nothing").hears_no(
        "mail with a link", "Done", "[Yes, that one]"
    )


def test_a_wish_for_ideas_to_an_address_is_asked_about_by_a_mail(bob: Customer) -> None:
    bob.says("can you send your newsletter to jane@example.com?").hears("A mail with a link goes to")
