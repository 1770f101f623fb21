"""The simulated language model: how it reads a question, searches its world and answers."""
