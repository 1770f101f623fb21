"""Who: people, the companies they work for, and the wall between those companies."""
