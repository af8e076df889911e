"""Takes in the files that branches hand in: from folders and buckets, each content once, with an untouched copy."""
