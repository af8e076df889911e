"""Which variant a thing shall become."""
