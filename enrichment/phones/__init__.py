"""What a phone number is, whether it fits an address, and whether it may be rung unasked."""
