"""The door to e-mail: a row of work per letter, handed to a mail server or written as a file."""
