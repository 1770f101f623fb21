"""The door to language models: OpenAI's, and those of servers that speak like it."""
