"""What staff does for people: roles given, conversations taken over."""
