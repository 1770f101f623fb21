"""How leads come in, from whichever way."""
