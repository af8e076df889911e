"""What the bot says about what is kept of a customer."""

PRIVACY = (
    "What I keep: the number of your account here, your cart, and the orders placed from this chat.\n"
    "The e-mail address and the shipping address you give me are kept apart from the orders, and only to confirm and "
    "ship them. Reports never see them.\n"
    "What you write is used to answer you and is not stored; my answers are deleted after a while.\n"
    "While a person helps you, what you write is kept for them and deleted some time after the ticket is closed.\n"
    "To have something corrected or erased, write “human” and a person takes care of it."
)
