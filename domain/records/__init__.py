"""What is noted, and the Protocols that keep it; no use case."""
