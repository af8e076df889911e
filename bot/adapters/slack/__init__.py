"""Slack: what arrives becomes messages, and replies become blocks, forms and the home tab."""
