"""What official registers say differently of organisations that a company knows."""
