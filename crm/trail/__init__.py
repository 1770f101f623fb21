"""The audit trail for people to read, and what is written down of requests: refusals and looks."""
