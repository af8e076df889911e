"""The bot: takes messages from any channel, finds out what they want, lets the domain do it, and answers."""
