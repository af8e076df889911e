"""What is said of how an order was: the question, the thanks, and the question what was wrong."""

SCORES = {1: "1 · bad", 2: "2 · poor", 3: "3 · so-so", 4: "4 · good", 5: "5 · great"}  # buttons
NOTHING = "Nothing"
THANKS = "Thank you! I am glad that it went well."
GLAD = "I am glad to hear that, thank you! If you like, give it a number too."
SORRY = "I am sorry to hear that."
ASK_WRONG = "What was wrong? Your words go to a person, as a ticket. “Nothing” is fine too."
SAY_WRONG = "If something was wrong, tell me what, and a person looks at it."
ONE_NUMBER = "One number from 1 (bad) to 5 (great), please."
ALL_RIGHT = "All right. Thank you all the same."
NOTHING_CAME = "An order can be rated once it has come, for a while. None of yours can be just now."
NOTHING_RATED = "You have rated no order so far."
ASK = "From 1 (bad) to 5 (great)?"

# The page behind a mail's link.
GIVE = "Send"
NOTHING_KEPT_YET = "Nothing is kept until you press the button."
YOUR_WORDS = "What was wrong?"
SEND_WORDS = "Send it to a person"
WORDS_HINT = "It becomes a ticket. Leave the page if you would rather say nothing: your number is kept."
NO_WORDS = "Please write a few words, or leave the page."
CHOOSE = "Please choose a number."
NOTED = "Thank you, your number is kept"
PASSED_ON = "Thank you, a person reads it"
ANSWERED_IN_CHAT = "They answer in the chat in which you ordered."
NOT_ANSWERED = "If you would like an answer, open the chat and write “human”."
TOO_OFTEN = "You wrote a lot just now, so this one was not passed on. Please try again in a few minutes."


def how_was(*, order_id: int) -> str:
    """The question."""
    return f"How was your order #{order_id}?"


def which(*, order: str) -> str:
    """The question once more, with what it is about."""
    return f"How was your order {order}? {ASK}"


def of_order(*, order_id: int) -> str:
    """Which order a number is noted for."""
    return f"Noted for order #{order_id}."


def another(*, order_id: int, score: int) -> str:
    """To who wants a rating changed or gone."""
    return (
        f"You gave order #{order_id} {score} of 5. Another number takes its place; I cannot take it away altogether, "
        "but a person can look at it."
    )


def noted(*, score: int) -> str:
    """A score that is low."""
    return f"Thank you for telling me: {score} of 5."


def given(*, score: int) -> str:
    """On the page: an earlier answer."""
    return f"You gave it {score} of 5. A new answer takes its place."


def over(*, days: int) -> str:
    """On the page: it is too late."""
    return f"Orders can be rated for {days} days after they came. In the chat, a person helps with what is wrong."


def too_long(*, most: int) -> str:
    """On the page: more than is passed on."""
    return f"Please use at most {most} characters."


def for_support(*, score: int) -> str:
    """What support reads beside the words."""
    return f"Rated {score} of 5."


def for_staff(*, score: int, source: str) -> str:
    """A score, and where it was given."""
    return f"{score} of 5, by {'mail' if source == 'email' else source}"
