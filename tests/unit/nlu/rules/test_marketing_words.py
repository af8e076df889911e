"""Words on marketing: what stops it, what asks for it, and what is about something else."""

import pytest

from nlu.rules.marketing_words import Word, asks_of_somebody, read

BOB = "bob@example.com"
STOPS = """
stop emails BOB
no more ideas to BOB
unsubscribe BOB please
take me off your list: BOB
please stop sending mails to BOB
BOB unsubscribe
Don't send emails to BOB
dont email BOB
stop emailing BOB!
stop BOB
no marketing to BOB
remove BOB from your mailing list
opt out BOB
please opt BOB out
I do not want the newsletter at BOB
I no longer want to receive offers at BOB
turn off marketing for BOB
no emails to BOB please
never mail BOB again
quit spamming BOB
cancel my newsletter subscription BOB
Please take BOB off the list, thanks
no more BOB
BOB doesn't want any ads
get me off your mailing list, BOB
Please do not contact BOB any more
cease all promotional emails to BOB
no newsletter for BOB
STOP SPAM TO BOB
no more mails to <mailto:BOB|BOB>
remove me from the newsletter: (BOB)
stop writing to BOB
my address BOB should get no more offers
end all reminders to BOB
""".replace("BOB", BOB).strip().splitlines()  # fmt: skip
STOPS_HERE = [
    "stop the ideas",
    "no more ideas",
    "please stop sending me ideas",
    "don’t mail me any more ideas",
    "unsubscribe",
    "stop emails",
    "take me off your list",
    "no to marketing",
    "no to marketing, yes to the order",
    "no more mails, please stop",
    "please stop, no more marketing",
]
STARTS = """
send me ideas at BOB
subscribe BOB
sign me up for the newsletter: BOB
please send ideas to BOB
I'd like your newsletter at BOB
add BOB to your mailing list
start emails to BOB
opt in BOB
put me on the list BOB
yes mail me ideas at BOB
sign up BOB
you can send offers to BOB
can you send me ideas at BOB?
""".replace("BOB", BOB).strip().splitlines()  # fmt: skip
STARTS_HERE = [
    "send me ideas",
    "Start marketing!",
    "please send me ideas again",
    "Yes, please send me ideas",
    "send me the newsletter",
    "start the e-mails",
    "yes to marketing",
    "yes to the newsletter please",
    "yes to marketing, no to the order",
    "no to the order, yes to marketing",
]
OTHERS = """
BOB
no, BOB
No, send the mails to BOB
no it's BOB
my email is BOB
not BOB
don't send it to BOB
change my email to BOB
2 mugs, BOB
verify BOB
cancel my order BOB
don't unsubscribe BOB
forget BOB
send the receipt to BOB
email me at BOB
please send to BOB
stop
no
yes
no more
no more mugs
I have no email
i don't have an email
no email
do you have any deals?
any offers
what deals do you have today
stop my order
no thanks
remove the mug
ideas
i'd like some ideas
i want recommendations
get me some suggestions please
don't cancel
I want the deal
no offers?
my list
start over
stop it
never mind
""".replace("BOB", BOB).strip().splitlines()  # fmt: skip


@pytest.mark.parametrize("said", STOPS)
def test_an_address_is_taken_off(said: str) -> None:
    assert read(said) == Word(wanted=False, emails=(BOB,))


@pytest.mark.parametrize("said", STARTS)
def test_an_address_is_offered(said: str) -> None:
    assert read(said) == Word(wanted=True, emails=(BOB,))


@pytest.mark.parametrize(
    ("said", "wanted"), [(one, False) for one in STOPS_HERE] + [(one, True) for one in STARTS_HERE]
)
def test_without_an_address_it_is_the_chats_own(said: str, wanted: bool) -> None:
    assert read(said) == Word(wanted=wanted, emails=())


@pytest.mark.parametrize(
    "said",
    [
        "end my subscription (keep my order)",
        "no more newsletters, but don't touch my orders",
        "cancel the mailings not the delivery",
        "unsubscribe, but I still want order confirmations!",
    ],
)
def test_an_order_that_shall_stay_is_no_other_matter(said: str) -> None:
    assert read(said) == Word(wanted=False, emails=())


@pytest.mark.parametrize("said", OTHERS)
def test_what_is_about_something_else_is_left_to_others(said: str) -> None:
    assert read(said) is None


@pytest.mark.parametrize(
    "refusal", ["don't", "Dont", "do not", "never", "never ever", "I don't want you to", "please do not"]
)
@pytest.mark.parametrize("ending", ["stop the mails", "end the newsletter", "cease marketing", "stop sending me deals"])
def test_an_end_that_is_refused_is_none(refusal: str, ending: str) -> None:
    assert read(f"{refusal} {ending}") is None
    assert read(f"{refusal} {ending} to {BOB}") is None


def test_two_addresses_are_both_taken_off() -> None:
    assert read(f"stop marketing to {BOB} and ann@example.org") == Word(wanted=False, emails=(BOB, "ann@example.org"))


ASKS = """
would BOB like your newsletter?
should BOB get your offers?
can BOB get your newsletter
may BOB get ideas by mail?
will BOB get ideas from you?
do you think BOB wants ideas?
can you tell me if BOB gets offers
BOB wants ideas?
BOB wants ideas, I don't
how do I stop emails to BOB?
"""
WISHES = """
send ideas to BOB please
can you send your newsletter to BOB?
could I get ideas at BOB?
may I have the newsletter at BOB
please don't send offers to BOB
do not send ads to BOB
BOB doesn't want any ads
sign me up for ideas, BOB
"""


@pytest.mark.parametrize("said", ASKS.replace("BOB", BOB).strip().splitlines())
def test_a_question_about_an_address_wishes_nothing(said: str) -> None:
    assert asks_of_somebody(said)
    assert read(said) is None


@pytest.mark.parametrize("said", [*WISHES.replace("BOB", BOB).strip().splitlines(), "would you stop the newsletter?"])
def test_a_wish_for_an_address_is_no_question_about_it(said: str) -> None:
    assert not asks_of_somebody(said)
