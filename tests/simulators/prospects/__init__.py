"""What the sellers of business data know of the world."""
