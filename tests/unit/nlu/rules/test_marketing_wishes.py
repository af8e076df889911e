"""A plain wish for marketing is told from questions, reports and doubts; a question from an ending."""

import pytest

from nlu.rules.marketing_wishes import asks_about_it, wishes_for_it

WISHES = """
subscribe me
sign me up for the newsletter
hi there, i would like to subscribe
Yes, please send me ideas
could you please add me to the list?
can i have your newsletter please?
i unsubscribed by mistake, put me back on the list
you may send me offers
newsletter please
keep me informed of new arrivals
sign me up. how much is the teapot?
""".strip().splitlines()
NO_WISHES = """
sign me up?
can i get your newsletter?
should i subscribe
i might subscribe
put me on the list, maybe
i think i want the newsletter
sign up my sister
send her your offers
send me one mail with offers
only when there is a sale, send me offers
subscribe me if it is free
send me the newsletter next month
i subscribed last year
they send me your newsletter
i want to stop the newsletter
i'd like to unsubscribe
i want to know what is in the newsletter
don't send me ideas
the newsletter is nice

""".splitlines()
QUESTIONS = """
who can stop the newsletter?
hello, did you unsubscribe me?
am i unsubscribed
where do i unsubscribe
can i unsubscribe later?
why do you mail me
""".strip().splitlines()
NO_QUESTIONS = """
stop
can you stop it?
could you please stop the mails
can i unsubscribe
will you stop
why do you mail me? stop it
unsubscribe me, how do i do that
ok thanks
""".strip().splitlines()


@pytest.mark.parametrize("said", WISHES)
def test_a_plain_wish_is_one(said: str) -> None:
    assert wishes_for_it(said)


@pytest.mark.parametrize("said", NO_WISHES)
def test_every_doubt_is_none(said: str) -> None:
    assert not wishes_for_it(said)


@pytest.mark.parametrize("said", QUESTIONS)
def test_who_only_asks_wants_no_end(said: str) -> None:
    assert asks_about_it(said)


@pytest.mark.parametrize("said", NO_QUESTIONS)
def test_what_wants_one_or_may_is_no_question(said: str) -> None:
    assert not asks_about_it(said)
