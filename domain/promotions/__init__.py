"""Promotions: what they take off a cart, for whom, and how staff changes them."""
