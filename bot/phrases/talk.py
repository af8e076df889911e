"""The talk around the shopping: greetings, help, what was not understood or not done, and outages."""

HELP = (
    "I am a bot, and I can take, change and cancel orders and find things.\n"
    "Just write what you need, for example:\n"
    "• names of products and how many, several at once; then “make it 3” or “undo”\n"
    "• “what is available for less than $20?”\n"
    "• “where is my order?” or “cancel my order”"
)
HELLO_BACK = "Hello! What can I do for you?"
EXAMPLES = (
    "Write a product and how many, or for example “what is available for less than $20?” or “show my past orders”."
)
ASK_WHAT = "What would you like to order? Write what and how many, several things at once if you like."
THANKS = "You are welcome!"
ALL_RIGHT = "All right."
ALL_STAYS = "All right, I did nothing of that: everything stays as it is."
NOT_DONE = "All right, I did nothing of what you just wrote."
NOTHING_TO_TAKE_BACK = "All right. I see nothing open that I could take back; what was done before stays done."
TAKEN_BACK_ALREADY = "What was done last is taken back already. Say what else shall be different."
CANNOT_TAKE_BACK = "What was done before stays done: I can take back only the last thing. Say what shall be different."
TAKE_YOUR_TIME = "Take your time. Your cart is kept, and nothing happens to it until you say so."
TAKE_YOUR_TIME_CHANGING = "Take your time. Your order stays as it is until you say yes to a change."
WHENEVER_YOU_LIKE = "All right. Just write whenever you like."
NOTHING_OPEN = "I have no open question. What can I do for you?"
OTHER_LANGUAGE = "I understand English only. Please say it in English, or a person helps you."
_IN_THEIR_OWN = {
    "de": "Ich verstehe leider nur Englisch. Ein Mensch hilft Ihnen gern: Tippen Sie auf den Knopf.",
    "fr": "Je ne comprends que l'anglais. Une personne peut vous aider : appuyez sur le bouton.",
    "es": "Solo entiendo inglés. Una persona puede ayudarle: pulse el botón.",
    "it": "Capisco solo l'inglese. Una persona può aiutarla: prema il pulsante.",
    "pt": "Só entendo inglês. Uma pessoa pode ajudar: toque no botão.",
    "nl": "Ik begrijp alleen Engels. Een medewerker helpt u graag: tik op de knop.",
    "pl": "Rozumiem tylko po angielsku. Pomoże człowiek: proszę nacisnąć przycisk.",
    "tr": "Yalnızca İngilizce anlıyorum. Bir kişi size yardımcı olabilir: düğmeye dokunun.",
}
NO_CLEAR_YES = "I would need a clear yes or no for that."
STALE = "That button belongs to an older message, so I did nothing with it."
OUT_OF_SCOPE = (
    "I am the shop's bot, so I cannot help with that. I can take orders, find products and look after your orders."
)
NOT_UNDERSTOOD_FIRST = "I did not get that. Did you want one of these?"
NOT_UNDERSTOOD = (  # from the second time on, never the same one twice in a row
    "Sorry, I still do not understand. Short sentences help: a product and how many, “under $20”, “my orders”. "
    "A person can take over too.",
    "I cannot work this one out. Shall a person look at it?",
    "That one is beyond me as well. “Help” lists what I can do, and a person can do the rest.",
)
EMPTY_MESSAGE = "That message has no words I can read. Please write what you need."
ONLY_QUOTED = "That is only a quote, or struck out, so I did nothing with it. What shall I do?"
TOO_LONG = "That is a long message. Could you put it in a few sentences, at most 2000 characters?"
CARD_NUMBER = (
    "Please never send card numbers in a chat. I did not keep it, nor did I read the rest of that message: please say "
    "it once more without the number. Payment goes by invoice with the parcel."
)
REDUCED = (
    "I am in reduced mode right now: buttons work, and short commands such as “order 2 MUG-RED”, “orders”, "
    "“cancel 1042”, “under 20”, “help”, “human”."
)
REDUCED_NOTE = "(Reduced mode: I understand buttons and short commands only.)"
BROKEN = "Something went wrong on our side, and nothing was changed. Please try again in a moment."
BUSY = "Many people are ordering right now."
BUSY_AGAIN = f"{BUSY} Please try again in a moment."


def other_language(*, language: str) -> str:
    """English, and where we speak it a line in the language that was written in."""
    return "\n".join([OTHER_LANGUAGE, *([_IN_THEIR_OWN[language]] if language in _IN_THEIR_OWN else [])])


def hello(*, shop: str) -> str:
    """The first words of all."""
    return f"Hello! I am {shop}'s shop bot. Tell me what you need in your own words, or begin here:"


def hello_again(*, items: str) -> str:
    """A greeting with something in the cart."""
    return f"Hello again! You still have {items} in your cart."


def too_much_at_once(*, words: str) -> str:
    """A message wants more than is done at once."""
    return f"That is more than I can do at once: please write anew what comes from “{words}” on."


def hangs(*, condition: str) -> str:
    """Something should be changed on a condition."""
    return f"Nothing is changed, for I cannot watch a condition (“{condition}”). Say it without one, and I do it."


def not_watched(*, condition: str) -> str:
    """Something was ordered on a condition."""
    return f"I cannot watch “{condition}” for you, so please look yourself before you order:"


def not_done(*, words: str) -> str:
    """A part of a message that could not be done."""
    return f"I did not do: “{words}”."


def not_of_some(*, words: str) -> str:
    """Something was wished for some of what is ordered."""
    return (
        f"I did nothing of “{words}”, for I cannot treat some of an order otherwise than the rest of it. What shall go "
        "elsewhere or at another time needs an order of its own; of all else write “human”."
    )


def chosen(*, label: str) -> str:
    """Below a card, in place of its buttons."""
    return f"You chose: {label}"


def ticket(*, ticket_id: int, hours: str) -> str:
    """A person was asked for."""
    return (
        f"Of course. Your request is ticket T{ticket_id}; a person answers {hours}.\n"
        "Until then I am still here for orders, and your cart is kept."
    )
