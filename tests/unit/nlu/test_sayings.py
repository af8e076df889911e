"""Sayings: each is heard in what it is, and in nothing that only looks like it."""

from pathlib import Path

import pytest

from nlu.rules.said import Saying
from nlu.sayings import SAYINGS, hear, without
from tests.test_architecture import ROOT

HEARD = {
    Saying.UNDO: ("undo", "Undo that please!", "take it back"),
    Saying.STOP: ("stop", "Never mind.", "nvm", "forget it", "nevermind"),
    Saying.CALLS_OFF: ("call it off", "please don't ship it yet", "I'd like to withdraw my last order, sorry"),
    Saying.HOLDS_OFF: ("pause my order", "please don't send it yet", "wait with shipping until monday"),
    Saying.CHANGES_ORDER: ("change my order", "Can I edit order 1042 please?"),
    Saying.LEAVES_CHANGE: ("keep it as it was", "stop", "never mind please", "drop my changes"),
    Saying.BACK_TO_BOT: ("never mind", "go back to the bot", "nvm"),
    Saying.MORE: ("more", "what else?", "show me more"),
    Saying.PLACE_IN_LIST: ("2", "#3", "number 1", "the second one please"),
    Saying.STALLS: ("wait", "no wait", "hold on, sorry", "let me think about it"),
    Saying.GOES_AWAY: (
        "ok thanks, I'll come back later",
        "my wife is back, one moment",
        "be right back",
        "wait",
        "hold on!",
    ),
    Saying.UNDOES: ("put it back", "no, go back", "it was fine before", "undo"),
    Saying.SOMETHING_ELSE: ("something else", "no thanks, show me other ideas"),
    Saying.NONE_OF_THESE: ("none of these", "I don’t like any of them"),
    Saying.NOT_THIS: ("not that one", "not for me", "skip the second"),
    Saying.POINTS: ("that one",),
    Saying.PLACE: ("the second one", "# 2"),
    Saying.ONE_OF_EACH: ("one of each please", "I'll take one of both"),
    Saying.EVERY_ONE: ("both", "take all of them"),
    Saying.ASKS_EMAIL: ("which e-mail have you got?", "where will the receipt go?"),
    Saying.NOT_THAT_EMAIL: ("don't send the receipt to that address", "my email is wrong"),
    Saying.UNCANCELS: ("uncancel it", "please reinstate my order"),
    Saying.ASKS_MONEY_BACK: (
        "how much do I get back in all?",
        "so what will be refunded to me in total?",
        "What's my total refund?",
        "ok and how much money is coming back to me for order #1042",
        "how much are you giving me back for the two orders",
        "hey, can you tell me how much I am owed?",
    ),
    Saying.ASKS_WHAT_IS_OWED: (
        "what do we still owe the shop?",
        "hi, how much must I pay in all",
        "do I owe you anything right now?",
        "is anything still unpaid?",
        "what's my outstanding balance",
    ),
    Saying.ANOTHER_CODE: ("send it again", "another code please", "resend"),
    Saying.CODE: ("123456", "the code is 123 456", "it’s 123-456"),
    Saying.LINK_CODE: ("link AB12 CD34", "/link ab12cd"),
    Saying.ADDRESS_AS_IT_WAS: ("the old one", "keep it as it was", "same as before"),
    Saying.HOUSE_NUMBER: ("number 14", "house is 12b"),
    Saying.TOWN: ("town is Boulder", "city: Denver"),
    Saying.NOT_THE_OLD_PLACE: ("Boulder, not Denver",),
    Saying.STREET: ("18 Willow Court", "Willow 18"),
    Saying.NAMES: ("Salt Lake City",),
    Saying.NOTHING_COUNTED: ("so that", "makes it"),
    Saying.BARE_LINE: ("2 teapots", "a teapot", "teapot"),
    Saying.TAKES_BACK: ("oh no, stop", "cancel that", "wrong colour, sorry", "stop", "I changed my mind"),
    Saying.NAMES_TAKING_BACK: ("cancel it", "oh no, take it back", "sorry, I don't want it any more", "abort!"),
    Saying.LETS_BE: (
        "never mind, thanks",
        "my mistake, all good",
        "I changed my mind, keep it all",
        "ok, leave it as is",
    ),
    Saying.LEAVES_ALONE: ("leave me alone", "please just leave me in peace", "go away!"),
    Saying.LOOKS_AROUND: ("do you have mugs", "got any teapots?", "hi, show me bags"),
    Saying.ORDERS_AGAIN: ("the same again", "reorder my last order, but only two", "the usual"),
    Saying.ONLY_SO_MANY: ("I only need one mug", "no, just 2"),
    Saying.ENOUGH: ("two mugs are enough",),
    Saying.ASKS_SOMETHING: ("what is it", "How many"),
    Saying.PROVES: ("please verify a@example.com or b@example.com",),
    Saying.ALL_ELSE: ("remove everything else", "and the rest"),
    Saying.CHEAPEST: ("the cheaper one",),
    Saying.DEAREST: ("the most expensive",),
    Saying.ALL_THERE_IS: ("what do you sell", "show me your products"),
    Saying.POPULAR: ("your best sellers?",),
    Saying.LIKE_IT: ("something like the mug", "alternatives to it"),
    Saying.GOES_WITH: ("what goes well with cheddar", "accessories for the drill"),
    Saying.COSTS: ("how much are 3 saws", "what would 3 saws cost", "what is the price of a saw"),
    Saying.PRICED_MOST: ("your dearest cheese", "the least expensive one"),
    Saying.FILLS_CART: ("add the cheapest mug", "which of these is cheapest"),
    Saying.FOR_SOMEBODY: ("a gift", "for my dad who gardens"),
    Saying.ASKS_FOR: ("anything vegan", "do u have tea"),
    Saying.SAID_BEFORE: ("I said 2 pitchers", "2 pitchers, as I told you already"),
    Saying.IN_TOTAL: ("6 plates altogether",),
    Saying.TOTAL_OF: ("so 6 in all", "up to a total of 5"),
    Saying.MORE_OR_ASKS: ("two more",),
    Saying.ADDS: ("another one",),
    Saying.TAKES_BACK_WORDS: ("5 mugs, i mean 4 mugs", "2 mugs, scratch that, 3 mugs"),
    Saying.ONLY_THAT: ("only cancel the mugs", "cancel just the mugs", "not the whole order"),
    Saying.COUNTS_OR_ASKS: ("qty 4", "4 pieces please", "what is in my basket 1", "three of these"),
    Saying.NONE_OF_THAT: ("no red", "actually without blue", "no red ones please"),
    Saying.OBJECTS: ("no, only the press", "nope, back to the old address", "I meant the mugs", "keep my mugs"),
    Saying.CONDITION: (
        "yes, if you have it in blue",
        "only when it comes by Friday",
        "if it's dry clean only, ok",
        "go ahead if it arrives before Saturday",
    ),
    Saying.PART_OF_IT: ("yes, just one of them", "yes half", "cancel 2", "all but the mugs"),
    Saying.ONLY_ADDS: ("yesss add", "ok, take it", "add", "add to my cart please"),
    Saying.ASKS_WHAT_IS_SOLD: ("what do you have in paper",),
    Saying.REFUSES: ("not both", "I don't want them"),
    Saying.FEWER: ("just one", "2 then"),
    Saying.SETTLES_ON: ("make it a dozen mugs", "6 mugs then", "2 mugs then, my twin wants one"),
    Saying.COSTS_TO_SEND: ("what would delivery cost?", "how much is it to ship 2 mugs"),
    Saying.WISHES_FOR: ("can i get the mug?",),
    Saying.GOES_ON: ("and the spray gun", "plus 2 mugs"),
    Saying.PIECES: ("make it 24 pieces", "40 of them"),
    Saying.FOR_EACH: ("a ruler for each of the 25 children", "one for each planter", "one per pig"),
    Saying.WANTS_TO: ("hmm I think I want to cancel this order", "we have to cancel it"),
    Saying.WHATEVER: ("any", "whichever you have", "I don't mind", "you choose please"),
    Saying.COUNTS_KINDS: ("how many kinds of lamps do you have", "the number of different tea pot options"),
    Saying.WHICH_VALUES: ("which colours are there?", "so what sizes does it come in", "how many colors"),
    Saying.ALL_IN_SIZE: ("what do you have in size 40", "anything in M under $50", "everything in extra large"),
    Saying.OTHER_KINDS: ("and in other colours?", "any different sizes"),
    Saying.OF_IT: ("is there perfume in it",),
    Saying.COUNTED_NAME: ("6 pocket diaries black", "24 x mugs"),
    Saying.WANTS_ONE: ("I'd like the mug in blue", "the mugs in blue for my sister"),
    Saying.STATES: ("red is ugly", "i already have a red one", "i had a blue one once"),
    Saying.SOME_OF: ("make 2 of the chairs green",),
    Saying.THE_OTHER_ONE: ("and the other one in green",),
    Saying.HALVES: ("half blue, half green", "half of them red and half in white please"),
    Saying.AS_MANY: ("and teapots, the same number", "just as many trays"),
    Saying.TIMES_AS_MANY: ("but twice", "half of everything please", "x3"),
    Saying.OF_THAT_ORDER: ("the mugs",),
    Saying.IN_ITS_PLACE: ("cancel it and order a lamp", "cancel it, I'd like a lamp instead"),
    Saying.SENDS_THERE: ("and send it to ",),
    Saying.LINKS_CHATS: ("link my telegram",),
    Saying.CODE_AGAIN: ("resend the mail",),
    Saying.OF_AN_ADDRESS: ("my zip is 80203",),
    Saying.AROUND_A_UNIT: ("put it on",),
    Saying.STREET_WORD: ("Willow Court", "Hauptstraße"),
    Saying.SAME_AGAIN: ("the same for my sister", "once more to Bend", "another one for Ann"),
    Saying.NO_STREET: ("2 pieces", "12 €"),
    Saying.STOPS_TELLING: ("stop telling me", "please don't tell me any more", "take me off the waiting list"),
    Saying.STOPS_WRITING: ("stop messaging me", "take me off the list", "don't text me about offers any more"),
    Saying.LEAVES_IT: ("leave it", "no thanks, forget it", "skip that one", "never mind then"),
    Saying.WHEN_BACK: ("when will it be back?", "and when do you get more in stock"),
    Saying.NO_TAKING: ("I cannot take 3", "should I take 3", "my friend can take 3", "take -3", "I would take 3"),
    Saying.TELLS_WHEN: ("tell me when it's back", "let me know", "a ping for the rest, please"),
    Saying.NO_WORD: ("no need to tell me", "don’t let me know"),
    Saying.SIMILAR: ("anything like it?", "show me an alternative", "what else do you have"),
    Saying.WHAT_IS_THERE: ("give me what you have", "what's left", "the ones you've got", "both"),
    Saying.IS_GLAD: ("it was great", "love it!!", "all good, thanks", "very happy with everything"),
    Saying.IS_UNHAPPY: ("meh", "not great tbh", "I'm so disappointed", "it could have been better"),
    Saying.NOTHING_WRONG: ("nothing really", "nah it’s fine", "no reason", "I'd rather not say", "oh, wrong button"),
    Saying.ASKS_BACK: ("why do you ask?", "do you have bigger ones", "how long does it take", "and what about mugs"),
    Saying.AGREES_FIRST: ("ok, let me know", "yes please tell me"),
    Saying.PRAISES_THING: ("the 3 cups are lovely", "we love our lamp", "my aunt adores it", "both tins look nice"),
    Saying.RATES: ("let's say foru", "well, I’d give it a sevn", "i'd go with lots"),
    Saying.ASKS_WHICH_ORDER: ("which one?", "sorry, what order do you mean", "remind me what I bought", "rate what?"),
    Saying.ASKS_NO_MORE: ("stop asking", "don’t ask me about my orders again", "no more of these surveys please"),
    Saying.NOT_COME: ("it never arrived", "I haven’t received it", "nothing came", "did not get my parcel"),
    Saying.REVIEWS: ("can I leave a review", "where do I rate", "I want to give you some feedback"),
    Saying.UNRATES: ("delete my rating", "take my review down", "I'd like to change my last score"),
    Saying.BUT: ("great, but late", "nice except the lid", "lovely though"),
    Saying.OF_THE_SHOP: ("if you send a new one", "once somebody answers"),
}
NOT_HEARD = {
    Saying.ASKS_MONEY_BACK: (
        "what is your refund policy?",
        "how much do you refund",
        "how much do I get back if I return the mug?",
        "can I get my money back",
        "how much is the mug that came back",
        "I want a refund",
        "how much do we owe you in total?",
    ),
    Saying.ASKS_WHAT_IS_OWED: ("what do you owe me?", "how much am I owed", "what do I have to do", "I owe you one"),
    Saying.STALLS: ("ok I order it", "I'll finish it", "wait, 2 mugs"),
    Saying.GOES_AWAY: ("wait, make it 5", "wait for it", "let me see the mugs", "wait until friday", "I'll wait"),
    Saying.LETS_BE: ("keep the mug, cancel the rest", "I changed my mind", "never mind the teapot", "all good"),
    Saying.NAMES_TAKING_BACK: ("I changed my mind", "stop", "oops"),
    Saying.LEAVES_ALONE: ("leave the mug alone", "forget me"),
    Saying.UNDO: ("undo my whole order from last week", "undone"),
    Saying.STOP: ("stop the e-mails", "don't stop", "forget me"),
    Saying.CALLS_OFF: ("call my boss off", "call it off or not?", "cancel it"),
    Saying.HOLDS_OFF: ("hold on", "don't process it", "pause"),
    Saying.CHANGES_ORDER: ("change my order of mugs to 3", "change my address"),
    Saying.LEAVES_CHANGE: ("cancel order 1042", "keep the mugs"),
    Saying.BACK_TO_BOT: ("is the bot back?",),
    Saying.MORE: ("2 more", "more mugs"),
    Saying.PLACE_IN_LIST: ("12", "£5", "the second mug", "-2"),
    Saying.SOMETHING_ELSE: ("something else, a teapot",),
    Saying.NOT_THIS: ("not yet",),
    Saying.CODE: ("12345", "order 123456 mugs"),
    Saying.LINK_CODE: ("link this chat to telegram",),
    Saying.STREET: ("18 mugs for 20 people", "apt 5C"),
    Saying.TAKES_BACK: (
        "no wait",
        "never mind",
        "I changed my mind, keep it",
        "stop, what was the total?",
        "cancel my order",
        "stop the emails",
        "stop sending mail",
    ),
    Saying.ORDERS_AGAIN: ("order it against the wall", "same"),
    Saying.LIKE_IT: ("I like the mug, what goes with it?", "I'd like tea"),
    Saying.ALL_THERE_IS: ("what do you have left",),
    Saying.ENOUGH: ("that is enough",),
    Saying.STOPS_TELLING: (
        *("stop the e-mails", "tell me when it is back", "stop messaging me", "stop texting me", "stop writing to me"),
        *("don't message me", "take me off your list", "take me off the list", "don't tell me lies"),
    ),
    Saying.STOPS_WRITING: ("stop the e-mails", "stop", "message me when it is back", "write to me", "stop telling me"),
    Saying.LEAVES_IT: ("leave it at the door", "leave the mugs"),
    Saying.WHEN_BACK: ("tell me when it is back",),
    Saying.TELLS_WHEN: (
        "what do you know about me",
        "tell me more",
        "you can tell me the price",
        "can you tell me when you are open?",
        "let me know the shipping cost",
        "tell me about the red one",
    ),
    Saying.IS_GLAD: ("not great", "2 great mugs", "a nice teapot please", "great, and a mug"),
    Saying.IS_UNHAPPY: ("not yet", "a badge", "good"),
    Saying.NOTHING_WRONG: ("nothing fits", "nothing arrived", "the handle", "no lid", "not good"),
    Saying.ASKS_BACK: ("when it came it was wet", "what a mess", "did not like it", "how disappointing", "is broken"),
    Saying.PRAISES_THING: ("a nice lamp please", "the lid is broken", "2 great mugs", "I would love a teapot"),
    Saying.RATES: ("let's say 4 mugs", "I'd like a teapot", "i would say it is fine"),
    Saying.ASKS_WHICH_ORDER: ("what mugs do you have", "which one is bigger", "what order of magnitude"),
    Saying.ASKS_NO_MORE: ("stop the mails", "I asked no more", "don't send it"),
    Saying.NOT_COME: ("it arrived", "it has not been easy", "when will it arrive"),
    Saying.REVIEWS: ("do you have reviews of the teapot", "what is the postage rate", "I review books"),
    Saying.UNRATES: ("delete my address", "cancel my order", "remove the stars lamp"),
    Saying.BUT: ("butter dish", "great", "knotted"),
    Saying.OF_THE_SHOP: ("if it rains", "once I get paid"),
    Saying.NO_TAKING: ("take 3", "I'll have the 3", "3 is fine", "i would like 3", "just the three then"),
}
# Formats, staff's syntax, markup, words of the catalogue and of descriptions: what no customer says in fixed words.
MAY_USE_PATTERNS = {
    "values.py",  # what staff types
    *("answers_file.py", "answering/kinds.py", "answering/facts.py", "answering/topics.py", "answering/reading.py"),
    *(
        "answering/scrubbing.py",
        "phrases/staff_answers.py",
        "shopping/packs.py",
        "shopping/pointing.py",
        "shopping/references.py",
        "shopping/joining.py",
        "shopping/cart_lines.py",
    ),
    *("config.py", "slash.py", "public.py", "card_numbers.py", "shopping/naming.py", "shopping/meaning.py"),
}


def test_every_saying_has_a_row_and_examples() -> None:
    assert set(SAYINGS) == set(Saying) == set(HEARD)


@pytest.mark.parametrize(("saying", "text"), [(saying, text) for saying, texts in HEARD.items() for text in texts])
def test_it_is_heard(saying: Saying, text: str) -> None:
    heard = hear(text, saying)
    assert heard is not None
    assert 0 <= heard.start < heard.end <= len(text)


@pytest.mark.parametrize(("saying", "text"), [(saying, text) for saying, texts in NOT_HEARD.items() for text in texts])
def test_it_is_not_heard(saying: Saying, text: str) -> None:
    assert hear(text, saying) is None


@pytest.mark.parametrize(
    ("saying", "text", "values"),
    [
        (Saying.CHANGES_ORDER, "change order #1042", {"number": "1042"}),
        (Saying.CHANGES_ORDER, "change my order", {}),
        (Saying.STOPS_TELLING, "stop telling me about the blu teapt please", {"what": "the blu teapt"}),
        (Saying.STOPS_TELLING, "don't text me when the teapot is back", {"back": "the teapot"}),
        (Saying.STOPS_WRITING, "stop messaging me about offers any more", {"what": "offers"}),
        (Saying.NOT_THIS, "not the second one", {"which": "the second one"}),
        (Saying.CODE, "my code is 123-456", {"first": "123", "last": "456"}),
        (Saying.TIMES_AS_MANY, "but half", {"half": "half"}),
        (Saying.TOTAL_OF, "a total of five", {"behind": "five"}),
        (Saying.HALVES, "half blue, half green", {"first": "blue", "second": "green"}),
        (Saying.BARE_LINE, "2x mugs", {"quantity": "2", "phrase": "mugs"}),
        (Saying.NOT_THE_OLD_PLACE, "Boulder instead of Denver", {"new": "Boulder", "old": "Denver"}),
    ],
)
def test_the_pieces_that_matter_have_names(saying: Saying, text: str, values: dict[str, str]) -> None:
    heard = hear(text, saying)
    assert heard is not None
    assert heard.values == values


def test_an_apostrophe_of_either_kind_is_one() -> None:
    assert hear("don’t ship it", Saying.CALLS_OFF) == hear("don't ship it", Saying.CALLS_OFF) is not None


def test_what_was_said_can_be_taken_out_once() -> None:
    assert without("I said 2 pitchers", Saying.SAID_BEFORE) == "2 pitchers"
    assert without("2 pitchers", Saying.SAID_BEFORE) == "2 pitchers"


def test_only_formats_are_patterns_in_the_bot() -> None:
    bot = ROOT / "bot"
    using = {
        str(path.relative_to(bot))
        for path in sorted(bot.rglob("*.py"))
        if "re.compile(" in path.read_text(encoding="utf-8") and not _of_staff_or_channels(path.relative_to(bot))
    }
    assert using <= MAY_USE_PATTERNS


def _of_staff_or_channels(path: Path) -> bool:
    return path.parts[0] in ("admin", "adapters", "terminal")
