"""What is said on Telegram only: the command menu, and files."""

from bot.phrases import talk

MENU = (
    ("start", "Say hello"),
    ("help", "What I can do"),
    ("cart", "Show your cart"),
    ("orders", "Your past orders"),
    ("cancel", "Cancel an order"),
    ("recommend", "Recommend something"),
    ("human", "Talk to a person"),
    ("privacy", "What I keep about you"),
)
STAFF_MENU = {
    "inventory": "Products and stock",
    "orders": "Orders to ship, or your own",
    "parley": "Roles and marketing",
    "report": "Reports",
    "segment": "Best, new and leaving customers",
    "campaign": "Write to an audience",
    "churn": "Who may be leaving, and why",
    "promo": "Codes and discounts",
    "dashboard": "Charts and tables, and the way to their pages",
    "data": "Data products, and who may read them",
    "answers": "What was asked, and what I answer",
    "why": "What a customer was sent, and why",
}
BUSY = talk.BUSY_AGAIN
IN_PRIVATE = "That is between you and me: the answer is in our private chat."
OPEN_CHAT = "Go on in private"
FILE_TOO_BIG = "That file is too big for me: 10 MB at most, please."
FILE_NOT_TEXT = "I cannot read that file. It must be a CSV file in UTF-8."
