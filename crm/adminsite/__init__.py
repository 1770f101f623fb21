"""Django's admin for owners and managers: each sees the own tenant alone."""
