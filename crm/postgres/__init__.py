"""Our own PostgreSQL server on a private socket, for installations that name no other."""
