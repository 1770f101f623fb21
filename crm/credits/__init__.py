"""Credits: an account per company to which entries are only ever added, and what things cost."""
