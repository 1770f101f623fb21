"""How far the database counts and how long it looks, so that no page keeps anybody waiting."""
