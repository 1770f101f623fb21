"""Who sees which leads, and why."""
