"""What happened to a lead, in words."""
