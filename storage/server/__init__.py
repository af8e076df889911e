"""The database server itself: reaching it, running it, its clock, who may do what."""
