"""Questions to providers: asked once, kept as long as they are good, booked once."""
