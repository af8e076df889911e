"""Payment providers: who takes cards for the shop, and gives their money back."""
