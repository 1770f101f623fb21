"""What the AI makes of a lead, from its facts alone: asked by a person, checked, kept whole."""
