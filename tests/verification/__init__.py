"""Whether candidates are told apart: real ones, and what only looks like them."""
