"""A person's way in and what is theirs: sign-in, second factor, sessions, password and e-mail."""
