"""Mails: what a letter is, which there are, how they look, handed over, and what became of them."""
