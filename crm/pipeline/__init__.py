"""The stages that a lead passes, and the order of the cards in them."""
