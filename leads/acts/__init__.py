"""What can be done to many leads at once, each act by its verb."""
