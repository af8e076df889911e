"""A room for each channel: it takes messages in, renders replies, and knows its limits."""
