"""Sources that ask vendors: questions, what they cost, and what becomes of what they tell of."""
