"""Rasa pipeline components; they run in the Rasa environment (Python 3.10) only."""
