"""What a user waits for, measured on the product's real processes and a database of its own."""
