"""One file per channel: takes its messages in, renders replies, and knows its limits."""
