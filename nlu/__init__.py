"""Understanding of customers' messages: a Rasa NLU project and the client that talks to its server."""
