"""Lists of the administration that stay quick and honest however many rows a company has."""
