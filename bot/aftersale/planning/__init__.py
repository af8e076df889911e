"""From wishes to the one question that is open, or to the summary of all acts."""
