"""How right scores have been: what became of leads, by what was said when they came in."""
