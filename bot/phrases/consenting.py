"""What the bot says when marketing is agreed to or stopped."""

from domain.records.opting_in import HOLDS

# What is asked is a version of its words: `domain.records.opting_in.WORDS` changes with it.
# Nothing here may tell whether the shop knows an address: the same words and buttons for all of them.
ASK_IDEAS = (
    "May I mail you ideas that go with what you bought? At most {day} a day and {week} a week; one tap stops them."
)
IDEAS_ON = "Thank you, ideas go to {email}. “Stop emails” ends them."
IDEAS_LATER = "It is quiet time now: nothing is mailed before {time}."
# To an address that is not proven, whatever the shop knows of it.
IDEAS_CONFIRM = (
    "Thank you. {email} gets a mail with a link; ideas come only once that is pressed. "
    f"It works for {HOLDS.days} days, and none is sent again before. "
    "To get them at once, prove the address: write “verify”."
)
IDEAS_TOO_MANY = (
    "Thank you, but too many mails were asked for from where you write. To get ideas at {email}, write “send me ideas” "
    "again in an hour."
)
IDEAS_OFF = "All right, no ideas by mail. What concerns your orders still comes."
IDEAS_WHERE = "I have no e-mail address of yours in this chat. Write it here, and then “send me ideas”."
STOPPED_MAILS = (
    "Done: no more ideas and reminders to {email}.\n"
    "What concerns your orders still comes: confirmations and news of them.\n"
    "“Send me ideas” turns it on again."
)
STOP_WHICH = "Which e-mail address shall get no more ideas and reminders?"
YOUR_ADDRESS = "your address"
NOT_STOPPED = "All right, I changed nothing about the mails you get. “Stop marketing” would end them."
