"""Finding out more about leads, with the simulated vendors."""
