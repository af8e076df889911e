"""A file for each Protocol of the domain, in Postgres; what is kept of a person has several."""
