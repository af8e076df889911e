"""Who answers besides the intents: buttons, open questions, several wishes in one message, the fallback ladder."""
