"""The REST API for other programs, at /api/v1: who asks, what is answered, and how it fails."""
