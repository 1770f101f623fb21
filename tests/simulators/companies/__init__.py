"""What Companies House knows, and the forms in which it tells."""
