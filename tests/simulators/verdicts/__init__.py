"""What the checkers of e-mail addresses and telephone numbers say."""
