"""What is said while a person has a conversation: to the customer, and to support."""

# To the customer.
HANDED_OVER = (
    "Of course. I opened ticket T{ticket_id}, and a person will take over this chat ({hours}).\n"
    "What you write here goes to them; I stay silent until they hand you back, or you press “Back to the bot”.{kept}"
)
CART_KEPT = " Your cart is kept."
STILL_HANDED_OVER = "Ticket T{ticket_id} is with a person; somebody is there {hours}."
TOO_MANY = (
    "Many people were asked for from where you are, so I open no further ticket for now. People answer {hours}; "
    "please write “human” again in an hour. Until then I am still here for orders, and your cart is kept."
)
PASSED_ON = "I passed that on. A person answers here {hours}."
WRITES_TO_PERSON = "What you write goes to the person who helps you. To answer me, go back to the bot first."
BACK = "All right, you are back with me, the shop's bot. I closed ticket T{ticket_id}."
RESOLVED = (
    "Ticket T{ticket_id} is closed, and you are back with me, the shop's bot. Write “human” if you need anything else."
)
FROM_PERSON = "A person at {shop}"

# To support.
CUSTOMER_WRITES = "The customer"
CARD_NUMBER_REMOVED = "[card number removed]"
CUSTOMER_LEFT = "The customer went back to the bot, and the ticket is closed."
WORDS_ONLY = "I can pass on words only, so the customer did not get that."
NOT_SUPPORT = "Only people with the role support or admin answer customers here, so I did not pass that on."
LATE = "This ticket is closed, so the customer did not get that."
RESOLVE_DENIED = "Sorry, only people with the role support or admin can resolve tickets."
RESOLVE_DONE = "Ticket T{ticket_id} is resolved. The customer knows, and the bot answers again."
RESOLVE_BEFORE = "Ticket T{ticket_id} was resolved already. Nothing changed."
RESOLVE_UNKNOWN = "There is no ticket T{ticket_id}."
