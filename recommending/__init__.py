"""Item-to-item models of what is bought together, and how good they are on purchases they have not seen."""
