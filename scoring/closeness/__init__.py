"""How like a company is to those that were won: texts as vectors, and what follows from them."""
