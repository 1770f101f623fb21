"""What Google Places is asked for a campaign and by people, and what its answers tell."""
