"""One file for each Protocol of the domain, in Postgres."""
