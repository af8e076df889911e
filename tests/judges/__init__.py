"""Judges the understanding end to end: what strangers wrote, played in a running shop, and what became of it."""
