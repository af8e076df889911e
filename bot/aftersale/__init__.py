"""What customers wish of placed orders, in their own words: heard, asked about, shown in one summary, done at one yes."""
