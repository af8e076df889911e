"""The shop's tables in Postgres, and everything that reads or writes them."""
