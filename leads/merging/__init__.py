"""Two records that are one: made one, and told apart again weeks later."""
