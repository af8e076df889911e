"""Entities and moods by rules; Rasa runs those of entities."""
