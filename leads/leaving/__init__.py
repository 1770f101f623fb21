"""What becomes of somebody's leads and tasks when they leave."""
