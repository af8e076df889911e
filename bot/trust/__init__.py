"""Whose an e-mail is, what its owner agreed to, and what must not be kept."""
