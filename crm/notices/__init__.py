"""What a person is told: a run is done, something failed."""
