"""What customers wish of placed orders, in their own words: heard, asked about, shown at once, done at one yes."""
