"""Orders that are placed: placing, changing, cancelling, choosing among them, ordering again."""
