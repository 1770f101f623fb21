"""What words mean among a million leads."""
