"""What Companies House is asked for a campaign, and what its answers tell."""
