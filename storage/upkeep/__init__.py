"""What the database's owner does to all of it: backups, another hash key."""
