"""Telegram: what arrives becomes messages, and replies become marked-up texts with buttons."""
