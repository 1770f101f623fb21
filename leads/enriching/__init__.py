"""Finding out more about organisations: which data, from whom, at which price, in runs."""
