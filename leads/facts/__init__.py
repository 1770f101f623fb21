"""What is known of an organisation, edited by several people at once."""
