"""From stage to stage, with all that a stage asks."""
