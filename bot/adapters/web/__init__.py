"""The web: the chat page and its API, the pages behind links in mails, health, and webhooks."""
