"""The list: its orders, columns, numbers and pages."""
