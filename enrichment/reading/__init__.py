"""What websites say of the organisations whose they are."""
