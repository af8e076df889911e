"""People who answer in place of the bot, and messages that nobody waits for."""
