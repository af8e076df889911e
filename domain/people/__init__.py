"""Whose an e-mail is, addresses, names for staff, and forgetting somebody."""
