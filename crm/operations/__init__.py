"""The operations page: how the background work goes, in words and figures, and what has failed."""
