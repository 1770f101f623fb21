"""What stands behind the door to the outside: vendors, their limits, their answers, the wire."""
