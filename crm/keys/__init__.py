"""The keys of services outside: each company's own, and the installation's to fall back to."""
