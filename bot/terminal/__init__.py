"""What the commands of `parley` do: the demo, running parts, imports, reports, checks."""
