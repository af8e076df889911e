"""Reads a message as acts with their spans: what a small learned model tags, put into entities by closed rules."""
