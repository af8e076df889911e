"""The doors of `parley`: what each command is called with; the work is done beside, in `bot/terminal/`."""
