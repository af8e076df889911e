"""What one message wishes for: deeds on things, ways out where they cannot be, and what pays."""
