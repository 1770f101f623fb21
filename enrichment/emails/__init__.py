"""Whether mail to an address would arrive, what kind of address it is, and how a domain's are
written."""
